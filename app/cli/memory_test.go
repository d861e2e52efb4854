package cli

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"wapdesk/app"
	"wapdesk/app/demo"
	"wapdesk/app/profile"
	"wapdesk/store/query"
)

// TestNoStructureHoldsErasedCustomers lets 50 customers pass through everything that the screens show – list, sorts,
// searches, details, copying, previews of exports, the search for a person –, anonymises them, and reads every value
// that the program still reaches from its screens once the file was compacted.
func TestNoStructureHoldsErasedCustomers(t *testing.T) {
	t.Parallel()
	const customers, erased = 60, 50
	s := newSite(t, demo.Options{Interactions: 300, Now: noon})
	c := gathered(t, s, customers)
	profiles := profile.NewManager(profile.Options{DataDir: bare(t).dir, Now: noon})
	screens := app.New(profiles)
	ctx, stop := context.WithCancel(t.Context())
	screens.Start(ctx, app.NoHost{})
	t.Cleanup(func() {
		stop()
		if err := profiles.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, _, err := profiles.Connect(ctx, profile.ConnectionInput{Address: s.web.URL, Token: s.Token()}, false); err != nil {
		t.Fatal(err)
	}
	p, err := profiles.Open()
	if err != nil {
		t.Fatal(err)
	}
	p.Background() // which compacts
	if _, err := p.Sync(ctx, profile.SyncRequest{}, nil); err != nil {
		t.Fatal(err)
	}

	page := shown{t, screens.Bound()}
	var names []string
	for _, who := range c.customers[:erased] {
		names = append(names, who.interactions...)
		page.see(who)
	}
	for _, by := range []string{query.FieldTitle, query.FieldContact, query.FieldWA, query.FieldTime} {
		found := page.do("Interactions.Search", profile.Filter{Time: allTime, Sort: []query.SortKey{{Field: by}}}).(app.SearchResult)
		page.do("Interactions.Window", found.Snapshot, 0, 200)
		all := profile.Selection{Snapshot: found.Snapshot, All: true}
		page.do("Interactions.CopyRows", all, []string{"title", "contact", "wa"}, "en")
		page.do("Exports.Preview", profile.ExportRequest{
			Filter: profile.Filter{Time: allTime}, Selection: all, Selected: true, Format: "xlsx",
			Columns: []string{"title", "contact", "wa"}, Lang: "en", Region: "en",
		})
	}
	if n := len(heldOf(screens, c.customers[:erased])); n < erased {
		t.Fatalf("%d marks are held before the erasure: the test sees nothing", n)
	}

	page.do("Erasure.Preview", profile.Selection{Names: names})
	page.do("Erasure.Anonymise", profile.Selection{Names: names}, false)
	for page.do("Sync.Status").(app.SyncStatus).CompactionDue {
		time.Sleep(20 * time.Millisecond)
	}
	left := heldOf(screens, c.customers[:erased])
	for tries := 0; len(left) > 0 && tries < 100; tries++ { // the list is made anew after a moment
		time.Sleep(100 * time.Millisecond)
		left = heldOf(screens, c.customers[:erased])
	}
	for _, at := range left[:min(len(left), 20)] {
		t.Error("still held: " + at)
	}
	if len(left) > 0 {
		t.Errorf("%d marks of erased customers are held", len(left))
	}
	stay := c.customers[erased:]
	page.see(stay[0])
	if len(heldOf(screens, stay)) == 0 {
		t.Error("who stays is nowhere: the test sees nothing")
	}
}

var allTime = profile.Period{Preset: profile.AllTime}

// shown calls what the page calls.
type shown struct {
	t     *testing.T
	bound map[string]any
}

func (s shown) do(method string, args ...any) any {
	s.t.Helper()
	owner, name, _ := strings.Cut(method, ".")
	in := make([]reflect.Value, len(args))
	for n, arg := range args {
		in[n] = reflect.ValueOf(arg)
	}
	out := reflect.ValueOf(s.bound[owner]).MethodByName(name).Call(in)
	if err, failed := out[len(out)-1].Interface().(error); failed {
		s.t.Fatalf("%s: %v", method, err)
	}
	return out[0].Interface()
}

// see looks at a customer in every way that a screen has.
func (s shown) see(who *marked) {
	s.t.Helper()
	s.do("Details.Open", who.interactions[0])
	s.do("People.Find", who.sought)
	s.do("Interactions.Count", profile.Filter{Time: allTime, Sender: who.sought})
	said := &query.Node{Field: query.FieldText, Op: query.Contains, Values: []string{who.sought}}
	s.do("Interactions.Search", profile.Filter{Time: allTime, Where: said})
}

// heldOf lists where the program holds a mark of some customers, in whatever case.
func heldOf(root any, of []*marked) []string {
	known := map[string]bool{}
	for _, who := range of {
		for _, mark := range append(slices.Clone(who.marks), who.former...) {
			known[strings.ToUpper(mark)] = true
		}
	}
	w := walk{known: known, been: map[place]bool{}}
	w.value(reflect.ValueOf(root), "")
	return w.found
}

// walk reads all that can be reached from a value, hidden fields and the room behind the end of slices among it. What
// functions and channels hold is not seen.
type walk struct {
	known map[string]bool
	been  map[place]bool
	found []string
}

type place struct {
	at   unsafe.Pointer
	kind reflect.Type
}

func (w *walk) value(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		w.text(v.String(), path)
	case reflect.Interface:
		if !v.IsNil() {
			w.value(v.Elem(), path)
		}
	case reflect.Pointer:
		if !v.IsNil() && w.fresh(v.UnsafePointer(), v.Type()) {
			w.value(v.Elem(), path)
		}
	case reflect.Struct:
		for n := range v.NumField() {
			w.value(v.Field(n), path+"."+v.Type().Field(n).Name)
		}
	case reflect.Slice:
		w.slice(v, path)
	case reflect.Array:
		for n := range v.Len() {
			w.value(v.Index(n), path)
		}
	case reflect.Map:
		if !v.IsNil() && w.fresh(v.UnsafePointer(), v.Type()) {
			for entries := v.MapRange(); entries.Next(); {
				w.value(entries.Key(), path+"[key]")
				w.value(entries.Value(), path+"[]")
			}
		}
	}
}

func (w *walk) slice(v reflect.Value, path string) {
	if v.Cap() == 0 || !w.fresh(v.UnsafePointer(), v.Type()) {
		return
	}
	whole := v.Slice(0, v.Cap())
	switch v.Type().Elem().Kind() {
	case reflect.Uint8:
		w.text(string(whole.Bytes()), path)
	case reflect.String, reflect.Pointer, reflect.Interface, reflect.Struct, reflect.Slice, reflect.Array, reflect.Map:
		for n := range whole.Len() {
			w.value(whole.Index(n), path+"[]")
		}
	}
}

func (w *walk) fresh(at unsafe.Pointer, kind reflect.Type) bool {
	been := w.been[place{at, kind}]
	w.been[place{at, kind}] = true
	return !been
}

func (w *walk) text(text, path string) {
	if len(text) < markLength {
		return
	}
	upper := strings.ToUpper(text)
	for mark := range w.known {
		if at := strings.Index(upper, mark); at >= 0 {
			w.found = append(w.found, fmt.Sprintf("%s: %q", path, upper[max(at-20, 0):at+len(mark)]))
		}
	}
}
