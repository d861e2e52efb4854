package daktela

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// trickle is a network whose answers begin after a while and come a byte at a time.
type trickle struct {
	begins time.Duration
	gaps   []time.Duration // before each byte; after the last nothing comes any more
	body   string
}

func (n *trickle) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := sleep(r.Context(), n.begins); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: &trickled{trickle: *n, wait: func(d time.Duration) error { return sleep(r.Context(), d) }}, Request: r}, nil
}

type trickled struct {
	trickle
	wait func(time.Duration) error
}

func (b *trickled) Close() error { return nil }

func (b *trickled) Read(p []byte) (int, error) {
	if b.body == "" {
		return 0, io.EOF
	}
	gap := 24 * time.Hour
	if len(b.gaps) > 0 {
		gap = b.gaps[0]
		b.gaps = b.gaps[1:]
	}
	if err := b.wait(gap); err != nil {
		return 0, err
	}
	n := copy(p[:1], b.body)
	b.body = b.body[n:]
	return n, nil
}

// A body that keeps coming is waited for; one of which nothing comes for a minute is a fault.
func TestAStalledBodyIsAFaultAfterAMinute(t *testing.T) {
	t.Parallel()
	const answer = `{"error":[],"result":7}`
	every := func(n int, gap time.Duration) []time.Duration {
		gaps := make([]time.Duration, n)
		for i := range gaps {
			gaps[i] = gap
		}
		return gaps
	}
	tests := []struct {
		name  string
		line  trickle
		after time.Duration // of the fault, 0 for none
	}{
		{"slow and steady", trickle{gaps: every(len(answer), 20*time.Second)}, 0},
		{"nothing at all", trickle{begins: time.Hour}, 30 * time.Second},
		{"nothing after the head", trickle{begins: 10 * time.Second}, 70 * time.Second},
		{"stalled half-way", trickle{gaps: every(5, 59*time.Second)}, 5*59*time.Second + 60*time.Second},
		{"without an end", trickle{gaps: every(len(answer), 59*time.Second)}, 600 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tt.line.body = answer
				address, err := ParseAddress("https://acme.daktela.com")
				if err != nil {
					t.Fatal(err)
				}
				c, err := New(address, WithToken(testToken), WithTransport(&tt.line))
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				// A write is sent once, so that it shows how long one attempt takes.
				_, err = c.send(context.Background(), call{method: http.MethodPut, path: "users", op: "users"})
				if out, ok := errors.AsType[*UnreachableError](err); tt.after == 0 && err != nil || tt.after > 0 && (!ok || !out.Timeout || !out.Sent) {
					t.Fatalf("got %v", err)
				}
				if took := time.Since(began); tt.after > 0 && took != tt.after {
					t.Errorf("took %v, want %v", took, tt.after)
				}
			})
		})
	}
}
