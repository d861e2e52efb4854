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

// A contact centre without WhatsApp interactions is told from one that does not know a record: it
// can be neither connected nor synced, and both say why.
func TestAnOldDaktelaIsSaid(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 5, Oddities: demo.Oddities{Broken: map[string]string{"activitiesWap": "404"}}})
	m := bare(t)
	if line := m.failsWith(s.Token()+"\n", exitFailed, "connect", "--token-stdin", "--url", s.web.URL); !strings.Contains(line, "too old") {
		t.Errorf("connect: %q", line)
	}
	if left := files(t, m.dir); len(left) != 0 {
		t.Errorf("connect left behind: %v", left)
	}
	if line := s.lead(t).fails(exitFailed, "sync", "--json"); !strings.Contains(line, "too old") {
		t.Errorf("sync: %q", line)
	}
}

func TestARedirectIsSaidWithItsHost(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 5, Oddities: demo.Oddities{Redirect: "https://login.example.org"}})
	if line := s.lead(t).fails(exitFailed, "sync"); !strings.Contains(line, "login.example.org") {
		t.Errorf("got %q", line)
	}
}

// An address at which there is no API, as without the path of a reverse proxy, is said to be wrong.
func TestAnAddressWithoutAnAPIIsSaid(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 5, Oddities: demo.Oddities{Base: "/crm"}})
	m := bare(t)
	for _, path := range []string{"", "/other"} {
		if line := m.failsWith(s.Token()+"\n", exitFailed, "connect", "--token-stdin", "--url", s.web.URL+path); !strings.Contains(line, "Check the address") {
			t.Errorf("connect to %q: %q", path, line)
		}
	}
	if line := s.lead(t).fails(exitFailed, "sync", "--json"); !strings.Contains(line, "Check the address") {
		t.Errorf("sync: %q", line)
	}
}
