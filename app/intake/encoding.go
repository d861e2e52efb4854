package intake

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// sniffBytes is how much of a file decides on UTF-16.
const sniffBytes = 4096

// decoded returns the text of a file as UTF-8 without a byte order mark. The mark decides;
// without one a file is UTF-16 when every other byte of its beginning is mostly zero,
// UTF-8 when all of it is valid, and otherwise Windows-1250, as Czech Excel writes.
func decoded(f io.ReadSeeker) (io.Reader, error) {
	start := make([]byte, sniffBytes)
	n, err := io.ReadFull(f, start)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	}
	start = start[:n]
	utf16 := func(endian unicode.Endianness) func(io.Reader) io.Reader {
		return func(r io.Reader) io.Reader {
			return transform.NewReader(r, unicode.UTF16(endian, unicode.UseBOM).NewDecoder())
		}
	}
	var decode func(io.Reader) io.Reader
	skip := int64(0)
	switch {
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		skip, decode = 3, func(r io.Reader) io.Reader { return r }
	case bytes.HasPrefix(start, []byte("\xFF\xFE")), zeros(start, 1):
		decode = utf16(unicode.LittleEndian)
	case bytes.HasPrefix(start, []byte("\xFE\xFF")), zeros(start, 0):
		decode = utf16(unicode.BigEndian)
	}
	if decode == nil {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		valid, err := validUTF8(f)
		if err != nil {
			return nil, err
		}
		decode = func(r io.Reader) io.Reader { return r }
		if !valid {
			decode = func(r io.Reader) io.Reader { return charmap.Windows1250.NewDecoder().Reader(r) }
		}
	}
	if _, err := f.Seek(skip, io.SeekStart); err != nil {
		return nil, err
	}
	return decode(bufio.NewReaderSize(f, 64<<10)), nil
}

// zeros reports whether most bytes at places of this parity are zero, as the upper halves
// of Latin letters are in UTF-16. A zero here and there is only hostile text.
func zeros(start []byte, parity int) bool {
	n := 0
	for i := parity; i < len(start); i += 2 {
		if start[i] == 0 {
			n++
		}
	}
	return len(start) >= 8 && n*10 > len(start)/2*6
}

func validUTF8(r io.Reader) (bool, error) {
	buf := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		n += kept
		checked := 0
		for checked < n {
			if buf[checked] < utf8.RuneSelf {
				checked++
				continue
			}
			if !utf8.FullRune(buf[checked:n]) {
				break
			}
			r, size := utf8.DecodeRune(buf[checked:n])
			if r == utf8.RuneError && size == 1 {
				return false, nil
			}
			checked += size
		}
		kept = copy(buf, buf[checked:n])
		if err == io.EOF {
			return kept == 0, nil
		}
		if err != nil {
			return false, err
		}
	}
}
