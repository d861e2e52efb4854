package syncer

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"wapdesk/store"
)

// doubts are the interactions that have to be read again with all that belongs to them. An answer
// that lacks children which are stored, while nothing of their interaction changed, may be an
// accident: it takes nothing away, and what the answer of a later pull lacks as well goes. An
// answer that did not come at all confirms nothing, so that it stands here with no kind.
type doubts struct {
	loaded  bool
	earlier map[store.Name]store.Children // of pulls before this one
	held    map[store.Name]store.Children // of those, what this pull may not confirm
	settled names                         // of those, read again in this pull

	mu  sync.Mutex
	now map[store.Name]store.Children // of this pull
}

func newDoubts() *doubts {
	return &doubts{earlier: map[store.Name]store.Children{}, settled: names{}, now: map[store.Name]store.Children{}}
}

// add notes that an answer lacked children of these kinds.
func (d *doubts) add(name store.Name, kinds store.Children) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now[name] |= kinds
}

// again notes that an answer did not come: what was doubted before stays so.
func (d *doubts) again(name store.Name) { d.add(name, d.earlier[name]) }

// has reports whether an earlier pull left a doubt.
func (d *doubts) has(name store.Name) bool {
	_, ok := d.earlier[name]
	return ok
}

// load reads what earlier pulls doubted. onward says that this pull follows on the heels of another, so that the same
// accident may answer both: it leaves the doubts to a later one.
func (d *doubts) load(ctx context.Context, db *store.DB, onward bool) error {
	text, err := db.Cursor(ctx, cursorDoubts)
	if err != nil {
		return err
	}
	if text != "" && json.Unmarshal([]byte(text), &d.earlier) != nil {
		d.earlier = map[store.Name]store.Children{} // written by another version: doubted anew
	}
	if onward {
		d.held, d.earlier = d.earlier, map[store.Name]store.Children{}
	}
	d.loaded = true
	return nil
}

// keep keeps the doubts of this pull, and the earlier ones. whole says that the pull reached its
// end, so that those which were read again are settled.
func (d *doubts) keep(ctx context.Context, db *store.DB, whole bool) error {
	if !d.loaded {
		return nil
	}
	if whole {
		maps.DeleteFunc(d.earlier, func(name store.Name, _ store.Children) bool { return d.settled[name] })
	}
	maps.Copy(d.earlier, d.now)
	for name, kinds := range d.held {
		d.earlier[name] |= kinds
	}
	text := ""
	if len(d.earlier) > 0 {
		b, err := json.Marshal(d.earlier)
		if err != nil {
			return err
		}
		text = string(b)
	}
	return db.SetCursor(ctx, cursorDoubts, text)
}

// doubtful lists the interactions that earlier pulls doubted.
func (p *pull) doubtful(context.Context) ([]store.Name, error) {
	return slices.Collect(maps.Keys(p.doubts.earlier)), nil
}

// confirm lets what was read of doubted interactions decide.
func (p *pull) confirm(list []store.Conversation) {
	for i := range list {
		list[i].Confirmed = p.doubts.earlier[list[i].Interaction.Name]
	}
}

// counted adds what a write did, with what it doubted.
func (p *pull) counted(stored store.WindowResult) {
	p.result.add(stored)
	for name, kinds := range stored.Doubted {
		p.doubts.add(name, kinds)
	}
	p.result.Doubted += len(stored.Doubted)
}
