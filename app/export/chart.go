package export

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// chartPlace says what a chart of a sheet draws, and where it stands.
type chartPlace struct {
	sheet, title string
	kind         excelize.ChartType
	row, rows    int // of the heads, and how many follow
	series       int // columns from B that are drawn, over the labels in A
	at           int // column of its left edge
}

// chartColors are those of the first series and the second.
var chartColors = []string{"1558C0", "11703A"}

// drawChart draws columns of a table beside it.
func (b *book) drawChart(p chartPlace) error {
	quoted := "'" + strings.ReplaceAll(p.sheet, "'", "''") + "'!"
	area := func(column string) string {
		return fmt.Sprintf("%s$%s$%d:$%s$%d", quoted, column, p.row+1, column, p.row+p.rows)
	}
	chart := &excelize.Chart{
		Type:      p.kind,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: p.title}}},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: 720, Height: chartRows * 20},
		XAxis:     excelize.ChartAxis{ReverseOrder: p.kind == excelize.Bar}, // the largest on top
		YAxis:     excelize.ChartAxis{MajorGridLines: true},
	}
	for n := range p.series {
		column, err := excelize.ColumnNumberToName(n + 2)
		if err != nil {
			return err
		}
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: fmt.Sprintf("%s$%s$%d", quoted, column, p.row), Categories: area("A"), Values: area(column),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{chartColors[n]}},
		})
	}
	at, err := excelize.CoordinatesToCellName(p.at, p.row)
	if err != nil {
		return err
	}
	return b.file.AddChart(p.sheet, at, chart)
}
