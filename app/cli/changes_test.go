package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
)

type changeJSON struct {
	ID      int64   `json:"id"`
	Kind    string  `json:"kind"`
	Target  string  `json:"target"`
	State   string  `json:"state"`
	Reason  *string `json:"reason"`
	Created string  `json:"created"`
}

func changesOf(m *machine, args ...string) []changeJSON {
	m.t.Helper()
	var got struct {
		Changes []changeJSON `json:"changes"`
	}
	m.json(&got, args...)
	for _, c := range got.Changes {
		if at, err := time.Parse(time.RFC3339, c.Created); err != nil || at.Sub(noon()).Abs() > time.Hour || c.ID == 0 || c.Kind == "" {
			m.t.Errorf("change %+v", c)
		}
	}
	return got.Changes
}

func states(changes []changeJSON) map[string]int {
	counts := map[string]int{}
	for _, c := range changes {
		counts[c.State]++
	}
	return counts
}

// subject is what the changes of a test are about.
type subject struct {
	interaction, activity string
	contact               string // used by another interaction
	ticket                int64  // of another activity
}

func subjectOf(t *testing.T, w *truth) subject {
	t.Helper()
	var s subject
	for _, i := range w.Interactions {
		own := w.ActivitiesOf(i)
		switch {
		case w.erased(i):
		case i.Contact != "" && s.contact == "":
			s.contact = i.Contact
		case i.Contact == "" && len(own) == 1 && own[0].Ticket == 0 && own[0].Action == "CLOSE" && s.activity == "":
			s.interaction, s.activity = i.Name, own[0].Name
		}
		for _, a := range own {
			if a.Ticket != 0 && s.ticket == 0 {
				s.ticket = a.Ticket
			}
		}
	}
	if s.activity == "" || s.contact == "" || s.ticket == 0 {
		t.Fatalf("nothing to change: %+v", s)
	}
	return s
}

func TestChangesAreSentBySync(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 250, Days: 4})
	w := truthOf(s)
	on := subjectOf(t, w)
	m := s.lead(t)
	m.ok("sync")
	if got := changesOf(m, "changes"); len(got) != 0 {
		t.Errorf("changes before any: %v", got)
	}
	for _, args := range [][]string{
		{"pair", on.activity, on.contact},
		{"ticket", "attach", on.activity, wire(on.ticket)},
		{"qa", "add", on.activity, "--form", "qaform_chat", "--answer", "q_pozdrav=yes", "--answer", "q_postup=overeni", "--answer", "q_postup=shrnuti", "--answer", "q_slovne=a=b, dobře"},
		{"contact", "add", "--lastname", "Nová", "--firstname", "Jana", "--number", "+420 733 918 274", "--email", "jana@example.org", "--database", "default"},
	} {
		made := changesOf(m, args...)
		if len(made) != 1 || made[0].State != "waiting" {
			t.Fatalf("%v queued %+v, want one that waits", args, made)
		}
	}
	if got := states(changesOf(m, "changes")); !cmp.Equal(got, map[string]int{"waiting": 4}) {
		t.Errorf("states before the sync: %v", got)
	}
	if r := rowOfName(t, m, on.interaction); r.Contact == nil || *r.Contact != w.contacts[on.contact] {
		t.Errorf("the pairing does not show at once: %+v", r)
	}

	var result syncJSON
	m.json(&result, "sync")
	if result.Changes.Sent != 4 || result.Changes.Refused != 0 || result.Changes.Waiting != 0 {
		t.Errorf("sync: %+v, want 4 sent", result.Changes)
	}
	if got := states(changesOf(m, "changes")); !cmp.Equal(got, map[string]int{"sent": 4}) {
		t.Errorf("states after the sync: %v", got)
	}
	after := truthOf(s)
	if a := after.Activity(on.activity); a.Contact != on.contact || a.Ticket != on.ticket || after.Interaction(on.interaction).Contact != on.contact {
		t.Errorf("contact centre: %+v", a)
	}
	if got := after.reviews[on.activity]; len(got) != 1 || got[0].Form != "qaform_chat" ||
		!cmp.Equal(got[0].Answers, map[string][]string{"q_pozdrav": {"yes"}, "q_postup": {"overeni", "shrnuti"}, "q_slovne": {"a=b, dobře"}}) {
		t.Errorf("reviews: %+v", got)
	}
	at := slices.IndexFunc(after.Contacts, func(c *demo.Contact) bool { return c.LastName == "Nová" && c.FirstName == "Jana" })
	if at < 0 || len(after.Contacts) != len(w.Contacts)+1 || !cmp.Equal(after.Contacts[at].CustomFields["email"], []string{"jana@example.org"}) {
		t.Errorf("contacts: %d, was %d, found at %d", len(after.Contacts), len(w.Contacts), at)
	}
	m.json(&result, "sync")
	if result.Changes.Sent != 0 {
		t.Errorf("sent again: %+v", result.Changes)
	}
}

// TestAQuestionWithoutChoicesIsJudgedByTheContactCentre answers questions whose choices the contact centre does not tell.
func TestAQuestionWithoutChoicesIsJudgedByTheContactCentre(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 3})
	on := subjectOf(t, truthOf(s))
	m := s.lead(t)
	m.ok("sync")
	add := []string{"qa", "add", on.activity, "--form", "qaform_chat", "--answer"}
	if line := m.fails(exitFailed, append(add, "q_pozdrav=maybe")...); !strings.Contains(line, "Pozdrav a představení") || !strings.Contains(line, "yes (Ano), no (Ne)") {
		t.Errorf("a refused answer: %q", line)
	}
	s.SetOddities(demo.Oddities{NoChoices: true})
	m.ok("sync")
	if made := changesOf(m, append(add, "q_pozdrav=yes")...); len(made) != 1 || made[0].State != "waiting" {
		t.Fatalf("queued %+v", made)
	}
	if made := changesOf(m, append(add, "q_pozdrav=maybe")...); len(made) != 1 || made[0].State != "waiting" {
		t.Fatalf("queued %+v", made)
	}
	var result syncJSON
	m.json(&result, "sync")
	if result.Changes.Sent != 1 || result.Changes.Refused != 1 {
		t.Errorf("sync: %+v, want one sent and one refused", result.Changes)
	}
	if got := truthOf(s).reviews[on.activity]; len(got) != 1 || !cmp.Equal(got[0].Answers, map[string][]string{"q_pozdrav": {"yes"}}) {
		t.Errorf("reviews: %+v", got)
	}
	all := changesOf(m, "changes")
	at := slices.IndexFunc(all, func(c changeJSON) bool { return c.State == "refused" })
	if at < 0 || all[at].Reason == nil || !strings.HasPrefix(*all[at].Reason, "Pozdrav a představení: ") {
		t.Errorf("the refusal does not name the question: %s", *all[max(at, 0)].Reason)
	}
}

func rowOfName(t *testing.T, m *machine, name string) rowJSON {
	t.Helper()
	var story showJSON
	m.json(&story, "show", name)
	return story.Interaction
}

func TestNewContactIsPairedAfterItWasMade(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 250, Days: 4})
	on := subjectOf(t, truthOf(s))
	m := s.lead(t)
	m.ok("sync")
	if made := changesOf(m, "contact", "add", "--lastname", "Qxnew", "--activity", on.activity); len(made) != 2 {
		t.Errorf("queued %+v, want the contact and its pairing", made)
	}
	m.ok("sync")
	after := truthOf(s)
	at := slices.IndexFunc(after.Contacts, func(c *demo.Contact) bool { return c.LastName == "Qxnew" })
	if at < 0 || after.Activity(on.activity).Contact != after.Contacts[at].Name {
		t.Errorf("contact at %d, activity %+v", at, after.Activity(on.activity))
	}
}

func TestRefusedChangeSaysWhyAndSyncSucceeds(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100, Days: 4})
	m := s.lead(t)
	m.ok("sync")
	m.ok("contact", "add", "--lastname", "Nikdo")
	s.SetAccess(s.Tokens().Lead.Name, "contacts", 2) // may read only
	var result syncJSON
	m.json(&result, "sync")
	got := changesOf(m, "changes")
	if result.Changes.Refused != 1 || result.Changes.Sent != 0 || len(got) != 1 || got[0].State != "refused" || got[0].Reason == nil {
		t.Errorf("sync %+v, changes %+v", result.Changes, got)
	}
}

func TestChangesWaitWhileTheContactCentreIsAway(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 250, Days: 4})
	on := subjectOf(t, truthOf(s))
	m := s.lead(t)
	m.ok("sync")
	s.web.Close()
	m.ok("pair", on.activity, on.contact)
	m.fails(exitFailed, "sync", "--json")
	if got := changesOf(m, "changes"); len(got) != 1 || got[0].State != "waiting" {
		t.Errorf("changes %+v, want one that waits", got)
	}
}

// TestAChangeThatTheRoleLocksIsRefusedAtOnce takes accesses away: the command line refuses what the screens
// do not offer, and nothing waits in vain. Any other mask leaves the answer to the contact centre.
func TestAChangeThatTheRoleLocksIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 3, Oddities: demo.Oddities{OpaqueMasks: true}})
	on := subjectOf(t, truthOf(s))
	m := s.lead(t)
	for module, commands := range map[string][][]string{
		"pActivities": {{"pair", on.activity, on.contact}, {"ticket", "attach", on.activity, wire(on.ticket)}},
		"qaReviews":   {{"qa", "add", on.activity, "--form", "qaform_chat", "--answer", "q_pozdrav=yes"}},
		"contacts":    {{"contact", "add", "--lastname", "Nová", "--database", "default"}},
	} {
		s.SetAccess(s.Tokens().Lead.Name, module, 0)
		m.ok("sync")
		for _, args := range commands {
			m.fails(exitNotPermitted, args...)
		}
		if made := changesOf(m, "changes"); len(made) > 0 {
			t.Errorf("%s: %+v waits", module, made)
		}
		s.SetAccess(s.Tokens().Lead.Name, module, 48)
	}
	m.ok("sync")
	if made := changesOf(m, "pair", on.activity, on.contact); len(made) != 1 || made[0].State != "waiting" {
		t.Errorf("with a mask of 48: %+v", made)
	}
}
