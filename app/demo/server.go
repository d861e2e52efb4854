package demo

import (
	"context"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Server is a fake contact centre. It is safe for use by many goroutines.
type Server struct {
	opts   Options
	made   time.Time
	zone   *time.Location
	models map[string]*model

	mu     sync.RWMutex // guards what follows
	world  *world
	scopes map[string]scope // rights by login
	left   scope            // what no list names any more
	tokens map[string]string
	issued int // login tokens handed out so far
	expiry map[string]time.Time
	fail   failing

	written []Write

	tiesMu sync.Mutex
	ties   *rand.Rand

	log requestLog
}

// New seeds a server. It fails only on an unknown time zone or kind of failure.
func New(opts Options) (*Server, error) {
	opts = opts.withDefaults()
	zone, err := opts.zone()
	if err != nil {
		return nil, err
	}
	if err := checkRates(opts.Fail); err != nil {
		return nil, err
	}
	s := &Server{
		opts:   opts,
		made:   time.Now(),
		zone:   zone,
		models: newModels(),
		tokens: map[string]string{},
		expiry: map[string]time.Time{},
		ties:   rand.New(rand.NewPCG(opts.Seed, 1)),
		fail: failing{
			rates: maps.Clone(opts.Fail),
			dice:  rand.New(rand.NewPCG(opts.Seed, 2)),
		},
	}
	s.world = seedWorld(opts, zone)
	s.seedLogins()
	return s, nil
}

// Handler serves the API, the files and, when asked for, the switches of /control/.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// Data is what the server holds now.
func (s *Server) Data() *Data {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.world.snapshot()
}

// apiPath is where the API begins.
const apiPath = "/api/v6/"

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.opts.Control && strings.HasPrefix(r.URL.Path, controlPath) {
		s.control(w, r)
		return
	}
	s.mu.RLock()
	base, away := s.opts.Oddities.Base, s.opts.Oddities.Redirect
	s.mu.RUnlock()
	if away != "" {
		http.Redirect(w, r, locationOf(away, r.URL), http.StatusFound)
		return
	}
	inner := below(r, base)
	if inner == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	r = inner
	s.log.enter()
	entry := Request{At: s.opts.Now(), Moment: time.Since(s.made), Method: r.Method, Path: r.URL.Path, Query: r.URL.Query()}
	record := &statusWriter{ResponseWriter: w}
	defer func() {
		entry.Status = record.code
		s.log.leave(entry)
	}()

	s.mu.Lock()
	slow, kind := s.fail.draw()
	odd := s.fail.dice.IntN(2) == 1
	s.mu.Unlock()
	if !s.wait(r.Context(), slow) {
		return
	}
	entry.User = s.loginOf(r)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	entry.Body = string(body[:min(len(body), logBody)])
	entry.Failed = kind
	if slow && kind == "" {
		entry.Failed = FailSlow
	}
	if s.failBefore(record, r, body, kind, odd) {
		return
	}
	if kind == FailCut {
		cut := &cutWriter{ResponseWriter: w}
		s.route(cut, r, body)
		cut.breakOff()
	}
	s.route(record, r, body)
}

// maxBody bounds what a client may send, in bytes.
const maxBody = 32 << 20

// wait holds a reply back; it reports false when the client has gone.
func (s *Server) wait(ctx context.Context, slow bool) bool {
	hold := s.opts.Latency
	if slow {
		hold += s.opts.Slow
	}
	if hold <= 0 {
		return true
	}
	timer := time.NewTimer(hold)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// segments splits an API path into its unescaped parts, without the suffix .json; nil when
// the path is not one of the API.
func segments(u *url.URL) []string {
	rest, found := strings.CutPrefix(u.EscapedPath(), apiPath)
	if !found {
		return nil
	}
	parts := strings.Split(strings.TrimSuffix(rest, ".json"), "/")
	for i, part := range parts {
		plain, err := url.PathUnescape(part)
		if err != nil || plain == "" {
			return nil
		}
		parts[i] = plain
	}
	return parts
}

func (s *Server) route(w http.ResponseWriter, r *http.Request, body []byte) {
	if r.URL.Path == downloadPath {
		s.download(w, r)
		return
	}
	if r.URL.Path == AnonymisePath {
		s.anonymiseCall(w, r, body)
		return
	}
	parts := segments(r.URL)
	if len(parts) == 0 || len(parts) > 3 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if len(parts) == 1 && parts[0] == "login" {
		s.login(w, r, body)
		return
	}
	q := s.ask(r)
	if len(parts) == 1 && parts[0] == "whoim" {
		s.whoim(w, r, q)
		return
	}
	if q.viewer == nil {
		q.refuse(w, http.StatusUnauthorized)
		return
	}
	m := s.models[parts[0]]
	if len(parts) == 1 && parts[0] == "mergeTickets" {
		s.mergeTickets(w, r, q)
		return
	}
	if m == nil || m.rows == nil {
		q.refuse(w, http.StatusNotFound)
		return
	}
	switch r.Method {
	case http.MethodGet:
		s.read(w, r, q, m, parts[1:])
	case http.MethodPost, http.MethodPut, http.MethodDelete:
		s.write(w, r, q, m, parts[1:], body)
	default:
		q.refuse(w, http.StatusMethodNotAllowed)
	}
}

// read answers a list, one row, or a list related to a row.
func (s *Server) read(w http.ResponseWriter, r *http.Request, q *ask, m *model, parts []string) {
	s.mu.RLock()
	answer := s.lookUp(r.URL.Query(), q, m, parts)
	s.mu.RUnlock()
	answer.send(w, q)
}

func (s *Server) lookUp(query url.Values, q *ask, m *model, parts []string) answer {
	if !q.may(m, rightRead) {
		return refusal(http.StatusForbidden)
	}
	if len(parts) == 0 {
		if a, odd := q.broken(m.name); odd {
			return a
		}
		return q.list(m, m.rows, query)
	}
	row := m.find(q, parts[0])
	if row == nil {
		return refusal(http.StatusNotFound)
	}
	if !m.visible(q, row) {
		return refusal(http.StatusForbidden)
	}
	if len(parts) == 1 {
		return q.one(m, row, query)
	}
	relation, found := m.relations[parts[1]]
	if !found {
		return refusal(http.StatusNotFound)
	}
	if a, odd := q.broken(m.name + "/" + parts[1]); odd {
		return a
	}
	return relation(q, row, query)
}

// statusWriter remembers the status for the log.
type statusWriter struct {
	http.ResponseWriter
	code int
}

func (s *statusWriter) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

func (s *statusWriter) Write(p []byte) (int, error) {
	if s.code == 0 {
		s.code = http.StatusOK
	}
	return s.ResponseWriter.Write(p)
}

// Unwrap lets the response controller reach the connection.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

func checkRates(rates map[Kind]float64) error {
	for _, kind := range slices.Sorted(maps.Keys(rates)) {
		if _, _, err := ParseFail(rate(kind, rates[kind])); err != nil {
			return err
		}
	}
	return nil
}
