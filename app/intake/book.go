package intake

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// book is a workbook that is read part by part. Excelize, which writes ours, reads too, but its rows
// tell neither whether a cell is a number nor how it is shown, and it looks for most parts under
// fixed names; a duration is then a guess, and a workbook of another program may not open.
type book struct {
	zip     *zip.ReadCloser
	sheets  []sheetPart
	formats []format // by number of a cell's style
	texts   *texts   // shared by all sheets; nil without any
	shift   int64    // days to add to counts of days
	about   map[string]string
}

// sheetPart is a sheet of a workbook and the part that holds its rows.
type sheetPart struct {
	name   string
	part   string
	hidden bool
}

// days1904 is how far the calendar of old Macintosh workbooks lies behind the other.
const days1904 = 1462

// Kinds of relations between parts. Files in the strict form have other addresses with the same ends.
const (
	relWorkbook = "/officeDocument"
	relSheet    = "/worksheet"
	relStyles   = "/styles"
	relTexts    = "/sharedStrings"
	relCustom   = "/custom-properties"
)

// relation leads from one part to another.
type relation struct {
	ID     string `xml:"Id,attr"`
	Kind   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// openBook looks through the parts that a table needs, in bounded memory, and reads all but the rows.
func openBook(ctx context.Context, file, temp string) (_ *book, err error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) || errors.Is(err, zip.ErrInsecurePath) {
			return nil, ErrBroken
		}
		return nil, unreadable(err)
	}
	b := &book{zip: z, about: map[string]string{}}
	defer func() {
		if err != nil {
			_ = b.close() // the first error is the one to tell
		}
	}()
	if err := checkNames(&z.Reader); err != nil {
		return nil, err
	}
	root, err := b.relations("")
	if err != nil {
		return nil, err
	}
	main := target(root, relWorkbook)
	if main == "" {
		return nil, ErrFormat // another kind of document, or just an archive
	}
	if _, err := b.find(main); err != nil {
		return nil, ErrFormat
	}
	relations, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readWorkbook(main, relations); err != nil {
		return nil, err
	}
	styles, shared := target(relations, relStyles), target(relations, relTexts)
	if err := b.inspect(ctx, []string{main, styles}, shared); err != nil {
		return nil, err
	}
	if err := b.readStyles(styles); err != nil {
		return nil, err
	}
	if shared != "" {
		if b.texts, err = b.readTexts(ctx, shared, temp); err != nil {
			return nil, err
		}
	}
	b.readCustom(target(root, relCustom))
	return b, nil
}

func (b *book) close() error {
	var err error
	if b.texts != nil {
		err = b.texts.close()
	}
	return errors.Join(err, b.zip.Close())
}

// find returns a part. Names of parts are the same in any case.
func (b *book) find(name string) (*zip.File, error) {
	for _, f := range b.zip.File {
		if strings.EqualFold(partName(f), name) {
			return f, nil
		}
	}
	return nil, ErrBroken
}

func partName(f *zip.File) string {
	return strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
}

// relations reads where a part leads to; the part named "" is the package itself. The names of
// targets are full ones afterwards.
func (b *book) relations(of string) ([]relation, error) {
	folder, name := path.Split(of)
	var part struct {
		All []relation `xml:"Relationship"`
	}
	f, err := b.find(folder + "_rels/" + name + ".rels")
	if err != nil && of == "" {
		return nil, ErrFormat
	}
	if err != nil {
		return nil, err
	}
	if err := readPart(f, &part); err != nil {
		return nil, err
	}
	for i, r := range part.All {
		to := strings.ReplaceAll(r.Target, `\`, "/")
		if !strings.HasPrefix(to, "/") {
			to = path.Join(folder, to)
		}
		part.All[i].Target = strings.TrimPrefix(path.Clean(to), "/")
	}
	return part.All, nil
}

// target returns the part that a relation of a kind leads to, "" without one.
func target(relations []relation, kind string) string {
	for _, r := range relations {
		if strings.HasSuffix(r.Kind, kind) && r.Mode != "External" {
			return r.Target
		}
	}
	return ""
}

func (b *book) readWorkbook(name string, relations []relation) error {
	f, err := b.find(name)
	if err != nil {
		return err
	}
	var part struct {
		Props struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := readPart(f, &part); err != nil {
		return err
	}
	if on := strings.ToLower(part.Props.Date1904); on == "1" || on == "true" || on == "on" {
		b.shift = days1904
	}
	for _, s := range part.Sheets {
		for _, a := range s.Attrs {
			if a.Name.Local != "id" || a.Name.Space == "" {
				continue
			}
			at := slices.IndexFunc(relations, func(r relation) bool { return r.ID == a.Value && strings.HasSuffix(r.Kind, relSheet) })
			if at < 0 {
				continue // a chart or a dialog, which has no rows
			}
			hidden := s.State == "hidden" || s.State == "veryHidden"
			b.sheets = append(b.sheets, sheetPart{name: s.Name, part: relations[at].Target, hidden: hidden})
		}
	}
	return nil
}

// inspect unpacks to nowhere what will be read, which checks its size and checksum.
func (b *book) inspect(ctx context.Context, whole []string, shared string) error {
	total := int64(0)
	look := func(name string, limit int64) error {
		if name == "" {
			return nil
		}
		f, err := b.find(name)
		if err != nil {
			return err
		}
		n, err := unpack(ctx, f, limit)
		if total += n; err == nil && total > maxUnpacked {
			err = ErrTooLarge
		}
		return err
	}
	for _, name := range whole {
		if err := look(name, maxOtherPart); err != nil {
			return err
		}
	}
	if err := look(shared, maxSharedTexts); err != nil {
		return err
	}
	for _, s := range b.sheets {
		if s.hidden {
			continue
		}
		if err := look(s.part, maxUnpacked); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) readStyles(name string) error {
	if name == "" {
		return nil
	}
	f, err := b.find(name)
	if err != nil {
		return err
	}
	var part struct {
		Codes []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := readPart(f, &part); err != nil {
		return err
	}
	own := make(map[int]format, len(part.Codes))
	for _, c := range part.Codes {
		own[c.ID] = parseFormat(c.Code)
	}
	for _, c := range part.Cells {
		f, ok := own[c.ID]
		if !ok {
			f = builtIn(c.ID)
		}
		b.formats = append(b.formats, f)
	}
	return nil
}

// readCustom reads the properties by which our own files describe themselves. A file without them,
// or with damaged ones, is read like any other.
func (b *book) readCustom(name string) {
	f, err := b.find(name)
	if name == "" || err != nil || f.UncompressedSize64 > maxOtherPart {
		return
	}
	var part struct {
		All []struct {
			Name string `xml:"name,attr"`
			Text string `xml:"lpwstr"`
		} `xml:"property"`
	}
	if readPart(f, &part) != nil {
		return
	}
	for _, p := range part.All {
		if key, ok := strings.CutPrefix(p.Name, ownPrefix); ok {
			b.about[key] = p.Text
		}
	}
}

// format returns the number format of a style, which may be missing.
func (b *book) format(style string) *format {
	n, err := strconv.Atoi(style)
	if style == "" {
		n, err = 0, nil
	}
	if err != nil || n < 0 || n >= len(b.formats) {
		return &format{}
	}
	return &b.formats[n]
}

func readPart(f *zip.File, into any) error {
	rc, err := f.Open()
	if err != nil {
		return ErrBroken
	}
	defer func() { _ = rc.Close() }() // only read from
	if err := decoder(io.LimitReader(rc, maxOtherPart)).Decode(into); err != nil {
		return ErrBroken
	}
	return nil
}

func decoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(r), nil
	}
	return d
}
