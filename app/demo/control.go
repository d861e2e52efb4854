package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// controlPath is where the switches are served when Options.Control is set, for tests that
// run in another process. All are POST:
//
//	/control/fail?set=KIND=RATE   /control/add?count=N      /control/anonymise?name=A&name=B
//	/control/delete?name=A        /control/expire?login=L   /control/renew?login=L
//	/control/access?login=L&module=M&mask=N
//	/control/restrict?login=L&queue=N&queue=N&user=U
//	/control/depart?queue=N&user=U           replaces who is off the lists
//	/control/shape?set=NAME&set=NAME=VALUE   replaces all shapes
//
// And /control/api/v6/… is the API itself, whatever fails for everybody else: a test changes
// something there while what it tests cannot reach it.
const controlPath = "/control/"

func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, strings.TrimSuffix(controlPath, "/")+apiPath) {
		s.spared(w, r)
		return
	}
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	query := r.URL.Query()
	var reply any = map[string]bool{"ok": true}
	switch strings.TrimPrefix(r.URL.Path, controlPath) {
	case "fail":
		kind, share, err := ParseFail(query.Get("set"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.SetFail(kind, share)
	case "shape":
		var o Oddities
		for _, text := range query["set"] {
			if err := o.Shape(text); err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
		}
		s.SetOddities(o)
	case "add":
		count, err := strconv.Atoi(query.Get("count"))
		if err != nil || count < 0 || count > maxAdd {
			http.Error(w, "count", http.StatusBadRequest)
			return
		}
		reply = s.AddInteractions(count)
	case "anonymise":
		reply = s.Anonymise(query["name"]...)
	case "delete":
		reply = s.Delete(query["name"]...)
	case "expire":
		s.ExpireAll(query.Get("login"))
	case "renew":
		s.Renew(query.Get("login"))
	case "access":
		mask, err := strconv.ParseInt(query.Get("mask"), 10, 64)
		if err != nil {
			http.Error(w, "mask", http.StatusBadRequest)
			return
		}
		s.SetAccess(query.Get("login"), query.Get("module"), mask)
	case "restrict", "depart":
		queues, err := queueNumbers(query["queue"])
		if err != nil {
			http.Error(w, "queue", http.StatusBadRequest)
			return
		}
		if strings.HasSuffix(r.URL.Path, "depart") {
			s.Depart(queues, query["user"])
			break
		}
		s.Restrict(query.Get("login"), queues, query["user"])
	default:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(reply) // a client that has gone does not matter here
}

func queueNumbers(texts []string) ([]int64, error) {
	var numbers []int64
	for _, text := range texts {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// maxAdd bounds how many interactions one call adds.
const maxAdd = 10_000

// spared answers a request for the API that never fails.
func (s *Server) spared(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	inner := r.Clone(r.Context())
	prefix := strings.TrimSuffix(controlPath, "/")
	inner.URL.Path, inner.URL.RawPath = strings.TrimPrefix(r.URL.Path, prefix), strings.TrimPrefix(r.URL.RawPath, prefix)
	s.route(w, inner, body)
}
