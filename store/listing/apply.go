package listing

import (
	"context"
	"maps"
	"slices"
)

// Apply takes a commit over: rows new or changed by ID, and rows that are gone. The views
// made before stay as they are. A removed id that comes back later gets its old place.
func (e *Engine) Apply(upserts []Record, removed []int64) { e.ApplyAll(upserts, removed, nil) }

// ApplyAll is Apply for a commit that may have changed the directory too, which is not nil
// then. No view shows one without the other.
func (e *Engine) ApplyAll(upserts []Record, removed []int64, d *Directory) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.update(func(v *View) {
		if d != nil {
			v.dir = e.w.directory(*d)
		}
		if len(upserts) == 0 && len(removed) == 0 {
			return
		}
		v.live = slices.Clone(v.live)
		e.upsert(v, upserts)
		for _, id := range removed {
			if slot, ok := v.ids.slot(id); ok {
				v.live.clear(slot)
			}
		}
	})
	if v := e.View(); v.rows() > 1<<16 && v.live.count() < v.rows()*3/4 {
		// Without an end to wait for, compaction cannot fail.
		_ = e.compact(context.Background())
	}
}

// upsert puts rows into their slots; new ones come behind the last.
func (e *Engine) upsert(v *View, upserts []Record) {
	changed := map[int]map[int]*newRow{} // by block and row
	places := map[int64]*newRow{}        // of ids in this commit, so that the last one wins
	var added []*newRow
	var ids []int64
	for i := range upserts {
		r := &upserts[i]
		row := places[r.ID]
		if row == nil {
			row = new(newRow)
			places[r.ID] = row
			if slot, ok := v.ids.slot(r.ID); ok {
				number := int(slot >> blockShift)
				if changed[number] == nil {
					changed[number] = map[int]*newRow{}
				}
				changed[number][int(slot&blockMask)] = row
				v.live.set(slot)
				v.touched = append(v.touched, slot)
			} else {
				added, ids = append(added, row), append(ids, r.ID)
			}
		}
		e.w.row(r, &row.values)
		row.name = r.Name
	}
	v.blocks = slices.Clone(v.blocks)
	bw := newBlockWriter()
	rows := v.rows()
	slots := make([]uint32, len(added))
	for i := range slots {
		slots[i] = uint32(rows + i)
	}
	if tail := len(v.blocks) - 1; tail >= 0 && v.blocks[tail].n < blockLen && len(added) > 0 {
		take := min(blockLen-v.blocks[tail].n, len(added))
		v.blocks[tail] = v.blocks[tail].patched(bw, changed[tail], added[:take])
		added = added[take:]
		delete(changed, tail)
	}
	for number := range maps.Keys(changed) {
		v.blocks[number] = v.blocks[number].patched(bw, changed[number], nil)
	}
	for part := range slices.Chunk(added, blockLen) {
		for _, row := range part {
			bw.add(&row.values, row.name)
		}
		v.blocks = append(v.blocks, bw.block())
	}
	v.live = append(v.live, make(bitmap, len(v.blocks)*blockWords-len(v.live))...)
	for _, slot := range slots {
		v.live.set(slot)
	}
	v.ids = v.ids.with(ids, slots)
	v.touched = append(v.touched, slots...)
}

// Compact builds the list anew without the rows and texts that are gone. Call it after an
// erasure: until then erased texts stay in memory, out of reach of every question.
func (e *Engine) Compact(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.compact(ctx)
}

func (e *Engine) compact(ctx context.Context) error {
	v, w := e.View(), newWriter()
	var blocks []*block
	var values rowValues
	var r Record
	bw := newBlockWriter()
	for slot := range uint32(v.rows()) {
		if slot&blockMask == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if !v.live.has(slot) {
			continue
		}
		v.record(slot, &r)
		w.row(&r, &values)
		bw.add(&values, r.Name)
		if bw.len() == blockLen {
			blocks = append(blocks, bw.block())
		}
	}
	if bw.len() > 0 {
		blocks = append(blocks, bw.block())
	}
	e.replace(w, blocks, v.dir.given)
	return nil
}
