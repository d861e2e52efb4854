package export

import "math"

// chart draws the first column of a table, and the second, which is a part of it, before it.
func (p *reportPages) chart(t ReportTable) {
	const left, foot, steps = 12.0, 6.0, 4
	d := p.pdf
	x, y := pageMargin+left, d.GetY()
	width, height := reportWidth-left, chartHeight-foot-6
	top := niceTop(t.Rows)
	d.SetDrawColor(inkLine[0], inkLine[1], inkLine[2])
	p.text("", 6.5, inkMuted)
	for n := range steps + 1 {
		at := y + height*(1-float64(n)/steps)
		d.Line(x, at, x+width, at)
		d.SetXY(pageMargin, at-lineHeight/2)
		d.CellFormat(left-1.5, lineHeight, p.value(KnownValue(top*float64(n)/steps), UnitCount), "", 0, "R", false, 0, "")
	}
	slot := width / float64(max(1, len(t.Rows)))
	every := int(math.Ceil(13 / slot)) // labels that stand beside each other
	for i, r := range t.Rows {
		for n, fill := range []color{fillAll, fillSome} {
			if n >= len(r.Values) || !r.Values[n].Known || top == 0 {
				continue
			}
			bar := height * r.Values[n].V / top
			d.SetFillColor(fill[0], fill[1], fill[2])
			d.Rect(x+slot*(float64(i)+0.15), y+height-bar, slot*0.7, bar, "F")
		}
		if i%every == 0 {
			d.SetXY(x+slot*float64(i), y+height+0.5)
			d.CellFormat(slot*float64(every), lineHeight, p.fit(r.Label, slot*float64(every)), "", 0, "L", false, 0, "")
		}
	}
	d.SetXY(x, y+height+lineHeight+0.5)
	for n, fill := range []color{fillAll, fillSome} {
		if n < len(t.Columns) {
			d.SetFillColor(fill[0], fill[1], fill[2])
			d.Rect(d.GetX(), d.GetY()+1.2, 3, 2.2, "F")
			d.SetX(d.GetX() + 4)
			d.CellFormat(d.GetStringWidth(t.Columns[n].Label)+6, lineHeight, t.Columns[n].Label, "", 0, "L", false, 0, "")
		}
	}
	d.SetXY(pageMargin, y+chartHeight)
}

// niceTop returns the end of a scale that holds the first column: 1, 2 or 5 times a power of ten, in four whole steps.
func niceTop(rows []ReportRow) float64 {
	most := 0.0
	for _, r := range rows {
		if len(r.Values) > 0 && r.Values[0].Known {
			most = max(most, r.Values[0].V)
		}
	}
	for step := 1.0; ; step *= 10 {
		for _, times := range []float64{1, 2, 5} {
			if 4*step*times >= most {
				return 4 * step * times
			}
		}
	}
}
