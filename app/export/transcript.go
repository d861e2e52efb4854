package export

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"

	"wapdesk/store/listing"
)

// The formats of transcripts.
const (
	Text      Format = "txt"
	PDF       Format = "pdf"
	JSONLines Format = "jsonl"
)

// TranscriptRequest says how conversations are written.
type TranscriptRequest struct {
	Format Format
	Words  Words // of the text form and of pages
	Region Region
	Zone   *time.Location // nil means UTC
	When   time.Time      // of the export, noted in a PDF
}

// Transcripts are the formats of transcripts.
func Transcripts() []Format { return []Format{Text, PDF, JSONLines} }

func (r TranscriptRequest) pattern() Pattern { return Request{Region: r.Region}.pattern() }

// transcriptKeys are the keys of the text form; the rest are keys of the columns.
var transcriptKeys = []string{
	"export.transcript.zone", "export.transcript.files", "export.transcript.noMessages", "export.transcript.anonymised",
	"export.transcript.unknownSender", "export.transcript.failed",
	"export.transcript.title", "export.transcript.placeholder",
}

// WriteTranscripts writes conversations to w: as text to be read, as PDF to be printed, or
// as JSON Lines with one message a line for programs. Progress, which may be nil, hears the
// number of conversations written.
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
	finish := func() error { return nil }
	if req.Words == nil && req.Format != JSONLines {
		return Result{}, ErrWords
	}
	switch req.Format {
	case Text:
		write = newTextTranscript(out, req, zone).write
	case PDF:
		t, err := newPDFTranscript(req, zone)
		if err != nil {
			return Result{}, err
		}
		write = t.write
		finish = func() error { return t.finish(out) }
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
	if err := errors.Join(finish(), out.Flush()); err != nil {
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
	return &textTranscript{
		out: out, req: req, clock: newClock(zone, req.pattern()), words: newVocabulary(req.Words, false), first: true,
	}
}

// write appends one conversation: a head with what is known of the interaction, then the
// messages by day. A failed write is kept by the buffer and shows at its end.
func (t *textTranscript) write(c *Conversation) error {
	if !t.first {
		t.out.WriteString("\n" + strings.Repeat("=", 72) + "\n\n")
	}
	t.first = false
	for _, line := range headLines(c, t.req, t.words, t.clock) {
		fmt.Fprintf(t.out, "%s: %s\n", line[0], line[1])
	}
	if note := headNote(c, t.req); note != "" {
		fmt.Fprintf(t.out, "\n%s\n", note)
	}
	if c.Record.State&listing.StateAnonymised != 0 {
		return nil
	}
	day := noDay
	for i := range c.Messages {
		day = t.message(&c.Messages[i], day)
	}
	_, err := t.out.Write(nil) // the buffer's first error
	return err
}

func (t *textTranscript) message(m *Message, day int64) int64 {
	clock, date, day := stamp(m, t.clock, day)
	if date != "" {
		fmt.Fprintf(t.out, "\n--- %s ---\n", date)
	}
	text := strings.ReplaceAll(body(m, t.req, t.words), "\n", "\n    ")
	fmt.Fprintf(t.out, "[%s] %s: %s\n", clock, author(m, t.req, t.words), text)
	return day
}

// headLines are the words and values at the head of a conversation, blank ones left out.
func headLines(c *Conversation, req TranscriptRequest, words *vocabulary, clock *clock) [][2]string {
	var lines [][2]string
	for _, column := range recordColumns()[:1+listed] {
		value := column.value(&c.Record, words)
		if value.blank() {
			continue
		}
		var shown []byte
		switch value.kind {
		case moment:
			shown = clock.appendText(nil, value.n)
		case span:
			shown = appendSpan(nil, value.n)
		default:
			shown = []byte(printable(value.s))
		}
		lines = append(lines, [2]string{req.Words(column.header), string(shown)})
	}
	if len(c.Files) > 0 && c.Record.State&listing.StateAnonymised == 0 {
		lines = append(lines, [2]string{req.Words("export.transcript.files"), printable(strings.Join(c.Files, "; "))})
	}
	return append(lines, [2]string{req.Words("export.transcript.zone"), clock.zone.String()})
}

// headNote says why no messages follow, where none do.
func headNote(c *Conversation, req TranscriptRequest) string {
	switch {
	case c.Record.State&listing.StateAnonymised != 0:
		return req.Words("export.transcript.anonymised")
	case len(c.Messages) == 0:
		return req.Words("export.transcript.noMessages")
	}
	return ""
}

// noDay is before any day a message can have.
const noDay = int64(-1 << 62)

// stamp is the time of day of a message, and its date when it is another than day.
func stamp(m *Message, clock *clock, day int64) (time, date string, _ int64) {
	if m.TimeMs < 0 {
		return "–", "", day
	}
	days, seconds := clock.wall(m.TimeMs)
	if days != day {
		date = string(appendDate(nil, days, clock.pattern))
	}
	return string(appendSpan(nil, seconds)), date, days
}

// author is who wrote a message and on which side they stand.
func author(m *Message, req TranscriptRequest, words *vocabulary) string {
	from := printable(m.From)
	if m.Anonymised {
		from = words.anonymised
	}
	if from == "" {
		from = req.Words("export.transcript.unknownSender")
	}
	if word := words.word(side, m.Direction); word != "" {
		from += " (" + word + ")"
	}
	return from
}

// body is the text of a message with notes of what is not text.
func body(m *Message, req TranscriptRequest, words *vocabulary) string {
	if m.Anonymised {
		return words.anonymised
	}
	body := printable(m.Text)
	var notes []string
	if m.Kind != "" && m.Kind != "text" {
		notes = append(notes, words.word(content, m.Kind))
	}
	for _, name := range m.Files {
		notes = append(notes, printable(name))
	}
	if len(notes) > 0 {
		body = strings.TrimSpace("[" + strings.Join(notes, ": ") + "] " + body)
	}
	if m.Delivery == "FAILED" {
		body += " [" + req.Words("export.transcript.failed", "reason", printable(m.Reason)) + "]"
	}
	return body
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

// kindFiles is the kind of the line of JSON Lines that holds the files of no message.
const kindFiles = "files"

// jsonMessage is one line of the JSON Lines form: a message, or after them the files of no message.
// Times are RFC 3339 with the offset of the contact centre's zone, and null when unknown.
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
	messages := c.Messages
	if len(c.Files) > 0 && !gone {
		messages = append(slices.Clip(messages), Message{TimeMs: listing.Unknown, Kind: kindFiles, Files: c.Files})
	}
	for i := range messages {
		m := &messages[i]
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
