package daktela

import (
	"errors"
	"maps"
	"strconv"
	"sync"
	"time"
)

// Tally is what a client did since it was made. Requests are counted by what they ask, with names masked, and
// faults by what they were; neither holds anything of a person or a company.
type Tally struct {
	Requests map[string]int
	Faults   map[string]int
	Waits    int // before a request was repeated
	Waited   time.Duration
}

// Since returns what came after an earlier tally.
func (t Tally) Since(earlier Tally) Tally {
	less := func(now, before map[string]int) map[string]int {
		left := map[string]int{}
		for key, n := range now {
			if n > before[key] {
				left[key] = n - before[key]
			}
		}
		return left
	}
	return Tally{
		Requests: less(t.Requests, earlier.Requests), Faults: less(t.Faults, earlier.Faults),
		Waits: t.Waits - earlier.Waits, Waited: t.Waited - earlier.Waited,
	}
}

type tally struct {
	mu  sync.Mutex
	now Tally
}

// Tally returns what the client did so far.
func (c *Client) Tally() Tally {
	c.tally.mu.Lock()
	defer c.tally.mu.Unlock()
	t := c.tally.now
	t.Requests, t.Faults = maps.Clone(t.Requests), maps.Clone(t.Faults)
	return t
}

// tried counts an attempt at a call and how it failed, if it did.
func (t *tally) tried(q call, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now.Requests == nil {
		t.now.Requests, t.now.Faults = map[string]int{}, map[string]int{}
	}
	t.now.Requests[q.method+" "+q.op]++
	if fault := faultOf(err); fault != "" {
		t.now.Faults[fault]++
	}
}

func (t *tally) waited(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Waits++
	t.now.Waited += d
}

// faultOf names a fault in words of this package; "" for none, and for what a caller ended.
func faultOf(err error) string {
	if out, ok := errors.AsType[*UnreachableError](err); ok {
		switch {
		case out.Proxy != "":
			return out.Proxy.Error()
		case out.Timeout:
			return "no answer in time"
		case out.Sent:
			return "broken off"
		}
		return "not reached"
	}
	if bad, ok := errors.AsType[*CertificateError](err); ok {
		return "certificate: " + string(bad.Fault)
	}
	if bad, ok := errors.AsType[*MalformedError](err); ok {
		return "unreadable: " + bad.Why
	}
	if _, ok := errors.AsType[*TooLargeError](err); ok {
		return "too large"
	}
	if own, ok := errors.AsType[interface {
		error
		status() int
	}](err); ok {
		return "status " + strconv.Itoa(own.status())
	}
	return ""
}
