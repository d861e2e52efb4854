package demo

import (
	"cmp"
	"net/http"
	"sync"
	"time"
)

// answer is a reply before it is written.
type answer struct {
	code   int
	empty  bool // no body at all
	errors any  // one of the five shapes; nil means an empty list
	result any
}

// formErrors is the shape of a refused save: a text, a list of texts or an object per field.
type formErrors map[string]any

func result(code int, value any) answer { return answer{code: code, result: value} }

// refusal is a reply without a body, as newer releases send it.
func refusal(code int) answer { return answer{code: code, empty: true} }

// failed is a general failure: a list of texts and no result.
func (q *ask) failed(code int, texts ...string) answer {
	return answer{code: code, errors: texts}
}

// rejected is a refused save; the result echoes what was sent, with defaults filled in.
func rejected(form formErrors, echo any) answer {
	return answer{
		code:   http.StatusBadRequest,
		errors: map[string]any{"primary": []string{}, "form": form},
		result: echo,
	}
}

// rejectedAsWhole is a refused save without a field to blame.
func rejectedAsWhole(text string, echo any) answer {
	return answer{
		code:   http.StatusBadRequest,
		errors: map[string]any{"primary": []string{text}, "form": []string{}},
		result: echo,
	}
}

func (q *ask) refuse(w http.ResponseWriter, code int) { refusal(code).send(w, q) }

// oldTexts are the messages that older releases sent with an error status. One is a bare text.
var oldTexts = map[int]any{
	http.StatusUnauthorized:     []string{"Not logged in"},
	http.StatusForbidden:        "Access denied",
	http.StatusNotFound:         []string{"Object not exist"},
	http.StatusMethodNotAllowed: []string{"Method not allowed"},
}

func (a answer) send(w http.ResponseWriter, q *ask) {
	if a.empty && a.code == http.StatusForbidden && q.oddities.ForbiddenText != "" {
		a.empty, a.errors = false, q.oddities.ForbiddenText
	}
	if a.empty && q.oddities.OldErrors && oldTexts[a.code] != nil {
		a.empty, a.errors = false, oldTexts[a.code]
	}
	if a.empty {
		w.WriteHeader(a.code)
		return
	}
	if a.errors == nil {
		a.errors = []string{}
	}
	now := q.now.In(q.zone).Format(Layout)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(a.code)
	kept, _ := bodies.Get().(*[]byte)
	if kept == nil {
		kept = new([]byte)
	}
	body := appendJSON((*kept)[:0], map[string]any{
		"error": a.errors, "result": a.result, "_serverTime": now, "_time": now, "_timezone": cmp.Or(q.oddities.ZoneText, q.zone.String()),
	})
	body = append(body, '\n')
	_, _ = w.Write(body) // a client that has gone does not matter here
	*kept = body
	bodies.Put(kept)
}

// bodies are what replies are written into, for the next ones.
var bodies sync.Pool

// ask is one request: what it may see, in which zone, at which moment.
type ask struct {
	world    *world
	models   map[string]*model
	viewer   *viewer // nil without a valid token
	zone     *time.Location
	now      time.Time
	oddities Oddities
	server   *Server
}

func (s *Server) ask(r *http.Request) *ask {
	login := s.loginOf(r)
	s.mu.RLock()
	defer s.mu.RUnlock()
	q := &ask{
		world: s.world, models: s.models, zone: s.zone, now: s.opts.Now(),
		oddities: s.opts.Oddities, server: s,
	}
	if login != "" {
		q.viewer = s.viewer(login)
	}
	if q.viewer != nil {
		if zone, err := time.LoadLocation(r.Header.Get("X-Timezone-Client")); err == nil && r.Header.Get("X-Timezone-Client") != "" {
			q.zone = zone
		}
	}
	return q
}

// may reports whether the viewer's role grants a right on a model; models without a module of
// their own are open to every viewer.
func (q *ask) may(m *model, right int64) bool {
	mask := q.viewer.options[m.module]
	return m.module == "" || mask&right != 0 || q.oddities.OpaqueMasks && mask != 0
}
