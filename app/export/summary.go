package export

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// summaryKeys are the keys of the Summary sheet.
var summaryKeys = []string{
	"export.summary.agents", "export.summary.queues", "export.summary.days", "export.summary.hours",
	"export.summary.count", "export.summary.answered", "export.summary.share",
	"export.summary.unanswered",
	"export.summary.missed", "export.summary.waiting",
	"export.summary.waitMedian", "export.summary.waitP90",
	"export.summary.durationMedian", "export.summary.durationP90",
}

// summaryWidth is how many columns a table of the summary has; charts stand beside them.
const summaryWidth = 11

// chartRows is the height of a chart in rows of the sheet, and chartBars the most bars one
// shows before it becomes unreadable; the table beside it is complete.
const (
	chartRows = 18
	chartBars = 25
)

// addSummary adds the sheet of counts, shares and medians per agent, queue, day and hour,
// each as a table with a chart of it.
func (b *book) addSummary(f *figures) error {
	name := sheetName(b.req.Words(keySheetSummary), 1)
	if _, err := b.addSheet(name); err != nil {
		return fmt.Errorf("add sheet: %w", err)
	}
	none := b.req.Words(keyNone)
	row := 1
	for _, t := range []struct {
		key    string
		chart  excelize.ChartType
		groups []group
	}{
		{"export.summary.agents", excelize.Bar, f.byName(&f.agents, func(r *figureRow) uint32 { return r.agent }, none)},
		{"export.summary.queues", excelize.Bar, f.byName(&f.queues, func(r *figureRow) uint32 { return r.queue }, none)},
		{"export.summary.days", excelize.Line, f.byDay(b.req.pattern())},
		{"export.summary.hours", excelize.Col, f.byHour()},
	} {
		if err := b.summaryTable(name, t.key, row, t.groups); err != nil {
			return fmt.Errorf("write the summary: %w", err)
		}
		if len(t.groups) > 0 {
			if err := b.summaryChart(name, t.key, t.chart, row, len(t.groups)); err != nil {
				return fmt.Errorf("draw the summary: %w", err)
			}
		}
		row += max(len(t.groups)+1, chartRows) + 2
	}
	if err := b.file.SetColWidth(name, "A", "A", 30); err != nil {
		return err
	}
	return b.file.SetColWidth(name, "B", "K", 14)
}

func (b *book) summaryTable(sheet, key string, row int, groups []group) error {
	titles := append([]string{key}, summaryKeys[4:]...)
	for i, title := range titles {
		if err := b.set(sheet, i+1, row, textCell(b.req.Words(title)), b.styles.header); err != nil {
			return err
		}
	}
	for _, g := range groups {
		row++
		for i, c := range []cell{
			textCell(g.label), countCell(g.count), countCell(g.answered), {}, countCell(g.unanswered),
			countCell(g.missed), countCell(g.waiting), spanCell(g.waitMedianS), spanCell(g.waitP90S),
			spanCell(g.lastsMedianS), spanCell(g.lastsP90S),
		} {
			if err := b.set(sheet, i+1, row, c, b.styles.of(c.kind)); err != nil {
				return err
			}
		}
		if g.share < 0 {
			continue
		}
		ref := "D" + strconv.Itoa(row)
		if err := b.file.SetCellFloat(sheet, ref, g.share, -1, 64); err != nil {
			return err
		}
		id, err := strconv.Atoi(b.styles.share)
		if err != nil {
			return err
		}
		if err := b.file.SetCellStyle(sheet, ref, ref, id); err != nil {
			return err
		}
	}
	return nil
}

// summaryChart draws how many interactions each group has and how many it answered.
func (b *book) summaryChart(sheet, key string, kind excelize.ChartType, row, groups int) error {
	if kind == excelize.Bar {
		groups = min(groups, chartBars)
	}
	return b.drawChart(chartPlace{
		sheet: sheet, title: b.req.Words(key), kind: kind, row: row, rows: groups, series: 2, at: summaryWidth + 2,
	})
}
