package profile

import (
	"testing"
	"time"

	"wapdesk/app/syncer"
	"wapdesk/store"
)

// planned is a schedule of a program that was just opened.
func planned(every time.Duration, now time.Time) *schedule {
	s := &schedule{every: every}
	s.plan(now)
	return s
}

func expect(t *testing.T, s *schedule, now time.Time, want step, at time.Duration) {
	t.Helper()
	got, due := s.next(now)
	wait := time.Duration(-1)
	if !due.IsZero() {
		wait = due.Sub(now)
	}
	if got != want || wait != at {
		t.Errorf("step %d in %v, want %d in %v", got, wait, want, at)
	}
}

const never = time.Duration(-1)

func TestASyncComesEveryFewMinutes(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := planned(15*time.Minute, now)
	expect(t, s, now, stepNone, 15*time.Minute)
	now = now.Add(15 * time.Minute)
	expect(t, s, now, stepUsual, 0)
	s.ended(now, stepUsual, outcomeDone)
	expect(t, s, now, stepNone, 15*time.Minute)
	s.ended(now, stepUsual, outcomeFailed) // a contact centre in trouble is left alone for as long
	expect(t, s, now, stepNone, 15*time.Minute)

	s = planned(0, now)
	expect(t, s, now, stepNone, never)
	s.ask(now, false)
	expect(t, s, now, stepUsual, 0)
	s.ended(now, stepUsual, outcomeDone)
	expect(t, s, now, stepNone, never)
}

func TestALostNetworkIsTriedAgainSoonAndThenLessOften(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := planned(time.Hour, now)
	for _, wait := range []time.Duration{10, 20, 40, 80, 160, 300, 300, 300} {
		s.ended(now, stepUsual, outcomeLost)
		wait *= time.Second
		expect(t, s, now, stepNone, wait)
		now = now.Add(wait)
		expect(t, s, now, stepUsual, 0)
	}
	s.woke(now, 0) // other addresses: the network is back
	expect(t, s, now, stepUsual, 0)
	s.ended(now, stepUsual, outcomeDone)
	expect(t, s, now, stepNone, time.Hour)
	s.ended(now, stepUsual, outcomeLost)
	expect(t, s, now, stepNone, 10*time.Second)

	// What somebody asked for is made up for, also where nothing is planned.
	s = planned(0, now)
	s.ask(now, false)
	s.ended(now, stepUsual, outcomeLost)
	expect(t, s, now, stepNone, 10*time.Second)
	now = now.Add(10 * time.Second)
	expect(t, s, now, stepUsual, 0)
	s.ended(now, stepUsual, outcomeDone)
	expect(t, s, now, stepNone, never)
}

func TestALongLoadGivesWayToTheUsualRound(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := planned(15*time.Minute, now)
	s.ask(now, false)
	s.ended(now, stepUsual, outcomeMore)
	expect(t, s, now, stepOnward, 0)
	now = now.Add(14 * time.Minute)
	s.ended(now, stepOnward, outcomeMore)
	expect(t, s, now, stepOnward, 0)
	now = now.Add(2 * time.Minute)
	s.ended(now, stepOnward, outcomeMore)
	expect(t, s, now, stepUsual, 0) // which was not put off by the load
	s.ended(now, stepUsual, outcomeMore)
	expect(t, s, now, stepOnward, 0)
	s.ended(now, stepOnward, outcomeLost) // it waits for the network like all else
	expect(t, s, now, stepNone, 10*time.Second)
	now = now.Add(10 * time.Second)
	expect(t, s, now, stepUsual, 0)
	s.ended(now, stepUsual, outcomeMore)
	s.ended(now, stepOnward, outcomeDone)
	expect(t, s, now, stepNone, 15*time.Minute)

	s.ask(now, true)
	s.ended(now, stepUsual, outcomeDone)
	expect(t, s, now, stepAgain, 0)
	s.ended(now, stepAgain, outcomeMore)
	expect(t, s, now, stepAgain, 0)
	s.ended(now, stepAgain, outcomeStopped)
	expect(t, s, now, stepNone, 15*time.Minute)
}

func TestAPauseHoldsEverything(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := planned(15*time.Minute, now)
	s.ask(now, true)
	s.reread = now
	s.paused = true
	expect(t, s, now, stepNone, never)
	s.paused = false
	s.soon(now)
	expect(t, s, now, stepUsual, 0)
}

func TestAMeteredNetworkCarriesWhatTheLeadChose(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := planned(15*time.Minute, now)
	s.reread = now
	expect(t, s, now, stepGentle, 0)
	s.ended(now, stepUsual, outcomeMore)
	expect(t, s, now, stepOnward, 0)

	s.metered = MeteredNew
	expect(t, s, now, stepNone, 15*time.Minute)
	s.ask(now, false)
	s.ended(now, stepUsual, outcomeMore)
	expect(t, s, now, stepOnward, 0) // somebody asked
	s.ended(now, stepOnward, outcomeDone)

	s.metered = MeteredAsked
	now = now.Add(time.Hour)
	expect(t, s, now, stepNone, never)
	s.ask(now, false)
	expect(t, s, now, stepUsual, 0)
	s.ended(now, stepUsual, outcomeDone)
	s.metered = MeteredAll
	expect(t, s, now, stepGentle, 0)
}

func TestEverythingIsReadAgainOnceAWeekSlowly(t *testing.T) {
	t.Parallel()
	now := time.Now()
	s := planned(15*time.Minute, now)
	s.reread = now.Add(5 * time.Minute)
	expect(t, s, now, stepNone, 5*time.Minute)
	now = now.Add(5 * time.Minute)
	expect(t, s, now, stepGentle, 0)
	s.gentle = now.Add(gentlePause) // a part was read
	expect(t, s, now, stepNone, gentlePause)
	now = now.Add(10 * time.Minute)
	expect(t, s, now, stepUsual, 0) // before it
	s.ended(now, stepUsual, outcomeLost)
	expect(t, s, now, stepNone, 10*time.Second) // and not without a network
}

func TestSleepAndAnotherNetworkAreNoticed(t *testing.T) {
	t.Parallel()
	// Wall clocks alone, as they are where the other one stands still during sleep.
	start := time.Now().Round(0)
	p := pulse{last: start}
	for _, beat := range []struct {
		after       time.Duration
		addresses   string
		woke, moved bool
	}{
		{beatEvery, "10.0.0.7/24", false, false},
		{beatEvery + time.Second, "10.0.0.7/24", false, false},
		{8 * time.Hour, "10.0.0.7/24", true, false},
		{beatEvery, "", false, false},
		{beatEvery, "10.0.0.7/24", false, false},
		{beatEvery, "192.168.1.4/24", false, true},
		{-24 * time.Hour, "192.168.1.4/24", false, false}, // a clock that was set back
		{beatEvery, "192.168.1.4/24", false, false},
	} {
		start = start.Add(beat.after)
		if woke, moved := p.beat(start, beat.addresses); woke != beat.woke || moved != beat.moved {
			t.Errorf("after %v with %q: woke %v, moved %v", beat.after, beat.addresses, woke, moved)
		}
	}
	now := time.Now()
	s := planned(15*time.Minute, now)
	s.woke(now, afterWaking)
	expect(t, s, now, stepNone, afterWaking)
}

func TestDaysThatComeWhileTheyAreLookedAtBeginNothingAnew(t *testing.T) {
	t.Parallel()
	looked := store.Span{FromMs: 100, ToMs: 200}
	for span, in := range map[store.Span]bool{
		looked: true, {FromMs: 100, ToMs: 150}: true, {FromMs: 99, ToMs: 150}: false, {FromMs: 150, ToMs: 201}: false, {FromMs: 300, ToMs: 400}: false,
	} {
		if within(span, looked) != in {
			t.Errorf("%v within %v: %v", span, looked, !in)
		}
	}
}

func TestALoadTellsItsRateAndTheTimeLeftOverItsRounds(t *testing.T) {
	t.Parallel()
	var l load
	now := time.Now()
	step := func(phase string, done, expected int64) (int64, int64) {
		now = now.Add(time.Second)
		return l.at(syncer.Progress{Phase: phase, Done: done, Expected: expected}, now)
	}
	step(syncer.PhaseInteractions, 0, 1000)
	step(syncer.PhaseInteractions, 100, 1000)
	if l.left() != 0 {
		t.Errorf("one second says that %v are left", l.left())
	}
	step(syncer.PhaseInteractions, 200, 1000)
	step(syncer.PhaseInteractions, 300, 1000)
	if left := l.left().Round(time.Second); l.rate < 99 || l.rate > 101 || left != 7*time.Second {
		t.Errorf("rate %v, left %v", l.rate, left)
	}
	step(syncer.PhaseMessages, 50, 200)
	l.round()
	if done, expected := step(syncer.PhaseInteractions, 10, 700); done != 310 || expected != 1000 {
		t.Errorf("the second round is at %d of %d", done, expected)
	}
	if done, expected := step(syncer.PhaseMessages, 5, 150); done != 55 || expected != 200 {
		t.Errorf("the second round is at %d of %d messages", done, expected)
	}
	if a, b, c := (&load{}).patience(time.Hour), (&load{rounds: 3}).patience(time.Hour), (&load{rounds: 40}).patience(time.Minute); a != firstPatience ||
		b != 8*firstPatience || c != 30*time.Second {
		t.Errorf("patience %v, %v, %v", a, b, c)
	}
}
