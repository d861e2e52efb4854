package export

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // the zone is not on every system

	"wapdesk/store/listing"
)

// prague is the zone of the tests; it has summer time.
func prague(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// hostile are texts that break careless writers: formulas, separators, quotes, line
// breaks, escapes, forbidden characters, invalid UTF-8, and letters of many scripts.
var hostile = []string{
	"=1+1", "+420 777 123 456", "-5", "@SUM(A1)", "\tTab", "\rReturn", "\x00NUL", "'=1", "''=1", "'quoted'", "'",
	`a;b,c"d|e`, "two\nlines", "two\r\nlines", "lone\rreturn", " leading", "trailing ", "_x000D_", "_x0041_", "_x00",
	"<b>&amp;</b>", "]]>", "\x01\x08\x0b\x1f\x7f", "\uFFFE\uFFFF", "\xff\xfe", "Žluťoučký kůň", "مرحبا", "\u202Eevil", "👩‍👩‍👧‍👦",
	"0123", "1e5", "2026-11-22", "TRUE", "#REF!", "=HYPERLINK(\"http://x\",\"y\")", "null", "\uFEFFbom", "tab\tinside",
}

// hostileRecord makes row i of a table that has everything in it, always the same for a
// seed. Times and durations are whole seconds within what Excel can hold.
func hostileRecord(i int) listing.Record {
	rng := rand.New(rand.NewPCG(uint64(i), 7))
	word := func() string {
		if rng.IntN(4) == 0 {
			return ""
		}
		return hostile[rng.IntN(len(hostile))]
	}
	seconds := func() int32 {
		if rng.IntN(5) == 0 {
			return listing.Unknown
		}
		return rng.Int32N(200_000)
	}
	at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Unix() + rng.Int64N(3*365*86400)
	r := listing.Record{
		ID: int64(i), Name: fmt.Sprintf("activity_%06d", i), TimeMs: at * 1000,
		Queue:   listing.Ref{Name: "1", Title: "Podpora CZ"},
		User:    listing.Ref{Name: "anna", Title: word()},
		Contact: listing.Ref{Name: "contact_1", Title: word()},
		WA:      word(), WANumber: "420777123456", Sender: "+420 777 123 456", Title: word(),
		Answered: listing.Tri(rng.IntN(3)), WaitS: seconds(), DurationS: seconds(),
		Ended:     []string{"", "USER", "CLIENT", "TIMEOUT", "NOT_AVAIL", "OUT_OF_TIME", "DECISION_TREE"}[rng.IntN(7)],
		Connector: listing.Ref{Title: "WhatsApp 1"},
		Missed:    []string{"", "YES", "NO"}[rng.IntN(3)], MissedTimeMs: listing.Unknown,
		Direction: []string{"", "IN", "OUT"}[rng.IntN(3)],
		FocusS:    seconds(), FirstReplyS: seconds(), SilenceS: listing.Unknown, Disruptions: 3, Activities: 2, Messages: 34,
		Tickets: []string{"48213 Router swap"}, QA: i%2 == 0,
	}
	if r.Missed != "" || i%9 == 0 {
		r.MissedTimeMs = r.TimeMs + 60_000
	}
	if i%17 == 0 {
		r.State = listing.StateAnonymised
		r.Contact, r.WA, r.Title = listing.Ref{}, "", ""
	}
	return r
}

// rowsOf yields n rows made by make.
func rowsOf(n int, row func(i int) listing.Record) iter.Seq2[listing.Record, error] {
	return func(yield func(listing.Record, error) bool) {
		for i := range n {
			if !yield(row(i), nil) {
				return
			}
		}
	}
}

// kept is what a file gives back of a text: each invalid byte is replaced, nothing else.
func kept(s string) string { return string([]rune(s)) }
