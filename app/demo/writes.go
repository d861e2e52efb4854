package demo

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Write is a change that a client made.
type Write struct {
	Method string
	Path   string // the model and the name
	Body   string
}

// Writes lists what was carried out, in its order, whatever became of the answers.
func (s *Server) Writes() []Write {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.written)
}

// writer is what a model lets a client change. A missing function means 405. Each runs under
// the server's lock and stores nothing unless it answers with success.
type writer struct {
	create func(q *ask, body *node) answer
	update func(q *ask, name string, body *node) answer
	remove func(q *ask, name string) answer
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, q *ask, m *model, parts []string, body []byte) {
	form, err := parseBody(r, body)
	if err != nil {
		q.failed(http.StatusBadRequest, "Malformed body").send(w, q)
		return
	}
	s.mu.Lock()
	answer := q.change(r.Method, m, parts, form)
	if answer.code < http.StatusMultipleChoices {
		s.written = append(s.written, Write{Method: r.Method, Path: strings.Join(append([]string{m.name}, parts...), "/"), Body: string(body)})
	}
	s.mu.Unlock()
	answer.send(w, q)
}

func (q *ask) change(method string, m *model, parts []string, body *node) answer {
	named := len(parts) == 1
	if m.writer == nil || len(parts) > 1 || named == (method == http.MethodPost) {
		return refusal(http.StatusMethodNotAllowed)
	}
	rights := map[string]int64{
		http.MethodPost: rightCreate, http.MethodPut: rightUpdate, http.MethodDelete: rightDelete,
	}
	offered := map[string]bool{
		http.MethodPost:   m.writer.create != nil,
		http.MethodPut:    m.writer.update != nil,
		http.MethodDelete: m.writer.remove != nil,
	}
	if !offered[method] {
		return refusal(http.StatusMethodNotAllowed)
	}
	if !q.may(m, rights[method]) {
		return refusal(http.StatusForbidden)
	}
	if method == http.MethodPost {
		return m.writer.create(q, body)
	}
	row := m.find(q, parts[0])
	if row == nil {
		return refusal(http.StatusNotFound)
	}
	if !m.visible(q, row) {
		return refusal(http.StatusForbidden)
	}
	if method == http.MethodPut {
		return m.writer.update(q, parts[0], body)
	}
	return m.writer.remove(q, parts[0])
}

// saved answers a save with the stored row.
func (q *ask) saved(code int, model string, row any) answer {
	return result(code, q.render(q.models[model], row, nil, fullDepth, ""))
}

// echo is a rejected row with the server's defaults filled in.
func (q *ask) echo(model string, row any, named bool) map[string]any {
	object := q.render(q.models[model], row, nil, 2, "")
	if !named {
		object["name"] = nil
	}
	delete(object, "_sys")
	return object
}

// The server's own words, never to be matched on.
const (
	textRequired  = "Pole je povinné"
	textForeign   = "Chyba cizího klíče"
	textDuplicate = "Duplicitní hodnota"
	textEnum      = "Nepovolená hodnota"
	textTooLong   = "Příliš dlouhá hodnota"
	textMoment    = "Neplatné datum"
	textEmail     = "Neplatná e-mailová adresa"
	textPhone     = "Neplatné telefonní číslo"
)

// form collects what is wrong with a save.
type form struct {
	q      *ask
	body   *node
	errors formErrors
}

func (q *ask) form(body *node) *form { return &form{q: q, body: body, errors: formErrors{}} }

func (f *form) has(field string) bool { return f.body.child(field) != nil }

// text reads a text of at most limit characters into a target, when it was sent.
func (f *form) text(field string, limit int, into *string) {
	n := f.body.child(field)
	if n == nil {
		return
	}
	*into = n.value()
	if len([]rune(*into)) > limit {
		f.errors[field] = []string{textTooLong}
	}
}

// required complains when a value is missing.
func (f *form) required(field, value string) {
	if value == "" && f.errors[field] == nil {
		f.errors[field] = textRequired
	}
}

// enum reads one of the allowed values.
func (f *form) enum(field string, allowed []string, into *string) {
	n := f.body.child(field)
	if n == nil {
		return
	}
	if !slices.Contains(allowed, n.value()) {
		f.errors[field] = textEnum
		return
	}
	*into = n.value()
}

// key reads a reference; null and "" take it away, an unknown name is refused.
func (f *form) key(field, model string, into *string) {
	n := f.body.child(field)
	if n == nil {
		return
	}
	name := n.value()
	if n.isObj { // some clients send the object back that they read
		name = n.text("name")
	}
	if name != "" && f.q.models[model].find(f.q, name) == nil {
		f.errors[field] = textForeign
		return
	}
	*into = name
}

// numberKey reads a reference to a row named by a number.
func (f *form) numberKey(field, model string, into *int64) {
	name := number(*into)
	f.key(field, model, &name)
	n, err := strconv.ParseInt(name, 10, 64)
	if name != "" && err != nil {
		f.errors[field] = textForeign
		return
	}
	*into = n
}

// keys reads a list of references, which replaces the old one.
func (f *form) keys(field, model string, into *[]string) {
	n := f.body.child(field)
	if n == nil {
		return
	}
	names := []string{}
	for _, name := range n.texts() {
		if name == "" {
			continue
		}
		if f.q.models[model].find(f.q, name) == nil {
			f.errors[field] = []string{textForeign}
			return
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	*into = names
}

// moment reads a zone-less moment of the request's zone.
func (f *form) moment(field string, into *Stamp) {
	n := f.body.child(field)
	if n == nil {
		return
	}
	if n.value() == "" {
		*into = 0
		return
	}
	at, ok := momentOf(n.value(), f.q.zone)
	if !ok {
		f.errors[field] = textMoment
		return
	}
	*into = at
}

// custom reads custom fields; a text stands for a list of one.
func (f *form) custom(old map[string][]string) map[string][]string {
	n := f.body.child("customFields")
	if n == nil {
		return old
	}
	fields := map[string][]string{}
	for name, values := range old {
		fields[name] = values
	}
	for _, name := range n.keys {
		values := slices.DeleteFunc(n.child(name).texts(), func(v string) bool { return v == "" })
		fields[name] = values
	}
	return fields
}

// stamp is the moment of the request.
func (q *ask) stamp() Stamp { return Stamp(q.now.Unix()) }
