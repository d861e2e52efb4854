package cli

import (
	"strings"
	"testing"

	"wapdesk/app/demo"
)

// What is stored and listed through the command line is what the server shows, whatever the
// shape of its answers.
func TestSyncOfServersWithOtherShapes(t *testing.T) {
	t.Parallel()
	for _, shapes := range [][]string{{"clamp=200"}, {"most-take=90", "mute-limit"}, {"no-total"}, {"base=/crm", "dotted-keys"}} {
		t.Run(strings.Join(shapes, " "), func(t *testing.T) {
			t.Parallel()
			var o demo.Oddities
			for _, text := range shapes {
				if err := o.Shape(text); err != nil {
					t.Fatal(err)
				}
			}
			s := newSite(t, demo.Options{Interactions: 450, Oddities: o})
			m := s.lead(t)
			m.env["WAPDESK_URL"] += o.Base
			m.ok("sync")
			checkList(t, m, truthOf(s))
		})
	}
}

func TestARedirectIsSaidWithItsHost(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 5, Oddities: demo.Oddities{Redirect: "https://login.example.org"}})
	if line := s.lead(t).fails(exitFailed, "sync"); !strings.Contains(line, "login.example.org") {
		t.Errorf("got %q", line)
	}
}
