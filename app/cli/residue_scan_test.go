package cli

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// A mark is text that one planted customer alone has: markAnchor and letters and digits of chance. In
// the data a few more stand before it, which the search index may leave out where the word before
// begins with the same ones; what is looked for is never left out. Marks are planted in capitals, and
// the index keeps small letters, so that its copy is told from the text's own.
const (
	markAnchor   = "QZ"
	markLength   = 12
	numberAnchor = "420"
	numberLength = 12
)

// seenAs is how often a mark was seen.
type seenAs struct{ capital, small int }

// scan looks for marks in bytes: as they are, in UTF-16 of either order, and within every gzip, zlib and
// deflated zip stream that begins anywhere in them, to some depth.
type scan struct {
	known   map[string]string // what each mark belongs to
	seen    map[string]seenAs
	files   int
	bytes   int64
	streams int
}

func newScan(known map[string]string) *scan {
	return &scan{known: known, seen: map[string]seenAs{}}
}

// folders reads every byte of every file below them.
func (s *scan) folders(t testing.TB, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			s.files++
			s.bytes += int64(len(content))
			s.all([]byte(d.Name()), 0)
			s.all(content, 2)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (s *scan) all(data []byte, depth int) {
	s.plain(data)
	for odd := range 2 { // one half of UTF-16 is the text, wherever it begins and in whichever order
		half := make([]byte, 0, len(data)/2+1)
		for i := odd; i < len(data); i += 2 {
			half = append(half, data[i])
		}
		s.plain(half)
	}
	if depth > 0 {
		s.inside(data, depth)
	}
}

func (s *scan) plain(data []byte) {
	for i := range max(len(data)-1, 0) {
		switch {
		case data[i]|0x20 == 'q' && data[i+1]|0x20 == 'z' && i+markLength <= len(data):
			s.at(data[i : i+markLength])
		case data[i] == '4' && data[i+1] == '2' && i+numberLength <= len(data):
			s.at(data[i : i+numberLength])
		}
	}
}

func (s *scan) at(text []byte) {
	mark := string(bytes.ToUpper(text))
	if _, ours := s.known[mark]; !ours {
		return
	}
	n := s.seen[mark]
	if bytes.Equal(text, []byte(mark)) {
		n.capital++
	} else {
		n.small++
	}
	s.seen[mark] = n
}

// longestStream bounds what one stream may hold.
const longestStream = 1 << 28

// inside opens the streams that begin in data. Most places only look like a beginning; what they give
// before an error is looked at all the same.
func (s *scan) inside(data []byte, depth int) {
	var deflated io.ReadCloser
	for i := range max(len(data)-2, 0) {
		var r io.Reader
		var err error
		switch from := data[i:]; {
		case from[0] == 0x1f && from[1] == 0x8b && from[2] == 8:
			r, err = gzip.NewReader(bytes.NewReader(from))
		case from[0] == 0x78 && (uint(from[0])<<8|uint(from[1]))%31 == 0 && from[1]&0x20 == 0:
			r, err = zlib.NewReader(bytes.NewReader(from))
		case from[0] == 'P' && from[1] == 'K' && from[2] == 3 && len(from) > 30:
			begin := 30 + int(binary.LittleEndian.Uint16(from[26:])) + int(binary.LittleEndian.Uint16(from[28:]))
			if from[3] != 4 || from[8] != 8 || begin > len(from) {
				continue
			}
			if deflated == nil {
				deflated = flate.NewReader(nil)
			}
			err = deflated.(flate.Resetter).Reset(bytes.NewReader(from[begin:]), nil)
			r = deflated
		default:
			continue
		}
		if err != nil {
			continue
		}
		content, _ := io.ReadAll(io.LimitReader(r, longestStream)) // what comes before an error counts
		if len(content) > 0 {
			s.streams++
			s.all(content, depth-1)
		}
	}
}
