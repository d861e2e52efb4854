package demo

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func seeded(t *testing.T, opts Options) *Server {
	t.Helper()
	if opts.Now == nil {
		opts.Now = noon
	}
	s, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSameSeedGivesTheSameData(t *testing.T) {
	t.Parallel()
	a, b := seeded(t, Options{Interactions: 600}).Data(), seeded(t, Options{Interactions: 600}).Data()
	if !reflect.DeepEqual(a.Interactions, b.Interactions) || !reflect.DeepEqual(a.Activities, b.Activities) ||
		!reflect.DeepEqual(a.Contacts, b.Contacts) || !reflect.DeepEqual(a.Tickets, b.Tickets) || !reflect.DeepEqual(a.Reviews, b.Reviews) {
		t.Error("two servers of one seed differ")
	}
	for n, i := range a.Interactions {
		if !reflect.DeepEqual(a.Messages(i), b.Messages(b.Interactions[n])) {
			t.Fatalf("transcripts of %s differ", i.Name)
		}
	}
	other := seeded(t, Options{Interactions: 600, Seed: 7}).Data()
	if other.Interactions[0].Name == a.Interactions[0].Name {
		t.Error("another seed gives the same names")
	}
}

func TestWhatsAppAccountHasOneName(t *testing.T) {
	t.Parallel()
	s := seeded(t, Options{Interactions: 2000})
	s.AddInteractions(50)
	names, shared := map[string]string{}, 0
	for _, i := range s.Data().Interactions {
		if i.External == nil || i.External.ID == "" {
			continue
		}
		name, known := names[i.External.ID]
		if known && name != i.External.FullName {
			t.Errorf("account %s is called %q and %q", i.External.ID, name, i.External.FullName)
		}
		shared += btoi(known)
		names[i.External.ID] = i.External.FullName
	}
	if shared == 0 {
		t.Error("no account wrote twice")
	}
}

// TestTheDemoHasEverything checks that each thing a screen must show is in the default data.
func TestTheDemoHasEverything(t *testing.T) {
	t.Parallel()
	s := seeded(t, Options{})
	d := s.Data()
	if len(d.Interactions) != defaultInteractions {
		t.Fatalf("%d interactions", len(d.Interactions))
	}
	seen := map[string]int{}
	note := func(what string, holds bool) { seen[what] += btoi(holds) }
	agents := map[string]*User{}
	for _, u := range d.Users {
		agents[u.Name] = u
		note("deactivated user", u.Deactivated)
		note("user", true)
	}
	midnight := s.world.seed.midnight()
	for _, i := range d.Interactions {
		work := d.ActivitiesOf(i)
		note("direction "+i.Direction, true)
		note("ended "+i.Disconnection, true)
		note("today", i.Time >= midnight)
		note("waiting today", i.Time >= midnight && i.Missed == "YES")
		note("missed, waiting", i.Missed == "YES")
		note("missed, contacted back", i.Missed == "NO")
		note("missed, cleared", i.Missed == "" && i.MissedTime != 0)
		note("cleared by an agent", i.Missed == "" && i.MissedTime != 0 && len(work) > 0)
		note("never missed", i.Missed == "" && i.MissedTime == 0)
		note("without activity", len(work) == 0)
		note("two activities", len(work) == 2)
		note("three activities", len(work) == 3)
		note("without contact", i.Contact == "")
		note("without end", i.Duration == Unknown && i.User != "")
		note("waiting in the tree or queue", i.Answered == nil)
		note("anonymised", i.Anonymised)
		note("anonymised today", i.Anonymised && i.Time >= midnight)
		note("hostile", i.talk.hostile > 0)
		note("of a deactivated user", i.User != "" && agents[i.User].Deactivated)
		note("of the deactivated queue", i.Queue == deactivatedQueue)
		note("at night", i.Time.In(d.Zone).Hour() < 6)
		for _, a := range work {
			note("action "+a.Action, true)
			note("focus anomaly", a.Duration != Unknown && a.FocusTime > a.Duration)
			note("activity with ticket", a.Ticket != 0)
			note("activity with file", len(a.Files) > 0)
			note("description", a.Description != "")
			note("two statuses", len(a.Statuses) > 1)
		}
	}
	for _, q := range d.Queues {
		note("WhatsApp queue", q.Type == "wap")
		note("deactivated queue", q.Deactivated)
	}
	for _, c := range d.Contacts {
		note("several numbers", len(c.Numbers()) > 2)
		note("with account", c.Account != "")
	}
	for _, tk := range d.Tickets {
		note("stage "+tk.Stage, true)
		note("merged ticket", tk.Merged != 0)
	}
	for _, f := range d.Forms {
		for _, q := range f.Questions {
			note("question "+q.Type, true)
		}
	}
	for _, r := range d.Reviews {
		note("review", len(r.Answers) > 0)
	}
	least := map[string]int{
		"today": 100, "user": 24, "WhatsApp queue": 8, "without contact": 200, "without activity": 200,
		"two activities": 100, "cleared by an agent": 20, "focus anomaly": 20, "hostile": 10, "anonymised": 20, "review": 100,
	}
	for _, what := range []string{
		"direction IN", "direction OUT", "direction ", "ended ", "ended USER", "ended CLIENT", "ended TIMEOUT", "ended NOT_AVAIL",
		"ended OUT_OF_TIME", "ended DECISION_TREE", "today", "waiting today", "missed, waiting", "missed, contacted back",
		"missed, cleared", "cleared by an agent", "never missed", "without activity", "two activities", "three activities", "without contact",
		"without end", "waiting in the tree or queue", "anonymised", "anonymised today", "hostile", "of a deactivated user",
		"of the deactivated queue", "at night", "action OPEN", "action WAIT", "action POSTPONE", "action CLOSE", "focus anomaly",
		"activity with ticket", "activity with file", "description", "two statuses", "WhatsApp queue", "deactivated queue",
		"deactivated user", "user", "several numbers", "with account", "stage OPEN", "stage WAIT", "stage CLOSE", "stage ARCHIVE",
		"merged ticket", "question SELECTBOX", "question CHECKBOX", "question SCALE", "question TEXTAREA", "review",
	} {
		if seen[what] < max(least[what], 1) {
			t.Errorf("%s: %d, want at least %d", what, seen[what], max(least[what], 1))
		}
	}
}

func TestTimesAndReferencesHoldTogether(t *testing.T) {
	t.Parallel()
	s := seeded(t, Options{Interactions: 3000})
	d := s.Data()
	now := Stamp(noon().Unix())
	if !slices.IsSortedFunc(d.Interactions, func(a, b *Interaction) int { return int(a.Time - b.Time) }) {
		t.Error("interactions are not in the order of time")
	}
	names := map[string]bool{}
	for _, i := range d.Interactions {
		if names[i.Name] {
			t.Errorf("%s comes twice", i.Name)
		}
		names[i.Name] = true
		if i.Time > now || i.Time < now-30*86400 {
			t.Errorf("%s at %s", i.Name, i.Time.Text(d.Zone))
		}
		if i.Missed != "" && i.MissedTime == 0 || i.Duration < Unknown || i.WaitTime < Unknown {
			t.Errorf("%s: missed %q at %d, duration %d, wait %d", i.Name, i.Missed, i.MissedTime, i.Duration, i.WaitTime)
		}
		if i.Contact != "" && s.world.contacts.get(i.Contact) == nil || s.world.queues.get(number(i.Queue)) == nil ||
			i.User != "" && s.world.users.get(i.User) == nil || s.world.connectors.get(i.Connector) == nil {
			t.Errorf("%s refers to what is not there", i.Name)
		}
		for _, a := range d.ActivitiesOf(i) {
			if a.Interaction != i.Name || a.TimeOpen > now || a.TimeClose > now || a.TimeClose != 0 && a.TimeClose < a.TimeOpen {
				t.Errorf("%s of %s: open %d close %d", a.Name, i.Name, a.TimeOpen, a.TimeClose)
			}
			if a.Ticket != 0 && s.world.tickets.get(number(a.Ticket)) == nil || a.Contact != i.Contact {
				t.Errorf("%s: ticket %d, contact %q", a.Name, a.Ticket, a.Contact)
			}
			for _, st := range a.Statuses {
				if s.world.statuses.get(st) == nil {
					t.Errorf("%s: status %q", a.Name, st)
				}
			}
		}
	}
}

func TestTodayIsNeverEmpty(t *testing.T) {
	t.Parallel()
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		day, hour, minute, want int
	}{
		{18, 10, 0, 40}, {18, 17, 30, 100}, {18, 0, 20, 4}, {18, 5, 0, 30}, {22, 11, 0, 40}, {22, 17, 42, 45}, {21, 2, 0, 12},
	} {
		now := time.Date(2026, 11, tt.day, tt.hour, tt.minute, 0, 0, prague)
		s := seeded(t, Options{Now: func() time.Time { return now }})
		got := len(matches(s.Data(), func(i *Interaction) bool { return i.Time >= s.world.seed.midnight() }))
		if got < tt.want {
			t.Errorf("%s: %d today, want at least %d", now.Format("Mon 15:04"), got, tt.want)
		}
	}
}

func TestWorkingDaysAreBusierThanNightsAndWeekends(t *testing.T) {
	t.Parallel()
	d := seeded(t, Options{}).Data()
	hours, days := map[int]int{}, map[time.Weekday]int{}
	for _, i := range d.Interactions {
		at := i.Time.In(d.Zone)
		hours[at.Hour()]++
		days[at.Weekday()]++
	}
	if hours[10] < 20*hours[3] || hours[10] < hours[19] {
		t.Errorf("hours = %v", hours)
	}
	if days[time.Monday] < 2*days[time.Sunday] {
		t.Errorf("days = %v", days)
	}
}

func TestBurstSharesOneSecond(t *testing.T) {
	t.Parallel()
	s := seeded(t, Options{Interactions: 3000, Burst: 1200})
	at := map[Stamp]int{}
	for _, i := range s.Data().Interactions {
		at[i.Time]++
	}
	if got := slices.Max(slices.Collect(maps.Values(at))); got < 1200 {
		t.Errorf("the fullest second has %d, want 1200", got)
	}
	if len(s.Data().Interactions) != 3000 {
		t.Errorf("%d interactions", len(s.Data().Interactions))
	}
}

func TestBusyDaysHoldMoreThanAPage(t *testing.T) {
	t.Parallel()
	d := seeded(t, Options{Interactions: 20_000}).Data()
	days := map[string]int{}
	for _, i := range d.Interactions {
		days[i.Time.Text(d.Zone)[:10]]++
	}
	over := 0
	for _, n := range days {
		over += btoi(n > maxTake)
	}
	if over < 2 {
		t.Errorf("%d days with more than %d: %v", over, maxTake, days)
	}
}

func TestSizesFromNoneToMany(t *testing.T) {
	t.Parallel()
	for _, n := range []int{-1, 1, 2, 7, 60} {
		d := seeded(t, Options{Interactions: n}).Data()
		if len(d.Interactions) != max(n, 0) {
			t.Errorf("asked for %d, got %d", n, len(d.Interactions))
		}
	}
	d := seeded(t, Options{Interactions: 2000, Days: 3, Zone: "America/New_York"}).Data()
	if first := d.Interactions[0].Time; first < Stamp(noon().AddDate(0, 0, -3).Unix()) {
		t.Errorf("three days begin at %s", first.Text(d.Zone))
	}
}

func TestAnonymisedKeepNothingPersonal(t *testing.T) {
	t.Parallel()
	d := seeded(t, Options{}).Data()
	for _, i := range d.Interactions {
		if !i.Anonymised {
			continue
		}
		if i.Title+i.Contact+i.Sender != "" || i.External != nil && *i.External != (ExternalContact{}) || len(d.Messages(i)) > 0 {
			t.Errorf("%s keeps personal data", i.Name)
		}
		for _, a := range d.ActivitiesOf(i) {
			if !a.Anonymised || a.Title+a.Contact+a.Description != "" || len(a.CustomFields)+len(a.Files) > 0 {
				t.Errorf("%s keeps personal data", a.Name)
			}
		}
	}
}

func TestNamesAreFormedAsInCzech(t *testing.T) {
	t.Parallel()
	for man, woman := range map[string]string{
		"Novák": "Nováková", "Dvořák": "Dvořáková", "Veselý": "Veselá", "Procházka": "Procházková", "Marek": "Marková",
		"Němec": "Němcová", "Krejčí": "Krejčí", "Beneš": "Benešová", "Král": "Králová", "Říha": "Říhová",
	} {
		if got := feminine(man); got != woman {
			t.Errorf("feminine(%s) = %s, want %s", man, got, woman)
		}
	}
	if got := ascii("Řehoř Ďurica-Žák"); got != "rehordurica-zak" {
		t.Errorf("ascii = %q", got)
	}
	for _, u := range seeded(t, Options{Interactions: 1}).Data().Users {
		if strings.ContainsFunc(u.Name, func(r rune) bool { return r > 127 }) {
			t.Errorf("login %q", u.Name)
		}
	}
}

func BenchmarkSeed(b *testing.B) {
	for _, n := range []int{5_000, 20_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := New(Options{Interactions: n, Now: noon}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
