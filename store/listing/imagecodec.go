package listing

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"unsafe"
)

// Parts of an image stand one after the other: length, checksum, content. Everything begins at
// a multiple of eight bytes and numbers lie as in memory, so that the list uses them where they are:
// copying them would take most of the time.
const (
	partHead = 16
	apart    = 8
)

var imageSums = crc32.MakeTable(crc32.Castagnoli)

// imageWriter gathers a part and writes it with its checksum. The first error stays.
type imageWriter struct {
	out *bufio.Writer
	buf []byte
	err error
}

func newImageWriter(out io.Writer) *imageWriter {
	return &imageWriter{out: bufio.NewWriterSize(out, 1<<20)}
}

func (w *imageWriter) part(fill func(w *imageWriter)) {
	w.buf = append(w.buf[:0], make([]byte, partHead)...)
	fill(w)
	w.pad()
	content := w.buf[partHead:]
	binary.LittleEndian.PutUint64(w.buf, uint64(len(content)))
	binary.LittleEndian.PutUint32(w.buf[8:], crc32.Checksum(content, imageSums))
	if w.err == nil {
		_, w.err = w.out.Write(w.buf)
	}
}

func (w *imageWriter) end() error {
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

func (w *imageWriter) num(n int) { w.buf = binary.LittleEndian.AppendUint64(w.buf, uint64(n)) }

func (w *imageWriter) text(s string) {
	w.num(len(s))
	w.buf = append(w.buf, s...)
	w.pad()
}

func (w *imageWriter) pad() {
	for len(w.buf)%apart != 0 {
		w.buf = append(w.buf, 0)
	}
}

func writeNumbers[T width](w *imageWriter, numbers []T) {
	w.num(len(numbers))
	w.buf = slices.Grow(w.buf, binary.Size(numbers))
	w.buf, _ = binary.Append(w.buf, binary.NativeEndian, numbers) // fails for other types only
	w.pad()
}

func (w *imageWriter) texts(t *texts) {
	w.num(t.n)
	for _, p := range t.pages {
		w.text(p.plain)
		writeNumbers(w, p.plainOff)
		w.text(p.folded)
		writeNumbers(w, p.foldedOff)
	}
}

func (w *imageWriter) block(b *block) {
	w.num(b.n)
	w.text(b.names)
	writeNumbers(w, b.nameOff)
	for i := range b.cols {
		c := &b.cols[i]
		w.num(int(c.base))
		w.num(int(c.top))
		w.num(int(c.blank))
		writeNumbers(w, []uint8{flag(c.blanks)})
		writeNumbers(w, c.w8)
		writeNumbers(w, c.w16)
		writeNumbers(w, c.w32)
		writeNumbers(w, c.w64)
	}
}

func flag(set bool) uint8 {
	if set {
		return 1
	}
	return 0
}

// imagePart is a part whose sum is still to be checked.
type imagePart struct {
	content []byte
	sum     uint32
}

// imageParts finds the parts of an image.
func imageParts(image []byte) ([]imagePart, error) {
	var parts []imagePart
	for len(image) > 0 {
		if len(image) < partHead {
			return nil, fmt.Errorf("%w: cut short", ErrImage)
		}
		length, sum := binary.LittleEndian.Uint64(image), binary.LittleEndian.Uint32(image[8:])
		image = image[partHead:]
		if length > uint64(len(image)) {
			return nil, fmt.Errorf("%w: cut short", ErrImage)
		}
		parts = append(parts, imagePart{image[:length], sum})
		image = image[length:]
	}
	return parts, nil
}

// imageReader reads a part. What it gives lies in the part, which must stay as it is; after an
// error it gives empty things.
type imageReader struct {
	rest []byte
	err  error
}

func newImageReader(p imagePart) *imageReader {
	r := &imageReader{rest: p.content}
	if crc32.Checksum(p.content, imageSums) != p.sum {
		r.fail("its sum differs")
	}
	return r
}

func (r *imageReader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.fail("a part ends early")
	}
	if r.err != nil {
		return nil
	}
	taken := r.rest[:n:n]
	r.rest = r.rest[min((n+apart-1)/apart*apart, uint64(len(r.rest))):]
	return taken
}

func (r *imageReader) num() int {
	b := r.take(8)
	if b == nil {
		return 0
	}
	return int(binary.LittleEndian.Uint64(b))
}

func (r *imageReader) text() string { return viewString(r.take(uint64(r.num()))) }

// readNumbers returns nil for none, as columns have for the widths they do not use.
func readNumbers[T width](r *imageReader) []T {
	n := uint64(r.num())
	var one T
	size := uint64(unsafe.Sizeof(one))
	if n > uint64(len(r.rest))/size {
		r.fail("a part ends early")
	}
	if n == 0 || r.err != nil {
		return nil
	}
	bytes := r.take(n * size)
	at := unsafe.Pointer(unsafe.SliceData(bytes))
	if uintptr(at)%uintptr(size) != 0 {
		r.fail("not at its place in memory")
		return nil
	}
	return unsafe.Slice((*T)(at), n)
}

// texts fills a new writer as if it had given the codes of these texts.
func (r *imageReader) texts(w *textWriter) {
	n := r.num()
	w.done, w.n = nil, 0
	for w.n < n && r.err == nil {
		p := &textPage{plain: r.text(), plainOff: readNumbers[uint32](r), folded: r.text(), foldedOff: readNumbers[uint32](r)}
		if r.err != nil || len(p.plainOff) != min(n-w.n, blockLen)+1 || w.fold != nil && len(p.foldedOff) != len(p.plainOff) {
			r.fail("a page of texts")
			return
		}
		w.n += p.len()
		w.adopt(p)
	}
	if w.n == 0 { // there is always the empty text
		r.fail("no texts")
		return
	}
	w.slots = w.slots[:0]
	size := 1024
	for size*3/4 < w.n {
		size *= 2
	}
	w.index(size)
}

func (r *imageReader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrImage, what)
	}
}

func (r *imageReader) block() *block {
	n, names := r.num(), r.text()
	b := newBlock(n, names, readNumbers[uint32](r))
	if b.n < 1 || b.n > blockLen || len(b.nameOff) != b.n+1 {
		r.fail("a block")
		return b
	}
	for i := range b.cols {
		c := &b.cols[i]
		c.base, c.top, c.blank = int64(r.num()), int64(r.num()), int64(r.num())
		blanks := readNumbers[uint8](r)
		c.blanks = len(blanks) == 1 && blanks[0] == 1
		c.w8, c.w16, c.w32, c.w64 = readNumbers[uint8](r), readNumbers[uint16](r), readNumbers[uint32](r), readNumbers[uint64](r)
		if len(c.w8)+len(c.w16)+len(c.w32)+len(c.w64) != b.n {
			r.fail("a column")
			return b
		}
	}
	return b
}
