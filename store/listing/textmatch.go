package listing

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"wapdesk/store/query"
)

// textTest finds the texts of a dictionary that a condition holds for.
type textTest struct {
	contains []string            // folded needles of which one has to occur; when set, holds is not used
	holds    func(s string) bool // on the folded text
}

// matching returns the codes that hold. The empty text (code 0) never does.
func (t *texts) matching(test textTest) bitmap {
	out := newBitmap(len(t.pages) * blockLen)
	var next atomic.Int64
	work := func() {
		for {
			page := int(next.Add(1)) - 1
			if page >= len(t.pages) {
				return
			}
			// A page's codes fill whole words, so workers never share one.
			t.pages[page].matching(test, uint32(page)<<blockShift, out)
		}
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(t.pages)/8, 8) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	out.clear(0)
	return out
}

func (p *textPage) matching(test textTest, base uint32, out bitmap) {
	if test.holds == nil {
		for _, needle := range test.contains {
			p.containing(needle, base, out)
		}
		return
	}
	for i := range p.len() {
		if test.holds(p.folded[p.foldedOff[i] : p.foldedOff[i+1]-1]) {
			out.set(base + uint32(i))
		}
	}
}

// textTestOf makes the test of a text condition in its positive form. Values are alternatives.
func textTestOf(op query.Op, values []string) textTest {
	needles := make([]string, len(values))
	plain := op == query.Contains
	for i, v := range values {
		needles[i] = strings.ReplaceAll(query.Fold(v), "\x00", " ")
		plain = plain && needles[i] != ""
	}
	if plain {
		return textTest{contains: needles}
	}
	return textTest{holds: anyNeedle(needles, compareFunc(op))}
}

// compareFunc returns the comparison of a positive text operator.
func compareFunc(op query.Op) func(s, needle string) bool {
	switch op {
	case query.Is:
		return func(s, needle string) bool { return s == needle }
	case query.StartsWith:
		return strings.HasPrefix
	default:
		return strings.Contains
	}
}

func anyNeedle(needles []string, holds func(s, needle string) bool) func(string) bool {
	return func(s string) bool {
		for _, n := range needles {
			if holds(s, n) {
				return true
			}
		}
		return false
	}
}

// ticketTestOf is textTestOf for tickets, of which an interaction may have several. A ticket
// is also known by its number alone.
func ticketTestOf(op query.Op, values []string) textTest {
	one := textTestOf(op, values)
	if one.holds == nil {
		return one // a needle never spans two tickets: people do not type their separator
	}
	return textTest{holds: func(s string) bool {
		for ticket := range strings.SplitSeq(s, ticketSep) {
			number, _, _ := strings.Cut(ticket, " ")
			if one.holds(ticket) || op == query.Is && one.holds(number) {
				return true
			}
		}
		return false
	}}
}

// numberTestOf is textTestOf for phone numbers. "00" in front of three or more digits may
// stand for "+", and then what follows starts the number; it may also be part of it.
func numberTestOf(op query.Op, values []string) textTest {
	var tests []func(string) bool
	var contains []string
	holds := compareFunc(op)
	for _, v := range values {
		needle := strings.ReplaceAll(query.FoldNumber(v), "\x00", " ")
		digits, isNumber := digitsOf(v)
		if op == query.Contains && isNumber && needle != digits {
			tests = append(tests, func(s string) bool { return strings.Contains(s, digits) })
			if len(needle) >= 3 {
				tests = append(tests, func(s string) bool { return strings.HasPrefix(s, needle) })
			}
			continue
		}
		if op == query.Contains && needle != "" {
			contains = append(contains, needle)
		}
		tests = append(tests, func(s string) bool { return holds(s, needle) })
	}
	if len(contains) == len(values) {
		return textTest{contains: contains}
	}
	return textTest{holds: func(s string) bool {
		for _, t := range tests {
			if t(s) {
				return true
			}
		}
		return false
	}}
}

// digitsOf returns the digits of a text without letters.
func digitsOf(s string) (string, bool) {
	folded := query.FoldNumber(s)
	if strings.Trim(folded, "0123456789") != "" {
		return "", false
	}
	var out strings.Builder
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			out.WriteByte(s[i])
		}
	}
	return out.String(), out.Len() > 0
}
