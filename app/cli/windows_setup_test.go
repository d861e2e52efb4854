//go:build wine

package cli

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wine runs a program for Windows, and waits for what it left running.
func wine(t *testing.T, program string, args ...string) outcome {
	t.Helper()
	got := captured(exec.CommandContext(t.Context(), launcher[0], append([]string{program}, args...)...))
	// An uninstaller ends before its work is done, which a copy of it does.
	if err := exec.CommandContext(t.Context(), "/usr/lib/wine/wineserver", "-w").Run(); err != nil {
		t.Error(err)
	}
	return got
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// person is what a person's account holds: files by path, and keys of the registry. Wine removes an uninstaller's copy
// of itself at its next start, as Windows does; sign-ins are other tests'.
func person(t *testing.T) []string {
	t.Helper()
	prefix := os.Getenv("WINEPREFIX")
	var found []string
	err := filepath.WalkDir(filepath.Join(prefix, "drive_c", "users"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "Temp" {
			return filepath.SkipDir
		}
		found = append(found, strings.TrimPrefix(path, prefix))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range regexp.MustCompile(`(?m)^\[[^\]]+\]`).FindAllString(read(t, filepath.Join(prefix, "user.reg")), -1) {
		if !strings.Contains(key, "Credential Manager") {
			found = append(found, key)
		}
	}
	return found
}

// TestWindowsInstaller installs in silence, starts the program from where it was put, and removes it without remains:
// the data first stay, then go with /DATA. Wine has no WebView2 runtime and nothing to fetch it with, which
// the exit code says. It is not parallel, because it waits until nothing runs.
func TestWindowsInstaller(t *testing.T) {
	setup := os.Getenv("WAPDESK_SETUP")
	user := filepath.Join(os.Getenv("WINEPREFIX"), "drive_c", "users", filepath.Base(os.Getenv("HOME")))
	home := filepath.Join(user, "AppData", "Local", "Programs", "Wapdesk")
	data := filepath.Join(user, "AppData", "Roaming", "wapdesk")
	wine(t, "cmd", "/c", "exit") // so that the registry is written
	if left := filepath.Join(home, "uninstall.exe"); exists(left) {
		wine(t, left, "/S", "/DATA") // of a run that was interrupted
	}
	before := person(t)
	for _, with := range []string{"", "/DATA"} {
		if got := wine(t, setup, "/S"); got.code != 3 {
			t.Fatalf("install: %+v", got)
		}
		program := filepath.Join(home, "wapdesk.exe")
		if got := captured(exec.CommandContext(t.Context(), launcher[0], program, "--version")); got.code != exitDone || !strings.HasPrefix(got.stdout, "wapdesk version ") {
			t.Errorf("--version: %+v", got)
		}
		if keys := strings.Join(person(t), "\n"); !strings.Contains(keys, `[Software\\Classes\\wapdesk\\shell\\open\\command]`) || !strings.Contains(keys, "Start Menu/Programs/Wapdesk.lnk") {
			t.Errorf("neither links nor the start menu know it:\n%s", keys)
		}
		made := []string{filepath.Join(user, "AppData", "Local", "wapdesk", "webview", "EBWebView")} // by the window
		if with == "" {
			made = append(made, filepath.Join(data, "kept"))
		}
		for _, folder := range made {
			if err := os.MkdirAll(folder, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if got := wine(t, filepath.Join(home, "uninstall.exe"), strings.Fields("/S "+with)...); got.code != exitDone {
			t.Errorf("uninstall: %+v", got)
		}
		if kept := exists(data); kept != (with == "") {
			t.Errorf("uninstall %s: data are there: %v", with, kept)
		}
	}
	if diff := cmp.Diff(before, person(t)); diff != "" {
		t.Errorf("remains (-before +after):\n%s", diff)
	}
}
