package daktela

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestWarningsOfASuccessAreKept(t *testing.T) {
	t.Parallel()
	c, _ := setup(t, body(200, string(fixture(t, "warning.json"))))
	p, err := c.Statuses.Page(t.Context(), Query{})
	if err != nil || len(p.Rows) != 1 || !slices.Equal(p.Warnings, []string{"Some fields are restricted"}) {
		t.Errorf("got %v, %v", p, err)
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	var query string
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query = r.URL.RawQuery
		w.Write(fixture(t, "interactions.json")) //nolint:errcheck // a test's answer
	}))
	n, _, err := c.Interactions.Count(t.Context(), Filter{})
	if err != nil || n != 318 {
		t.Errorf("got %d, %v", n, err)
	}
	if want := "fields%5B0%5D=name&take=1"; query != want {
		t.Errorf("query: got %s, want %s", query, want)
	}
	none, _ := setup(t, body(200, string(fixture(t, "no_total.json"))))
	if _, _, err := none.Interactions.Count(t.Context(), Filter{}); !isA[*MalformedError](err) {
		t.Errorf("no total: got %v, want a MalformedError", err)
	}
}

func TestAllPages(t *testing.T) {
	t.Parallel()
	serve := func(rows int, total string, ignoreSkip bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
			take, _ := strconv.Atoi(r.URL.Query().Get("take"))
			if ignoreSkip {
				skip = 0
			}
			var list []string
			for i := skip; i < min(skip+take, rows); i++ {
				list = append(list, fmt.Sprintf(`{"name":"n%d"}`, i))
			}
			fmt.Fprintf(w, `{"error":[],"result":{"data":[%s]%s}}`, strings.Join(list, ","), total)
		}
	}
	tests := []struct {
		name    string
		handler http.HandlerFunc
		rows    int
		loop    bool
	}{
		{"one short page", serve(3, `,"total":3`, false), 3, false},
		{"full last page ends at the total", serve(20, `,"total":20`, false), 20, false},
		{"no total ends at a short page", serve(25, ``, false), 25, false},
		{"no rows", serve(0, `,"total":0`, false), 0, false},
		{"a server that ignores skip", serve(20, ``, true), 10, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, _ := setup(t, tt.handler)
			rows, loop := 0, false
			for row, err := range c.Statuses.All(t.Context(), Query{Take: 10}) {
				if err != nil {
					loop = isA[*MalformedError](err)
					break
				}
				if want := Name(fmt.Sprintf("n%d", rows)); row.Name != want {
					t.Fatalf("got %s, want %s", row.Name, want)
				}
				rows++
			}
			if rows != tt.rows || loop != tt.loop {
				t.Errorf("got %d rows, loop %v; want %d, %v", rows, loop, tt.rows, tt.loop)
			}
		})
	}
}
