package profile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"wapdesk/app/export"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// figures are those of the cover, beside what they are compared with.
func (m *maker) figures(ctx context.Context) ([]export.ReportFigure, error) {
	var same, was *listing.Figures
	if m.beside != nil {
		now, errNow := m.beside.Now.Figures(ctx)
		then, errThen := m.beside.Then.Figures(ctx)
		if err := errors.Join(errNow, errThen); err != nil {
			return nil, err
		}
		same, was = &now, &then
	}
	var out []export.ReportFigure
	for _, c := range m.columns() {
		f := export.ReportFigure{Label: m.words(c.key), Unit: c.unit, Better: c.better, Now: c.of(&m.all)}
		if same != nil {
			f.Same, f.Was = c.of(same), c.of(was)
		}
		out = append(out, f)
	}
	return out, nil
}

// figureColumn is one figure, on the cover and as a column of the tables.
type figureColumn struct {
	key    string
	unit   export.Unit
	better int
	wide   bool // as a column: in the workbook alone
	of     func(f *listing.Figures) export.Value
}

// columns are the figures of a report: the first two are drawn.
func (m *maker) columns() []figureColumn {
	count := func(n int) export.Value { return export.KnownValue(float64(n)) }
	share := func(n, of int) export.Value {
		if of == 0 {
			return export.Value{}
		}
		return export.KnownValue(float64(n) / float64(of))
	}
	span := func(s int32) export.Value {
		if s == listing.Unknown {
			return export.Value{}
		}
		return export.KnownValue(float64(s))
	}
	columns := []figureColumn{
		{"export.summary.count", export.UnitCount, 0, false, func(f *listing.Figures) export.Value { return count(f.N) }},
		{"export.summary.answered", export.UnitCount, 0, false, func(f *listing.Figures) export.Value { return count(f.Answered) }},
		{"export.summary.share", export.UnitShare, 1, false, func(f *listing.Figures) export.Value { return share(f.Answered, f.Answered+f.NotAnswered) }},
		{"export.summary.unanswered", export.UnitCount, -1, true, func(f *listing.Figures) export.Value { return count(f.NotAnswered) }},
		{"export.summary.waiting", export.UnitCount, -1, false, func(f *listing.Figures) export.Value { return count(f.MissedWaiting) }},
		{"export.summary.waitMedian", export.UnitSpan, -1, false, func(f *listing.Figures) export.Value { return span(f.WaitMedianS) }},
		{"export.summary.waitP90", export.UnitSpan, -1, true, func(f *listing.Figures) export.Value { return span(f.WaitP90S) }},
		{"report.firstReply", export.UnitSpan, -1, false, func(f *listing.Figures) export.Value { return span(f.FirstReplyMedianS) }},
		{"export.summary.durationMedian", export.UnitSpan, 0, true, func(f *listing.Figures) export.Value { return span(f.DurationMedianS) }},
	}
	if m.all.Inside != nil {
		columns = append(columns,
			figureColumn{"summary.workMedian", export.UnitSpan, -1, false, func(f *listing.Figures) export.Value { return span(f.InsideOf().WaitMedianS) }},
			figureColumn{"summary.workReply", export.UnitSpan, -1, true, func(f *listing.Figures) export.Value { return span(f.InsideOf().FirstReplyMedianS) }})
	}
	if m.measure {
		columns = append(columns, figureColumn{"report.within", export.UnitShare, 1, false, func(f *listing.Figures) export.Value {
			return share(f.Targets.All.Within, f.Targets.All.Measured)
		}})
	}
	return columns
}

func (m *maker) tables(ctx context.Context, f Filter) ([]export.ReportTable, error) {
	making := map[string]func(context.Context, Filter) (export.ReportTable, error){
		"days": m.byDay, "agents": m.byAgent, "queues": m.byQueue, "hours": m.byHour, "statuses": m.byStatus,
	}
	var out []export.ReportTable
	for _, name := range m.r.Tables {
		if name == "statuses" && f.Where.Mentions(query.FieldStatus) {
			continue // the filter has chosen among them
		}
		t, err := making[name](ctx, f)
		if err != nil {
			return nil, fmt.Errorf("report by %s: %w", name, err)
		}
		out = append(out, t)
	}
	return out, nil
}

func (m *maker) table(title, label string, chart export.ReportChart) export.ReportTable {
	t := export.ReportTable{Title: m.words(title), Label: m.words(label), Chart: chart, Total: m.row(m.words("report.total"), &m.all)}
	for _, c := range m.columns() {
		t.Columns = append(t.Columns, export.ReportColumn{Label: m.words(c.key), Unit: c.unit, Wide: c.wide})
	}
	return t
}

func (m *maker) row(label string, f *listing.Figures) export.ReportRow {
	r := export.ReportRow{Label: label}
	for _, c := range m.columns() {
		r.Values = append(r.Values, c.of(f))
	}
	return r
}

func (m *maker) byDay(ctx context.Context, _ Filter) (export.ReportTable, error) {
	parting := m.found.Parting(m.found.Step())
	figures, err := m.found.Parts(ctx, parting)
	if err != nil {
		return export.ReportTable{}, err
	}
	title, label := "export.summary.days", "overview.col.day"
	if parting.Step == listing.StepMonth {
		title, label = "overview.byMonth", "overview.col.month"
	}
	t := m.table(title, label, export.ChartLine)
	for i := range figures {
		span := parting.Ranges[i]
		row := m.row(m.partLabel(parting.Step, span.FromMs), &figures[i])
		row.Part = slices.ContainsFunc(m.result.Missing, func(d DayRange) bool { return d.FromMs < span.ToMs && d.ToMs > span.FromMs })
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (m *maker) partLabel(step listing.Step, ms int64) string {
	if step == listing.StepMonth {
		return m.day(ms)[:len("2026-11")]
	}
	return m.day(ms)
}

func (m *maker) byHour(ctx context.Context, _ Filter) (export.ReportTable, error) {
	figures, err := m.found.Parts(ctx, m.found.Parting(listing.StepHour))
	if err != nil {
		return export.ReportTable{}, err
	}
	t := m.table("export.summary.hours", "overview.col.hour", export.ChartColumns)
	for hour := range figures {
		t.Rows = append(t.Rows, m.row(fmt.Sprintf("%02d", hour), &figures[hour]))
	}
	return t, nil
}

// byAgent counts as answered what an agent took part in, since what nobody answered is no agent's own.
func (m *maker) byAgent(ctx context.Context, _ Filter) (export.ReportTable, error) {
	users, errUsers := m.found.Users(ctx)
	took, errTook := m.found.TookPart(ctx)
	if err := errors.Join(errUsers, errTook); err != nil {
		return export.ReportTable{}, err
	}
	part := map[string]*listing.Aggregate{}
	for i := range took {
		part[took[i].Ref.Name] = &took[i]
	}
	t := m.table("export.summary.agents", "report.agent", export.ChartBars)
	for _, u := range users {
		if p := part[u.Ref.Name]; p != nil {
			u.Answered, u.NotAnswered = p.Answered, p.NotAnswered
		}
		t.Rows = append(t.Rows, m.row(m.title(u), &u.Figures))
	}
	return t, nil
}

func (m *maker) byQueue(ctx context.Context, _ Filter) (export.ReportTable, error) {
	queues, err := m.found.Queues(ctx)
	if err != nil {
		return export.ReportTable{}, err
	}
	t := m.table("export.summary.queues", "report.queue", export.ChartBars)
	for _, q := range queues {
		t.Rows = append(t.Rows, m.row(m.title(q), &q.Figures))
	}
	return t, nil
}

func (m *maker) title(a listing.Aggregate) string {
	switch {
	case a.Ref.Title != "":
		return a.Ref.Title
	case a.Ref.Name != "":
		return a.Ref.Name
	}
	return m.words("export.none")
}

func (m *maker) byStatus(ctx context.Context, f Filter) (export.ReportTable, error) {
	facets, err := m.p.Facets(ctx, query.FieldStatus, f)
	if err != nil {
		return export.ReportTable{}, err
	}
	t := export.ReportTable{
		Title: m.words("report.byStatus"), Label: m.words("report.status"), Chart: export.NoChart,
		Columns: []export.ReportColumn{{Label: m.words("export.summary.count")}, {Label: m.words("overview.col.share"), Unit: export.UnitShare}},
		Total:   export.ReportRow{Label: m.words("report.total"), Values: []export.Value{export.KnownValue(float64(m.all.N)), {}}},
	}
	for _, one := range facets {
		if FacetKind(one) == "group" || one.Count == 0 {
			continue
		}
		label := one.Title
		if FacetKind(one) == "none" {
			label = m.words("export.none")
		}
		share := export.Value{}
		if m.all.N > 0 {
			share = export.KnownValue(float64(one.Count) / float64(m.all.N))
		}
		t.Rows = append(t.Rows, export.ReportRow{Label: label, Values: []export.Value{export.KnownValue(float64(one.Count)), share}})
	}
	return t, nil
}
