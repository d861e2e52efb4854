package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wapdesk/app/demo"
)

// at sets the machine's clock, which the commands go by.
func (m *machine) at(clock time.Time) { m.env["WAPDESK_NOW"] = clock.Format(time.RFC3339) }

// answered runs list with --json and gives what it printed and what it said.
func (m *machine) answered(args ...string) (listJSON, string) {
	m.t.Helper()
	got := m.run("", append([]string{"list", "--json"}, args...)...)
	if got.code != exitDone {
		m.t.Fatalf("%v: exit %d, %s", args, got.code, got.stderr)
	}
	var reply listJSON
	decodeOne(m.t, got.stdout, &reply)
	return reply, got.stderr
}

// TestWhatIsNotStoredIsSaid lists after the last sync: the first minutes of a day, the newest
// minutes of one, and a time that was never downloaded, told by an option or by the filter.
func TestWhatIsNotStoredIsSaid(t *testing.T) {
	t.Parallel()
	evening := time.Date(2026, 11, 18, 22, 50, 0, 0, time.UTC) // 23:50 in Prague
	s := newSite(t, demo.Options{Interactions: 900, Days: 4, Now: func() time.Time { return evening }})
	m := s.lead(t)
	m.at(evening)
	m.ok("sync")
	for name, tt := range map[string]struct {
		clock   time.Time
		args    []string
		rows    bool
		missing string // where the last missing part begins
	}{
		"today":                 {evening, nil, true, ""},
		"newest minutes":        {evening.Add(8 * time.Minute), nil, true, ""},
		"nothing till then":     {evening.Add(8 * time.Minute), []string{"--query", "wait > 99h"}, false, "2026-11-18T23:50:0"},
		"a new day":             {evening.Add(30 * time.Minute), nil, false, "2026-11-19T00:00:00+01:00"},
		"week with a new day":   {evening.Add(30 * time.Minute), []string{"--time", "last7days"}, true, "2026-11-18T23:50:0"},
		"all with a new day":    {evening.Add(30 * time.Minute), []string{"--time", "all"}, true, "2026-11-18T23:50:0"},
		"yesterday after that":  {evening.Add(30 * time.Minute), []string{"--time", "yesterday"}, true, "2026-11-18T23:50:0"},
		"half a day later":      {evening.Add(12 * time.Hour), []string{"--time", "today"}, false, "2026-11-19T00:00:00+01:00"},
		"long ago":              {evening, []string{"--from", "2020-01-01", "--to", "2020-01-31"}, false, "2020-01-01T00:00:00+01:00"},
		"long ago by condition": {evening, []string{"--query", "time:2020-01-01"}, false, "2020-01-01T00:00:00+01:00"},
		"the future":            {evening, []string{"--from", "2027-01-01"}, false, ""},
	} {
		m := &machine{t: t, dir: m.dir, env: map[string]string{}}
		for k, v := range map[string]string{"WAPDESK_URL": s.web.URL, "WAPDESK_TOKEN": s.Token(), "LANG": "en_US.UTF-8"} {
			m.env[k] = v
		}
		m.at(tt.clock)
		got, said := m.answered(tt.args...)
		if (got.Total > 0) != tt.rows {
			t.Errorf("%s: %d rows", name, got.Total)
		}
		var last string
		if n := len(got.Missing); n > 0 {
			last = got.Missing[n-1].From
		}
		if !strings.HasPrefix(last, tt.missing) || tt.missing == "" && last != "" {
			t.Errorf("%s: missing %v, want it to begin %q", name, got.Missing, tt.missing)
		}
		if lines := strings.Count(said, "Not stored"); lines != len(got.Missing) {
			t.Errorf("%s: standard error %q names %d parts of %d", name, said, lines, len(got.Missing))
		}
	}
	m.at(evening.Add(8 * time.Minute))
	if got := m.run("", "list"); !strings.Contains(got.stderr, "As of 2026-11-18 23:5") {
		t.Errorf("a list without the newest minutes says %q", got.stderr)
	}
	m.at(evening.Add(12 * time.Hour))
	for _, args := range [][]string{{"export"}, {"list", "--facets", "queue"}, {"list", "--count"}, {"anonymise", "--time", "today"}} {
		for _, flag := range []string{"--json", "--lang=en"} {
			if args[0] == "export" {
				args = []string{"export", "--out", filepath.Join(t.TempDir(), "x.csv")}
			}
			if got := m.run("", append(args, flag, "--profile", strings.TrimPrefix(m.profileDir(), m.dir+"/"))...); !strings.Contains(got.stderr, "2026-11-19 00:00") {
				t.Errorf("%v %s says %q (exit %d)", args, flag, got.stderr, got.code)
			}
		}
	}
}

// TestNothingDownloadedIsSaid asks a profile that was never synced.
func TestNothingDownloadedIsSaid(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 20, Days: 1})
	m := bare(t)
	if got := m.run(s.Token()+"\n", "connect", "--url", s.web.URL, "--token-stdin"); got.code != exitDone {
		t.Fatalf("connect: %+v", got)
	}
	for _, args := range [][]string{{"--time", "all"}, {"--time", "today"}, {"--query", "missed:waiting"}} {
		got, said := m.answered(args...)
		if got.Total != 0 || len(got.Missing) != 1 || strings.TrimSpace(said) == "" {
			t.Errorf("%v: %d rows, missing %v, said %q", args, got.Total, got.Missing, said)
		}
	}
}

// TestDemoBringsItsData lists demo data of yesterday's download half an hour into the contact
// centre's next day, which on a computer in UTC is the same day still; then without a download.
func TestDemoBringsItsData(t *testing.T) {
	t.Parallel()
	m := bare(t)
	m.at(time.Date(2026, 11, 18, 17, 0, 0, 0, time.UTC))
	m.ok("--demo", "sync", "--from", "2026-11-18")
	m.at(time.Date(2026, 11, 18, 23, 30, 0, 0, time.UTC)) // half past midnight in Prague
	first := m.run("", "--demo", "list", "--time", "yesterday", "--limit", "3")
	if first.code != exitDone || strings.Count(first.stdout, "2026-11-18 ") != 3 || strings.Count(first.stderr, "\n") < 3 {
		t.Errorf("exit %d, %s%s", first.code, first.stdout, first.stderr)
	}
	for _, period := range []string{"today", "yesterday", "lastweek"} {
		got, said := m.answered("--demo", "--time", period)
		if said != "" || len(got.Missing) > 0 || got.Total == 0 && period != "today" {
			t.Errorf("%s: %d rows, missing %v, said %q", period, got.Total, got.Missing, said)
		}
	}
	for _, args := range [][]string{{"list"}, {"sync"}, {"show", "x"}, {"wipe", "--yes"}} {
		if line := m.fails(exitFailed, args...); !strings.Contains(line, "connect") {
			t.Errorf("%v without --demo: %q", args, line)
		}
	}
	m.fails(exitUsage, "list", "--profile", "demo")
	m.fails(exitUsage, "list", "--demo", "--profile", "acme")
}

// TestDemoDataStayTheSameForADay starts the demo twice on a day: its interactions are those of the
// first time, and no sync doubts what is stored because their times have moved.
func TestDemoDataStayTheSameForADay(t *testing.T) {
	t.Parallel()
	m := bare(t)
	m.at(time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC))
	m.ok("--demo", "sync", "--from", "2026-11-16")
	var before, after listJSON
	m.json(&before, "--demo", "list", "--from", "2026-11-17", "--to", "2026-11-18", "--limit", "100")
	m.at(time.Date(2026, 11, 18, 14, 0, 0, 0, time.UTC))
	var report map[string]any
	m.json(&report, "--demo", "sync", "--from", "2026-11-16")
	if report["doubted"] != nil {
		t.Errorf("doubted: %v", report["doubted"])
	}
	m.json(&after, "--demo", "list", "--from", "2026-11-17", "--to", "2026-11-18", "--limit", "100")
	if before.Total == 0 || before.Total != after.Total {
		t.Fatalf("%d rows, then %d", before.Total, after.Total)
	}
	for i, row := range before.Rows {
		if got := after.Rows[i]; got.Name != row.Name || *got.Time != *row.Time {
			t.Fatalf("row %d: %s at %s, then %s at %s", i, row.Name, *row.Time, got.Name, *got.Time)
		}
	}
}
