package listing_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// group asks SQL for one text and some numbers a row.
func (p *property) group(t *testing.T, selection, tail string, q query.Query, scope query.Scope) map[string][]int64 {
	t.Helper()
	s := sqlQuery{m: p.model}
	rows, err := p.model.db.Query("SELECT "+selection+" FROM r WHERE "+s.where(q.Where, scope)+" "+tail, s.args...)
	if err != nil {
		t.Fatalf("%s: %v", describe(q), err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]int64{}
	for rows.Next() {
		var key sql.NullString
		numbers := make([]sql.NullInt64, len(columns)-1)
		into := []any{&key}
		for i := range numbers {
			into = append(into, &numbers[i])
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for _, n := range numbers {
			out[key.String] = append(out[key.String], n.Int64)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func (p *property) compareFacets(t *testing.T, view *listing.View, q query.Query, scope query.Scope) {
	t.Helper()
	choices := slices.DeleteFunc(query.Fields(), func(f query.Field) bool { return f.Kind != query.KindChoice || f.Name == "state" })
	f := choices[p.rng.IntN(len(choices))]
	if f.Name == query.FieldTarget {
		p.compareTargetFacets(t, view, q, scope)
		return
	}
	if f.Name == "status" || f.Name == "took" {
		p.compareMembers(t, view, f.Name, q, scope)
		return
	}
	facets, err := view.Facets(t.Context(), f.Name, q, scope)
	if err != nil {
		t.Fatal(err)
	}
	counts := p.group(t, f.Name+", count(*)", "GROUP BY "+f.Name, q, scope)
	got := map[string][]int64{}
	for _, facet := range facets {
		key := facet.Value
		if key == query.NoneValue || key == "never" {
			key = ""
		}
		if !facet.Group && facet.Count > 0 {
			got[key] = []int64{int64(facet.Count)}
		}
		if facet.Group {
			p.compareGroup(t, f.Name, facet, counts, scope)
		}
	}
	if diff := cmp.Diff(counts, got); diff != "" {
		t.Fatalf("%s: counts by %s (-want +got):\n%s", describe(q), f.Name, diff)
	}
}

// compareMembers compares counts by a field of which an interaction may have several values.
func (p *property) compareMembers(t *testing.T, view *listing.View, field string, q query.Query, scope query.Scope) {
	t.Helper()
	facets, err := view.Facets(t.Context(), field, q, scope)
	if err != nil {
		t.Fatal(err)
	}
	sql := sqlQuery{m: p.model}
	counted := func(where string, args ...any) int {
		sql.args = nil
		from := "SELECT count(*) FROM r WHERE " + sql.where(q.Where, scope)
		return p.model.count(t, from+" AND "+where, append(sql.args, args...)...)
	}
	of := "SELECT 1 FROM member m WHERE m.id = r.id AND m.field = ?"
	for _, facet := range facets {
		var want int
		switch {
		case facet.Value == query.NoneValue:
			want = counted("NOT EXISTS ("+of+")", field)
		case facet.Group:
			i := slices.IndexFunc(p.model.dir.UserGroups, func(g listing.Group) bool { return query.GroupPrefix+g.Name == facet.Value })
			names := []string{"''"}
			for _, m := range p.model.dir.UserGroups[i].Members {
				if !scope.HiddenUsers[m] {
					names = append(names, "'"+m+"'")
				}
			}
			want = counted("EXISTS ("+of+" AND m.name IN ("+strings.Join(names, ",")+"))", field)
		default:
			if field == "took" && scope.HiddenUsers[facet.Value] {
				t.Fatalf("%s offers %s, who is out of scope", field, facet.Value)
			}
			want = counted("EXISTS ("+of+" AND m.name = ?)", field, facet.Value)
		}
		if facet.Count != want {
			t.Fatalf("%s: %s %s counts %d, want %d", describe(q), field, facet.Value, facet.Count, want)
		}
	}
}

func (p *property) compareGroup(t *testing.T, field string, facet listing.Facet, counts map[string][]int64, scope query.Scope) {
	t.Helper()
	groups := map[string][]listing.Group{"queue": p.model.dir.QueueGroups, "user": p.model.dir.UserGroups}[field]
	i := slices.IndexFunc(groups, func(g listing.Group) bool { return query.GroupPrefix+g.Name == facet.Value })
	if i < 0 {
		t.Fatalf("facet of an unknown group %q", facet.Value)
	}
	var want int64
	for _, member := range groups[i].Members {
		if n := counts[member]; n != nil {
			want += n[0]
		}
	}
	if int64(facet.Count) != want {
		t.Fatalf("group %s counts %d, want %d", facet.Value, facet.Count, want)
	}
}

// waited is the condition of rows whose wait counts: nobody waited in a queue for nothing,
// except a customer whom an agent answered at once.
const waited = "(wait > 0 OR wait = 0 AND queue IS NOT NULL AND answered = 'yes' AND direction IS NOT 'OUT')"

// quantile asks SQL for the nearest rank of a column.
func (p *property) quantile(t *testing.T, column, extra string, percent int, q query.Query, scope query.Scope) int32 {
	t.Helper()
	s := sqlQuery{m: p.model}
	where := " FROM r WHERE " + s.where(q.Where, scope) + extra + " AND " + column + " IS NOT NULL"
	args := append(slices.Clone(s.args), s.args...)
	var out sql.NullInt32
	if column == "wait" || column == "workwait" {
		where += " AND " + waited
	}
	err := p.model.db.QueryRow(fmt.Sprintf("SELECT %s%s ORDER BY %s LIMIT 1 OFFSET max((SELECT count(*)%s)*%d+99, 100)/100-1", column, where, column, where, percent), args...).Scan(&out)
	if errors.Is(err, sql.ErrNoRows) {
		return listing.Unknown
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Int32
}

func (p *property) compareSummary(t *testing.T, snap *listing.Snapshot, q query.Query, scope query.Scope) {
	t.Helper()
	got, err := snap.Summary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	totals := p.group(t, "'', count(*), sum(answered='yes'), sum(answered='no'), sum(missed='waiting'), sum(anomaly='yes'), count(missed)"+p.model.hitsColumns(), "", q, scope)[""]
	want := listing.Summary{
		Total: int(totals[0]), Answered: int(totals[1]), NotAnswered: int(totals[2]), MissedWaiting: int(totals[3]), Anomalies: int(totals[4]),
		Missed: int(totals[5]), Targets: hits(totals[6:]),
		Inside:      p.inside(t, "", q, scope),
		WaitMedianS: p.quantile(t, "wait", "", 50, q, scope), WaitP90S: p.quantile(t, "wait", "", 90, q, scope),
	}
	below := int64(0)
	for _, limit := range listing.WaitLimitsS() {
		n := p.group(t, fmt.Sprintf("'', count(CASE WHEN wait <= %d AND %s THEN 1 END)", limit, waited), "", q, scope)[""][0]
		want.WaitBuckets = append(want.WaitBuckets, int(n-below))
		below = n
	}
	n := p.group(t, "'', count(CASE WHEN "+waited+" THEN 1 END)", "", q, scope)[""][0]
	want.Waited = int(n)
	want.WaitBuckets = append(want.WaitBuckets, int(n-below))
	heat := got.Heat
	got.Heat = listing.Heat{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s: summary (-want +got):\n%s", describe(q), diff)
	}
	p.compareHeat(t, heat, snap)
	if p.rng.IntN(8) == 0 {
		p.compareParts(t, snap, q, scope)
		p.compareWithin(t, snap, q, scope)
		p.compareVerdicts(t, snap)
	}
}

// compareHeat counts the hours anew, the slow way.
func (p *property) compareHeat(t *testing.T, heat listing.Heat, snap *listing.Snapshot) {
	t.Helper()
	want := make([]listing.HeatCell, len(heat.Cells))
	for r := range snap.Records(t.Context()) {
		if r.TimeMs == listing.Unknown {
			continue
		}
		at := time.UnixMilli(r.TimeMs).In(p.model.clock.Zone)
		row := -1
		if heat.Kind == listing.HeatWeekdays {
			row = int(at.Weekday())
			if !p.model.clock.SundayFirst {
				row = (row + 6) % 7
			}
		} else {
			for i, midnight := range heat.Days {
				day := time.UnixMilli(midnight).In(p.model.clock.Zone)
				if day.Year() == at.Year() && day.YearDay() == at.YearDay() {
					row = i
				}
			}
		}
		if row < 0 {
			t.Fatalf("%v is not in the strip of %d days from %v", at, len(heat.Days), time.UnixMilli(heat.Days[0]))
		}
		cell := row*24 + at.Hour()
		if heat.Kind == listing.HeatHours {
			cell = -1
			for i, start := range heat.Starts {
				if start <= r.TimeMs {
					cell = i
				}
			}
			if heat.Hours[cell] != at.Hour() {
				t.Fatalf("%v is in the cell of hour %d", at, heat.Hours[cell])
			}
		}
		want[cell].Count++
		if listing.Meaning(r.Missed, r.MissedTimeMs) != listing.NeverMissed {
			want[cell].Missed++
		}
	}
	if diff := cmp.Diff(want, heat.Cells); diff != "" {
		t.Fatalf("heat %s (-want +got):\n%s", heat.Kind, diff)
	}
}

// compareTookPart counts who had an activity in the interactions that were found, and how many of these
// or of their own were answered.
func (p *property) compareTookPart(t *testing.T, snap *listing.Snapshot, q query.Query, scope query.Scope) {
	t.Helper()
	took, err := snap.TookPart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][3]int{}
	for _, a := range took {
		got[a.Ref.Name] = [3]int{a.N, a.Answered, a.NotAnswered}
	}
	want := map[string][3]int{}
	s := sqlQuery{m: p.model}
	rows, err := p.model.db.Query(`SELECT x.name, count(DISTINCT CASE WHEN x.part THEN r.id END),
		count(DISTINCT CASE WHEN r.answered = 'yes' THEN r.id END), count(DISTINCT CASE WHEN r.answered = 'no' THEN r.id END)
		FROM (SELECT id, name, 1 AS part FROM member WHERE field = 'took' UNION ALL SELECT id, user, 0 FROM r WHERE user IS NOT NULL) x
		JOIN r ON r.id = x.id WHERE r.id IN (SELECT id FROM r WHERE `+s.where(q.Where, scope)+") GROUP BY x.name", s.args...)
	if err != nil {
		t.Fatalf("%s: %v", describe(q), err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var n [3]int
		if err := rows.Scan(&name, &n[0], &n[1], &n[2]); err != nil {
			t.Fatal(err)
		}
		if !scope.HiddenUsers[name] && n != [3]int{} {
			want[name] = n
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s: who took part (-want +got):\n%s", describe(q), diff)
	}
}

func (p *property) compareAggregates(t *testing.T, snap *listing.Snapshot, q query.Query, scope query.Scope) {
	t.Helper()
	if p.rng.IntN(3) == 0 {
		p.compareTookPart(t, snap, q, scope)
		return
	}
	column, ask := "user", snap.Users
	if p.rng.IntN(2) == 0 {
		column, ask = "queue", snap.Queues
	}
	got, err := ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const sound = "focus IS NOT NULL AND duration IS NOT NULL AND anomaly = 'no'"
	want := p.group(t, column+`, count(*), sum(answered='yes'), sum(answered='no'), sum(missed='waiting'),
		sum(CASE WHEN `+sound+` THEN focus END), sum(CASE WHEN `+sound+` THEN duration END),
		sum(CASE WHEN activities IS NOT NULL THEN disruptions END), sum(CASE WHEN disruptions IS NOT NULL THEN activities END)`+p.model.hitsColumns(),
		"GROUP BY "+column, q, scope)
	if len(got) != len(want) {
		t.Fatalf("%s: %d aggregates by %s, want %d", describe(q), len(got), column, len(want))
	}
	for i, a := range got {
		numbers := []int64{int64(a.N), int64(a.Answered), int64(a.NotAnswered), int64(a.MissedWaiting), a.FocusS, a.FocusOfS, a.Disruptions, a.Activities}
		if !slices.Equal(numbers, want[a.Ref.Name][:len(numbers)]) || a.Targets != hits(want[a.Ref.Name][len(numbers):]) {
			t.Fatalf("%s: figures of %s %q: got %v %v, want %v", describe(q), column, a.Ref.Name, numbers, a.Targets, want[a.Ref.Name])
		}
		if i > 0 && got[i-1].N < a.N {
			t.Fatalf("%s: aggregates are not in order of n", describe(q))
		}
	}
	if len(got) == 0 {
		return
	}
	a := got[p.rng.IntN(len(got))]
	extra := " AND " + column + " IS NULL"
	if a.Ref.Name != "" {
		extra = " AND " + column + " = '" + strings.ReplaceAll(a.Ref.Name, "'", "''") + "'"
	}
	if diff := cmp.Diff(p.inside(t, extra, q, scope), a.Inside); diff != "" {
		t.Fatalf("%s: inside working hours (-want +got):\n%s", describe(q), diff)
	}
	for name, median := range map[string]int32{"wait": a.WaitMedianS, "duration": a.DurationMedianS, "firstreply": a.FirstReplyMedianS} {
		if want := p.quantile(t, name, extra, 50, q, scope); median != want {
			t.Fatalf("%s: median %s of %s %q: got %d, want %d", describe(q), name, column, a.Ref.Name, median, want)
		}
	}
}
