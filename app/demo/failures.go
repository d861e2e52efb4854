package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Kind is a way for a request to fail.
type Kind string

// Kinds of failures. Cut breaks the reply off after the work is done, so that a client cannot
// know the outcome of a write; Drop breaks the connection before anything is done. Late breaks it
// as well and does the work after Options.Slow, as a busy proxy may. Repeat does the work twice
// and answers the second time, as a proxy does that missed the first answer. Refuse answers
// writes with a refusal. Null answers reads with an error beside an empty result and the status 200.
const (
	FailSlow    Kind = "slow"
	Fail429     Kind = "429"
	Fail5xx     Kind = "5xx"
	FailCut     Kind = "cut"
	FailDrop    Kind = "drop"
	FailExpired Kind = "expired"
	FailHTML    Kind = "html"
	FailLate    Kind = "late"
	FailRepeat  Kind = "repeat"
	FailRefuse  Kind = "refuse"
	FailNull    Kind = "null"
)

// Kinds lists every kind of failure.
func Kinds() []Kind {
	return []Kind{FailSlow, Fail429, Fail5xx, FailCut, FailDrop, FailExpired, FailHTML, FailLate, FailRepeat, FailRefuse, FailNull}
}

// ErrFailure says that a text does not name a failure and its rate.
var ErrFailure = errors.New("not KIND=RATE")

// ParseFail reads "429=0.05" or "slow=20%": a kind and its share of the requests, 0 to 1.
func ParseFail(text string) (Kind, float64, error) {
	name, share, found := strings.Cut(strings.TrimSpace(text), "=")
	if !found {
		return "", 0, fmt.Errorf("%w: %q has no =", ErrFailure, text)
	}
	known := false
	for _, kind := range Kinds() {
		known = known || string(kind) == name
	}
	if !known {
		return "", 0, fmt.Errorf("%w: kind %q is none of %v", ErrFailure, name, Kinds())
	}
	digits, percent := strings.CutSuffix(share, "%")
	rate, err := strconv.ParseFloat(digits, 64)
	if percent {
		rate /= 100
	}
	if err != nil || !(rate >= 0 && rate <= 1) {
		return "", 0, fmt.Errorf("%w: rate %q is not between 0 and 1", ErrFailure, share)
	}
	return Kind(name), rate, nil
}

// failing draws the failures of a request; a request may be slow and fail as well.
type failing struct {
	rates map[Kind]float64
	dice  *rand.Rand
}

func (f *failing) draw() (slow bool, kind Kind) {
	slow = f.hits(FailSlow)
	for _, k := range Kinds()[1:] {
		if f.hits(k) {
			return slow, k
		}
	}
	return slow, ""
}

func (f *failing) hits(kind Kind) bool {
	rate := f.rates[kind]
	return rate > 0 && f.dice.Float64() < rate
}

// failBefore answers in place of the server, or reports that the request goes on.
func (s *Server) failBefore(w http.ResponseWriter, r *http.Request, body []byte, kind Kind, odd bool) bool {
	switch kind {
	case Fail429:
		after := strconv.Itoa(int(s.opts.RetryAfter / time.Second))
		if odd {
			after = s.opts.Now().Add(s.opts.RetryAfter).UTC().Format(http.TimeFormat)
		}
		w.Header().Set("Retry-After", after)
		w.Header().Set("Date", s.opts.Now().UTC().Format(http.TimeFormat)) // the clock that the date is told by
		w.WriteHeader(http.StatusTooManyRequests)
	case Fail5xx:
		code := http.StatusServiceUnavailable
		if odd {
			code = http.StatusBadGateway
		}
		page(w, code, http.StatusText(code))
	case FailHTML:
		page(w, http.StatusOK, "Sign in to continue")
	case FailExpired:
		w.WriteHeader(http.StatusUnauthorized)
	case FailDrop:
		panic(http.ErrAbortHandler)
	case FailLate:
		again := r.Clone(context.WithoutCancel(r.Context()))
		time.AfterFunc(s.opts.Slow, func() { s.route(&nowhere{}, again, body) })
		panic(http.ErrAbortHandler)
	case FailRepeat:
		s.route(&nowhere{}, r, body)
		return false
	case FailRefuse:
		if r.Method == http.MethodGet {
			return false
		}
		s.ask(r).failed(http.StatusBadRequest, textRefused).send(w, s.ask(r))
	case FailNull:
		if r.Method != http.MethodGet || !strings.HasPrefix(r.URL.Path, apiPath) {
			return false
		}
		s.ask(r).failed(http.StatusOK, textNoAnswer).send(w, s.ask(r))
	default:
		return false
	}
	return true
}

// textRefused is what a refusal of Refuse says.
const textRefused = "Uložení není nyní možné"

// nowhere takes an answer that nobody waits for.
type nowhere struct{ header http.Header }

func (n *nowhere) Header() http.Header {
	if n.header == nil {
		n.header = http.Header{}
	}
	return n.header
}

func (n *nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (n *nowhere) WriteHeader(int)             {}

// page answers as a proxy does.
func page(w http.ResponseWriter, code int, title string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(code)
	body := fmt.Sprintf("<!doctype html><html><head><title>%[1]s</title></head><body><h1>%[1]s</h1></body></html>\n", title)
	_, _ = w.Write([]byte(body)) // a client that has gone does not matter here
}

// cutWriter lets half of a reply through and then breaks the connection.
type cutWriter struct {
	http.ResponseWriter
	held []byte
	code int
}

func (c *cutWriter) WriteHeader(code int) { c.code = code }

func (c *cutWriter) Write(p []byte) (int, error) {
	c.held = append(c.held, p...)
	return len(p), nil
}

func (c *cutWriter) breakOff() {
	c.Header().Set("Content-Length", strconv.Itoa(len(c.held)+1))
	c.ResponseWriter.WriteHeader(max(c.code, http.StatusOK))
	_, _ = c.ResponseWriter.Write(c.held[:len(c.held)/2])
	_ = http.NewResponseController(c.ResponseWriter).Flush() // half is sent, the rest never comes
	panic(http.ErrAbortHandler)
}
