package cli

import (
	"strings"
	"testing"

	"wapdesk/app/demo"
)

// TestSweepCountsWhatTheListFinds: each reason comes with the filter that finds what it counted.
func TestSweepCountsWhatTheListFinds(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 400, Days: 20})
	m := s.lead(t)
	m.ok("sync")
	count := func(query string) int {
		var found struct {
			Total int `json:"total"`
		}
		m.json(&found, "list", "--count", "--time", "all", "--query", query)
		return found.Total
	}
	var sweep sweepReply
	m.json(&sweep, "sweep", "--time", "all")
	if sweep.Since != nil || sweep.Total == 0 || sweep.Wrong == 0 || len(sweep.Reasons) != 6 {
		t.Fatalf("sweep: %+v", sweep)
	}
	var any []string
	for _, r := range sweep.Reasons {
		if got := count(r.Query); got != r.Count || got == 0 && r.Reason != "review" { // agents of the demo are good
			t.Errorf("%s counts %d, %s finds %d", r.Reason, r.Count, r.Query, got)
		}
		any = append(any, r.Query)
	}
	if got := count(strings.Join(any, " OR ")); got != sweep.Wrong {
		t.Errorf("anything wrong counts %d, the list finds %d", sweep.Wrong, got)
	}
	if got := count("seen:no"); got != sweep.Unseen || got != sweep.Total {
		t.Errorf("%d of %d are not seen, the list finds %d", sweep.Unseen, sweep.Total, got)
	}

	m.json(&sweep, "sweep")
	if sweep.Since == nil || !strings.HasSuffix(*sweep.Since, " 00:00") {
		t.Errorf("before the first visit everything of today is new: %+v", sweep)
	}
	m.json(&sweep, "sweep", "--query", "time:today AND missed:waiting")
	if sweep.Since != nil || sweep.Total != sweep.Reasons[0].Count {
		t.Errorf("of what the query chooses: %+v", sweep)
	}
	if table := m.ok("sweep", "--time", "all", "--lang", "cs"); !strings.Contains(table, "Zmeškané, čekající") || !strings.Contains(table, "missed:waiting") {
		t.Errorf("the table says\n%s", table)
	}
}
