package listing_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// figures asks SQL for the figures of what a filter finds, with a condition more.
func (p *property) figures(t *testing.T, extra string, q query.Query, scope query.Scope) listing.Figures {
	t.Helper()
	n := p.group(t, "'', count(*), sum(answered='yes'), sum(answered='no'), count(missed), sum(missed='waiting'), count(CASE WHEN "+waited+" THEN 1 END)"+
		p.model.hitsColumns(), extra, q, scope)[""]
	var inside *listing.InsideFigures
	if n[0] > 0 {
		inside = p.inside(t, extra, q, scope)
	}
	return listing.Figures{
		Inside: inside, N: int(n[0]), Answered: int(n[1]), NotAnswered: int(n[2]), Missed: int(n[3]), MissedWaiting: int(n[4]), Waited: int(n[5]), Targets: hits(n[6:]),
		WaitMedianS: p.quantile(t, "wait", extra, 50, q, scope), WaitP90S: p.quantile(t, "wait", extra, 90, q, scope),
		FirstReplyMedianS: p.quantile(t, "firstreply", extra, 50, q, scope), DurationMedianS: p.quantile(t, "duration", extra, 50, q, scope),
	}
}

// compareParts asks SQL for each hour of the day, weekday, day, week or month.
func (p *property) compareParts(t *testing.T, snap *listing.Snapshot, q query.Query, scope query.Scope) {
	t.Helper()
	steps := []listing.Step{listing.StepHour, listing.StepWeekday, listing.StepDay, listing.StepWeek, listing.StepMonth, snap.Step()}
	parting := snap.Parting(steps[p.rng.IntN(len(steps))])
	parts, err := snap.Parts(t.Context(), parting)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != parting.Len() {
		t.Fatalf("%d parts of %d", len(parts), parting.Len())
	}
	p.checkCalendar(t, parting)
	total := 0
	for i, got := range parts {
		total += got.N
		if p.rng.IntN(len(parts)) > 3 {
			continue // a question for each of hundreds of parts takes long
		}
		var extra string
		switch parting.Step {
		case listing.StepHour:
			extra = fmt.Sprintf(" AND hour = %d AND %s", i, within(parting.Ranges))
		case listing.StepWeekday:
			extra = fmt.Sprintf(" AND weekday = %d AND %s", i, within(parting.Ranges))
		default:
			extra = " AND " + within(parting.Ranges[i:i+1])
		}
		if diff := cmp.Diff(p.figures(t, extra, q, scope), got); diff != "" {
			t.Fatalf("%s: part %d by %s (-want +got):\n%s", describe(q), i, parting.Step, diff)
		}
	}
	// Each interaction of the time that is told is in one part.
	whole := query.Range{FromMs: parting.Ranges[0].FromMs, ToMs: parting.Ranges[len(parting.Ranges)-1].ToMs}
	if want := p.group(t, "'', count(*)", " AND "+within([]query.Range{whole}), q, scope)[""][0]; int64(total) != want {
		t.Fatalf("%s: %d interactions by %s, want %d", describe(q), total, parting.Step, want)
	}
}

// checkCalendar works the bounds of days, weeks and months out on the calendar.
func (p *property) checkCalendar(t *testing.T, parting listing.Parting) {
	t.Helper()
	if parting.Step == listing.StepHour || parting.Step == listing.StepWeekday {
		return
	}
	zone := p.model.clock.Zone
	for i, r := range parting.Ranges {
		from, to := time.UnixMilli(r.FromMs).In(zone), time.UnixMilli(r.ToMs).In(zone)
		next := from.AddDate(0, 0, 1)
		begins := true
		switch parting.Step {
		case listing.StepWeek:
			next = from.AddDate(0, 0, 7)
			begins = from.Weekday() == time.Monday && !p.model.clock.SundayFirst || from.Weekday() == time.Sunday && p.model.clock.SundayFirst
		case listing.StepMonth:
			next, begins = from.AddDate(0, 1, 0), from.Day() == 1
		}
		if i > 0 && r.FromMs != parting.Ranges[i-1].ToMs || !to.Equal(next) || from.Hour() != 0 || !begins {
			t.Fatalf("%s %d is from %v to %v", parting.Step, i, from, to)
		}
	}
}

// within is the condition of ranges of time.
func within(ranges []query.Range) string {
	of := []string{"0"}
	for _, r := range ranges {
		of = append(of, fmt.Sprintf("time >= %d AND time < %d", r.FromMs, r.ToMs))
	}
	return "(" + strings.Join(of, " OR ") + ")"
}

// compareWithin sets two periods side by side of which days are not stored, and asks SQL for the figures of both.
func (p *property) compareWithin(t *testing.T, snap *listing.Snapshot, q query.Query, scope query.Scope) {
	t.Helper()
	clock := p.model.clock
	day := func(back int) int64 {
		y, m, d := clock.Now.Date()
		return clock.Midnight(y, m, d-back)
	}
	length := 1 + p.rng.IntN(40)
	first := length - 1 + p.rng.IntN(10) // days back
	now := query.Range{FromMs: day(first), ToMs: day(first - length)}
	then := clock.Shifted(now, -1)
	var stored []query.Range
	for at := first + 2*length; at > 0; {
		held := 1 + p.rng.IntN(12)
		stored = append(stored, query.Range{FromMs: day(at), ToMs: min(day(max(at-held, 0)), clock.Now.UnixMilli()-600_000)})
		at -= held + 1 + p.rng.IntN(3)
	}
	pairs := clock.Beside(now, then, false, stored)
	nowRanges, thenRanges := query.Compared(pairs)
	all, err := p.engine.View().Find(t.Context(), q.Where, scope)
	if err != nil {
		t.Fatal(err)
	}
	for _, ranges := range [][]query.Range{nowRanges, thenRanges} {
		found, err := all.Within(t.Context(), ranges)
		if err != nil {
			t.Fatal(err)
		}
		got, err := found.Figures(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p.figures(t, " AND "+within(ranges), q, scope), got); diff != "" {
			t.Fatalf("%s: within %v (-want +got):\n%s", describe(q), ranges, diff)
		}
		users, err := found.Users(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := p.group(t, "user, count(*)", " AND "+within(ranges)+" GROUP BY user", q, scope)
		if len(users) != len(want) {
			t.Fatalf("%s: %d users within %v, want %d", describe(q), len(users), ranges, len(want))
		}
		for _, u := range users {
			if int64(u.N) != want[u.Ref.Name][0] {
				t.Fatalf("%s: %d of %s, want %d", describe(q), u.N, u.Ref.Name, want[u.Ref.Name][0])
			}
		}
	}
	p.compareTotals(t, all, q, scope)
	p.compareBeside(t, snap, all, pairs, q, scope)
}

// compareTotals holds the two ways to the figures of all against each other and SQL.
func (p *property) compareTotals(t *testing.T, found *listing.Found, q query.Query, scope query.Scope) {
	t.Helper()
	queues, got, err := found.QueuesAndFigures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p.figures(t, "", q, scope), got); diff != "" {
		t.Fatalf("%s: figures of all queues (-want +got):\n%s", describe(q), diff)
	}
	want, err := found.Queues(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, queues); diff != "" {
		t.Fatalf("%s: queues (-by themselves +with all):\n%s", describe(q), diff)
	}
}

// compareBeside asks SQL for the counterparts of each part.
func (p *property) compareBeside(t *testing.T, snap *listing.Snapshot, all *listing.Found, pairs []query.Pair, q query.Query, scope query.Scope) {
	t.Helper()
	steps := []listing.Step{listing.StepWeekday, listing.StepDay, listing.StepWeek, listing.StepMonth}
	_, then, same := snap.Parting(steps[p.rng.IntN(len(steps))]).Beside(pairs)
	parts, err := all.Parts(t.Context(), then)
	if err != nil {
		t.Fatal(err)
	}
	mine := snap.Parting(then.Step)
	for i, got := range parts {
		if p.rng.IntN(len(parts)) > 2 {
			continue
		}
		var ranges []query.Range
		wantSame, some := true, false
		extra := ""
		for _, pair := range pairs {
			if then.Step == listing.StepWeekday {
				extra = fmt.Sprintf(" AND weekday = %d", i)
			} else if pair.Now.FromMs < mine.Ranges[i].FromMs || pair.Now.FromMs >= mine.Ranges[i].ToMs {
				continue
			}
			if pair.Held == query.HeldBoth {
				ranges, some = append(ranges, pair.Then), true
			} else if pair.Held != query.HeldAhead && then.Step != listing.StepWeekday {
				wantSame = false
			}
		}
		if then.Step != listing.StepWeekday && same[i] != (wantSame && some) {
			t.Fatalf("%s %d can be compared: %t", then.Step, i, same[i])
		}
		if diff := cmp.Diff(p.figures(t, extra+" AND "+within(ranges), q, scope), got); diff != "" {
			t.Fatalf("%s: counterpart of %s %d (-want +got):\n%s", describe(q), then.Step, i, diff)
		}
	}
}
