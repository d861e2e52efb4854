package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// readmeCommands are the command lines of the program that the README prints, in its order.
func readmeCommands(t *testing.T) [][]string {
	t.Helper()
	var commands [][]string
	for line := range strings.SplitSeq(read(t, filepath.Join("..", "..", "README.md")), "\n") {
		if rest, ok := strings.CutPrefix(line, "    wapdesk "); ok {
			commands = append(commands, words(t, rest))
		}
	}
	return commands
}

// words parts a line as a shell does, as far as the README needs it: quotes of both kinds.
func words(t *testing.T, line string) []string {
	t.Helper()
	var list []string
	var word strings.Builder
	var quote rune
	begun := false
	for _, r := range line {
		switch {
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && r == ' ':
			if begun {
				list = append(list, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if quote != 0 {
		t.Fatalf("a quote is not closed: %s", line)
	}
	if begun {
		list = append(list, word.String())
	}
	return list
}

// TestCommandsOfTheReadme types the commands of the README in their order in an empty folder.
// Each has to succeed with an answer, whole and not empty.
func TestCommandsOfTheReadme(t *testing.T) {
	commands := readmeCommands(t)
	if len(commands) < 2 {
		t.Fatalf("the README prints the commands %q", commands)
	}
	dir := t.TempDir()
	t.Chdir(dir) // where the files go that the commands name
	m := bare(t)
	for _, args := range commands {
		got := m.run("", args...)
		if got.code != exitDone || strings.Contains(got.stderr, "Not stored") || strings.HasPrefix(got.stdout, "0 ") || strings.Contains(got.stdout, "\n0 ") {
			t.Errorf("wapdesk %q: exit %d\n%s%s", args, got.code, got.stdout, got.stderr)
		}
	}
	found := files(t, dir)
	for _, args := range commands {
		for i, arg := range args {
			if arg == "--out" && found["/"+args[i+1]] == 0 {
				t.Errorf("%s was not written: %v", args[i+1], found)
			}
		}
	}
}
