//go:build wine

package cli

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"wapdesk/app/demo"
)

// drive is the letter under which Wine shows the files of this computer.
func drive(path string) string { return `Z:` + strings.ReplaceAll(path, "/", `\`) }

// small is a machine with a few interactions, downloaded by the program.
func small(t *testing.T) *machine {
	t.Helper()
	s := newSite(t, demo.Options{Interactions: 60, Days: 2})
	m := s.lead(t)
	m.ok("sync")
	return m
}

// TestWindowsExportsEqualLinuxs exports what one program downloaded with both: .csv to the byte, .xlsx cell
// by cell. Its times are of the contact centre's zone, for which Windows has no database.
func TestWindowsExportsEqualLinuxs(t *testing.T) {
	t.Parallel()
	m := small(t)
	dir := t.TempDir()
	export := func(name string, args ...string) string {
		file := filepath.Join(dir, name)
		m.ok(append([]string{"export", "--time", "all", "--columns", allColumns, "--out", file}, args...)...)
		return file
	}
	windows := []string{export("w.csv"), export("w.xlsx", "--sheets", "summary,activities,messages")}
	m.inProcess = true
	linux := []string{export("l.csv"), export("l.xlsx", "--sheets", "summary,activities,messages")}
	if read(t, windows[0]) != read(t, linux[0]) {
		t.Error("the .csv files differ")
	}
	if diff := cmp.Diff(cells(t, linux[1]), cells(t, windows[1])); diff != "" {
		t.Errorf("cells (-Linux +Windows):\n%s", diff)
	}
}

// cells are those of all sheets of a workbook, but for when it was exported and by which version.
func cells(t *testing.T, path string) map[string][][]string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	found := map[string][][]string{}
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if len(row) > 0 && (strings.HasPrefix(row[0], "Exported") || row[0] == "Wapdesk version") {
				continue
			}
			found[sheet] = append(found[sheet], row)
		}
	}
	return found
}

// TestWindowsFileOpenInAnotherProgram replaces a file that another program holds: that is said, and the file
// stays as it was, with nothing beside it.
func TestWindowsFileOpenInAnotherProgram(t *testing.T) {
	t.Parallel()
	m := small(t)
	for _, name := range []string{"x.csv", "x.xlsx"} {
		dir := t.TempDir()
		out := filepath.Join(dir, name)
		// cmd keeps the file open for the program that writes into it.
		holder := exec.CommandContext(t.Context(), launcher[0], "cmd", "/c",
			drive(launcher[len(launcher)-1])+" demo-server --interactions 1 > "+drive(out))
		if err := holder.Start(); err != nil {
			t.Fatal(err)
		}
		var held string
		for began := time.Now(); held == "" && time.Since(began) < time.Minute; time.Sleep(100 * time.Millisecond) {
			b, _ := os.ReadFile(out) // not there yet
			held = string(b)
		}
		line := m.fails(exitFailed, "export", "--time", "all", "--force", "--out", drive(out))
		if !strings.Contains(line, "open in another program") {
			t.Errorf("%s: %q does not say why", name, line)
		}
		if left := files(t, dir); len(left) != 1 || read(t, out) != held || held == "" {
			t.Errorf("%s: left %v", name, left)
		}
		if err := holder.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = holder.Wait()
	}
}

// share makes a folder one of a server: \\wapdesk\NAME.
func share(t *testing.T, dir string) string {
	t.Helper()
	server := filepath.Join(os.Getenv("WINEPREFIX"), "dosdevices", "unc", "wapdesk")
	if err := os.MkdirAll(server, 0o700); err != nil {
		t.Fatal(err)
	}
	name := strings.ReplaceAll(strings.Trim(dir, "/"), "/", "-")
	link := filepath.Join(server, name)
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Remove(link); err != nil {
			t.Error(err)
		}
	})
	return `\\wapdesk\` + name
}

// TestWindowsPaths keeps the data and writes files in folders with spaces, letters of other scripts and more
// than the 260 characters of old programs, on a drive and on a server. Nobody else may enter the folder with the data: Wine
// makes its mode of the rules that the program gives it.
func TestWindowsPaths(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 20, Days: 1})
	for name, folder := range map[string]string{
		"spaces and letters": "Moje data – příšerně žluťoučký",
		"long":               strings.Repeat(strings.Repeat("d", 60)+"/", 5) + "end",
		"server":             "shared",
	} {
		m := s.lead(t)
		dir := filepath.Join(t.TempDir(), folder)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		windows := drive(dir)
		if name == "server" {
			windows = share(t, dir)
		}
		m.dir = windows + `\profiles`
		m.ok("sync")
		if n := m.ok("list", "--time", "all", "--count"); n != "20\n" {
			t.Errorf("%s: %q interactions", name, n)
		}
		if data, err := filepath.Glob(filepath.Join(dir, "profiles", "*", "wapdesk.db")); err != nil || len(data) != 1 {
			t.Errorf("%s: data files %q: %v", name, data, err)
		} else if info, err := os.Stat(filepath.Dir(data[0])); err != nil || info.Mode()&0o007 != 0 {
			t.Errorf("%s: others may enter the folder of the data: %v, %v", name, info.Mode(), err)
		}
		m.ok("export", "--time", "all", "--out", windows+`\výpis.csv`)
		if info, err := os.Stat(filepath.Join(dir, "výpis.csv")); err != nil || info.Size() == 0 {
			t.Errorf("%s: no export: %v", name, err)
		}
		m.ok("wipe", "--yes")
		if left := files(t, filepath.Join(dir, "profiles")); len(left) > 1 { // the list of erasures may stay
			t.Errorf("%s: left behind: %v", name, left)
		}
	}
}

// TestWindowsFoldersArePrivate runs the tests of the rules that folders get, made for Windows: they read them back from the
// system as a program there would.
func TestWindowsFoldersArePrivate(t *testing.T) {
	t.Parallel()
	got := captured(exec.CommandContext(t.Context(), launcher[0], os.Getenv("WAPDESK_PRIVATE_TESTS"), "-test.v"))
	if got.code != 0 || !strings.Contains(got.stdout, "--- PASS: TestAFolderIsItsPersonsAlone") {
		t.Errorf("%+v", got)
	}
}

// TestWindowsSpeaksTheSystemsLanguage starts on a Czech and an English Windows, whose programs have none of
// the variables that name a language elsewhere. What it says is UTF-8 under each code page of the console.
func TestWindowsSpeaksTheSystemsLanguage(t *testing.T) {
	t.Parallel()
	for locale, want := range map[string]string{"cs_CZ.UTF-8": "Příkaz nonsense neexistuje", "en_US.UTF-8": "no command nonsense"} {
		cmd := exec.CommandContext(t.Context(), launcher[0], "cmd", "/c",
			"set LANG=&& set LC_ALL=&& chcp 852 >nul && "+drive(launcher[len(launcher)-1])+" nonsense")
		cmd.Env = append(os.Environ(), "LC_ALL="+locale) // from which Wine makes the system's language
		if got := captured(cmd); got.code != exitUsage || !strings.Contains(got.stderr, want) {
			t.Errorf("%s: %+v", locale, got)
		}
	}
}

// TestWindowsLongFilters are longer than a filter may be. Windows itself starts no program with more than 32,767
// characters, and Wine says nothing of it and ends with 1.
func TestWindowsLongFilters(t *testing.T) {
	t.Parallel()
	m := small(t)
	for _, query := range []string{"title:" + strings.Repeat("á", 4100), strings.Repeat("a", 4100), strings.Repeat("answered:no ", 400)} {
		if line := m.fails(exitUsage, "list", "--query", query); !strings.Contains(line, "4000") {
			t.Errorf("%q does not name the limit", line)
		}
	}
}

// TestWindowsKilledSync ends the program while it downloads; what is there is whole, and the next one goes on.
func TestWindowsKilledSync(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Days: 3})
	m := s.lead(t)
	cmd := m.process("sync")
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(errs); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "Downloading interactions") {
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	m.ok("list", "--time", "all", "--count")
	m.ok("sync")
	if n := m.ok("list", "--time", "all", "--count"); n != "200\n" {
		t.Errorf("%q interactions after the next sync", n)
	}
}
