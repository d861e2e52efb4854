package demo

import (
	"net/http"
	"strings"
)

// AnonymisePath serves a call that anonymises an interaction, where Oddities.AnonymiseCall is set: no
// published one exists, so it stands for what an administrator may know of. It takes POST with
// {"interaction": NAME}.
const AnonymisePath = "/custom/anonymise"

// How Oddities.AnonymiseCall answers.
const (
	AnonymiseDone    = "done"    // it anonymises
	AnonymiseIgnored = "ignored" // it says yes and does nothing
)

func (s *Server) anonymiseCall(w http.ResponseWriter, r *http.Request, body []byte) {
	q := s.ask(r)
	how := q.oddities.AnonymiseCall
	form, err := parseBody(r, body)
	switch {
	case how == "":
		q.refuse(w, http.StatusNotFound)
		return
	case q.viewer == nil:
		q.refuse(w, http.StatusUnauthorized)
		return
	case r.Method != http.MethodPost || err != nil:
		q.refuse(w, http.StatusMethodNotAllowed)
		return
	case q.viewer.options["gdprPolicy"] == 0:
		q.refuse(w, http.StatusForbidden)
		return
	}
	name := strings.TrimSpace(form.text("interaction"))
	if how == AnonymiseDone && s.Anonymise(name) == 0 {
		q.refuse(w, http.StatusNotFound)
		return
	}
	s.mu.Lock()
	s.written = append(s.written, Write{Method: r.Method, Path: AnonymisePath, Body: string(body)})
	s.mu.Unlock()
	result(http.StatusOK, nil).send(w, q)
}
