package transfer

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wapdesk/app"
	"wapdesk/app/profile"
)

func TestUploadNamesStayInTheirFolder(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"list.xlsx":                  "list.xlsx",
		"../../etc/passwd":           "passwd",
		`C:\Users\anna\list.csv`:     "list.csv",
		"..":                         "file",
		"":                           "file",
		"a/":                         "file",
		"Týden 47.xlsx":              "Týden 47.xlsx",
		"a\x00b?.csv":                "a_b_.csv",
		strings.Repeat("ž", 200):     strings.Repeat("ž", 60),
		"x" + strings.Repeat("/", 3): "file",
	} {
		if got := uploadName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

// upload sends a file as the page does.
func upload(t *testing.T, f *Handler, name, kind string, data []byte) (int, profile.OpenReport, *app.Error) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/upload/"+name, bytes.NewReader(data))
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	var reply struct {
		Result profile.OpenReport
		Error  *app.Error
	}
	if w.Code == http.StatusOK {
		if err := json.Unmarshal(w.Body.Bytes(), &reply); err != nil {
			t.Fatal(err)
		}
	}
	return w.Code, reply.Result, reply.Error
}

func TestUploadedFilesAreOpenedAndLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	profiles := profile.NewManager(profile.Options{DataDir: dir})
	screens := app.New(profiles)
	screens.Start(t.Context(), app.NoHost{})
	f := New(screens)
	t.Cleanup(func() {
		if err := profiles.Close(); err != nil {
			t.Error(err)
		}
	})
	const octets = "application/octet-stream"
	table := []byte("Time;Queue;User;Title\r\n2026-11-02 09:05:07;A;Anna;x\r\nsoon;A;Anna;y\r\n")
	if code, _, _ := upload(t, f, "list.csv", "text/plain", table); code != http.StatusUnsupportedMediaType {
		t.Errorf("a form's type: %d", code)
	}
	code, report, failed := upload(t, f, "list.csv", octets, table)
	if code != http.StatusOK || failed != nil || report.Rows != 1 || report.Left != 1 || len(report.Skipped) != 1 {
		t.Errorf("%d %+v %v", code, report, failed)
	}
	if _, _, failed := upload(t, f, "photo.xlsx", octets, []byte("no workbook")); failed == nil || failed.Code == "internal" {
		t.Errorf("a file that is none: %v", failed)
	}
	if _, err := os.Stat(filepath.Join(dir, ".incoming")); !os.IsNotExist(err) {
		t.Errorf("the upload is still there: %v", err)
	}
	if got := profiles.OpenName(); got != report.Profile {
		t.Errorf("open is %q, want the file that was opened before, %q", got, report.Profile)
	}
}
