package listing_test

import (
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"
	"weak"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

func titles(records []listing.Record) []string {
	var out []string
	for _, r := range records {
		out = append(out, r.Title)
	}
	return out
}

// TestKeptRowsAreReadAnew changes, erases, hides and removes rows under a result, which keeps its
// order and its total and tells of each row what holds now; so again in a list that was rebuilt.
func TestKeptRowsAreReadAnew(t *testing.T) {
	t.Parallel()
	rows := make([]listing.Record, 5)
	for i := range rows {
		rows[i] = row(int64(i+1), int64(i)*1000)
		rows[i].Title = string(rune('A' + i))
		rows[i].Queue = listing.Ref{Name: "open", Title: "Open"}
	}
	rows[1].Queue = listing.Ref{Name: "shut", Title: "Shut"}
	e := loaded(t, rows...)
	kept := searched(t, e, "", query.SortKey{Field: "title"}).Keep()
	changed, erased, added := rows[2], rows[3], row(9, 9000)
	changed.Title = "Z"
	erased.Title, erased.Contact, erased.State = "", listing.Ref{}, listing.StateAnonymised
	e.Apply([]listing.Record{changed, erased, added}, []int64{1})
	hidden := query.Scope{HiddenQueues: map[string]bool{"shut": true}}
	for _, step := range []string{"followed", "rebuilt"} {
		now := kept.In(e.View(), hidden)
		window := now.Window(0, 10)
		if got := titles(window); !slices.Equal(got, []string{"", "", "Z", "", "E"}) || kept.Total() != 5 {
			t.Fatalf("%s: %q of %d", step, got, kept.Total())
		}
		for i, r := range window {
			left := i < 2
			if r.ID != int64(i+1) || left != reflect.DeepEqual(r, listing.Record{ID: r.ID}) {
				t.Errorf("%s: row %d is %+v", step, i, r)
			}
			if at := now.IndexOf(r.ID); left && at != -1 || !left && at != i {
				t.Errorf("%s: row %d is found at %d", step, i, at)
			}
		}
		if window[3].State != listing.StateAnonymised {
			t.Errorf("%s: the erased row is %+v", step, window[3])
		}
		names := []string{}
		for r := range now.Records(t.Context(), func(name string) bool { return name != rows[4].Name }) {
			names = append(names, r.Name)
		}
		if want := []string{rows[2].Name, rows[3].Name}; !slices.Equal(names, want) {
			t.Errorf("%s: Records gives %v, want %v", step, names, want)
		}
		if n, err := now.Count(t.Context(), nil); n != 3 || err != nil {
			t.Errorf("%s: Count = %d, %v", step, n, err)
		}
		figures, err := now.Figures(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if sum, err := figures.Summary(t.Context()); err != nil || sum.Total != 3 {
			t.Errorf("%s: the figures are of %d rows, %v", step, sum.Total, err)
		}
		if n := len(kept.In(e.View(), query.Scope{HiddenAll: true}).Window(0, 10)[4].Title); n > 0 {
			t.Errorf("%s: a row shows although everything is hidden", step)
		}
		if err := e.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKeptRowsHoldNoTexts asks the collector whether a view, with all its texts, can still be
// reached once a result of it is all that is kept.
func TestKeptRowsHoldNoTexts(t *testing.T) {
	t.Parallel()
	e := loaded(t, manyRows(9000)...) // so many that they are put in order behind the answer
	kept, view := func() (*listing.Kept, weak.Pointer[listing.View]) {
		kept := searched(t, e, "", query.SortKey{Field: "title"}).Keep()
		return kept, weak.Make(e.View())
	}()
	kept.In(e.View(), everything).Window(8990, 10) // waits for the order
	if err := e.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	for wait := time.Now().Add(10 * time.Second); view.Value() != nil; runtime.GC() {
		if time.Now().After(wait) {
			t.Fatal("the result keeps the view that it was found in")
		}
	}
	if n := len(kept.In(e.View(), everything).Window(0, 10)); n != 10 {
		t.Errorf("%d rows", n)
	}
}

func manyRows(n int) []listing.Record {
	rows := make([]listing.Record, n)
	for i := range rows {
		rows[i] = row(int64(i+1), int64(i)*1000)
	}
	return rows
}

// TestFingerprintSeesEveryField changes the fields of a record one by one.
func TestFingerprintSeesEveryField(t *testing.T) {
	t.Parallel()
	var plain listing.Record
	before := plain.Fingerprint()
	for field, f := range reflect.ValueOf(plain).Fields() {
		r := plain
		v := reflect.ValueOf(&r).Elem().FieldByIndex(field.Index)
		switch f.Interface().(type) {
		case string:
			v.SetString("x")
		case bool:
			v.SetBool(true)
		case listing.Ref:
			v.Set(reflect.ValueOf(listing.Ref{Title: "x"}))
		case []string:
			v.Set(reflect.ValueOf([]string{"x"}))
		case []listing.Ref:
			v.Set(reflect.ValueOf([]listing.Ref{{Title: "x"}}))
		case listing.State:
			v.SetUint(1)
		default:
			v.SetInt(7)
		}
		if r.Fingerprint() == before {
			t.Errorf("%s makes no difference", field.Name)
		}
	}
	if plain.Fingerprint() != before {
		t.Error("the same record has two fingerprints")
	}
}
