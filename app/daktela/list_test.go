package daktela

import (
	"net/http"
	"slices"
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
	if n, _, err := none.Interactions.Total(t.Context(), Filter{}); err != nil || n != -1 {
		t.Errorf("no total: got %d, %v", n, err)
	}
}
