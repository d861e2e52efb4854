package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// writeFiles writes files below a folder, by their slash-separated paths.
func writeFiles(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// plantedModules is a database in which a package of Go's own is vulnerable in every version.
func plantedModules(t *testing.T, name string) string {
	t.Helper()
	folder := t.TempDir()
	writeFiles(t, folder, map[string]string{
		"index/db.json":      `{"modified": "2026-01-01T00:00:00Z"}`,
		"index/modules.json": `[{"path": "stdlib", "vulns": [{"id": "GO-2026-9999", "modified": "2026-01-01T00:00:00Z"}]}]`,
		"index/vulns.json":   `[{"id": "GO-2026-9999", "modified": "2026-01-01T00:00:00Z"}]`,
		"ID/GO-2026-9999.json": `{"schema_version": "1.3.1", "id": "GO-2026-9999", "modified": "2026-01-01T00:00:00Z",
			"published": "2026-01-01T00:00:00Z", "summary": "Planted", "details": "Planted", "database_specific": {"url": "https://example.org/GO-2026-9999"},
			"affected": [{"package": {"name": "stdlib", "ecosystem": "Go"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
				"ecosystem_specific": {"imports": [{"path": "` + name + `"}]}}]}`,
	})
	return "file://" + filepath.ToSlash(folder)
}

func TestAVulnerableModuleIsFound(t *testing.T) {
	t.Parallel()
	root, err := findRoot()
	if err != nil {
		t.Fatal(err)
	}
	scanner := filepath.Join(t.TempDir(), "govulncheck"+pick(runtime.GOOS == "windows", ".exe", ""))
	rep := &report{}
	if err := (&project{root: root}).buildScanner(t.Context(), rep, scanner); err != nil {
		t.Fatal(err, rep.output())
	}
	small := &project{root: t.TempDir()}
	writeFiles(t, small.root, map[string]string{
		"go.mod":  "module small\n\ngo 1.26.0\n",
		"main.go": "package main\n\nimport \"errors\"\n\nfunc main() { _ = errors.New(\"\") }\n",
	})
	if err := small.scanModules(t.Context(), rep, scanner, plantedModules(t, "errors"), runtime.GOOS); err == nil {
		t.Error("a package with a vulnerability is imported, and nothing failed:", rep.output())
	}
	if !strings.Contains(rep.output(), "GO-2026-9999") {
		t.Error("the vulnerability is not named:", rep.output())
	}
	if err := small.scanModules(t.Context(), rep, scanner, plantedModules(t, "net/http/cgi"), runtime.GOOS); err != nil {
		t.Error("a package that is not imported was taken for one:", err, rep.output())
	}
}

func TestAVulnerablePackageIsFound(t *testing.T) {
	t.Parallel()
	registry := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/advisories/bulk") {
			http.NotFound(w, r)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"planted": []any{map[string]any{
			"id": 1, "url": "https://example.com/1", "title": "Planted", "severity": "high", "vulnerable_versions": "<2.0.0"}}})
	}))
	defer registry.Close()
	folder := t.TempDir()
	writeFiles(t, folder, map[string]string{
		"package.json": `{"name": "small", "version": "1.0.0", "dependencies": {"planted": "1.0.0"}}`,
		"package-lock.json": `{"name": "small", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
			"": {"name": "small", "version": "1.0.0", "dependencies": {"planted": "1.0.0"}},
			"node_modules/planted": {"version": "1.0.0", "resolved": "https://example.com/planted.tgz"}}}`,
	})
	rep := &report{}
	err := (&project{root: folder}).auditPackages(t.Context(), rep, folder, "npm_config_registry="+registry.URL)
	if err == nil || !strings.Contains(err.Error(), "planted (high)") || rep.skipped != "" {
		t.Errorf("error = %v, skipped %q, output:\n%s", err, rep.skipped, rep.output())
	}
}

// TestUnreachableDatabasesAreSaid shows that nothing is called checked that was not.
func TestUnreachableDatabasesAreSaid(t *testing.T) {
	t.Parallel()
	away := httptest.NewServer(http.NotFoundHandler())
	p := &project{root: t.TempDir()}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, database := range []string{away.URL, closed.URL, "file:///there/is/none"} {
		rep := &report{}
		if err := p.auditModules(t.Context(), rep, database, runtime.GOOS); err != nil || !strings.Contains(rep.skipped, "nothing was looked for") {
			t.Errorf("%s: error %v, skipped %q", database, err, rep.skipped)
		}
	}
	away.Close()
	for out, want := range map[string]struct{ found, unanswered string }{
		`{"message": "405 Method Not Allowed", "error": {"summary": "", "detail": ""}}`:                                             {"", "405 Method Not Allowed"},
		`{"error": {"code": "ENOTFOUND", "summary": ""}}`:                                                                           {"", "ENOTFOUND"},
		`{"auditReportVersion": 2, "vulnerabilities": {}}`:                                                                          {"", ""},
		`{"auditReportVersion": 2, "vulnerabilities": {"b": {"severity": "low"}, "a": {"severity": "high"}}, "metadata": {"x": 1}}`: {"a (high), b (low)", ""},
	} {
		found, unanswered, err := readAudit([]byte(out))
		if err != nil || strings.Join(found, ", ") != want.found || unanswered != want.unanswered {
			t.Errorf("%s: found %v, %q, %v", out, found, unanswered, err)
		}
	}
	for _, out := range []string{"", "{}", "npm error"} {
		if _, _, err := readAudit([]byte(out)); err == nil {
			t.Errorf("%q was taken for an answer", out)
		}
	}
	// A skipped step is counted as such, not as passed.
	out, err := (&terminal{w: &strings.Builder{}}).do(t.Context(), step{name: "x", run: func(_ context.Context, rep *report) error {
		rep.skipped = "away"
		return nil
	}}, 1, 1)
	if err != nil || out.passed != 0 || out.failed != 0 || out.skipped != "away" {
		t.Errorf("outcome %+v, %v", out, err)
	}
}
