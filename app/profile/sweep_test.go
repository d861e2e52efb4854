package profile

import (
	"testing"
	"time"

	"wapdesk/store/query"
)

func TestAVisitBeginsAfterHoursWithoutASign(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	var kept presence
	for _, step := range []struct {
		now, since time.Time
		keeps      bool
	}{
		{at(20, 8, 0), at(20, 0, 0), true}, // the first time: today
		{at(20, 8, 0), at(20, 0, 0), false},
		{at(20, 12, 0), at(20, 8, 0), true}, // after four hours
		{at(20, 12, 1), at(20, 8, 0), true},
		{at(20, 14, 30), at(20, 8, 0), true}, // lunch is no new visit
		{at(23, 7, 45), at(20, 14, 30), true},
		{at(23, 7, 50), at(20, 14, 30), true},
		{at(22, 7, 50), at(20, 14, 30), true}, // the clock was wrong
	} {
		if got := kept.since(step.now); !got.Equal(step.since) {
			t.Errorf("at %v new is what came since %v, want %v", step.now, got, step.since)
		}
		next, changed := kept.after(step.now)
		if changed != step.keeps {
			t.Errorf("at %v something is kept: %t", step.now, changed)
		}
		kept = next
	}
}

func TestAReasonIsFoundInAFilterHoweverItIsSpelled(t *testing.T) {
	t.Parallel()
	long := query.Node{Field: query.FieldSilence, Op: query.Gt, Values: []string{"1800s"}}
	f := Filter{Where: &query.Node{And: []query.Node{is(query.FieldMissed, "waiting"), {Field: query.FieldWait, Op: query.Gt, Values: []string{"5m"}}}}}
	rest, had := f.dropping(&query.Node{Field: query.FieldMissed, Op: query.Is, Values: []string{"YES"}})
	if !had || query.Format(rest.Where, "en") != "wait > 5m" {
		t.Errorf("%t, left %q", had, query.Format(rest.Where, "en"))
	}
	if _, had := f.dropping(&long); had {
		t.Error("found a reason that is not there")
	}
	if back := rest.adding(long); query.Format(back.Where, "en") != "wait > 5m AND silence > 1800s" {
		t.Errorf("with another reason %q", query.Format(back.Where, "en"))
	}
}
