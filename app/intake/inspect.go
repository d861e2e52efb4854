package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// Limits of a workbook. A million interactions with fourteen columns unpack to about a
// gigabyte at one to eight; with all their messages to a few.
const (
	maxParts        = 10_000
	maxUnpacked     = 6 << 30
	maxOtherParts   = 64 << 20 // styles, drawings, pictures: a library holds them in memory
	maxSharedTexts  = 2 << 30
	bombBytes       = 64 << 20 // parts smaller than this may be packed as they like
	bombRatio       = 250      // XML of a sheet packs to a tenth, rarely to a hundredth
	maxElementBytes = maxCellBytes + 64<<10
)

// shape is what looking through a workbook has told.
type shape struct {
	rows map[string]int // <row> elements by name of sheet
}

// inspect looks through a workbook once, in bounded memory, before any library may load
// it: every part is unpacked to nowhere, which checks its size and checksum, and the
// limits are held against what really comes out instead of what the directory says.
func inspect(ctx context.Context, r io.ReaderAt, size int64) (shape, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return shape{}, ErrBroken
	}
	if len(z.File) > maxParts {
		return shape{}, ErrTooLarge
	}
	names := map[string]bool{}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if names[name] {
			return shape{}, ErrBroken
		}
		names[name] = true
		if strings.Contains(name, "vbaproject") || strings.HasPrefix(name, "xl/macrosheets/") {
			return shape{}, ErrMacros
		}
	}
	if !names["xl/workbook.xml"] || !names["[content_types].xml"] {
		return shape{}, ErrFormat // another kind of document, or just an archive
	}
	elements := map[string]int{}
	var total, others int64
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		n, rows, err := unpack(ctx, f)
		if err != nil {
			return shape{}, err
		}
		elements[f.Name] = rows
		switch name := strings.ToLower(f.Name); {
		case strings.HasPrefix(name, "xl/worksheets/sheet"):
		case name == "xl/sharedstrings.xml":
			if n > maxSharedTexts {
				return shape{}, ErrTooLarge
			}
		default:
			others += n
		}
		if total += n; total > maxUnpacked || others > maxOtherParts {
			return shape{}, ErrTooLarge
		}
	}
	return sheetShape(z, elements)
}

// unpack reads a part to its end and returns its size and how many <row> elements it has.
func unpack(ctx context.Context, f *zip.File) (size int64, rows int, err error) {
	rc, err := f.Open()
	if err != nil {
		return 0, 0, ErrBroken
	}
	defer func() { _ = rc.Close() }() // only read from
	isXML := strings.HasSuffix(strings.ToLower(f.Name), ".xml") || strings.HasSuffix(strings.ToLower(f.Name), ".rels")
	buf := make([]byte, 64<<10)
	run, kept := 0, 0 // bytes since the last '<'; bytes kept of the last read
	for {
		n, err := rc.Read(buf[kept:])
		size += int64(n)
		if size > bombBytes && size/bombRatio > int64(f.CompressedSize64) {
			return 0, 0, ErrBomb
		}
		if size > maxUnpacked {
			return 0, 0, ErrTooLarge
		}
		if isXML {
			chunk := buf[:kept+n]
			for rest := chunk[kept:]; ; {
				at := bytes.IndexByte(rest, '<')
				if at < 0 {
					run += len(rest)
					break
				}
				if run+at > maxElementBytes {
					return 0, 0, ErrCellSize
				}
				run, rest = 0, rest[at+1:]
			}
			if run > maxElementBytes {
				return 0, 0, ErrCellSize
			}
			rows += bytes.Count(chunk, []byte("<row ")) + bytes.Count(chunk, []byte("<row>"))
			// "<row" may lie across two reads; four bytes cannot hold a whole one.
			kept = copy(buf, chunk[max(0, len(chunk)-4):])
		}
		if errors.Is(err, io.EOF) {
			return size, rows, nil
		}
		if err != nil {
			return 0, 0, ErrBroken
		}
		if ctx.Err() != nil {
			return 0, 0, ctx.Err()
		}
	}
}

// sheetShape finds the part of each sheet through workbook and relations.
func sheetShape(z *zip.Reader, elements map[string]int) (shape, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := readPart(z, "xl/workbook.xml", &book); err != nil {
		return shape{}, err
	}
	if err := readPart(z, "xl/_rels/workbook.xml.rels", &relations); err != nil {
		return shape{}, err
	}
	s := shape{rows: map[string]int{}}
	for _, sheet := range book.Sheets {
		for _, relation := range relations.All {
			target := path.Join("xl", relation.Target)
			if strings.HasPrefix(relation.Target, "/") {
				target = strings.TrimPrefix(relation.Target, "/")
			}
			if relation.ID == sheet.ID && sheet.ID != "" {
				s.rows[sheet.Name] = elements[target]
			}
		}
	}
	return s, nil
}

func readPart(z *zip.Reader, name string, into any) error {
	f, err := z.Open(name)
	if err != nil {
		return ErrBroken
	}
	defer func() { _ = f.Close() }() // only read from
	if err := xml.NewDecoder(f).Decode(into); err != nil {
		return ErrBroken
	}
	return nil
}
