package cli

import (
	"testing"
	"time"

	"wapdesk/app/demo"
)

type figuresJSON struct {
	Total, Answered, Unanswered, Missed, Waiting, Waited int
	WaitMedian                                           *int64 `json:"wait_median"`
	FirstReply                                           *int64 `json:"first_reply"`
	Measured, Within                                     int
}

type summaryJSON struct {
	figuresJSON
	Compare struct {
		With     string
		From, To string
		Days     int
		Missing  int     `json:"not_stored"`
		Alone    int     `json:"no_counterpart"`
		UpTo     *string `json:"up_to"`
		Few      bool
		Now      figuresJSON
		Then     figuresJSON
		Change   map[string]struct {
			Difference float64
			Share      *float64
		}
	}
	By    string
	Parts []struct {
		figuresJSON
		Hour, Weekday *int
		From, To      string
		Missing       bool
		Then          *figuresJSON
		Same          *bool
	}
}

// listed is how many interactions a list of days has, and how many of them were answered.
func listed(m *machine, periods ...[2]string) (total, answered int) {
	m.t.Helper()
	for _, days := range periods {
		var found, yes struct{ Total int }
		m.json(&found, "list", "--count", "--from", days[0], "--to", days[1])
		m.json(&yes, "list", "--count", "--from", days[0], "--to", days[1], "--query", "answered:yes")
		total, answered = total+found.Total, answered+yes.Total
	}
	return total, answered
}

// Periods are compared over the days that are stored of both, and the rest is said.
func TestSummaryComparesOverWhatBothHave(t *testing.T) {
	t.Parallel()
	m := newSite(t, demo.Options{Interactions: 400, Days: 20}).lead(t)
	m.ok("sync", "--from", "2026-11-01", "--to", "2026-11-09")
	m.ok("sync", "--from", "2026-11-11", "--to", "2026-11-18")

	var sum summaryJSON
	decodeOne(t, m.ok("summary", "--json", "--from", "2026-11-09", "--to", "2026-11-11", "--compare", "2026-11-12..2026-11-15", "--by", "day"), &sum)
	c := sum.Compare
	if c.With != "own" || c.Days != 2 || c.Missing != 1 || c.Alone != 0 || c.UpTo != nil {
		t.Errorf("compared over %+v, want two days without one that is not stored", c)
	}
	now, nowAnswered := listed(m, [2]string{"2026-11-09", "2026-11-09"}, [2]string{"2026-11-11", "2026-11-11"})
	then, thenAnswered := listed(m, [2]string{"2026-11-12", "2026-11-12"}, [2]string{"2026-11-14", "2026-11-14"})
	if now < few || then < few || c.Now.Total != now || c.Now.Answered != nowAnswered || c.Then.Total != then || c.Then.Answered != thenAnswered {
		t.Errorf("now %+v and then %+v, want %d and %d interactions, %d and %d answered", c.Now, c.Then, now, then, nowAnswered, thenAnswered)
	}
	if change := c.Change["total"]; change.Difference != float64(now-then) || *change.Share != float64(now-then)/float64(then) {
		t.Errorf("the change is %+v of %d and %d", change, now, then)
	}
	if len(sum.Parts) != 3 || sum.By != "day" || *sum.Parts[1].Same || sum.Parts[1].Then.Total != 0 || !*sum.Parts[2].Same || !sum.Parts[1].Missing || sum.Parts[0].Missing {
		t.Fatalf("by day %+v", sum.Parts)
	}
	if third, _ := listed(m, [2]string{"2026-11-14", "2026-11-14"}); sum.Parts[2].Then.Total != third {
		t.Errorf("the last day stands beside %d, want %d", sum.Parts[2].Then.Total, third)
	}

	// Of today only what there is so far, and of yesterday no more.
	sum = summaryJSON{}
	m.json(&sum, "summary", "--time", "today", "--compare", "before")
	if c = sum.Compare; c.Days != 1 || c.UpTo == nil {
		t.Fatalf("today beside yesterday: %+v", c)
	}
	var early struct{ Total int }
	m.json(&early, "list", "--count", "--from", "2026-11-17", "--to", "2026-11-17 "+*c.UpTo)
	if c.Then.Total != early.Total || c.Now.Total != sum.Total {
		t.Errorf("%d today and %d yesterday up to %s, want %d and %d", c.Now.Total, c.Then.Total, *c.UpTo, sum.Total, early.Total)
	}
	m.fails(exitFailed, "summary", "--time", "today", "--compare", "year") // nothing of it is stored
}

// The parts of a summary add up, and the rest of the team is everybody else.
func TestSummaryByTimeAndBesideTheTeam(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	var whole summaryJSON
	m.json(&whole, "summary", "--time", "last30days")
	for _, by := range []string{"hour", "weekday", "day", "week", "month"} {
		var sum summaryJSON
		m.json(&sum, "summary", "--time", "last30days", "--by", by)
		total, answered, within := 0, 0, 0
		for _, p := range sum.Parts {
			total, answered, within = total+p.Total, answered+p.Answered, within+p.Within
		}
		if total != whole.Total || answered != whole.Answered || total == 0 || sum.By != by {
			t.Errorf("by %s: %d interactions, %d answered, want %d and %d", sum.By, total, answered, whole.Total, whole.Answered)
		}
	}

	user := ""
	for _, r := range everything(m).Rows {
		if r.User != nil {
			user = *r.User
		}
	}
	var sum summaryJSON
	var own, none struct{ Total int }
	m.json(&own, "list", "--count", "--time", "last30days", "--user", user)
	m.json(&none, "list", "--count", "--time", "last30days", "--query", "user:empty")
	m.json(&sum, "summary", "--time", "last30days", "--user", user, "--compare", "team")
	if c := sum.Compare; c.Now.Total != own.Total || c.Then.Total != whole.Total-own.Total-none.Total || own.Total == 0 {
		t.Errorf("%s has %d and the rest %d of %d, of which %d have no user", user, c.Now.Total, c.Then.Total, whole.Total, none.Total)
	}
	if _, counts := sum.Compare.Change["total"]; counts {
		t.Error("one agent is said to have fewer interactions than all others")
	}
	for _, args := range [][]string{
		{"--compare", "yesterday"}, {"--compare", "2026-11-01..soon"}, {"--by", "year"}, {"--time", "all", "--compare", "before"},
		{"--compare", "team"}, {"--compare", "before", "--time", "today", "--query", "time:lastweek"},
	} {
		m.fails(exitUsage, append([]string{"summary"}, args...)...)
	}
}

// What an agent is told by is what the list finds: days, ways, reviews, and the longest waits first.
func TestSummaryOfAnAgentEqualsTheList(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	user := ""
	for _, r := range everything(m).Rows {
		if r.User != nil && r.Wait != nil && *r.Wait > 0 {
			user = *r.User
		}
	}
	var sum struct {
		summaryJSON
		Details struct {
			ActiveDays                   int     `json:"active_days"`
			PerDay                       float64 `json:"per_active_day"`
			Incoming, Outgoing, Reviewed int
			Busiest                      []int `json:"busiest_hours"`
			Waits                        []struct {
				Name    string
				Seconds int64
			} `json:"longest_waits"`
			TookPart []struct{ Count int } `json:"took_part"`
		}
	}
	m.json(&sum, "summary", "--time", "all", "--agent", user)
	var rows struct {
		Rows []struct {
			Name, Direction string
			Time            time.Time
			Wait            *int64
			QA              bool `json:"qa"`
		}
	}
	m.json(&rows, "list", "--time", "all", "--user", user, "--sort", "wait:desc", "--limit", "1000", "--columns", "qa")
	days, hours := map[string]bool{}, map[int]int{}
	in, out, reviewed := 0, 0, 0
	for _, r := range rows.Rows {
		days[r.Time.Format(time.DateOnly)] = true
		hours[r.Time.Hour()]++
		switch r.Direction {
		case "IN":
			in++
		case "OUT":
			out++
		}
		if r.QA {
			reviewed++
		}
	}
	d := sum.Details
	if d.ActiveDays != len(days) || d.PerDay != float64(len(rows.Rows))/float64(len(days)) || d.Incoming != in || d.Outgoing != out || d.Reviewed != reviewed || in == 0 {
		t.Errorf("%+v, want %d days, %d in, %d out, %d reviewed of %d", d, len(days), in, out, reviewed, len(rows.Rows))
	}
	for _, n := range hours {
		if n > hours[d.Busiest[0]] {
			t.Errorf("%d interactions in an hour, %d in the busiest", n, hours[d.Busiest[0]])
		}
	}
	for i, one := range d.Waits {
		if one.Name != rows.Rows[i].Name || one.Seconds != *rows.Rows[i].Wait {
			t.Errorf("wait %d is %+v, want %+v", i, one, rows.Rows[i])
		}
	}
	if sum.Compare.With != "team" || sum.Compare.Now.Total != len(rows.Rows) || len(d.Waits) != 5 || len(d.TookPart) == 0 {
		t.Errorf("compared with %q, %d interactions, %d waits, %d took part", sum.Compare.With, sum.Compare.Now.Total, len(d.Waits), len(d.TookPart))
	}
	m.fails(exitUsage, "summary", "--agent", user, "--user", user)
	m.fails(exitFailed, "summary", "--agent", "nobody")
}
