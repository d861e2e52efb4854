package export

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
	"unicode"

	"wapdesk/store/listing"
)

// The formats of transcripts.
const (
	Text      Format = "txt"
	JSONLines Format = "jsonl"
)

// TranscriptRequest says how conversations are written.
type TranscriptRequest struct {
	Format Format
	Words  Words // of the text form
	Region Region
	Zone   *time.Location // nil means UTC
}

// transcriptKeys are the keys of the text form; the rest are keys of the columns.
var transcriptKeys = []string{
	"export.transcript.zone", "export.transcript.noMessages", "export.transcript.anonymised",
	"export.transcript.unknownSender", "export.transcript.failed",
}

// WriteTranscripts writes conversations to w: as text to be read and printed, or as JSON
// Lines with one message a line for programs. Progress, which may be nil, hears the number
// of conversations written.
func WriteTranscripts(
	ctx context.Context, w io.Writer, req TranscriptRequest,
	conversations iter.Seq2[Conversation, error], progress func(conversations int64),
) (Result, error) {
	zone := req.Zone
	if zone == nil {
		zone = time.UTC
	}
	sink := &counted{w: w}
	out := bufio.NewWriterSize(sink, 64<<10)
	var write func(c *Conversation) error
	switch req.Format {
	case Text:
		if req.Words == nil {
			return Result{}, ErrWords
		}
		write = newTextTranscript(out, req, zone).write
	case JSONLines:
		write = func(c *Conversation) error { return writeJSONLines(out, c, zone) }
	default:
		return Result{}, fmt.Errorf("%w: %q", ErrFormat, req.Format)
	}
	seen := &tally{report: progress}
	for c, err := range conversations {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = write(&c)
		}
		if err != nil {
			return Result{}, classify(fmt.Errorf("write conversation %d: %w", seen.rows+1, err))
		}
		seen.add()
	}
	if err := ctx.Err(); err != nil {
		return Result{}, classify(err)
	}
	if err := out.Flush(); err != nil {
		return Result{}, classify(fmt.Errorf("write transcripts: %w", err))
	}
	seen.tell()
	return Result{Rows: seen.rows, Bytes: sink.n}, nil
}

// WriteTranscriptFile writes conversations to a file, the whole file or none, like WriteFile.
func WriteTranscriptFile(
	ctx context.Context, path string, req TranscriptRequest,
	conversations iter.Seq2[Conversation, error], progress func(conversations int64),
) (Result, error) {
	return replaceFile(ctx, path, func(w io.Writer) (Result, error) {
		return WriteTranscripts(ctx, w, req, conversations, progress)
	})
}

// counted counts the bytes that reach w.
type counted struct {
	w io.Writer
	n int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// textTranscript writes conversations as plain text.
type textTranscript struct {
	out   *bufio.Writer
	req   TranscriptRequest
	clock *clock
	words *vocabulary
	first bool
}

func newTextTranscript(out *bufio.Writer, req TranscriptRequest, zone *time.Location) *textTranscript {
	pattern := ISOShort
	if req.Region == RegionCS {
		pattern = Czech
	}
	return &textTranscript{out: out, req: req, clock: newClock(zone, pattern), words: newVocabulary(req.Words, false), first: true}
}

// write appends one conversation: a head with what is known of the interaction, then the
// messages by day. A failed write is kept by the buffer and shows at its end.
func (t *textTranscript) write(c *Conversation) error {
	if !t.first {
		t.out.WriteString("\n" + strings.Repeat("=", 72) + "\n\n")
	}
	t.first = false
	for _, column := range recordColumns()[:1+listed] {
		value := column.value(&c.Record, t.words)
		if value.blank() {
			continue
		}
		var shown []byte
		switch value.kind {
		case moment:
			shown = t.clock.appendText(nil, value.n)
		case span:
			shown = appendSpan(nil, value.n)
		default:
			shown = []byte(printable(value.s))
		}
		fmt.Fprintf(t.out, "%s: %s\n", t.req.Words(column.header), shown)
	}
	fmt.Fprintf(t.out, "%s: %s\n", t.req.Words("export.transcript.zone"), t.clock.zone)
	switch {
	case c.Record.State&listing.StateAnonymised != 0:
		fmt.Fprintf(t.out, "\n%s\n", t.req.Words("export.transcript.anonymised"))
		return nil
	case len(c.Messages) == 0:
		fmt.Fprintf(t.out, "\n%s\n", t.req.Words("export.transcript.noMessages"))
	}
	day := int64(-1 << 62)
	for i := range c.Messages {
		day = t.message(&c.Messages[i], day)
	}
	_, err := t.out.Write(nil) // the buffer's first error
	return err
}

func (t *textTranscript) message(m *Message, day int64) int64 {
	clock := "–"
	if m.TimeMs >= 0 {
		days, seconds := t.clock.wall(m.TimeMs)
		if days != day {
			day = days
			fmt.Fprintf(t.out, "\n--- %s ---\n", appendDate(nil, days, t.clock.pattern))
		}
		clock = string(appendSpan(nil, seconds))
	}
	from := printable(m.From)
	if from == "" {
		from = t.req.Words("export.transcript.unknownSender")
	}
	arrow := ""
	if word := t.words.word(side, m.Direction); word != "" {
		arrow = " (" + word + ")"
	}
	body := printable(m.Text)
	if m.Anonymised {
		body = t.words.anonymised
	}
	var notes []string
	if m.Kind != "" && m.Kind != "text" {
		notes = append(notes, t.words.word(content, m.Kind))
	}
	for _, name := range m.Files {
		notes = append(notes, printable(name))
	}
	if len(notes) > 0 {
		body = strings.TrimSpace("[" + strings.Join(notes, ": ") + "] " + body)
	}
	if m.Delivery == "FAILED" {
		body += " [" + t.req.Words("export.transcript.failed", "reason", printable(m.Reason)) + "]"
	}
	fmt.Fprintf(t.out, "[%s] %s%s: %s\n", clock, from, arrow, strings.ReplaceAll(body, "\n", "\n    "))
	return day
}

// printable replaces control characters, which could drive a terminal, and joins the
// kinds of line break into one.
func printable(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\r' {
			return '\n'
		}
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return '\uFFFD'
		}
		return r
	}, s)
}

// jsonMessage is one line of the JSON Lines form. Times are RFC 3339 with the offset of
// the contact centre's zone, and null when unknown.
type jsonMessage struct {
	Interaction string   `json:"interaction"`
	Title       string   `json:"title"`
	Seq         int      `json:"seq"`
	Time        *string  `json:"time"`
	Direction   string   `json:"direction"`
	Kind        string   `json:"kind"`
	From        string   `json:"from"`
	Text        string   `json:"text"`
	Files       []string `json:"files"`
	Delivery    string   `json:"delivery"`
	Reason      string   `json:"reason"`
	Anonymised  bool     `json:"anonymised"`
}

func writeJSONLines(out io.Writer, c *Conversation, zone *time.Location) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	gone := c.Record.State&listing.StateAnonymised != 0
	for i := range c.Messages {
		m := &c.Messages[i]
		line := jsonMessage{
			Interaction: c.Record.Name, Title: c.Record.Title, Seq: i, Direction: m.Direction, Kind: m.Kind,
			From: m.From, Text: m.Text, Files: m.Files, Delivery: m.Delivery, Reason: m.Reason,
			Anonymised: m.Anonymised || gone,
		}
		if m.TimeMs >= 0 {
			line.Time = new(time.UnixMilli(m.TimeMs).In(zone).Format(time.RFC3339))
		}
		if line.Files == nil {
			line.Files = []string{}
		}
		if line.Anonymised {
			line.Title, line.From, line.Text, line.Files = "", "", "", []string{}
		}
		if err := encoder.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
