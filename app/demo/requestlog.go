package demo

import (
	"net/url"
	"slices"
	"sync"
	"time"
)

// Request is an entry of the request log.
type Request struct {
	At     time.Time
	Moment time.Duration // since the server was made, whatever its clock says
	Method string
	Path   string
	Query  url.Values
	User   string // whose token it was, "" without one
	Body   string // at most logBody bytes
	Status int    // 0 when the connection was broken off
	Failed Kind   // the failure that was made, "" for none
}

// Bounds of the log.
const (
	logEntries = 100_000
	logBody    = 64 << 10
)

type requestLog struct {
	mu      sync.Mutex
	entries []Request
	active  int
	peak    int
}

func (l *requestLog) enter() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.active++
	l.peak = max(l.peak, l.active)
}

func (l *requestLog) leave(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.active--
	if len(l.entries) >= logEntries {
		l.entries = slices.Delete(l.entries, 0, logEntries/10)
	}
	l.entries = append(l.entries, r)
}

// Requests is the log since the start or the last reset, oldest first; only the latest
// 100,000 are kept.
func (s *Server) Requests() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return slices.Clone(s.log.entries)
}

// PeakRequests is the greatest number of requests that were served at once since the last reset.
func (s *Server) PeakRequests() int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.peak
}

// ResetRequests empties the log.
func (s *Server) ResetRequests() {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.entries, s.log.peak = nil, s.log.active
}
