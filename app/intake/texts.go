package intake

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
)

// spoolBytes is how much of the texts that sheets share is kept in memory; more goes to a file.
const spoolBytes = 32 << 20

// maxTexts is how many texts sheets may share. Their places take eight bytes each.
const maxTexts = 30_000_000

// texts are the strings that the cells of a workbook name by number.
type texts struct {
	ends []int64 // where each ends, the next begins
	mem  []byte  // the first of them
	file *os.File
	out  int64 // bytes in file
	temp string
}

func (b *book) readTexts(ctx context.Context, part, temp string) (*texts, error) {
	f, err := b.find(part)
	if err != nil {
		return nil, err
	}
	rc, err := f.Open()
	if err != nil {
		return nil, ErrBroken
	}
	defer func() { _ = rc.Close() }() // only read from
	t := &texts{temp: temp}
	if err := t.fill(decoder(patient{ctx, rc})); err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

func (t *texts) fill(d *xml.Decoder) error {
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: the shared texts", ErrBroken)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "si" {
			continue
		}
		text, err := richText(d, nil)
		if err != nil {
			return err
		}
		if err := t.add(text); err != nil {
			return err
		}
	}
}

func (t *texts) add(text []byte) error {
	if len(t.ends) >= maxTexts {
		return ErrTooLarge
	}
	end := int64(len(t.mem)) + t.out
	if t.file == nil && len(t.mem)+len(text) > spoolBytes {
		f, err := os.CreateTemp(t.temp, "texts")
		if err != nil {
			return err
		}
		t.file = f
	}
	if t.file == nil {
		t.mem = append(t.mem, text...)
	} else {
		if _, err := t.file.Write(text); err != nil {
			return err
		}
		t.out += int64(len(text))
	}
	t.ends = append(t.ends, end+int64(len(text)))
	return nil
}

// get returns a text by its number.
func (t *texts) get(n int) (string, error) {
	if t == nil || n < 0 || n >= len(t.ends) {
		return "", fmt.Errorf("%w: a shared text is missing", ErrBroken)
	}
	from, to := int64(0), t.ends[n]
	if n > 0 {
		from = t.ends[n-1]
	}
	if to <= int64(len(t.mem)) {
		return string(t.mem[from:to]), nil
	}
	text := make([]byte, to-from)
	if _, err := t.file.ReadAt(text, from-int64(len(t.mem))); err != nil {
		return "", fmt.Errorf("read a shared text: %w", err)
	}
	return string(text), nil
}

func (t *texts) close() error {
	if t.file == nil {
		return nil
	}
	err := errors.Join(t.file.Close(), os.Remove(t.file.Name()))
	t.file = nil
	return err
}

// richText appends the text within the element that was just begun: of <t> and of <t> in runs, but
// not how it is pronounced.
func richText(d *xml.Decoder, dst []byte) ([]byte, error) {
	within, depth := false, 0
	for {
		token, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: a text", ErrBroken)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "rPh" {
				if err := d.Skip(); err != nil {
					return nil, fmt.Errorf("%w: a text", ErrBroken)
				}
				continue
			}
			depth++
			within = token.Name.Local == "t"
		case xml.EndElement:
			if depth == 0 {
				return unescaped(dst), nil
			}
			depth--
			within = false
		case xml.CharData:
			if within {
				dst = append(dst, token...)
			}
			if len(dst) > maxCellBytes {
				return nil, ErrCellSize
			}
		}
	}
}
