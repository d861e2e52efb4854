package listing

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
	"time"
)

// WordSource finds interactions by words in their messages. The store implements it with
// its full-text index.
type WordSource interface {
	// MatchWords calls add with the id of every interaction whose messages match an FTS5
	// query. Ids come at most once each, preferably rising; ids the list does not know are
	// ignored. words is made by WordQuery and is safe to bind as it is.
	MatchWords(ctx context.Context, words string, add func(id int64)) error
}

// WordRangeSource is a WordSource that can restrict itself to some ids, which makes words
// within a stretch of time cheaper.
type WordRangeSource interface {
	WordSource
	// MatchWordsIn is MatchWords for ids within [fromID, toID]. It is called for several
	// ranges at the same time.
	MatchWordsIn(ctx context.Context, words string, fromID, toID int64, add func(id int64)) error
}

// Options are what an Engine is made with.
type Options struct {
	Zone        *time.Location   // of the contact centre; nil is UTC
	SundayFirst bool             // weeks start on Sunday instead of Monday
	Now         func() time.Time // nil is time.Now
	Words       WordSource       // nil finds no words
}

// Source pushes records into a list that is being loaded, and ends with nil, its own error
// or the one that add returned. The record and its strings may be reused once add returns.
// Rows in rising order of time load fastest and take least memory.
type Source func(ctx context.Context, add func(*Record) error) error

// FromSeq makes a Source of an iterator.
func FromSeq(rows iter.Seq2[Record, error]) Source {
	return func(_ context.Context, add func(*Record) error) error {
		for r, err := range rows {
			if err != nil {
				return err
			}
			if err := add(&r); err != nil {
				return err
			}
		}
		return nil
	}
}

// Engine holds the list. All its methods may be called at once from several goroutines.
type Engine struct {
	now   func() time.Time
	words WordSource

	mu   sync.Mutex // held by whatever changes the list
	w    *writer
	view atomic.Pointer[View]
}

// New returns an empty list.
func New(o Options) *Engine {
	e := &Engine{now: o.Now, words: o.Words}
	if e.now == nil {
		e.now = time.Now
	}
	e.w = newWriter()
	v := &View{owner: e, now: e.now, words: e.words, zone: o.Zone, sundayFirst: o.SundayFirst, targets: &Targets{}, few: smallResult, page: firstRows, numbers: &numbers{}, ids: &idIndex{}}
	v.dict, _ = e.w.publish(&v.dict)
	v.dir = e.w.directory(Directory{})
	v.lazy = newLazy(nil, nil, nil, [refKinds]bool{})
	e.view.Store(v)
	return e
}

// View returns the list as it is now.
func (e *Engine) View() *View { return e.view.Load() }

// replace publishes a list that has nothing in common with the one before.
func (e *Engine) replace(w *writer, blocks []*block, d Directory) {
	e.view.Store(e.fresh(w, blocks, d))
}

// fresh makes the view that replaces the present one.
func (e *Engine) fresh(w *writer, blocks []*block, d Directory) *View {
	prev := e.View()
	e.w = w
	v := &View{
		owner: e, version: prev.version + 1, epoch: prev.epoch + 1,
		now: prev.now, words: prev.words, zone: prev.zone, sundayFirst: prev.sundayFirst, targets: prev.targets, few: prev.few, page: prev.page, numbers: prev.numbers,
		blocks: blocks,
	}
	v.dir = w.directory(d)
	v.dict, _ = w.publish(&dictionaries{})
	v.live, v.ids = index(blocks)
	v.lazy = newLazy(nil, nil, nil, [refKinds]bool{})
	return v
}

// index finds every row by its id. Of rows with the same id the last one lives.
func index(blocks []*block) (bitmap, *idIndex) {
	live := make(bitmap, len(blocks)*blockWords)
	ids := &idIndex{pages: map[int64]*idPage{}}
	var page *idPage
	key := int64(-1)
	for number, b := range blocks {
		for i := range b.n {
			slot := uint32(number<<blockShift + i)
			id := b.cols[colID].at(i)
			if id>>blockShift != key || page == nil { // neighbours have neighbouring ids
				key = id >> blockShift
				if page = ids.pages[key]; page == nil {
					page = new(idPage)
					ids.pages[key] = page
				}
			}
			if old := page[id&blockMask]; old != 0 {
				live.clear(old - 1)
			}
			page[id&blockMask] = slot + 1
			live.set(slot)
		}
	}
	return live, ids
}

// SetDirectory takes the queues, users and groups. Titles in it win over those of records.
func (e *Engine) SetDirectory(d Directory) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.update(func(v *View) { v.dir = e.w.directory(d) })
}

// SetZone changes the contact centre's zone and the first day of its weeks.
func (e *Engine) SetZone(zone *time.Location, sundayFirst bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.update(func(v *View) { v.zone, v.sundayFirst = zone, sundayFirst })
}

// SetTargets changes what interactions are measured by. The caller does not change it afterwards.
func (e *Engine) SetTargets(t Targets) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.update(func(v *View) { v.targets = &t })
}

// update publishes the view that change has made of the present one. change lists the slots
// whose rows differ in v.touched.
func (e *Engine) update(change func(v *View)) {
	prev := e.View()
	v := &View{
		owner: e, version: prev.version + 1, epoch: prev.epoch,
		now: prev.now, words: prev.words, zone: prev.zone, sundayFirst: prev.sundayFirst, targets: prev.targets, few: prev.few, page: prev.page, numbers: prev.numbers,
		blocks: prev.blocks, live: prev.live, ids: prev.ids, dir: prev.dir,
	}
	change(v)
	var moved [refKinds]bool
	v.dict, moved = e.w.publish(&prev.dict)
	v.lazy = newLazy(prev, &v.dict, v.touched, moved)
	v.touched = nil
	e.view.Store(v)
}

// Warm builds what sorting by text needs, so that the first such search does not wait.
func (e *Engine) Warm(ctx context.Context) error { return e.View().warm(ctx) }
