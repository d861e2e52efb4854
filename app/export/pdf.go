package export

import (
	"errors"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"

	"wapdesk/store/listing"
)

// MaxPDF is how many conversations one PDF holds. Its pages are kept in memory until the
// last is made, and nobody prints more; text and JSON Lines have no limit.
const MaxPDF = 1000

// ErrTooMany says that a PDF would hold more than MaxPDF conversations.
var ErrTooMany = errors.New("too many conversations for a PDF")

// Measures of a page, in millimetres; sizes of text in points.
const (
	pageMargin  = 18.0
	pageFoot    = 16.0
	pageIndent  = 30.0 // free on the far side of a message
	pageLabel   = 52.0 // width of the words before a value
	lineHeight  = 4.6
	sizeTitle   = 14.0
	sizeText    = 9.5
	sizeSmall   = 8.0
	family      = "dejavu"
	keepForHead = 24.0 // room a message's head needs above the foot to stay with its text
)

// color is red, green and blue.
type color [3]int

// The colours of a page: text, muted text, lines, and the bubbles of both sides, as on the
// screen in its light theme.
var (
	inkText   = color{0x1B, 0x23, 0x30}
	inkMuted  = color{0x56, 0x60, 0x72}
	inkLine   = color{0xD5, 0xDA, 0xE1}
	bubbleIn  = color{0xF1, 0xF3, 0xF6}
	bubbleOut = color{0xDD, 0xF3, 0xE4}
)

// pdfTranscript writes conversations as pages to be read and printed.
type pdfTranscript struct {
	pdf    *fpdf.Fpdf
	req    TranscriptRequest
	clock  *clock
	words  *vocabulary
	glyphs *glyphs
	title  string // of the conversation on the page, at its foot
	count  int
}

func newPDFTranscript(req TranscriptRequest, zone *time.Location) (*pdfTranscript, error) {
	g, err := newGlyphs(dejavusans.TTF)
	if err != nil {
		return nil, err
	}
	t := &pdfTranscript{
		pdf: newPages(req.Words("export.transcript.title"), string(req.Region), req.When), req: req, clock: newClock(zone, req.pattern()),
		words: newVocabulary(req.Words, false), glyphs: g,
	}
	t.pdf.SetFooterFunc(t.foot)
	return t, t.pdf.Error()
}

// newPages begins a document on A4 in our fonts.
func newPages(title, lang string, when time.Time) *fpdf.Fpdf {
	p := fpdf.New("P", "mm", "A4", "")
	p.AddUTF8FontFromBytes(family, "", dejavusans.TTF)
	p.AddUTF8FontFromBytes(family, "B", dejavusansbold.TTF)
	p.SetMargins(pageMargin, pageMargin, pageMargin)
	p.SetAutoPageBreak(true, pageFoot)
	p.SetTitle(title, true)
	p.SetCreator("Wapdesk", true)
	p.SetLang(lang)
	p.SetCatalogSort(true)
	p.SetCreationDate(when)
	p.SetModificationDate(when)
	p.AliasNbPages("")
	return p
}

// foot writes the conversation and the number of the page at its end.
func (t *pdfTranscript) foot() {
	p := t.pdf
	p.SetY(-pageFoot + 4)
	t.font("", sizeSmall, inkMuted)
	p.CellFormat(0, lineHeight, t.title, "", 0, "L", false, 0, "")
	p.SetX(pageMargin)
	p.CellFormat(0, lineHeight, fmt.Sprintf("%d / {nb}", p.PageNo()), "", 0, "R", false, 0, "")
}

func (t *pdfTranscript) font(style string, size float64, c color) {
	t.pdf.SetFont(family, style, size)
	t.pdf.SetTextColor(c[0], c[1], c[2])
}

// write adds a conversation, on a page of its own.
func (t *pdfTranscript) write(c *Conversation) error {
	if t.count++; t.count > MaxPDF {
		return fmt.Errorf("%w: more than %d", ErrTooMany, MaxPDF)
	}
	p := t.pdf
	gone := c.Record.State&listing.StateAnonymised != 0
	heading := c.Record.Title
	if gone || heading == "" {
		heading = c.Record.Name
	}
	t.title = t.glyphs.drawable(c.Record.Name)
	p.AddPage()
	t.font("B", sizeTitle, inkText)
	p.MultiCell(0, 7, t.glyphs.drawable(heading), "", "L", false)
	p.Ln(2)
	for _, line := range headLines(c, t.req, t.words, t.clock) {
		t.font("", sizeSmall, inkMuted)
		p.CellFormat(pageLabel, lineHeight, t.glyphs.drawable(line[0]), "", 0, "L", false, 0, "")
		t.font("", sizeSmall, inkText)
		p.MultiCell(0, lineHeight, t.glyphs.drawable(line[1]), "", "L", false)
	}
	p.Ln(2)
	if note := headNote(c, t.req); note != "" {
		t.font("", sizeText, inkMuted)
		p.MultiCell(0, lineHeight, note, "", "L", false)
	}
	if !gone {
		day := noDay
		for i := range c.Messages {
			day = t.message(&c.Messages[i], day)
		}
	}
	return p.Error()
}

func (t *pdfTranscript) message(m *Message, day int64) int64 {
	p := t.pdf
	clock, date, day := stamp(m, t.clock, day)
	_, height := p.GetPageSize()
	if p.GetY() > height-pageFoot-keepForHead {
		p.AddPage()
	}
	if date != "" {
		p.Ln(2)
		p.SetDrawColor(inkLine[0], inkLine[1], inkLine[2])
		t.font("", sizeSmall, inkMuted)
		p.CellFormat(0, lineHeight+1, date, "B", 1, "C", false, 0, "")
	}
	p.Ln(2)
	left, fill, align := pageMargin, bubbleIn, "L"
	if m.Direction == "OUT" || m.Direction == "BOT" {
		left, fill = pageMargin+pageIndent, bubbleOut
	}
	width, _ := p.GetPageSize()
	width -= 2*pageMargin + pageIndent
	p.SetX(left)
	t.font("", sizeSmall, inkMuted)
	p.CellFormat(width, lineHeight, t.glyphs.drawable(clock+"  "+author(m, t.req, t.words)), "", 1, align, false, 0, "")
	p.SetFillColor(fill[0], fill[1], fill[2])
	t.font("", sizeText, inkText)
	p.SetX(left)
	body := t.glyphs.drawable(body(m, t.req, t.words))
	if body == "" {
		body = " " // an empty bubble is one line high
	}
	p.MultiCell(width, lineHeight+0.4, body, "", "L", true)
	return day
}

// finish explains the placeholder if one was needed, and writes the pages.
func (t *pdfTranscript) finish(w io.Writer) error {
	if t.pdf.PageNo() == 0 {
		t.pdf.AddPage() // of no conversation: a valid file all the same
	}
	if t.glyphs.missed {
		t.pdf.Ln(4)
		t.font("", sizeSmall, inkMuted)
		t.pdf.MultiCell(0, lineHeight, t.req.Words("export.transcript.placeholder", "sign", string(placeholder)), "", "L", false)
	}
	return t.pdf.Output(w)
}
