package profile

import (
	"testing"

	"wapdesk/app/export"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// What is copied is pasted into spreadsheets, as what is exported is opened there: one rule, and
// one cell for each value.
func TestCopiedTextIsInert(t *testing.T) {
	t.Parallel()
	words := func(key string, _ ...string) string { return key }
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "'=1+1": "''=1+1", "-5": "'-5", "@SUM": "'@SUM", "+420 777": "'+420 777",
		"\t=1": "' =1", "a\nb\tc": "a b c", "plain": "plain", "": "",
	} {
		rows := []listing.Record{{Title: text}}
		_, cells, err := export.Preview(export.Request{
			Format: export.CSV, CSV: tabs, Columns: []string{query.FieldTitle}, Words: words,
		}, rows)
		if err != nil {
			t.Fatal(err)
		}
		if got := oneLine(cells[0][0]); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
