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

	"github.com/xuri/excelize/v2"

	"wapdesk/store"
)

// Options say what a file itself does not.
type Options struct {
	// Zone is the zone of times in a file that does not name its own; nil means UTC.
	Zone *time.Location
	// TempDir is where large sheets are unpacked while they are read. It has to lie within
	// the profile's folder, because it holds what the file holds. It must be given.
	TempDir string
}

// File is an exported file whose tables have been found.
type File struct {
	book   *excelize.File // nil for a .csv
	tables []*table
	report Report
	words  *vocabulary
	read   bool
}

// maxFileBytes is the largest file that is looked at.
const maxFileBytes = 4 << 30

// Open finds the tables of an exported file. The kind of file is told by its content, not
// by its name. The caller closes the File.
// Errors: those of this package, context errors, and fs errors of the file.
func Open(ctx context.Context, path string, opts Options) (*File, error) {
	if opts.TempDir == "" { // the system's folder is not ours to leave personal data in
		return nil, errors.New("no folder for unpacked sheets")
	}
	start, size, err := beginning(path)
	if err != nil {
		return nil, err
	}
	f := &File{words: newVocabulary()}
	switch {
	case size > maxFileBytes:
		return nil, ErrTooLarge
	case strings.HasPrefix(start, "PK"):
		f.book, f.tables, err = openWorkbook(ctx, path, opts.TempDir)
	case strings.HasPrefix(start, "\xD0\xCF\x11\xE0"): // the container of old and of encrypted files
		return nil, compound(path)
	case !looksLikeText([]byte(start)):
		return nil, ErrFormat
	default:
		var t *table
		if t, err = openCSV(ctx, path); err == nil {
			f.tables = []*table{t}
		}
	}
	if err == nil {
		err = f.prepare(opts)
	}
	if err != nil {
		_ = f.Close() // the first error is the one to tell
		return nil, err
	}
	return f, nil
}

func beginning(path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = f.Close() }() // only read from
	info, err := f.Stat()
	if err != nil {
		return "", 0, err
	}
	if !info.Mode().IsRegular() {
		return "", 0, ErrFormat
	}
	start := make([]byte, sniffBytes)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", 0, err
	}
	return string(start[:n]), info.Size(), nil
}

// compound tells an encrypted workbook from an old one: the former names its stream.
func compound(path string) error {
	data := make([]byte, 1<<20)
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read from
	n, err := io.ReadFull(f, data)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	utf16 := strings.Join(strings.Split("EncryptedPackage", ""), "\x00")
	if strings.Contains(string(data[:n]), utf16) {
		return ErrEncrypted
	}
	return ErrOldExcel
}

// prepare settles the zone of each table and what the report can already say.
func (f *File) prepare(opts Options) error {
	zone := opts.Zone
	if zone == nil {
		zone = time.UTC
	}
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
	f.report.Columns, f.report.Unknown = timed[first].header.found, timed[first].header.unknown
	for _, t := range f.tables {
		if t.header.zone != nil {
			zone = t.header.zone
			f.report.Own = true
		}
		t.slashes = slashOrder(t.slashed)
	}
	for _, t := range f.tables {
		if t.zone = t.header.zone; t.zone == nil {
			t.zone = zone
		}
	}
	f.report.Zone = zone.String()
	return nil
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
		err = errors.Join(err, f.book.Close())
	}
	return err
}

// Report tells what was found and, once the rows have been read, what could not be.
func (f *File) Report() Report { return f.report }

// Conversations yields the interactions with their activities and messages in the order
// of the file. It can be used once. After an error nothing follows.
func (f *File) Conversations(ctx context.Context) iter.Seq2[store.Conversation, error] {
	return func(yield func(store.Conversation, error) bool) {
		if f.read {
			yield(store.Conversation{}, errors.New("the file has been read already"))
			return
		}
		f.read = true
		if err := f.each(ctx, func(c store.Conversation) bool { return yield(c, nil) }); err != nil {
			yield(store.Conversation{}, err)
		}
	}
}

func (f *File) of(about subject) chain {
	c := chain{start: f.start}
	for _, t := range f.tables {
		if t.header.about == about {
			c.tables = append(c.tables, t)
		}
	}
	return c
}

func (f *File) start(t *table) error {
	reader, err := newSheetReader(f.book, t.name, true)
	if err != nil {
		return fmt.Errorf("%w: sheet %d", ErrBroken, len(f.tables))
	}
	reader.expected = t.expected
	t.source = reader
	return nil
}

func (f *File) each(ctx context.Context, yield func(store.Conversation) bool) error {
	rows := f.of(interactions)
	acts := &children[store.Activity]{
		chain: f.of(activities), report: &f.report, ahead: map[string][]store.Activity{}, places: map[string][]place{},
		parse: func(r *row) (string, store.Activity) { return r.text("interaction"), f.words.activity(r) },
	}
	lines := &children[store.Message]{
		chain: f.of(messages), report: &f.report, ahead: map[string][]store.Message{}, places: map[string][]place{},
		parse: func(r *row) (string, store.Message) { return r.text("interaction"), f.words.message(r) },
	}
	for n := int64(1); ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
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
		if c.Activities, err = acts.take(c.Interaction.Name); err != nil {
			return err
		}
		if c.Messages, err = lines.take(c.Interaction.Name); err != nil {
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
