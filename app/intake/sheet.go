package intake

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of a sheet of Excel.
const (
	maxRow    = 1 << 20
	maxColumn = 1 << 14
)

// cell is a cell as the file has it.
type cell struct {
	text   string  // of a number its digits
	format *format // of a number; nil of text
}

// sheetReader gives the rows of a sheet that have cells, in the order in which the part has them.
type sheetReader struct {
	book  *book
	part  io.ReadCloser
	xml   *xml.Decoder
	row   int
	cells []cell
	begun bool // <sheetData> has been met
}

func (b *book) rows(ctx context.Context, s sheetPart) (*sheetReader, error) {
	f, err := b.find(s.part)
	if err != nil {
		return nil, err
	}
	part, err := f.Open()
	if err != nil {
		return nil, ErrBroken
	}
	return &sheetReader{book: b, part: part, xml: decoder(patient{ctx, part})}, nil
}

func (s *sheetReader) close() error { return s.part.Close() }

func (s *sheetReader) next() ([]cell, int, error) {
	for {
		token, err := s.xml.Token()
		if errors.Is(err, io.EOF) && s.begun {
			return nil, s.row, io.EOF
		}
		if err != nil {
			return nil, s.row, s.broken()
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "sheetData":
			s.begun = true
		case "row":
			if err := s.readRow(start); err != nil {
				return nil, s.row, err
			}
			if filled(s.cells) {
				return s.cells, s.row, nil
			}
		}
	}
}

// filled reports whether a row has something to read. A cell shown as empty has its value all the same.
func filled(cells []cell) bool {
	for _, c := range cells {
		if c.text != "" {
			return true
		}
	}
	return false
}

func (s *sheetReader) broken() error { return fmt.Errorf("%w: after row %d", ErrBroken, s.row) }

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func (s *sheetReader) readRow(row xml.StartElement) error {
	s.row++
	if r := attribute(row, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < 1 {
			return s.broken()
		}
		s.row = n
	}
	if s.row > maxRow {
		return fmt.Errorf("%w: rows beyond the last", ErrBroken)
	}
	s.cells = s.cells[:0]
	bytes, column := 0, 0
	for {
		token, err := s.xml.Token()
		if err != nil {
			return s.broken()
		}
		switch token := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if token.Name.Local != "c" {
				if err := s.xml.Skip(); err != nil {
					return s.broken()
				}
				continue
			}
			column++
			if ref := attribute(token, "r"); ref != "" {
				column = columnOf(ref)
			}
			if column < 1 || column > maxColumn {
				return s.broken()
			}
			c, err := s.readCell(token)
			if err != nil {
				return err
			}
			if bytes += len(c.text); len(c.text) > maxCellBytes || bytes > maxRowBytes {
				return ErrCellSize
			}
			for len(s.cells) < column {
				s.cells = append(s.cells, cell{})
			}
			s.cells[column-1] = c
		}
	}
}

// columnOf reads the letters of "AB12", 0 when there are none.
func columnOf(ref string) int {
	n := 0
	for _, c := range []byte(ref) {
		switch {
		case c >= 'A' && c <= 'Z':
			n = n*26 + int(c-'A') + 1
		case c >= 'a' && c <= 'z':
			n = n*26 + int(c-'a') + 1
		case c == '$':
		default:
			return n
		}
		if n > maxColumn {
			return 0
		}
	}
	return n
}

func (s *sheetReader) readCell(start xml.StartElement) (cell, error) {
	kind, style := attribute(start, "t"), attribute(start, "s")
	var value, inline []byte
	for {
		token, err := s.xml.Token()
		if err != nil {
			return cell{}, s.broken()
		}
		switch token := token.(type) {
		case xml.EndElement:
			if kind == "inlineStr" {
				return cell{text: string(inline)}, nil
			}
			return s.valued(kind, style, value)
		case xml.StartElement:
			switch token.Name.Local {
			case "v":
				if value, err = content(s.xml); err != nil {
					return cell{}, err
				}
			case "is":
				if inline, err = richText(s.xml, nil); err != nil {
					return cell{}, err
				}
			default: // a formula, of which the value is kept beside it
				if err := s.xml.Skip(); err != nil {
					return cell{}, s.broken()
				}
			}
		}
	}
}

func (s *sheetReader) valued(kind, style string, value []byte) (cell, error) {
	switch kind {
	case "s":
		n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
		if len(value) == 0 {
			return cell{}, nil
		}
		if err != nil {
			return cell{}, s.broken()
		}
		text, err := s.book.texts.get(n)
		return cell{text: text}, err
	case "", "n":
		if text := strings.TrimSpace(string(value)); text != "" {
			return cell{text: text, format: s.book.format(style)}, nil
		}
		return cell{}, nil
	}
	return cell{text: string(unescaped(value))}, nil // str, b, e, d
}

// content reads the characters of the element that was just begun.
func content(d *xml.Decoder) ([]byte, error) {
	var text []byte
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: a value", ErrBroken)
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth == 0 {
				return text, nil
			}
			depth--
		case xml.CharData:
			if text = append(text, token...); len(text) > maxCellBytes {
				return nil, ErrCellSize
			}
		}
	}
}

// unescaped turns _xHHHH_, which stands for a character XML cannot hold, into the character. Two in a
// row may be the halves of one.
func unescaped(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		unit, ok := escapedUnit(text[i:])
		if !ok {
			out = append(out, text[i])
			continue
		}
		r := rune(unit)
		i += escapeBytes - 1
		if utf16.IsSurrogate(r) {
			low, ok := escapedUnit(text[i+1:])
			if pair := utf16.DecodeRune(r, rune(low)); ok && pair != utf8.RuneError {
				r = pair
				i += escapeBytes
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

const escapeBytes = len("_x0000_")

func escapedUnit(text []byte) (uint16, bool) {
	if len(text) < escapeBytes || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return uint16(n), err == nil
}

// digits are the digits of a number as people write it: Apache POI writes whole numbers as
// 4.20777123456E11 and 777.0, and a format may ask for zeros in front.
func digits(c cell) string {
	s := plainNumber(c.text)
	whole := strings.Trim(s, "0123456789") == ""
	if whole && len(s) < c.format.digits {
		s = strings.Repeat("0", c.format.digits-len(s)) + s
	}
	return s
}

// maxExponent keeps a number from becoming a text of endless zeros.
const maxExponent = 40

func plainNumber(s string) string {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(s), "E")
	shift := 0
	if found {
		n, err := strconv.Atoi(exponent)
		if err != nil || n > maxExponent || n < -maxExponent {
			return s
		}
		shift = n
	}
	sign, rest := "", mantissa
	if strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "+") {
		sign, rest = strings.TrimPrefix(rest[:1], "+"), rest[1:]
	}
	whole, part, _ := strings.Cut(rest, ".")
	if whole+part == "" || strings.Trim(whole+part, "0123456789") != "" {
		return s
	}
	for ; shift > 0; shift-- {
		if part == "" {
			part = "0"
		}
		whole, part = whole+part[:1], part[1:]
	}
	for ; shift < 0; shift++ {
		if whole == "" {
			whole = "0"
		}
		whole, part = whole[:len(whole)-1], whole[len(whole)-1:]+part
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if part = strings.TrimRight(part, "0"); part != "" {
		part = "." + part
	}
	if whole == "0" && part == "" {
		sign = ""
	}
	return sign + whole + part
}
