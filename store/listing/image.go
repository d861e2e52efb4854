package listing

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// An image is the list as it lies in memory, written out so that the next start need not read a
// row. It holds what the view holds: dictionaries, blocks, the live rows and the order of texts,
// which takes longest to work out. It is for the very program that wrote it: the layout has no
// version and nothing in it is for others to read.

// ErrImage means that an image is cut short or not one of this program.
var ErrImage = errors.New("not an image of the list")

// blocksInPart is how many blocks are written, checked and read together.
const blocksInPart = 64

// WriteImage writes the list as it is now.
func (e *Engine) WriteImage(out io.Writer) error {
	v := e.View()
	w := newImageWriter(out)
	w.part(func(w *imageWriter) {
		w.num(len(v.blocks))
		writeNumbers(w, v.live)
		w.texts(&v.dict.labels)
		w.texts(&v.dict.sets)
		for i := range v.dict.refs {
			w.texts(&v.dict.refs[i].names)
			writeNumbers(w, v.dict.refs[i].titles)
		}
	})
	for _, d := range []struct {
		texts *texts
		ranks *rankHolder
	}{{&v.dict.texts, v.lazy.titles}, {&v.dict.numbers, v.lazy.numbers}} {
		w.part(func(w *imageWriter) {
			w.texts(d.texts)
			var order []uint32
			// Ranks may know later texts than this view.
			if r := d.ranks.ready(d.texts); r != nil && len(r.rank) == d.texts.n {
				order = r.order
			}
			writeNumbers(w, order)
		})
	}
	for part := range slices.Chunk(v.blocks, blocksInPart) {
		w.part(func(w *imageWriter) {
			for _, b := range part {
				w.block(b)
			}
		})
	}
	return w.end()
}

// ReadImage replaces the list by an image, the directory apart. The list lies in the image from
// then on, which must begin at a multiple of eight bytes and never change. When it fails
// (ErrImage) or ctx ends, the list stays as it was.
func (e *Engine) ReadImage(ctx context.Context, image []byte) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	parts, err := imageParts(image)
	if err != nil {
		return err
	}
	const first = 3 // parts before those of blocks
	if len(parts) < first {
		return fmt.Errorf("%w: %d parts", ErrImage, len(parts))
	}
	w := newWriter()
	var blockCount int
	var live bitmap
	var orders [2][]uint32
	blocks := make([][]*block, len(parts)-first)
	read := func(number int, r *imageReader) {
		switch number {
		case 0:
			blockCount = r.num()
			live = readNumbers[uint64](r)
			r.texts(w.labels)
			r.texts(w.sets)
			for _, kind := range w.refs {
				r.texts(kind.names)
				kind.titles = readNumbers[uint32](r)
			}
		case 1:
			r.texts(w.texts)
			orders[0] = readNumbers[uint32](r)
		case 2:
			r.texts(w.numbers)
			orders[1] = readNumbers[uint32](r)
		default:
			for len(r.rest) > 0 && r.err == nil {
				blocks[number-first] = append(blocks[number-first], r.block())
			}
		}
	}
	if err := readParts(ctx, parts, read); err != nil {
		return err
	}
	all := slices.Concat(blocks...)
	if len(all) != blockCount || len(live) != blockCount*blockWords {
		return fmt.Errorf("%w: %d blocks of %d", ErrImage, len(all), blockCount)
	}
	v := e.fresh(w, all, e.View().dir.given)
	v.live = live
	v.lazy.titles.adopt(orders[0], &v.dict.texts)
	v.lazy.numbers.adopt(orders[1], &v.dict.numbers)
	e.view.Store(v)
	return nil
}

// readParts reads the parts of an image at the same time.
func readParts(ctx context.Context, parts []imagePart, read func(number int, r *imageReader)) error {
	errs := make([]error, len(parts))
	var wg sync.WaitGroup
	next := make(chan int)
	for range 2 { // reading is bound by the memory: more cores gain nothing
		wg.Go(func() {
			for number := range next {
				r := newImageReader(parts[number])
				if r.err == nil {
					read(number, r)
				}
				errs[number] = r.err
			}
		})
	}
	for number := range parts {
		if ctx.Err() != nil {
			break
		}
		next <- number
	}
	close(next)
	wg.Wait()
	return errors.Join(ctx.Err(), errors.Join(errs...))
}
