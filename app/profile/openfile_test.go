package profile

import (
	"strings"
	"testing"
)

func TestNamesOfProfilesFitAFileSystem(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ж", 60)
	for _, name := range []string{fileProfile("/x/" + long + ".xlsx"), nameFor("acme.daktela.com", long), nameFor(long, long)} {
		if len(name) > 255 || !validName(name) {
			t.Errorf("%d bytes: %s", len(name), name)
		}
	}
	if nameFor("a", long) == nameFor("a", long+"x") {
		t.Error("two people have one profile")
	}
}

// TestNamesThatWindowsTakesForOthers are those of contact centres, logins and files.
func TestNamesThatWindowsTakesForOthers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"CON": "_CON", "con.csv": "_con.csv", "Aux.daktela.com~lead": "_Aux.daktela.com~lead", "COM1": "_COM1", "lpt9.x": "_lpt9.x",
		"a.": "a_", "a ": "a_", "a. .": "a___", "context.csv": "context.csv", "a.con": "a.con", "console": "console", ".a": ".a",
	} {
		if got := PortableName(name); got != want {
			t.Errorf("%q becomes %q, not %q", name, got, want)
		}
	}
	if nameFor("acme", "a.") == nameFor("acme", "a") || nameFor("acme", "a.") == nameFor("acme", "a_") {
		t.Error("two people have one profile")
	}
	for _, title := range []string{"CON", "a.", "a ", "con.pdf"} {
		if got := "1_" + fileTitle(title); PortableName(got) != got {
			t.Errorf("an attachment %q becomes %q", title, got)
		}
	}
}
