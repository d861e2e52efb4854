package profile

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/query"
)

// withoutData returns an open profile of an empty opened file.
func withoutData(t *testing.T) *Profile {
	t.Helper()
	m := NewManager(Options{DataDir: t.TempDir()})
	p, err := m.start(t.Context(), Description{Name: "week", Kind: kindFile, File: "week.xlsx"}, opening{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestAViewSurvivesItsText(t *testing.T) {
	t.Parallel()
	p := withoutData(t)
	for _, v := range append(builtInViews(), SavedView{
		Title: "Long: “waits” of a month", Columns: []string{"time", "queue", "wait"},
		Filter: Filter{
			Time: Period{Preset: "thismonth"}, Users: []string{query.NoneValue}, Queues: []string{}, Contact: "Dvořák: a syn", Sender: "+420 601",
			Where: &query.Node{Or: []query.Node{
				{Field: query.FieldMissed, Op: query.AnyOf, Values: []string{"waiting"}},
				{Field: query.FieldTitle, Op: query.Contains, Values: []string{"break: \"quoted\""}},
			}},
			Sort: []query.SortKey{{Field: query.FieldWait, Desc: true}, {Field: query.FieldTime}},
		},
	}) {
		if v.Key != "" {
			v.Title = v.Key
		}
		text, err := p.ViewText(t.Context(), v)
		if err != nil {
			t.Fatal(err)
		}
		// A mail program may add these.
		got, err := p.ReadView(t.Context(), "\r\n  "+strings.ReplaceAll(text, "\n", " \r\n\r\n"))
		if err != nil {
			t.Fatalf("%v of\n%s", err, text)
		}
		want := SavedView{Title: v.Title, Filter: v.Filter, Columns: v.Columns}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("changed on the way (-want +got):\n%s\n%s", diff, text)
		}
	}
}

func TestWhatIsNoViewIsRefused(t *testing.T) {
	t.Parallel()
	p := withoutData(t)
	for text, refused := range map[string]func(error) bool{
		"":                                 isViewText,
		"Hello":                            isViewText,
		"Wapdesk view:\nfilter: wait > 5m": isViewText,
		"filter: wait > 5m":                isViewText,
		"Wapdesk view: a\nWapdesk view: b": isViewText,
		"Wapdesk view: a\nregards: Anna":   isViewText,
		"Wapdesk view: a\nfilter: wait >":  isSyntax,
		"Wapdesk view: a\nsort: wait:up":   isSyntax,
		"Wapdesk view: a\nsort: nothing":   isSyntax,
		// Nobody here bears these names: the view would show nothing and not say why.
		"Wapdesk view: a\nfilter: -(user:anna OR wait > 5m)": isUnknown(query.FieldUser),
		"Wapdesk view: a\nfilter: took:\"group:night\"":      isUnknown(query.FieldUser),
		"Wapdesk view: a\nfilter: queue:Podpora":             isUnknown(query.FieldQueue),
		"Wapdesk view: a\ncolumns: time, colour":             isUnknown(AColumn),
	} {
		if v, err := p.ReadView(t.Context(), text); !refused(err) {
			t.Errorf("%q: %+v, %v", text, v, err)
		}
	}
}

func isViewText(err error) bool { return errors.Is(err, ErrViewText) }

func isSyntax(err error) bool {
	_, ok := errors.AsType[*query.SyntaxError](err)
	return ok
}

func isUnknown(what string) func(error) bool {
	return func(err error) bool {
		e, ok := errors.AsType[*UnknownError](err)
		return ok && e.What == what
	}
}
