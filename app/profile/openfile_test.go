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
