package profile

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
)

func TestAllButSomeLeavesThemOut(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		sel  Selection
		want []string
	}{
		{Selection{All: true}, []string{"a", "b", "c"}},
		{Selection{All: true, Except: []string{"b"}}, []string{"a", "c"}},
		{Selection{Names: []string{"b"}}, []string{"b"}},
		{Selection{}, nil},
	} {
		takes := tt.sel.takes()
		got := slices.DeleteFunc([]string{"a", "b", "c"}, func(name string) bool { return takes != nil && !takes(name) })
		if !slices.Equal(got, tt.want) {
			t.Errorf("%+v takes %v, want %v", tt.sel, got, tt.want)
		}
	}
}

func TestSelectionsHaveLimits(t *testing.T) {
	t.Parallel()
	p := withoutData(t)
	const rows = maxCopy + 1
	w := store.Window{ToMs: int64(rows) * 1000, Full: true}
	for n := range rows {
		w.Conversations = append(w.Conversations, store.Conversation{
			Interaction: store.Interaction{Name: fmt.Sprintf("wap_%05d", n), TimeMs: int64(n) * 1000},
		})
	}
	if _, err := p.db.ApplyWindow(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	r, err := p.Search(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	p.Keep(r)
	all := Selection{Snapshot: r.ID, All: true}
	refused := func(what string, limit int64, err error) {
		t.Helper()
		e, ok := errors.AsType[*TooManyError](err)
		if !ok || e.What != what || e.Max != limit {
			t.Errorf("got %v, want at most %d %s", err, limit, what)
		}
	}
	copied := func(sel Selection) (int, error) {
		c, err := p.CopyRows(t.Context(), sel, []string{"id"}, "en", func(*listing.Record) {})
		return c.Rows, err
	}
	_, err = copied(all)
	refused("rows", maxCopy, err)
	all.Except = []string{"wap_00007"}
	if n, err := copied(all); n != maxCopy || err != nil {
		t.Errorf("copied %d rows, %v; want %d", n, err, maxCopy)
	}

	connected, err := NewManager(Options{DataDir: t.TempDir(), Now: time.Now}).
		start(t.Context(), Description{Name: "acme", Kind: kindConnected, URL: "https://acme.daktela.com"}, opening{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := connected.close(); err != nil {
			t.Error(err)
		}
	})
	names := make([]string, maxPaired+1)
	for n := range names {
		names[n] = fmt.Sprintf("wap_%05d", n)
	}
	_, err = connected.PairMany(t.Context(), Selection{Names: names}, "contact")
	refused("pairs", maxPaired, err)
	if _, err = connected.PairMany(t.Context(), Selection{Names: names[1:]}, "contact"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("as many as may be: %v, want that there is no such contact", err)
	}
}
