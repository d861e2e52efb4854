package cli

import (
	"testing"
	"time"

	"wapdesk/app/demo"
)

type hoursJSON struct {
	Hours, Holidays *string
}

// TestWorkingHoursAreCountedAndMeasuredBy sets hours on the command line: what a row says inside them follows from its
// times, targets are measured by it, and the summary names it beside the plain figures.
func TestWorkingHoursAreCountedAndMeasuredBy(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 300, Days: 20})
	m := s.lead(t)
	m.ok("sync")
	var targets struct {
		All    hoursJSON
		Queues []struct {
			hoursJSON
			Queue string
			Own   []string
		}
	}
	m.json(&targets, "targets")
	if targets.All.Hours != nil {
		t.Fatalf("at first %q, want around the clock", *targets.All.Hours)
	}
	m.json(&targets, "targets", "--hours", "Mon-Fri 9:00-12:00, 13:00-17:00", "--holidays", "cz,2026-12-31", "--duration", "10m")
	if targets.All.Hours == nil || *targets.All.Hours != "Mon-Fri 9:00-12:00,13:00-17:00" || *targets.All.Holidays != "cz, 2026-12-31" {
		t.Fatalf("hours for all %+v", targets.All)
	}

	type row struct {
		Name         string
		Time         time.Time
		Wait         *int64
		Duration     *int64
		WorkWait     *int64 `json:"workwait"`
		WorkDuration *int64 `json:"workduration"`
		Target       *struct{ Missed []string }
	}
	var all struct{ Rows []row }
	read := func() {
		t.Helper()
		all.Rows = nil
		m.json(&all, "list", "--time", "all", "--columns", "time,wait,duration,workwait,workduration,target", "--limit", "1000")
	}
	read()
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	works := func(at time.Time) bool {
		at = at.In(prague)
		return at.Weekday() != time.Saturday && at.Weekday() != time.Sunday && at.Format("01-02") != "11-17" &&
			at.Hour() >= 9 && at.Hour() < 17 && at.Hour() != 12
	}
	counted := 0
	for _, r := range all.Rows {
		for _, one := range []struct {
			name        string
			plain, work *int64
		}{{"wait", r.Wait, r.WorkWait}, {"duration", r.Duration, r.WorkDuration}} {
			if one.plain == nil {
				continue
			}
			want, inside := int64(0), works(r.Time)
			for second := range *one.plain {
				if works(r.Time.Add(time.Duration(second) * time.Second)) {
					want, inside = want+1, true
				}
			}
			switch {
			case !inside && one.work != nil:
				t.Errorf("%s: %s outside of the hours has %d s inside", r.Name, one.name, *one.work)
			case inside && (one.work == nil || *one.work != want):
				t.Errorf("%s: %s of %d s at %s: want %d s inside, got %v", r.Name, one.name, *one.plain, r.Time, want, one.work)
			case inside:
				counted++
			}
		}
		missed := false
		if r.Target != nil {
			for _, goal := range r.Target.Missed {
				missed = missed || goal == "duration"
			}
		}
		if want := r.WorkDuration != nil && *r.WorkDuration > 600; missed != want {
			t.Errorf("%s: over the target of its duration is %v, want %v", r.Name, missed, want)
		}
	}
	if counted == 0 || counted == 2*len(all.Rows) {
		t.Errorf("%d figures of %d rows lie inside", counted, len(all.Rows))
	}

	var summary struct {
		WaitMedian   *int64 `json:"wait_median"`
		WorkingHours *struct {
			Waited     int
			WaitMedian *int64 `json:"wait_median"`
			FirstReply *int64 `json:"first_reply"`
		} `json:"working_hours"`
	}
	m.json(&summary, "summary", "--time", "all")
	if in := summary.WorkingHours; in == nil || in.Waited == 0 || in.WaitMedian == nil || in.FirstReply == nil {
		t.Errorf("the summary says %+v inside working hours", in)
	}

	queue := targetsQueue(m)
	m.json(&targets, "targets", "--queue", queue, "--hours", "none")
	if q := targets.Queues; len(q) != 1 || q[0].Hours != nil || len(q[0].Own) != 1 || q[0].Own[0] != "hours" {
		t.Errorf("a queue around the clock %+v", q)
	}
	m.json(&targets, "targets", "--queue", queue, "--hours", "as-for-all")
	if len(targets.Queues) != 0 {
		t.Errorf("a queue as for all is kept as its own: %+v", targets.Queues)
	}
	summary.WorkingHours = nil
	m.ok("targets", "--hours", "none")
	m.json(&summary, "summary", "--time", "all")
	if summary.WorkingHours != nil {
		t.Errorf("around the clock there is %+v inside", summary.WorkingHours)
	}
}

func targetsQueue(m *machine) string {
	for _, r := range everything(m).Rows {
		if r.Queue != nil {
			return *r.Queue
		}
	}
	return ""
}

func TestWorkingHoursThatCannotBeReadAreWrongUsage(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 5, Days: 3})
	m := s.lead(t)
	m.ok("sync")
	for _, args := range [][]string{
		{"--hours", "Mon-Fri 8-17"},
		{"--hours", "Mon 17:00-8:00"},
		{"--hours", ";"},
		{"--hours", "as-for-all"},
		{"--holidays", "Christmas", "--hours", "Mon 8:00-9:00"},
		{"--holidays", "cz"},
		{"--hours", "none", "--holidays", "cz"},
	} {
		if r := m.run("", append([]string{"targets"}, args...)...); r.code != 2 {
			t.Errorf("%q ends with %d, want 2", args, r.code)
		}
	}
}
