package listing

import (
	"slices"

	"wapdesk/store/query"
)

// The columns of a block. Codes come first, figures after codeCols.
const (
	colQueue = iota
	colUser
	colContact
	colAccount
	colConnector
	colWA
	colTitle
	colTicket
	colSender
	colRecipient
	colWANumber
	colAnswered
	colEnded
	colMissed    // meaningCode of the meaning
	colMissedRaw // the wire's word
	colDirection
	colState // State + 1
	colQA    // 1 no, 2 yes
	colAnomaly
	colStatus // combination of statuses
	colTook   // combination of users
	codeCols  // number of code columns
)

const (
	colID = codeCols + iota
	colTime
	colMissedTime
	firstFigure // of those that the figures of a record are in
)

// block holds blockLen rows (the last one fewer). It is never changed: a changed row means a
// new block.
type block struct {
	n       int
	cols    [allCols]col
	names   string // unique names of the rows, one after the other
	nameOff []uint32
	folded  bool // the names are as query.Fold leaves them
}

func newBlock(n int, names string, nameOff []uint32) *block {
	return &block{n: n, names: names, nameOff: nameOff, folded: query.Fold(names) == names}
}

func (b *block) name(i int) string { return b.names[b.nameOff[i]:b.nameOff[i+1]] }

// blockWriter gathers rows for a block.
type blockWriter struct {
	cols    [allCols][]int64
	names   []byte
	nameOff []uint32
}

func newBlockWriter() *blockWriter {
	w := &blockWriter{nameOff: make([]uint32, 1, blockLen+1)}
	// A distance that is no power of two: a row's columns would otherwise compete for the same
	// lines of the processor's cache.
	const apart = blockLen + 24
	room := make([]int64, allCols*apart)
	for i := range w.cols {
		w.cols[i] = room[i*apart : i*apart : i*apart+blockLen]
	}
	return w
}

// rowValues are the columns of one row before they are packed.
type rowValues [allCols]int64

func (w *blockWriter) len() int { return len(w.cols[0]) }

func (w *blockWriter) add(v *rowValues, name string) {
	for i := range w.cols {
		w.cols[i] = append(w.cols[i], v[i])
	}
	w.names = append(w.names, name...)
	w.nameOff = append(w.nameOff, uint32(len(w.names)))
}

// addFrom takes row i of a block over as it is.
func (w *blockWriter) addFrom(b *block, i int) {
	for c := range w.cols {
		w.cols[c] = append(w.cols[c], b.cols[c].at(i))
	}
	w.names = append(w.names, b.name(i)...)
	w.nameOff = append(w.nameOff, uint32(len(w.names)))
}

// block packs the rows and empties the writer.
func (w *blockWriter) block() *block {
	b := newBlock(w.len(), string(w.names), slices.Clone(w.nameOff))
	for i := range w.cols {
		if i < codeCols {
			b.cols[i] = packCodes(w.cols[i])
		} else {
			b.cols[i] = packFigures(w.cols[i])
		}
		w.cols[i] = w.cols[i][:0]
	}
	w.names, w.nameOff = w.names[:0], w.nameOff[:1]
	return b
}

// patched returns the block with some rows replaced and others added behind.
func (b *block) patched(w *blockWriter, changed map[int]*newRow, added []*newRow) *block {
	for i := range b.n {
		if r := changed[i]; r != nil {
			w.add(&r.values, r.name)
			continue
		}
		w.addFrom(b, i)
	}
	for _, r := range added {
		w.add(&r.values, r.name)
	}
	return w.block()
}

// newRow is a row on its way into a block.
type newRow struct {
	values rowValues
	name   string
}
