package cli

import (
	"os"
	"slices"
	"strings"
	"testing"

	"wapdesk/frontend"
)

// TestHelpSpeaksTheLanguage reads the help of every command in both languages.
func TestHelpSpeaksTheLanguage(t *testing.T) {
	t.Parallel()
	m := bare(t)
	commands := [][]string{nil}
	for _, cmd := range (&state{Program: Program{Getenv: os.Getenv, Text: frontend.Text}}).root().Commands() {
		commands = append(commands, []string{cmd.Name()})
		for _, sub := range cmd.Commands() {
			commands = append(commands, []string{cmd.Name(), sub.Name()})
		}
	}
	for _, path := range commands {
		english := m.ok(slices.Concat(path, []string{"--lang", "en", "--help"})...)
		czech := m.ok(slices.Concat(path, []string{"--lang", "cs", "--help"})...)
		for _, help := range []string{english, czech} {
			if strings.Contains(help, "help.") || strings.Contains(help, "{") {
				t.Errorf("%v has words that are not in the catalogue:\n%s", path, help)
			}
		}
		if !strings.Contains(english, "Usage:\n") || !strings.Contains(czech, "Použití:\n") {
			t.Errorf("%v does not say how it is used:\n%s\n%s", path, english, czech)
		}
		// Names of commands and options, and what they take, are the same; their texts are not.
		for line := range strings.SplitSeq(czech, "\n") {
			if option := strings.TrimSpace(line); strings.HasPrefix(option, "--") && slices.Contains(strings.Split(english, "\n"), line) {
				t.Errorf("%v says the same in both languages: %s", path, line)
			}
		}
	}
}

func TestHelpExplainsCommandsByName(t *testing.T) {
	t.Parallel()
	m := bare(t)
	if named, flag := m.ok("help", "contact", "add"), m.ok("contact", "add", "--help"); named != flag {
		t.Errorf("help contact add: %q, not %q", named, flag)
	}
	if said := m.fails(exitUsage, "help", "nonsense"); !strings.Contains(said, "nonsense") {
		t.Errorf("help nonsense: %q", said)
	}
}
