package listing

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"wapdesk/store/query"
)

// lazy is what a view works out when it is first asked for: stored orders, ranks of titles,
// and rows found by words. It is safe for use by several goroutines.
type lazy struct {
	titles  *rankHolder // shared by the views of an epoch
	numbers *rankHolder
	orders  [storedOrders]orderSlot
	names   [refKinds]*nameRanks
	members [refKinds]memberCache

	mu    sync.Mutex
	words map[wordKey]bitmap
}

// Orders of rows that are kept; the rest is cheap to work out for a search.
const (
	orderTime = iota
	orderContact
	orderWA
	orderTitle
	orderWait
	orderDuration
	orderMissedTime
	orderSender
	orderAccount
	orderTicket
	orderFocus
	orderFirstReply
	orderSilence
	orderWorkWait
	orderWorkReply
	orderWorkSilence
	orderWorkDuration
	storedOrders // number of orders
)

// storedOrder returns the order that is kept for a field.
func storedOrder(field string) (int, bool) {
	i := slices.Index([]string{query.FieldTime, query.FieldContact, query.FieldWA, query.FieldTitle, query.FieldWait, query.FieldDuration, query.FieldMissedTime,
		query.FieldSender, query.FieldAccount, query.FieldTicket, query.FieldFocus, query.FieldFirstReply, query.FieldSilence,
		query.FieldWorkWait, query.FieldWorkReply, query.FieldWorkSilence, query.FieldWorkDuration}, field)
	return i, i >= 0
}

// orderSlot holds an order, or what it can be made from more cheaply than anew.
type orderSlot struct {
	mu    sync.Mutex // held while it is being built
	built atomic.Pointer[order]
	base  *order   // of an earlier view
	stale []uint32 // slots whose rows have changed since, or are new
}

// newLazy takes over from the view before what still holds; prev is nil after a new load.
func newLazy(prev *View, dict *dictionaries, touched []uint32, moved [refKinds]bool) *lazy {
	if prev == nil {
		l := &lazy{titles: &rankHolder{order: czechOrder()}, numbers: &rankHolder{order: numberOrder()}}
		for kind := range l.names {
			l.names[kind] = new(nameRanks)
		}
		return l
	}
	l := &lazy{titles: prev.lazy.titles, numbers: prev.lazy.numbers, names: prev.lazy.names}
	for kind := range l.names {
		if moved[kind] || len(dict.refs[kind].titles) != len(prev.dict.refs[kind].titles) {
			l.names[kind] = new(nameRanks)
		}
	}
	for i := range l.orders {
		if i == orderContact && moved[refContact] || i == orderAccount && moved[refAccount] {
			continue
		}
		from, to := &prev.lazy.orders[i], &l.orders[i]
		if built := from.built.Load(); built != nil {
			to.base, to.stale = built, touched
		} else if from.base != nil {
			to.base, to.stale = from.base, slices.Concat(from.stale, touched)
		}
		if len(to.stale) > prev.rows()/8+blockLen {
			to.base, to.stale = nil, nil
		}
	}
	return l
}

// rankHolder keeps the ranks of a dictionary that only ever grows.
type rankHolder struct {
	order  textOrder
	mu     sync.Mutex // held while ranks are being worked out
	latest atomic.Pointer[textRanks]
}

// ranks returns ranks that cover a state of the dictionary. They may cover later texts too,
// which changes the numbers but not the order.
func (h *rankHolder) ranks(ctx context.Context, t *texts) (*textRanks, error) {
	if r := h.latest.Load(); r != nil && len(r.rank) >= t.n {
		return r, nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	latest := h.latest.Load()
	if latest != nil && len(latest.rank) >= t.n {
		return latest, nil
	}
	r, err := buildRanks(ctx, t, h.order, latest)
	if err != nil {
		return nil, err
	}
	h.latest.Store(r)
	return r, nil
}

// adopt takes over ranks that were worked out before; an order of other texts is left alone.
func (h *rankHolder) adopt(order []uint32, t *texts) {
	if len(order) != t.n-1 {
		return
	}
	rank := make([]uint32, t.n)
	for i, code := range order {
		if int(code) >= t.n {
			return
		}
		rank[code] = uint32(i + 1)
	}
	h.latest.Store(&textRanks{order: order, rank: rank})
}

// ready returns the ranks when they need no work.
func (h *rankHolder) ready(t *texts) *textRanks {
	if r := h.latest.Load(); r != nil && len(r.rank) >= t.n {
		return r
	}
	return nil
}

// nameRanks are the ranks of the titles of a small dictionary of refs, by code. Views whose
// titles are the same share them.
type nameRanks struct {
	once  sync.Once
	ranks []uint32
}

// nameRanks returns ranks of refs by title; equal titles have equal ranks.
func (v *View) nameRanks(kind int) []uint32 {
	n := v.lazy.names[kind]
	n.once.Do(func() {
		r := &v.dict.refs[kind]
		titles := slices.Clone(r.titles[1:])
		slices.Sort(titles)
		titles = slices.Compact(titles)
		c := NewCollator()
		slices.SortFunc(titles, func(a, b uint32) int { return c.Compare(v.dict.texts.at(a), v.dict.texts.at(b)) })
		rank := make(map[uint32]uint32, len(titles))
		for i, t := range titles {
			rank[t] = uint32(i + 1)
		}
		n.ranks = make([]uint32, len(r.titles))
		for code, title := range r.titles {
			n.ranks[code] = rank[title]
		}
		n.ranks[0] = 0
	})
	return n.ranks
}

// warm builds the orders of the columns.
func (v *View) warm(ctx context.Context) error {
	for _, f := range query.Fields() {
		if o, ok := storedOrder(f.Name); ok && f.Column {
			if _, err := v.order(ctx, o); err != nil {
				return err
			}
		}
	}
	return nil
}

type wordKey struct {
	match    string // in FTS5's syntax
	from, to int64
}

// wordCache is how many answers of the WordSource a view keeps, so that a search, its
// count and its facets ask once.
const wordCache = 8

// wordRows returns the rows whose messages match an FTS5 query.
func (v *View) wordRows(ctx context.Context, match string, span query.Range) (bitmap, error) {
	key := wordKey{match: match, from: query.Beginning, to: query.Forever}
	ranged, ok := v.words.(WordRangeSource)
	if ok {
		key.from, key.to = v.idRange(span)
	}
	v.lazy.mu.Lock()
	rows := v.lazy.words[key]
	v.lazy.mu.Unlock()
	if rows != nil {
		return rows, nil
	}
	var err error
	if ok {
		rows, err = v.wordRowsIn(ctx, ranged, key)
	} else {
		rows, err = v.slotsOf(func(add func(int64)) error { return v.words.MatchWords(ctx, match, add) })
	}
	if err != nil {
		return nil, err
	}
	v.lazy.mu.Lock()
	defer v.lazy.mu.Unlock()
	if v.lazy.words == nil || len(v.lazy.words) >= wordCache {
		v.lazy.words = map[wordKey]bitmap{}
	}
	v.lazy.words[key] = rows
	return rows, nil
}

// halfIDs is how many ids are worth a core of their own when words are looked for.
const halfIDs = 1 << 14

// wordRowsIn asks for the ids of a range, for halves of a long one at the same time.
func (v *View) wordRowsIn(ctx context.Context, words WordRangeSource, key wordKey) (bitmap, error) {
	if key.from > key.to { // no block is in the span
		return make(bitmap, len(v.blocks)*blockWords), nil
	}
	in := func(ctx context.Context, from, to int64) (bitmap, error) {
		return v.slotsOf(func(add func(int64)) error { return words.MatchWordsIn(ctx, key.match, from, to, add) })
	}
	if key.to-key.from < 2*halfIDs {
		return in(ctx, key.from, key.to)
	}
	middle := key.from + (key.to-key.from)/2
	var rows, later bitmap
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() (err error) {
		rows, err = in(ctx, key.from, middle)
		return err
	})
	both.Go(func() (err error) {
		later, err = in(ctx, middle+1, key.to)
		return err
	})
	if err := both.Wait(); err != nil {
		return nil, err
	}
	for w := range rows {
		rows[w] |= later[w]
	}
	return rows, nil
}

// slotsOf returns the rows whose ids a function adds.
func (v *View) slotsOf(each func(add func(id int64)) error) (bitmap, error) {
	rows := make(bitmap, len(v.blocks)*blockWords)
	cursor := idCursor{index: v.ids}
	return rows, each(func(id int64) {
		if slot, ok := cursor.slot(id); ok {
			rows.set(slot)
		}
	})
}

// idRange returns the smallest and largest id of the blocks that have rows in a span of time.
func (v *View) idRange(span query.Range) (from, to int64) {
	from, to = query.Forever, query.Beginning
	for _, b := range v.blocks {
		times, ids := &b.cols[colTime], &b.cols[colID]
		open := span.FromMs == query.Beginning && span.ToMs == query.Forever
		if open || times.base < span.ToMs && times.top >= span.FromMs {
			from, to = min(from, ids.base), max(to, ids.top)
		}
	}
	return from, to
}
