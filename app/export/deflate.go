package export

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/flate"
)

// blockBytes is how much is deflated at a time. Blocks share no window; at this size that
// costs well under one percent of the file.
const blockBytes = 512 << 10

// endOfStream is an empty stored block marked as the last one. Each block before it was
// flushed to a byte boundary.
var endOfStream = []byte{0x01, 0x00, 0x00, 0xFF, 0xFF}

// block is one stretch of a part on its way through a worker.
type block struct {
	raw  []byte
	out  bytes.Buffer
	err  error
	done chan struct{}
}

// part is one ZIP entry whose data is deflated in blocks on several cores and written in
// order. Level 1 is a third of the time of the default for a tenth more bytes.
type part struct {
	entry   io.Writer
	header  *zip.FileHeader
	jobs    chan *block // to the workers
	order   chan *block // to the writer, in the order of the data
	free    chan *block
	workers sync.WaitGroup
	written chan struct{} // closed when the writer has ended
	failed  atomic.Bool
	err     error // of the writer, valid once written is closed or failed is set
	crc     uint32
	raw     uint64
	packed  uint64
}

// newPart begins the entry called name. The caller must call close on it before any other
// use of zw.
func newPart(zw *zip.Writer, name string) (*part, error) {
	header := &zip.FileHeader{
		Name: name, Method: zip.Deflate, Flags: 0x8, // sizes follow the data
		CreatorVersion: 20, ReaderVersion: 20,
	}
	entry, err := zw.CreateRaw(header)
	if err != nil {
		return nil, err
	}
	workers := min(runtime.GOMAXPROCS(0), 4)
	p := &part{
		entry: entry, header: header,
		jobs: make(chan *block, 2*workers), order: make(chan *block, 2*workers),
		free: make(chan *block, 2*workers), written: make(chan struct{}),
	}
	for range 2 * workers {
		p.free <- &block{done: make(chan struct{}, 1)}
	}
	for range workers {
		p.workers.Go(p.deflate)
	}
	go p.write()
	return p, nil
}

// put hands a block over and returns an empty buffer for the next one.
func (p *part) put(raw []byte) ([]byte, error) {
	b := <-p.free
	next := b.raw[:0]
	b.raw = raw
	p.raw += uint64(len(raw))
	p.crc = crc32.Update(p.crc, crc32.IEEETable, raw)
	p.order <- b
	p.jobs <- b
	if p.failed.Load() {
		return next, p.err
	}
	return next, nil
}

// close waits for all blocks and completes the entry's header. It may be called once.
func (p *part) close() error {
	close(p.jobs)
	close(p.order)
	p.workers.Wait()
	<-p.written
	if p.err != nil {
		return p.err
	}
	if _, err := p.entry.Write(endOfStream); err != nil {
		return err
	}
	p.packed += uint64(len(endOfStream))
	h := p.header
	h.CRC32, h.CompressedSize64, h.UncompressedSize64 = p.crc, p.packed, p.raw
	// The data descriptor and the directory of a raw entry are written from the fields of
	// 32 bits; left at zero, readers see an empty part.
	h.CompressedSize = uint32(min(p.packed, 1<<32-1)) //nolint:staticcheck // see above
	h.UncompressedSize = uint32(min(p.raw, 1<<32-1))  //nolint:staticcheck // see above
	return nil
}

func (p *part) deflate() {
	fw, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	for b := range p.jobs {
		if b.err = err; err == nil {
			b.out.Reset()
			fw.Reset(&b.out)
			if _, b.err = fw.Write(b.raw); b.err == nil {
				b.err = fw.Flush()
			}
		}
		b.done <- struct{}{}
	}
}

// write puts deflated blocks into the entry. After an error it only gives blocks back, so
// that nobody waits for ever.
func (p *part) write() {
	defer close(p.written)
	for b := range p.order {
		<-b.done
		if p.err == nil {
			err := b.err
			if err == nil {
				_, err = p.entry.Write(b.out.Bytes())
			}
			if err != nil {
				p.err = err
				p.failed.Store(true)
			}
			p.packed += uint64(b.out.Len())
		}
		p.free <- b
	}
}
