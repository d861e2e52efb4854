package store

import "testing"

// TestPathsOfServersAreNoComputers puts paths into addresses for SQLite, which reads what two slashes begin as a
// computer's name.
func TestPathsOfServersAreNoComputers(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/home/a b/wapdesk.db": "file:/home/a%20b/wapdesk.db", "/x?#/w.db": "file:/x%3F%23/w.db", "//server/share/w.db": "file:////server/share/w.db",
	} {
		if got := fileURI(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
