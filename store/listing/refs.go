package listing

import "slices"

// refs is a dictionary of things with a unique name and a title: queues, users, contacts,
// accounts or connectors. Code 0 is "none". It is never changed.
type refs struct {
	names  texts
	titles []uint32 // code of the title in the list's texts, by code of the name
}

func (r *refs) ref(code uint32, all *texts) Ref {
	if code == 0 {
		return Ref{}
	}
	return Ref{Name: r.names.at(code), Title: all.at(r.titles[code])}
}

// refWriter makes refs. Names and titles are written one after the other, so that two loaders
// can take turns: one at the names, the other at the titles.
type refWriter struct {
	names  *textWriter
	titles []uint32 // by code; 0 while a new name has no title yet
	shared int      // that many titles are visible in views and must not be overwritten
	moved  bool     // a title has changed, so stored orders by it are void
	fixed  bitmap   // names whose title the directory has given
}

func newRefWriter() *refWriter {
	return &refWriter{names: newTextWriter(nil), titles: []uint32{0}}
}

// code returns the code of a ref. A ref without a name is known by its title.
func (w *refWriter) code(r Ref) uint32 {
	if r.Name == "" {
		return w.names.code(r.Title)
	}
	return w.names.code(r.Name)
}

// title takes the title of a ref with a code. The last title given for a name holds for all
// its rows, unless the directory has fixed it.
func (w *refWriter) title(code uint32, r Ref, all *textWriter) {
	if code == 0 || int(code>>6) < len(w.fixed) && w.fixed.has(code) {
		return
	}
	w.retitle(code, r, all)
}

// fix returns the code of a ref of the directory, whose title wins over those of records.
func (w *refWriter) fix(r Ref, all *textWriter) uint32 {
	code := w.code(r)
	if code == 0 {
		return 0
	}
	w.retitle(code, r, all)
	for int(code>>6) >= len(w.fixed) {
		w.fixed = append(w.fixed, 0)
	}
	w.fixed.set(code)
	return code
}

func (w *refWriter) retitle(code uint32, r Ref, all *textWriter) {
	title := r.Title
	if title == "" {
		title = r.Name
	}
	for int(code) >= len(w.titles) {
		w.titles = append(w.titles, 0)
	}
	before := w.titles[code]
	if before != 0 && all.holds(before, title) {
		return
	}
	if int(code) < w.shared {
		w.titles = slices.Clone(w.titles)
		w.shared = 0
	}
	w.titles[code] = all.code(title)
	w.moved = w.moved || before != 0
}

// refs returns what has been written so far.
func (w *refWriter) refs(prev refs) refs {
	w.shared = len(w.titles)
	return refs{names: w.names.texts(prev.names), titles: w.titles[:len(w.titles):len(w.titles)]}
}
