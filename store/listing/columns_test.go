package listing

import (
	"testing"

	"wapdesk/store/query"
)

func TestEveryFieldIsAnsweredByTheEngine(t *testing.T) {
	t.Parallel()
	e := New(Options{})
	r := Record{ID: 1, Name: "a", TimeMs: 1}
	if err := e.Load(t.Context(), FromSeq(func(yield func(Record, error) bool) { yield(r, nil) })); err != nil {
		t.Fatal(err)
	}
	value := map[query.Kind]string{query.KindText: "x", query.KindChoice: "(none)", query.KindDuration: "5m", query.KindNumber: "3", query.KindDate: "today"}
	for _, f := range query.Fields() {
		for _, op := range f.Operators {
			n := query.Node{Field: f.Name, Op: op, Values: []string{value[f.Kind]}}
			if f.Kind == query.KindChoice && !f.Allows(query.IsEmpty) {
				n.Values = f.Values[:1] // every interaction has one
			}
			switch op {
			case query.IsEmpty, query.NotEmpty:
				n.Values = nil
			case query.Between:
				n.Values = append(n.Values, value[f.Kind])
			}
			if _, err := e.View().Count(t.Context(), query.Query{Where: &n}, query.Scope{}); err != nil {
				t.Errorf("%s %s: %v", f.Name, op, err)
			}
		}
		if f.Sortable {
			if _, err := e.View().Search(t.Context(), query.Query{Sort: []query.SortKey{{Field: f.Name}}}, query.Scope{}); err != nil {
				t.Errorf("sort by %s: %v", f.Name, err)
			}
		}
		isFigure := f.Kind == query.KindDuration || f.Kind == query.KindNumber
		if (Figure(f.Name) != nil) != isFigure {
			t.Errorf("%s is a figure: %t, its record says otherwise", f.Name, isFigure)
		}
	}
}

func TestAnUnknownFieldHasNoColumn(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("an unknown field was filed under another")
		}
	}()
	fieldCol("no such field")
}
