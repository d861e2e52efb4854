package listing_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// retarget sets other targets, on some occasions none, and of some queues others.
func (p *property) retarget() {
	some := func() (own listing.Goals) {
		for g := range own {
			if p.rng.IntN(4) > 0 {
				own[g] = int64(1 + p.rng.IntN(600))
			}
		}
		return own
	}
	targets := listing.Targets{}
	if p.rng.IntN(5) > 0 {
		targets = listing.Targets{All: some(), Queues: map[string]listing.Goals{}}
		for _, queue := range p.model.dir.Queues {
			if p.rng.IntN(3) == 0 {
				targets.Queues[queue.Name] = some()
			}
		}
	}
	if p.rng.IntN(2) == 0 {
		targets.Inside = listing.Inside{All: p.rng.IntN(2) == 0, Queues: map[string]bool{}, Counting: p.rng.IntN(6) == 0}
		for _, queue := range p.model.dir.Queues {
			if p.rng.IntN(3) == 0 {
				targets.Inside.Queues[queue.Name] = p.rng.IntN(2) == 0
			}
		}
	}
	p.model.targets = targets
	p.engine.SetTargets(targets)
}

// insideSQL is the condition of rows that are measured inside working hours.
func (m *model) insideSQL() string {
	var of strings.Builder
	for _, queue := range slices.Sorted(maps.Keys(m.targets.Inside.Queues)) {
		fmt.Fprintf(&of, " WHEN '%s' THEN %t", queue, m.targets.Inside.Queues[queue])
	}
	return fmt.Sprintf("CASE coalesce(queue,'')%s WHEN '-' THEN 0 ELSE %t END", of.String(), m.targets.Inside.All)
}

// insideShown reports whether there are figures inside working hours.
func (m *model) insideShown() bool {
	of := append(slices.Collect(maps.Values(m.targets.Inside.Queues)), m.targets.Inside.All)
	return slices.Contains(of, true) && !m.targets.Inside.Counting
}

// figureSQL is what the target of a goal is held against.
func (m *model) figureSQL(goal int) string {
	column := listing.GoalFields()[goal]
	return fmt.Sprintf("CASE WHEN %s THEN work%s ELSE %s END", m.insideSQL(), column, column)
}

// limit is the target of a goal in SQL, NULL for none.
func (m *model) limit(goal int) string {
	var of strings.Builder
	for _, queue := range slices.Sorted(maps.Keys(m.targets.Queues)) {
		fmt.Fprintf(&of, " WHEN '%s' THEN %d", queue, m.targets.Queues[queue][goal])
	}
	return fmt.Sprintf("CASE WHEN %t AND %s THEN NULL ELSE nullif(CASE coalesce(queue,'')%s WHEN '-' THEN 0 ELSE %d END, 0) END",
		m.targets.Inside.Counting, m.insideSQL(), of.String(), m.targets.All[goal])
}

// measuredSQL and missedSQL are the conditions of rows that the target of a goal applies to and that missed it.
func (m *model) measuredSQL(goal int) string {
	applies := "1"
	if listing.GoalFields()[goal] == "wait" {
		applies = waited
	}
	return fmt.Sprintf("coalesce(%s AND %s IS NOT NULL AND %s IS NOT NULL,0)", applies, m.figureSQL(goal), m.limit(goal))
}

func (m *model) missedSQL(goal int) string {
	return fmt.Sprintf("coalesce(%s AND %s > %s,0)", m.measuredSQL(goal), m.figureSQL(goal), m.limit(goal))
}

// targetSQL is the condition of a value of the target field, "(none)" among them.
func (m *model) targetSQL(value string) string {
	each := func(one func(goal int) string) string {
		var of []string
		for goal := range listing.GoalFields() {
			of = append(of, one(goal))
		}
		return "(" + strings.Join(of, " OR ") + ")"
	}
	switch value {
	case "yes":
		return "(" + each(m.measuredSQL) + " AND NOT " + each(m.missedSQL) + ")"
	case "no":
		return each(m.missedSQL)
	case query.NoneValue:
		return "NOT " + each(m.measuredSQL)
	}
	fields := listing.GoalFields()
	return m.missedSQL(slices.Index(fields[:], value))
}

// hitsColumns are the numbers of targets met in SQL, in the order that hits reads them.
func (m *model) hitsColumns() string {
	one := func(measured, missed string) string {
		return fmt.Sprintf(", sum(%s), sum(%s AND NOT %s)", measured, measured, missed)
	}
	out := one("NOT ("+m.targetSQL(query.NoneValue)+")", m.targetSQL("no"))
	for goal := range listing.GoalFields() {
		out += one(m.measuredSQL(goal), m.missedSQL(goal))
	}
	return out
}

// hits reads what hitsColumns gave.
func hits(numbers []int64) (h listing.TargetHits) {
	read := func(i int) listing.Hits {
		return listing.Hits{Measured: int(numbers[2*i]), Within: int(numbers[2*i+1])}
	}
	h.All = read(0)
	for goal := range h.Of {
		h.Of[goal] = read(1 + goal)
	}
	return h
}

// inside asks SQL for the figures inside working hours, nil where there are none.
func (p *property) inside(t *testing.T, extra string, q query.Query, scope query.Scope) *listing.InsideFigures {
	t.Helper()
	if !p.model.insideShown() {
		return nil
	}
	n := p.group(t, "'', count(CASE WHEN "+waited+" THEN workwait END)", extra, q, scope)[""]
	return &listing.InsideFigures{
		Waited: int(n[0]), WaitMedianS: p.quantile(t, "workwait", extra, 50, q, scope), WaitP90S: p.quantile(t, "workwait", extra, 90, q, scope),
		FirstReplyMedianS: p.quantile(t, "workfirstreply", extra, 50, q, scope), DurationMedianS: p.quantile(t, "workduration", extra, 50, q, scope),
	}
}

func (p *property) compareTargetFacets(t *testing.T, view *listing.View, q query.Query, scope query.Scope) {
	t.Helper()
	facets, err := view.Facets(t.Context(), query.FieldTarget, q, scope)
	if err != nil {
		t.Fatal(err)
	}
	for _, facet := range facets {
		want := p.group(t, "'', coalesce(sum("+p.model.targetSQL(facet.Value)+"),0)", "", q, scope)[""][0]
		if int64(facet.Count) != want {
			t.Fatalf("%s: target %s counts %d, want %d", describe(q), facet.Value, facet.Count, want)
		}
	}
}

// What a row says of its targets is what the figures count.
func (p *property) compareVerdicts(t *testing.T, snap *listing.Snapshot) {
	t.Helper()
	summary, err := snap.Summary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got listing.TargetHits
	for r := range snap.Records(t.Context()) {
		v := p.engine.View().Targets().Judge(r)
		if v.Measured != 0 {
			got.All.Measured++
		}
		if v.Measured != 0 && v.Missed == 0 {
			got.All.Within++
		}
		for g := range got.Of {
			if goal := listing.Goal(g); goal.Has(v.Measured) {
				got.Of[g].Measured++
				if !goal.Has(v.Missed) {
					got.Of[g].Within++
				}
			}
		}
	}
	if diff := cmp.Diff(summary.Targets, got); diff != "" {
		t.Fatalf("targets of the rows (-of the summary +of the rows):\n%s", diff)
	}
}
