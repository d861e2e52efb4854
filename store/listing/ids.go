package listing

import "maps"

// idIndex leads from the store's ids to slots of the list. Pages are copied when they are
// changed, so that older views keep theirs.
type idIndex struct {
	pages map[int64]*idPage
}

// idPage holds slot + 1 for blockLen neighbouring ids; 0 is no row.
type idPage [blockLen]uint32

func (x *idIndex) slot(id int64) (uint32, bool) {
	p := x.pages[id>>blockShift]
	if p == nil || p[id&blockMask] == 0 {
		return 0, false
	}
	return p[id&blockMask] - 1, true
}

// with returns an index that knows further ids.
func (x *idIndex) with(ids []int64, slots []uint32) *idIndex {
	if len(ids) == 0 {
		return x
	}
	out := &idIndex{pages: maps.Clone(x.pages)}
	if out.pages == nil {
		out.pages = map[int64]*idPage{}
	}
	fresh := map[int64]bool{}
	for i, id := range ids {
		key := id >> blockShift
		if !fresh[key] {
			fresh[key] = true
			page := new(idPage)
			if old := out.pages[key]; old != nil {
				*page = *old
			}
			out.pages[key] = page
		}
		out.pages[key][id&blockMask] = slots[i] + 1
	}
	return out
}

// cursor finds slots of ids that come mostly in order.
type idCursor struct {
	index *idIndex
	key   int64
	page  *idPage
}

func (c *idCursor) slot(id int64) (uint32, bool) {
	if key := id >> blockShift; c.page == nil || key != c.key {
		c.key, c.page = key, c.index.pages[key]
		if c.page == nil {
			return 0, false
		}
	}
	s := c.page[id&blockMask]
	return s - 1, s != 0
}
