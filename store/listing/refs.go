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

// refWriter makes refs.
type refWriter struct {
	names  *textWriter
	titles []uint32
	shared int  // that many titles are visible in views and must not be overwritten
	moved  bool // a title has changed, so stored orders by it are void
	fixed  bitmap
}

func newRefWriter() *refWriter {
	return &refWriter{names: newTextWriter(nil), titles: []uint32{0}}
}

// code gives the code of a ref. The last title given for a name holds for all its rows,
// unless the directory has fixed it. A ref without a name is known by its title.
func (w *refWriter) code(r Ref, all *textWriter) uint32 {
	name, title := r.Name, r.Title
	if name == "" {
		name = title
	}
	if title == "" {
		title = name
	}
	code := w.names.code(name)
	if code == 0 {
		return 0
	}
	if int(code) == len(w.titles) {
		w.titles = append(w.titles, all.code(title))
		return code
	}
	if int(code>>6) < len(w.fixed) && w.fixed.has(code) {
		return code
	}
	w.retitle(code, title, all)
	return code
}

// fix gives a ref of the directory, whose title wins over those of records.
func (w *refWriter) fix(name, title string, all *textWriter) uint32 {
	if title == "" {
		title = name
	}
	code := w.names.code(name)
	if code == 0 {
		return 0
	}
	if int(code) == len(w.titles) {
		w.titles = append(w.titles, all.code(title))
	} else {
		w.retitle(code, title, all)
	}
	for int(code>>6) >= len(w.fixed) {
		w.fixed = append(w.fixed, 0)
	}
	w.fixed.set(code)
	return code
}

func (w *refWriter) retitle(code uint32, title string, all *textWriter) {
	if all.holds(w.titles[code], title) {
		return
	}
	if int(code) < w.shared {
		w.titles = slices.Clone(w.titles)
		w.shared = 0
	}
	w.titles[code] = all.code(title)
	w.moved = true
}

// refs gives what has been written so far.
func (w *refWriter) refs(prev refs) refs {
	w.shared = len(w.titles)
	return refs{names: w.names.texts(prev.names), titles: w.titles[:len(w.titles):len(w.titles)]}
}
