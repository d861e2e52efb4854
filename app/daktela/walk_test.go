package daktela

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// pager serves rows n0, n1, … and knows the ways of real servers.
type pager struct {
	rows     int
	clamp    int // most rows a page holds, nothing says so
	most     int // larger pages are refused
	mute     bool
	noTotal  bool
	lie      int // added to the total
	shuffle  bool
	noSkip   bool
	twice    bool // every row stands in the list twice
	refused  atomic.Int64
	requests atomic.Int64
}

func (s *pager) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.Add(1)
	skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
	take, _ := strconv.Atoi(r.URL.Query().Get("take"))
	if s.most > 0 && take > s.most {
		s.refused.Add(1)
		w.WriteHeader(http.StatusBadRequest)
		text := "Max defined take is " + strconv.Itoa(s.most)
		if s.mute {
			text = "Příliš velká stránka"
		}
		fmt.Fprintf(w, `{"error":[%q],"result":null}`, text)
		return
	}
	if s.clamp > 0 {
		take = min(take, s.clamp)
	}
	if s.noSkip {
		skip = 0
	}
	var all []string
	for i := range s.rows {
		all = append(all, fmt.Sprintf(`{"name":"n%d"}`, i))
		if s.twice {
			all = append(all, all[len(all)-1])
		}
	}
	if s.shuffle {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	total := ""
	if !s.noTotal {
		total = fmt.Sprintf(`,"total":%d`, len(all)+s.lie)
	}
	page := all[min(skip, len(all)):min(skip+take, len(all))]
	fmt.Fprintf(w, `{"error":[],"result":{"data":[%s]%s}}`, strings.Join(page, ","), total)
}

func TestAllReadsToTheEnd(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		server     *pager
		incomplete bool
	}{
		"no rows":                          {server: &pager{}},
		"no rows, no total":                {server: &pager{noTotal: true}},
		"one page":                         {server: &pager{rows: 3}},
		"pages of 7":                       {server: &pager{rows: 60, clamp: 7}},
		"pages of 7, no total":             {server: &pager{rows: 60, clamp: 7, noTotal: true}},
		"pages of 90":                      {server: &pager{rows: 1500, clamp: 90}},
		"pages of 200":                     {server: &pager{rows: 1500, clamp: 200}},
		"pages of 500, no total":           {server: &pager{rows: 1500, clamp: 500, noTotal: true}},
		"500 at most":                      {server: &pager{rows: 1500, most: 500}},
		"90 at most, not said":             {server: &pager{rows: 400, most: 90, mute: true}},
		"7 at most, not said, no total":    {server: &pager{rows: 60, most: 7, mute: true, noTotal: true}},
		"any order in pages of 7":          {server: &pager{rows: 40, clamp: 7, shuffle: true}},
		"any order, no total":              {server: &pager{rows: 40, clamp: 7, shuffle: true, noTotal: true}},
		"a total that is too small":        {server: &pager{rows: 50, clamp: 20, lie: -40}},
		"a total that counts hidden rows":  {server: &pager{rows: 50, clamp: 20, lie: 7}},
		"a server that does not skip":      {server: &pager{rows: 50, clamp: 20, noSkip: true}, incomplete: true},
		"that one without a total, whole":  {server: &pager{rows: 50, noSkip: true, noTotal: true}},
		"that one without a total, filled": {server: &pager{rows: 1500, noSkip: true, noTotal: true}, incomplete: true},
		"every row twice":                  {server: &pager{rows: 50, clamp: 20, twice: true}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := setup(t, tt.server)
			seen := map[Name]bool{}
			var failed error
			for row, err := range c.Statuses.All(t.Context(), Query{}) {
				if failed = err; err == nil {
					if seen[row.Name] {
						t.Fatalf("%s came twice", row.Name)
					}
					seen[row.Name] = true
				}
			}
			if tt.incomplete {
				if !isA[*IncompleteError](failed) {
					t.Errorf("got %v, want an IncompleteError", failed)
				}
				return
			}
			if failed != nil || len(seen) != tt.server.rows {
				t.Errorf("got %d rows, %v; want %d", len(seen), failed, tt.server.rows)
			}
		})
	}
}

func TestRowsWithoutANameAreEachARow(t *testing.T) {
	t.Parallel()
	c, _ := setup(t, body(200, `{"error":[],"result":{"data":[{"title":"a"},{"title":"a"},7,{"title":"b"}],"total":4}}`))
	n := 0
	for _, err := range c.Statuses.All(t.Context(), Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 3 {
		t.Errorf("got %d rows, want 3", n)
	}
}

func TestThePageSizeIsLearned(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]*pager{
		"cut without a word": {rows: 1500, clamp: 200}, "refused": {rows: 1500, most: 200}, "refused without a number": {rows: 1500, most: 130, mute: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := setup(t, server)
			if c.PageSize() != MaxPage {
				t.Fatalf("got %d before", c.PageSize())
			}
			if n, _, err := c.Statuses.Count(t.Context(), Filter{}); err != nil || n != 1500 {
				t.Fatalf("got %d, %v", n, err)
			}
			for range 2 {
				for _, err := range c.Statuses.All(t.Context(), Query{}) {
					if err != nil {
						t.Fatal(err)
					}
				}
			}
			learned := max(server.clamp, 125)
			if server.most == 200 {
				learned = 200
			}
			if c.PageSize() != learned {
				t.Errorf("got %d, want %d", c.PageSize(), learned)
			}
			before := server.refused.Load()
			again, _ := setup(t, server)
			again.SetPageSize(learned)
			for _, err := range again.Statuses.All(t.Context(), Query{}) {
				if err != nil {
					t.Fatal(err)
				}
			}
			if server.refused.Load() != before {
				t.Error("a remembered size was refused")
			}
		})
	}
}

func TestARefusalThatIsNotOfTheSizeStays(t *testing.T) {
	t.Parallel()
	c, _ := setup(t, body(400, `{"error":["Unknown field 12"],"result":null}`))
	if _, err := c.Statuses.Page(t.Context(), Query{}); !isA[*FailedError](err) || c.PageSize() != MaxPage {
		t.Errorf("got %v, page size %d", err, c.PageSize())
	}
}

func TestDottedKeysAreNested(t *testing.T) {
	t.Parallel()
	c, _ := setup(t, body(200, `{"error":[],"result":{"data":[{"name":"w","queue.name":4107,"queue.title":"WA","user":{"title":"P"},`+
		`"user.name":"p","contact.name":null,"contact.title":null,"external_contact.number":"420","external_contact.crm_contact.name":"c1"}],"total":1}}`))
	p, err := c.Interactions.Page(t.Context(), Query{})
	if err != nil {
		t.Fatal(err)
	}
	row := p.Rows[0]
	if row.Queue.Name != "4107" || row.Queue.Title.Value != "WA" || row.User.Name != "p" || row.User.Title.Value != "P" || row.Contact.Name != "" ||
		row.ExternalContact.Value.Number.Value != "420" || row.ExternalContact.Value.Contact.Name != "c1" {
		t.Errorf("got %+v", row)
	}
	one, _ := setup(t, body(200, `{"error":[],"result":{"name":"a","item.name":"w","ticket.name":7}}`))
	a, err := one.Activities.Get(t.Context(), "a")
	if err != nil || a.Value.Item.Name != "w" || a.Value.Ticket.Name != "7" {
		t.Errorf("got %+v, %v", a.Value, err)
	}
}

func TestARedirectNamesItsHostAndIsNotFollowed(t *testing.T) {
	t.Parallel()
	followed := false
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		followed = followed || r.URL.Path == "/login"
		http.Redirect(w, r, "https://login.example.org/login?token=secret", http.StatusFound)
	}))
	_, err := c.Whoim(t.Context())
	e, ok := err.(*RedirectError)
	if !ok || e.Host != "login.example.org" || followed || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

// Two rows that are equal to the sort, b and c, come in either order from request to request, and
// twice in a row by chance in the same.
func TestARepeatedOrderIsNotBelievedAtOnce(t *testing.T) {
	t.Parallel()
	hides := [][]string{{"a", "b"}, {"b", "d"}, nil}
	sweeps := slices.Concat(hides, hides, hides, [][]string{{"a", "b"}, {"c", "d"}, nil})
	read := func(_ context.Context, q Query) (Page[string], error) {
		rows := sweeps[0]
		sweeps = sweeps[1:]
		p := Page[string]{Rows: rows, Total: -1, skip: q.Skip, got: len(rows), take: 2}
		for _, name := range rows {
			p.Raw = append(p.Raw, json.RawMessage(`{"name":"`+name+`"}`))
		}
		return p, nil
	}
	var got []string
	for row, err := range Walk(t.Context(), Query{}, read) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row)
	}
	slices.Sort(got)
	if want := []string{"a", "b", "c", "d"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
