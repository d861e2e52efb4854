package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"wapdesk/store"
)

// Options say what a file itself does not.
type Options struct {
	// Zone is the zone of times in a file that does not name its own; nil means UTC.
	Zone *time.Location
	// Dates is the order of day and month, for a file that leaves it open; "" lets the file tell.
	Dates Order
	// TempDir is where large sheets are unpacked while they are read. It has to lie within
	// the profile's folder, because it holds what the file holds. It must be given.
	TempDir string
}

// File is an exported file whose tables have been found.
type File struct {
	book    *book // nil for a .csv
	tables  []*table
	dates   dateEvidence
	minutes bool  // durations have one colon only
	broken  int64 // characters that cannot be read
	twice   int64 // times in an hour that comes twice
	changes int64 // rows that tell of changes elsewhere
	report  Report
	words   *vocabulary
	names   *names // of interactions
	acts    *names // of activities
	read    bool
}

// maxFileBytes is the largest file that is looked at.
const maxFileBytes = 4 << 30

// Open finds the tables of an exported file and judges what single cells leave open. The kind of file
// is told by its content, not by its name. The caller closes the File.
// Errors: those of this package, a *DatesError, context errors, and fs.ErrNotExist.
func Open(ctx context.Context, path string, opts Options) (*File, error) {
	if opts.TempDir == "" { // the system's folder is not ours to leave personal data in
		return nil, errors.New("no folder for unpacked texts")
	}
	start, size, err := beginning(path)
	if err != nil {
		return nil, err
	}
	f := &File{words: newVocabulary(), names: newNames(), acts: newNames()}
	switch {
	case size > maxFileBytes:
		return nil, ErrTooLarge
	case strings.HasPrefix(start, "PK"):
		err = f.openWorkbook(ctx, path, opts.TempDir)
	case strings.HasPrefix(start, "\xD0\xCF\x11\xE0"): // the container of old and of encrypted files
		return nil, compound(path)
	case !looksLikeText([]byte(start)):
		return nil, ErrFormat
	default:
		var t *table
		if t, err = openCSV(ctx, path); err == nil {
			f.tables = []*table{t}
			if name := t.dialect.charset.name; name != "" {
				f.report.notice(NoticeEncoding, 1, name)
			}
		}
	}
	if err == nil {
		err = f.prepare(ctx, opts)
	}
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // what was read so far looks broken off
	}
	if err != nil {
		_ = f.Close() // the first error is the one to tell
		return nil, err
	}
	return f, nil
}

// beginning returns the first bytes of a file and its size. A pipe or a device is refused before it is
// opened, which could wait for ever or do something.
func beginning(path string) (string, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", 0, unreadable(err)
	}
	if !info.Mode().IsRegular() {
		return "", 0, ErrNotFile
	}
	f, err := os.Open(path)
	if err != nil {
		return "", 0, unreadable(err)
	}
	defer func() { _ = f.Close() }() // only read from
	start := make([]byte, sniffBytes)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", 0, unreadable(err)
	}
	return string(start[:n]), info.Size(), nil
}

// compound tells an encrypted workbook from an old one by the name of its stream.
func compound(path string) error {
	data := make([]byte, 1<<20)
	f, err := os.Open(path)
	if err != nil {
		return unreadable(err)
	}
	defer func() { _ = f.Close() }() // only read from
	n, err := io.ReadFull(f, data)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return unreadable(err)
	}
	utf16 := strings.Join(strings.Split("EncryptedPackage", ""), "\x00")
	if strings.Contains(string(data[:n]), utf16) {
		return ErrEncrypted
	}
	return ErrOldExcel
}

// prepare settles how the values of each table are read and what the report can already say.
func (f *File) prepare(ctx context.Context, opts Options) error {
	// A sheet of counts has headers of interactions too, but no times.
	timed := slices.DeleteFunc(slices.Clone(f.tables), func(t *table) bool {
		return t.header.about == interactions && !t.header.has("time")
	})
	first := slices.IndexFunc(timed, func(t *table) bool { return t.header.about == interactions })
	switch {
	case first < 0 && len(timed) < len(f.tables):
		return ErrNoTime
	case first < 0:
		return ErrNoTable
	}
	f.tables = timed
	if err := f.judge(ctx); err != nil {
		return err
	}
	orders, question := f.dates.settle(opts.Dates)
	if question != nil {
		return question
	}
	zone := opts.Zone
	if zone == nil {
		zone = time.UTC
	}
	named := false
	for _, t := range f.tables {
		for _, of := range []*time.Location{t.header.zone, t.clock.zone} {
			if of != nil && !named {
				zone, named = of, true
			}
		}
	}
	f.report.Own = f.report.Own || named && f.book == nil
	for _, t := range f.tables {
		if t.clock.zone == nil {
			t.clock.zone = zone
		}
		t.clock.dates, t.clock.twice = orders, &f.twice
	}
	f.report.Columns, f.report.Zone = timed[first].header.found, zone.String()
	if _, err := time.LoadLocation(f.report.Zone); err != nil || f.report.Zone == "" {
		f.report.Zone = "UTC" // an offset of a part of an hour has no name; the moments are right all the same
	}
	f.listUnkept()
	f.report.noticeDates(&f.dates, opts.Dates)
	if !named {
		f.report.notice(NoticeZone, 1, f.report.Zone)
	}
	if f.minutes {
		f.report.notice(NoticeMinutes, 1, "")
	}
	f.report.notice(NoticeBroken, f.broken, "")
	return nil
}

// keptFields are the fields that an interaction keeps. An account stands with its contact, whose title is
// no unique name, and a ticket with an activity, and neither is in the table of interactions; what else is known is not kept either.
var keptFields = []string{
	"id", "time", "queue", "user", "contact", "wa", "wa_number", "recipient", "title", "answered", "wait", "duration", "ended", "connector",
	"missed", "missed_time", "direction", "sender", "firstreply", "silence", "focus", "disruptions", "activities", "messages", "qa", "score", "state", "status",
}

// listUnkept names the columns that are left out, of all tables.
func (f *File) listUnkept() {
	kept := keptFields
	if acts := f.of(activities); acts.has("ticket") {
		kept = append(slices.Clone(kept), "ticket")
	}
	for _, t := range f.tables {
		unknown := slices.Clone(t.header.unknown)
		for _, field := range t.header.found {
			if t.header.about == interactions && !slices.Contains(kept, field) {
				unknown = append(unknown, t.header.titles[field])
			}
		}
		for _, title := range unknown {
			if !slices.Contains(f.report.Unknown, title) {
				f.report.Unknown = append(f.report.Unknown, title)
			}
		}
	}
}

// Close frees what the file holds, unpacked sheets included.
func (f *File) Close() error {
	var err error
	for _, t := range f.tables {
		if t.source != nil {
			err = errors.Join(err, t.source.close())
			t.source = nil
		}
	}
	if f.book != nil {
		err = errors.Join(err, f.book.close())
	}
	return err
}

// Report returns what was found and, once the rows have been read, what could not be.
func (f *File) Report() Report {
	r := f.report
	r.Notices = slices.Clone(r.Notices)
	r.notice(NoticeRepeated, f.names.repeated, "")
	r.notice(NoticeActivities, f.acts.repeated, "")
	r.notice(NoticeTwice, f.twice, "")
	r.notice(NoticeChanges, f.changes, "")
	return r
}

// Conversations yields the interactions with their activities and messages in the order
// of the file. It can be used once. After an error nothing follows.
func (f *File) Conversations(ctx context.Context) iter.Seq2[store.Conversation, error] {
	return func(yield func(store.Conversation, error) bool) {
		if f.read {
			yield(store.Conversation{}, errors.New("the file has been read already"))
			return
		}
		f.read = true
		err := f.each(ctx, func(c store.Conversation) bool { return yield(c, nil) })
		if err != nil && ctx.Err() != nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(store.Conversation{}, err)
		}
	}
}

func (f *File) of(about subject) chain {
	var c chain
	for _, t := range f.tables {
		if t.header.about == about {
			c.tables = append(c.tables, t)
		}
	}
	return c
}

func (f *File) each(ctx context.Context, yield func(store.Conversation) bool) error {
	for _, t := range f.tables {
		src, err := t.open(ctx)
		if err != nil {
			return err
		}
		t.source = src
	}
	rows := f.of(interactions)
	acts := &children[store.Activity]{
		chain: f.of(activities), report: &f.report, ahead: map[string][]store.Activity{}, places: map[string][]place{},
		parse: func(r *row) (string, store.Activity) { return r.text("interaction"), f.activity(r) },
	}
	lines := &children[store.Message]{
		chain: f.of(messages), report: &f.report, ahead: map[string][]store.Message{}, places: map[string][]place{},
		parse: func(r *row) (string, store.Message) { return r.text("interaction"), f.words.message(r) },
	}
	for n := int64(1); ; n++ {
		r, err := rows.next(&f.report)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		c := store.Conversation{Interaction: f.words.interaction(&r, n)}
		if r.left {
			continue
		}
		asked := c.Interaction.Name
		c.Interaction.Name = f.names.unique(asked)
		if c.Interaction.Name != asked {
			asked = "" // its activities and messages are with the first of that name
		}
		c.Given, c.Statuses = f.figures(&r), statusesOf(&r, "status", "; ")
		if c.Activities, err = acts.take(asked); err != nil {
			return err
		}
		if c.Messages, err = lines.take(asked); err != nil {
			return err
		}
		f.report.Rows++
		f.report.Activities += int64(len(c.Activities))
		f.report.Messages += int64(len(c.Messages))
		number(c.Messages)
		if !yield(c) {
			return nil
		}
	}
	return errors.Join(acts.rest(), lines.rest())
}

// number gives messages their places and names, which a file does not have.
func number(messages []store.Message) {
	for i := range messages {
		m := &messages[i]
		m.Seq = i
		m.Name = fmt.Sprintf("%s_%05d", m.Name, i)
		for j := range m.Attachments {
			a := &m.Attachments[j]
			a.File, a.Message = fmt.Sprintf("%s_%d", m.Name, j), m.Name
		}
	}
}
