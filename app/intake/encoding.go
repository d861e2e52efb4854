package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// sniffBytes is how much of a file decides on UTF-16 and UTF-32.
const sniffBytes = 4096

// charset is how the bytes of a text file stand for characters.
type charset struct {
	name    string // as people know it; "" for Unicode, of which nothing has to be said
	mark    int64  // bytes of the byte order mark
	decoder func() transform.Transformer
}

func unicodeCharset(e encoding.Encoding, mark int64) charset {
	return charset{mark: mark, decoder: func() transform.Transformer { return e.NewDecoder() }}
}

func utf8Charset(mark int64) charset {
	return charset{mark: mark, decoder: func() transform.Transformer { return repair{} }}
}

// eightBit are the encodings of Central Europe, Excel's first. They have the same letters in the same
// places but for a few, see surveyed.
func eightBit() []charset {
	return []charset{
		{name: "Windows-1250", decoder: func() transform.Transformer { return charmap.Windows1250.NewDecoder() }},
		{name: "ISO 8859-2", decoder: func() transform.Transformer { return charmap.ISO8859_2.NewDecoder() }},
	}
}

// charsets returns the encodings a file may have, most likely first. A byte order mark decides;
// without one a file is UTF-16 or UTF-32 when the upper bytes of its beginning are mostly zero, and
// UTF-8 when more of it is valid than not: one broken byte in the last row does not turn the letters
// of all others into something else. What remains has one byte a letter, and the headers tell which.
func charsets(ctx context.Context, f io.ReadSeeker) ([]charset, error) {
	start := make([]byte, sniffBytes)
	n, err := io.ReadFull(f, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	start = start[:n]
	switch {
	case bytes.HasPrefix(start, []byte("\xFF\xFE\x00\x00")):
		return []charset{unicodeCharset(utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4)}, nil
	case bytes.HasPrefix(start, []byte("\x00\x00\xFE\xFF")):
		return []charset{unicodeCharset(utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4)}, nil
	case bytes.HasPrefix(start, []byte("\xEF\xBB\xBF")):
		return []charset{utf8Charset(3)}, nil
	case bytes.HasPrefix(start, []byte("\xFF\xFE")):
		return []charset{unicodeCharset(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2)}, nil
	case bytes.HasPrefix(start, []byte("\xFE\xFF")):
		return []charset{unicodeCharset(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2)}, nil
	case zeros(start, 4, 1, 2, 3):
		return []charset{unicodeCharset(utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 0)}, nil
	case zeros(start, 4, 0, 1, 2):
		return []charset{unicodeCharset(utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 0)}, nil
	case zeros(start, 2, 1):
		return []charset{unicodeCharset(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 0)}, nil
	case zeros(start, 2, 0):
		return []charset{unicodeCharset(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 0)}, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	s, err := survey(patient{ctx, f})
	switch {
	case err != nil:
		return nil, err
	case s.broken == 0 || s.valid > s.broken:
		return []charset{utf8Charset(0)}, nil
	case s.controls > 0: // letters of Windows-1250 where ISO 8859-2 has control characters
		return eightBit()[:1], nil
	}
	all := eightBit()
	if s.signs > 0 || s.caron > 0 && s.czech > 0 {
		slices.Reverse(all)
	}
	return all, nil
}

// zeros reports whether most bytes at these places of every group of size are zero, as the upper
// bytes of Latin letters are. A zero here and there is only hostile text.
func zeros(start []byte, size int, places ...int) bool {
	if len(start) < 8 {
		return false
	}
	for _, place := range places {
		n := 0
		for i := place; i < len(start); i += size {
			if start[i] == 0 {
				n++
			}
		}
		if n*10 <= len(start)/size*6 {
			return false
		}
	}
	return true
}

// surveyed is what the bytes of a file look like.
type surveyed struct {
	valid    int64 // characters of several bytes that are good UTF-8
	broken   int64 // pieces that are not UTF-8
	controls int64 // bytes from 80 to 9F among them

	// What tells the two encodings with one byte a letter apart where none of their bytes is a control: ISO 8859-2
	// has Š, Ž, š and ť where Windows-1250 has ©, ®, ą and », and ž where it has the Slovak ľ.
	signs int64 // such bytes where a word has a letter and no sign
	caron int64 // ž or ľ
	czech int64 // ě, ř and ů, which Slovak does not have
}

// count counts a byte that is no part of UTF-8, between two others.
func (s *surveyed) count(before, b, after byte) {
	sign := false
	switch b {
	case 0xA9, 0xAE:
		sign = isLetter(after)
	case 0xB9:
		sign = isLetter(before) || isLetter(after)
	case 0xBB:
		sign = isLetter(before) && isLetter(after)
	case 0xBE:
		s.caron++
	case 0xEC, 0xF8, 0xF9:
		s.czech++
	}
	if sign {
		s.signs++
	}
	if b < 0xA0 {
		s.controls++
	}
}

// isLetter reports whether a byte is a letter in both encodings.
func isLetter(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b == 0xB9 || b == 0xBE || b >= 0xC0 && b != 0xD7 && b != 0xF7
}

func survey(r io.Reader) (surveyed, error) {
	var s surveyed
	in := bufio.NewReaderSize(r, 64<<10)
	before := byte(0)
	for {
		start, err := in.Peek(utf8.UTFMax * 2)
		if len(start) == 0 {
			if err == io.EOF {
				err = nil
			}
			return s, err
		}
		size := 1
		if start[0] >= utf8.RuneSelf {
			var r rune
			if r, size = character(start); r == utf8.RuneError && !bytes.HasPrefix(start, []byte("\uFFFD")) {
				s.broken++
				for i, b := range start[:size] {
					after := byte(0)
					if i+1 < len(start) {
						after = start[i+1]
					}
					s.count(before, b, after)
					before = b
				}
			} else {
				s.valid++
			}
		}
		before = start[size-1]
		if _, err := in.Discard(size); err != nil {
			return s, err
		}
	}
}

// character reads one character of UTF-8, or of CESU-8, which writes those beyond the first 65,536 as
// the two halves that UTF-16 has for them; Java and old databases do. What is neither is U+FFFD with
// the length of the longest piece that could have begun a character.
func character(b []byte) (rune, int) {
	r, size := utf8.DecodeRune(b)
	if r != utf8.RuneError || size > 1 {
		return r, size
	}
	if high, ok := half(b); ok && high < 0xDC00 {
		if low, ok := half(b[3:]); ok && low >= 0xDC00 {
			return (high-0xD800)<<10 + (low - 0xDC00) + 0x10000, 6
		}
	}
	for size = 1; size < len(b) && size < utf8.UTFMax && !utf8.FullRune(b[:size+1]); size++ {
	}
	return utf8.RuneError, size
}

// half reads half of a character as CESU-8 has it.
func half(b []byte) (rune, bool) {
	if len(b) < 3 || b[0] != 0xED || b[1] < 0xA0 || b[1] > 0xBF || b[2]&0xC0 != 0x80 {
		return 0, false
	}
	return 0xD000 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F), true
}

// repair makes valid UTF-8.
type repair struct{ transform.NopResetter }

func (repair) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		if src[nSrc] < utf8.RuneSelf {
			if nDst == len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			dst[nDst] = src[nSrc]
			nDst++
			nSrc++
			continue
		}
		if !atEOF && len(src)-nSrc < 6 {
			return nDst, nSrc, transform.ErrShortSrc
		}
		if len(dst)-nDst < utf8.UTFMax {
			return nDst, nSrc, transform.ErrShortDst
		}
		c, size := character(src[nSrc:])
		nDst += utf8.EncodeRune(dst[nDst:], c)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// decoded returns the text of a file as UTF-8 without a byte order mark.
func (c charset) decoded(ctx context.Context, f io.ReadSeeker) (io.Reader, error) {
	if _, err := f.Seek(c.mark, io.SeekStart); err != nil {
		return nil, err
	}
	return transform.NewReader(bufio.NewReaderSize(patient{ctx, f}, 64<<10), c.decoder()), nil
}
