package export

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusans"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Measures of a report's pages, in millimetres.
const (
	pageWidth   = 210.0
	reportWidth = pageWidth - 2*pageMargin
	cardGap     = 4.0
	cardHeight  = 19.0
	cardsInRow  = 3
	chartHeight = 48.0
	rowHeight   = 5.2
	headHeight  = 7.4 // of a table's heads, in two lines at most
	headLine    = 3.2
	labelShare  = 0.3 // of a table's width, for the first column
	// reportRows is how many lines of a table are printed; the workbook has all.
	reportRows = 30
	// daysAsRows is up to how many days or hours are printed as lines beside their chart.
	daysAsRows = 14
)

var (
	inkBetter = color{0x11, 0x70, 0x3A}
	inkWorse  = color{0xB4, 0x23, 0x18}
	inkWarn   = color{0x7A, 0x4B, 0x00}
	fillHead  = color{0xE3, 0xEE, 0xFF}
	fillAll   = color{0x9D, 0xBD, 0xEA}
	fillSome  = color{0x15, 0x58, 0xC0}
)

// reportPages prints a report on A4: figures, charts, and the tables of agents and queues.
type reportPages struct {
	pdf     *fpdf.Fpdf
	r       Report
	glyphs  *glyphs
	numbers *message.Printer
}

func writeReportPages(w io.Writer, r Report) error {
	g, err := newGlyphs(dejavusans.TTF)
	if err != nil {
		return err
	}
	tag := language.English
	if r.Region == RegionCS {
		tag = language.Czech
	}
	p := &reportPages{pdf: newPages(r.Title, r.Lang, r.When), r: r, glyphs: g, numbers: message.NewPrinter(tag)}
	d := p.pdf
	d.SetAutoPageBreak(false, pageFoot)
	d.SetFooterFunc(p.foot)
	d.AddPage()
	p.head()
	p.cards()
	for _, t := range r.Tables {
		p.table(t.narrow())
	}
	p.about()
	return d.Output(w)
}

func (p *reportPages) foot() {
	p.pdf.SetY(-pageFoot + 4)
	p.text("", sizeSmall, inkMuted)
	p.pdf.CellFormat(0, lineHeight, p.glyphs.drawable(p.r.Title), "", 0, "L", false, 0, "")
	p.pdf.SetX(pageMargin)
	p.pdf.CellFormat(0, lineHeight, fmt.Sprintf("%d / {nb}", p.pdf.PageNo()), "", 0, "R", false, 0, "")
}

func (p *reportPages) text(style string, size float64, c color) {
	p.pdf.SetFont(family, style, size)
	p.pdf.SetTextColor(c[0], c[1], c[2])
}

// room begins a new page unless so much height is left on this one.
func (p *reportPages) room(height float64) {
	if _, page := p.pdf.GetPageSize(); p.pdf.GetY()+height > page-pageFoot {
		p.pdf.AddPage()
	}
}

func (p *reportPages) head() {
	p.text("B", sizeTitle, inkText)
	p.pdf.MultiCell(0, 7, p.glyphs.drawable(p.r.Title), "", "L", false)
	p.paragraph(p.r.Lines, inkMuted)
	p.paragraph(p.r.Notes, inkWarn)
	p.pdf.Ln(3)
}

func (p *reportPages) paragraph(lines []string, c color) {
	p.text("", sizeText, c)
	for _, line := range lines {
		p.room(lineHeight)
		p.pdf.MultiCell(0, lineHeight, p.glyphs.drawable(line), "", "L", false)
	}
}

// cards shows the figures of the cover, three in a row.
func (p *reportPages) cards() {
	d := p.pdf
	width := (reportWidth - (cardsInRow-1)*cardGap) / cardsInRow
	for i, f := range p.r.Figures {
		if i%cardsInRow == 0 {
			if i > 0 {
				d.SetY(d.GetY() + cardHeight + cardGap)
			}
			p.room(cardHeight)
		}
		x, y := pageMargin+float64(i%cardsInRow)*(width+cardGap), d.GetY()
		d.SetDrawColor(inkLine[0], inkLine[1], inkLine[2])
		d.RoundedRect(x, y, width, cardHeight, 1.5, "1234", "D")
		p.text("", sizeSmall, inkMuted)
		p.at(x+3, y+2, width-6, f.Label)
		p.text("B", 13, inkText)
		p.at(x+3, y+6.5, width-6, p.value(f.Now, f.Unit))
		if p.r.Compared {
			text, c := p.change(f)
			p.text("", sizeSmall, c)
			p.at(x+3, y+13, width-6, text)
		}
		d.SetY(y)
	}
	d.SetY(d.GetY() + cardHeight + 2*cardGap)
}

// at writes one line into a place and cuts what does not fit.
func (p *reportPages) at(x, y, width float64, text string) {
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(width, lineHeight, p.fit(text, width), "", 0, "L", false, 0, "")
}

// fit cuts a text to a width, with an ellipsis.
func (p *reportPages) fit(text string, width float64) string {
	text = p.glyphs.drawable(text)
	if p.pdf.GetStringWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && p.pdf.GetStringWidth(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// change words the difference to what a figure is compared with. Colour tells better from worse; the arrow and the
// sign say it without.
func (p *reportPages) change(f ReportFigure) (string, color) {
	difference, share := f.Change()
	if !difference.Known {
		return p.r.Words("report.unknown"), inkMuted
	}
	text := p.signed(difference.V, f.Unit)
	if share.Known {
		text += " (" + p.numbers.Sprintf("%+.0f", share.V*100) + " %)"
	}
	arrow, c := "= ", inkMuted
	switch {
	case difference.V > 0:
		arrow = "▲ "
	case difference.V < 0:
		arrow = "▼ "
	}
	switch sign := difference.V * float64(f.Better); {
	case sign > 0:
		c = inkBetter
	case sign < 0:
		c = inkWorse
	}
	return arrow + text, c
}

func (p *reportPages) signed(v float64, u Unit) string {
	switch u {
	case UnitShare:
		return p.numbers.Sprintf("%+.1f", v*100) + " " + p.r.Words("report.points")
	case UnitSpan:
		sign := "+"
		if v < 0 {
			sign = "−"
		}
		return sign + clockSpan(math.Abs(v))
	}
	return p.numbers.Sprintf("%+d", int64(v))
}

func (p *reportPages) value(v Value, u Unit) string {
	switch {
	case !v.Known:
		return "–"
	case u == UnitShare:
		return p.numbers.Sprintf("%.1f", v.V*100) + " %"
	case u == UnitSpan:
		return clockSpan(v.V)
	}
	return p.numbers.Sprintf("%d", int64(v.V))
}

// clockSpan writes seconds as hours, minutes and seconds.
func clockSpan(seconds float64) string {
	s := int64(math.Round(seconds))
	return strconv.FormatInt(s/3600, 10) + fmt.Sprintf(":%02d:%02d", s/60%60, s%60)
}

func (p *reportPages) heading(text string, with float64) {
	p.room(8 + with)
	p.text("B", 11, inkText)
	p.pdf.CellFormat(0, 8, p.fit(text, reportWidth), "", 1, "L", false, 0, "")
}

func (p *reportPages) table(t ReportTable) {
	drawn := t.Chart == ChartLine || t.Chart == ChartColumns
	if drawn {
		p.heading(t.Title, chartHeight)
		p.chart(t)
	} else {
		p.heading(t.Title, 4*rowHeight)
	}
	if drawn && len(t.Rows) > daysAsRows {
		p.pdf.Ln(4)
		return
	}
	p.rowHeads(t)
	for i, r := range t.Rows {
		if i == reportRows {
			p.line(ReportRow{Label: p.r.Words("report.more", "n", strconv.Itoa(len(t.Rows)-i))}, nil, "", "")
			break
		}
		p.breakTable(t)
		p.line(r, t.Columns, "", "")
	}
	p.breakTable(t)
	p.line(t.Total, t.Columns, "B", "T")
	p.pdf.Ln(5)
}

// breakTable goes on with a table on the next page, under its heads.
func (p *reportPages) breakTable(t ReportTable) {
	page := p.pdf.PageNo()
	if p.room(rowHeight); p.pdf.PageNo() != page {
		p.rowHeads(t)
	}
}

func (p *reportPages) rowHeads(t ReportTable) {
	d := p.pdf
	p.text("B", 7, inkText)
	d.SetFillColor(fillHead[0], fillHead[1], fillHead[2])
	x, y, width := pageMargin, d.GetY(), p.columnWidth(t.Columns)
	d.Rect(x, y, reportWidth, headHeight, "F")
	head := func(text string, wide float64, align string) {
		text = p.glyphs.drawable(text)
		lines := d.SplitText(text, wide)
		d.SetXY(x, y+(headHeight-float64(min(2, len(lines)))*headLine)/2)
		for n, line := range lines {
			if n == 1 && len(lines) > 2 {
				line = p.fit(line+"……", wide-1)
			}
			if n < 2 {
				d.SetX(x)
				d.CellFormat(wide, headLine, line, "", 2, align, false, 0, "")
			}
		}
		x += wide
	}
	head(t.Label, reportWidth*labelShare, "L")
	for _, c := range t.Columns {
		head(c.Label, width, "R")
	}
	d.SetXY(pageMargin, y+headHeight)
}

// narrow leaves out the columns that a page has no room for.
func (t ReportTable) narrow() ReportTable {
	keep := func(r ReportRow) ReportRow {
		values := r.Values
		r.Values = nil
		for i, v := range values {
			if !t.Columns[i].Wide {
				r.Values = append(r.Values, v)
			}
		}
		return r
	}
	rows := make([]ReportRow, len(t.Rows))
	for i, r := range t.Rows {
		rows[i] = keep(r)
	}
	t.Total, t.Rows = keep(t.Total), rows
	t.Columns = slices.DeleteFunc(slices.Clone(t.Columns), func(c ReportColumn) bool { return c.Wide })
	return t
}

func (p *reportPages) columnWidth(columns []ReportColumn) float64 {
	return reportWidth * (1 - labelShare) / float64(max(1, len(columns)))
}

func (p *reportPages) line(r ReportRow, columns []ReportColumn, style, border string) {
	p.text(style, sizeSmall, inkText)
	label := r.Label
	if r.Part {
		label += " *"
	}
	p.pdf.SetDrawColor(inkLine[0], inkLine[1], inkLine[2])
	first := reportWidth * labelShare
	if columns == nil {
		first = reportWidth
	}
	p.pdf.CellFormat(first, rowHeight, p.fit(label, first-2), border, 0, "L", false, 0, "")
	width := p.columnWidth(columns)
	for i, c := range columns {
		p.pdf.CellFormat(width, rowHeight, p.value(r.Values[i], c.Unit), border, 0, "R", false, 0, "")
	}
	p.pdf.Ln(-1)
}

// about says where the report comes from, and what its marks mean.
func (p *reportPages) about() {
	p.heading(p.r.Words(keySheetAbout), 4*lineHeight)
	for _, line := range p.r.About {
		p.text("", sizeSmall, inkMuted)
		p.room(lineHeight)
		p.pdf.CellFormat(pageLabel, lineHeight, p.fit(line[0], pageLabel-2), "", 0, "L", false, 0, "")
		p.text("", sizeSmall, inkText)
		p.pdf.MultiCell(0, lineHeight, p.glyphs.drawable(line[1]), "", "L", false)
	}
	if p.hasParts() {
		p.paragraph([]string{"* " + p.r.Words("report.part")}, inkWarn)
	}
}

func (p *reportPages) hasParts() bool {
	for _, t := range p.r.Tables {
		for _, r := range t.Rows {
			if r.Part {
				return true
			}
		}
	}
	return false
}
