package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/hours"
)

// workedBy makes working hours of a week for all queues.
func workedBy(t *testing.T, text string) WorkingHours {
	t.Helper()
	week, wrong := hours.ParseWeek(text)
	if wrong != "" {
		t.Fatal(wrong)
	}
	return WorkingHours{All: &hours.Hours{Week: week, Holidays: []string{}}}
}

// insideIn reads wait, first reply, silence and duration inside working hours, as stored.
func insideIn(t *testing.T, db *DB, n int) string {
	t.Helper()
	var text string
	err := db.view(t.Context(), "read", func(q querier) error {
		return q.QueryRowContext(t.Context(), `SELECT printf('%s %s %s %s', ifnull(work_wait_s, '-'), ifnull(work_first_reply_s, '-'), ifnull(work_silence_s, '-'), ifnull(work_duration_s, '-'))
			FROM interactions WHERE name = ?`, fmt.Sprintf("wap_%04d", n)).Scan(&text)
	})
	check(t, err)
	return text
}

func countAll(t *testing.T, db *DB) {
	t.Helper()
	check(t, db.CountInside(t.Context(), func(int, int) {}))
	if db.CountingInside() {
		t.Error("all is counted, and it says that it is not")
	}
}

// The first conversation is on a Sunday at eleven in Prague, the second at ten; each has a message a minute.
func TestFiguresInsideWorkingHoursFollowWritesHoursAndZone(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	expect := func(when string, first, second string) {
		t.Helper()
		got := []string{insideIn(t, db, 1), insideIn(t, db, 2)}
		if diff := cmp.Diff([]string{first, second}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	apply := func() {
		t.Helper()
		_, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(1, 3)))
		check(t, err)
	}
	apply()
	expect("without hours", "- - - -", "- - - -")
	if db.CountingInside() {
		t.Error("there are no hours, and something is to be counted")
	}

	check(t, db.SetWorkingHours(t.Context(), workedBy(t, "Sun 10:02-12:00")))
	if !db.CountingInside() {
		t.Error("nothing is counted by the new hours, and it says that all is")
	}
	countAll(t, db)
	// The wait and the first reply at ten are over before anybody works.
	expect("hours from two past ten", "21 60 60 412", "- - 60 292")

	check(t, db.SetWorkingHours(t.Context(), workedBy(t, "Sun 10:00-11:05")))
	countAll(t, db)
	expect("hours to five past eleven", "21 60 60 300", "21 60 60 412")

	of := workedBy(t, "Sun 10:00-11:05")
	of.Queues = map[string]*hours.Hours{"4101": nil}
	check(t, db.SetWorkingHours(t.Context(), of))
	countAll(t, db)
	expect("the queue works around the clock", "- - - -", "- - - -")

	of.All, of.Queues["4101"] = nil, workedBy(t, "Sun 11:00-11:05").All
	check(t, db.SetWorkingHours(t.Context(), of))
	countAll(t, db)
	expect("hours of the queue alone", "21 60 60 300", "- - - -")

	check(t, db.SetZone(t.Context(), "Europe/London"))
	if !db.CountingInside() {
		t.Error("the zone is another one, and nothing is to be counted")
	}
	countAll(t, db)
	expect("in London", "- - - -", "- - - -")

	later := conversations(1, 3)
	later[0].Messages = later[0].Messages[:1]
	later[0].Interaction.Hash++
	check(t, db.SetWorkingHours(t.Context(), workedBy(t, "Sun 9:00-11:00")))
	countAll(t, db)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(later))
	check(t, err)
	expect("what a sync changes is counted by it", "21 - - 412", "21 60 60 412")
}

// A count that ends goes on where it was, by the hours of now.
func TestCountingInsideGoesOnAfterItEnded(t *testing.T) {
	t.Parallel()
	folder := Folder(filepath.Join(t.TempDir(), "profile"))
	db := openIn(t, folder)
	seeAll(t, db)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(1, 2*countStep/10)))
	check(t, err)
	check(t, db.update(t.Context(), "make more", func(t *tx) error {
		return t.run(context.Background(), fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < %d)
			INSERT INTO interactions (name, time_ms, wait_s, hash) SELECT 'more_' || i, %d, 60, 0 FROM n`, 2*countStep, ms(0)))
	}))
	work := workedBy(t, "Sun 11:00-13:00")
	check(t, db.SetWorkingHours(t.Context(), work))
	ctx, stop := context.WithCancel(t.Context())
	err = db.CountInside(ctx, func(done, total int) {
		if done == 0 || done >= total {
			t.Errorf("after the first step %d of %d", done, total)
		}
		stop()
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%v, want that it was cancelled", err)
	}
	closeTest(t, db)

	db = openIn(t, folder)
	defer func() { closeTest(t, db) }()
	check(t, db.SetWorkingHours(t.Context(), work))
	if !db.CountingInside() {
		t.Fatal("half is counted, and it says that all is")
	}
	first := 0
	check(t, db.CountInside(t.Context(), func(done, _ int) {
		if first == 0 {
			first = done
		}
	}))
	if first <= countStep {
		t.Errorf("it began anew: after the first step %d", first)
	}
	var left int
	check(t, db.view(t.Context(), "count", func(q querier) error {
		return q.QueryRowContext(t.Context(), "SELECT count(*) FROM interactions WHERE name LIKE 'more_%' AND work_wait_s IS NOT 60").Scan(&left)
	}))
	if left != 0 {
		t.Errorf("%d are not counted", left)
	}
	closeTest(t, db)
	db = openIn(t, folder)
	check(t, db.SetWorkingHours(t.Context(), work))
	if db.CountingInside() {
		t.Error("all is counted, and it is to be counted again")
	}
}
