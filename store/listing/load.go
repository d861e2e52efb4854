package listing

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Load replaces all rows by those of the sources, one after the other. When one fails or ctx
// ends, the list stays as it was.
func (e *Engine) Load(ctx context.Context, sources ...Source) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	w := newWriter()
	var blocks []*block
	var values rowValues
	bw := newBlockWriter()
	for _, source := range sources {
		err := source(ctx, func(r *Record) error {
			w.row(r, &values)
			bw.add(&values, r.Name)
			if bw.len() < blockLen {
				return nil
			}
			blocks = append(blocks, bw.block())
			return ctx.Err()
		})
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("load the list: %w", err)
		}
	}
	if bw.len() > 0 {
		blocks = append(blocks, bw.block())
	}
	e.replace(w, blocks, e.View().dir.given)
	return nil
}

// LoadRows replaces all rows by those of the parts, which are read at the same time (two parts
// use two cores). When a part fails or ctx ends, the list stays as it was.
func (e *Engine) LoadRows(ctx context.Context, things *Lookups, parts ...RowSource) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	l := newLoader(things)
	loaded := make([][]*block, len(parts))
	errs := make([]error, len(parts))
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Go(func() {
			if loaded[i], errs[i] = l.read(ctx, part); errs[i] != nil {
				cancel()
			}
		})
	}
	wg.Wait()
	if err := firstCause(errs); err != nil {
		return fmt.Errorf("load the list: %w", err)
	}
	e.replace(l.w, slices.Concat(loaded...), e.View().dir.given)
	return nil
}

// firstCause prefers the error that made the other parts stop.
func firstCause(errs []error) error {
	var out error
	for _, err := range errs {
		if err != nil && (out == nil || out == context.Canceled) { //nolint:errorlint // only the bare one is ours
			out = err
		}
	}
	return out
}

// loader gives the codes of rows. Parts gather a block of rows each without waiting, and take
// turns at giving them their codes.
type loader struct {
	things *Lookups

	mu sync.Mutex
	w  *writer
	// By number of the caller: the code + 1, 0 where no row has asked for it yet.
	refs      [refKinds][]uint32
	sets      [refKinds]map[string]int64 // by the places of the members
	waNames   []uint32
	waNumbers []uint32
}

func newLoader(things *Lookups) *loader {
	l := &loader{things: things, w: newWriter(), waNames: make([]uint32, len(things.WAs)), waNumbers: make([]uint32, len(things.WAs))}
	for kind, n := range [refKinds]int{refQueue: len(things.Queues), refUser: len(things.Users), refContact: len(things.Contacts),
		refAccount: len(things.Accounts), refConnector: len(things.Connectors), refStatus: len(things.Statuses)} {
		l.refs[kind] = make([]uint32, n)
	}
	l.w.texts.reserve(len(things.Contacts) + len(things.WAs) + things.Rows/2)
	l.w.numbers.reserve(len(things.WAs))
	l.w.refs[refContact].names.reserve(len(things.Contacts))
	return l
}

func (l *loader) read(ctx context.Context, part RowSource) ([]*block, error) {
	var blocks []*block
	p := loadPart{loader: l, bw: newBlockWriter()}
	err := part(ctx, func(r *Row) error {
		p.add(r)
		if p.bw.len() < blockLen {
			return nil
		}
		blocks = append(blocks, p.block())
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	if p.bw.len() > 0 {
		blocks = append(blocks, p.block())
	}
	return blocks, ctx.Err()
}

// ref returns the code of something that rows point to.
func (l *loader) ref(kind int, number int64) int64 {
	codes := l.refs[kind]
	if uint64(number) >= uint64(len(codes)) {
		return 0
	}
	if codes[number] == 0 {
		var r Ref
		switch kind {
		case refQueue:
			r = l.things.Queues[number]
		case refUser:
			r = l.things.Users[number]
		case refContact:
			r = l.things.Contacts[number].Ref
		case refAccount:
			r = l.things.Accounts[number]
		case refConnector:
			r = l.things.Connectors[number]
		case refStatus:
			r = l.things.Statuses[number]
		}
		code := l.w.refs[kind].code(r)
		l.w.refs[kind].title(code, r, l.w.texts)
		codes[number] = code + 1
	}
	return int64(codes[number] - 1)
}

// wa returns the codes of the name and the number of an account of WhatsApp.
func (l *loader) wa(number int64) (name, digits int64) {
	if uint64(number) >= uint64(len(l.waNames)) {
		return 0, 0
	}
	if l.waNames[number] == 0 {
		wa := &l.things.WAs[number]
		l.waNames[number], l.waNumbers[number] = l.w.texts.code(wa.Name)+1, l.w.numbers.code(wa.Number)+1
	}
	return int64(l.waNames[number] - 1), int64(l.waNumbers[number] - 1)
}

// set returns the code of a combination of places, as numbersKey packs them.
func (l *loader) set(kind int, places string) int64 {
	if code, ok := l.sets[kind][places]; ok {
		return code
	}
	var key []byte
	for rest := []byte(places); len(rest) > 0; {
		number, n := binary.Uvarint(rest)
		key = binary.AppendUvarint(key, uint64(l.ref(kind, int64(number))))
		rest = rest[n:]
	}
	code := int64(l.w.sets.code(string(key)))
	if l.sets[kind] == nil {
		l.sets[kind] = map[string]int64{}
	}
	l.sets[kind][strings.Clone(places)] = code
	return code
}
