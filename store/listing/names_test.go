package listing_test

import (
	"slices"
	"testing"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// TestNamesComeBestFirstAndWithinTheRights asks for what the quick field asks.
func TestNamesComeBestFirstAndWithinTheRights(t *testing.T) {
	t.Parallel()
	anna, hidden := listing.Ref{Name: "anna", Title: "Anna Nováková"}, listing.Ref{Name: "eva", Title: "Eva Tajná"}
	contacts := []string{"Hannah Reed", "Jan Annov", "Anna Malá", "Petr Dvořák", "Anna Černá", "Annika Skrytá"}
	records := make([]listing.Record, 0, 2*len(contacts))
	for i := range 2 * len(contacts) {
		r := listing.Record{ID: int64(i + 1), Name: string(rune('a' + i)), TimeMs: int64(i + 1), User: anna, WANumber: "+420777100200"}
		title := contacts[i%len(contacts)]
		r.Contact = listing.Ref{Name: "c" + title, Title: title}
		if title == "Annika Skrytá" {
			r.User = hidden
		}
		records = append(records, r)
	}
	view := loaded(t, records...).View()
	scope := query.Scope{HiddenUsers: map[string]bool{"eva": true}, HiddenQueues: map[string]bool{"none": true}}
	ask := func(text string, limit int) listing.Names {
		t.Helper()
		found, err := view.Names(t.Context(), text, scope, limit)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	titles := func(hits []listing.NameHit) []string {
		var out []string
		for _, h := range hits {
			out = append(out, h.Title)
			if h.Count != 2 {
				t.Errorf("%s has %d interactions, want 2", h.Title, h.Count)
			}
		}
		return out
	}
	found := ask("ANNA", 5)
	if got, want := titles(found.Contacts), []string{"Anna Černá", "Anna Malá", "Hannah Reed"}; !slices.Equal(got, want) || found.ContactsTotal != 3 {
		t.Errorf("contacts %q of %d, want %q", got, found.ContactsTotal, want)
	}
	if len(found.Users) != 1 || found.Users[0].Value != "anna" || found.Users[0].Count != 10 || found.UsersTotal != 1 {
		t.Errorf("users %+v", found.Users)
	}
	if found.RowsTotal != 6 || len(found.Rows) != 5 || found.Rows[0].Contact.Title != "Anna Černá" {
		t.Errorf("%d interactions, the first of %q", found.RowsTotal, found.Rows[0].Contact.Title)
	}
	if few := ask("ann", 2); few.ContactsTotal != 4 || !slices.Equal(titles(few.Contacts), []string{"Anna Černá", "Anna Malá"}) {
		t.Errorf("two of %d: %q", few.ContactsTotal, titles(few.Contacts))
	}
	if word := ask("annov", 5); !slices.Equal(titles(word.Contacts), []string{"Jan Annov"}) {
		t.Errorf("by a word %q", titles(word.Contacts))
	}
	if number := ask("777 100", 5); number.RowsTotal != 10 || number.ContactsTotal != 0 {
		t.Errorf("a number leads to %d interactions and %d contacts", number.RowsTotal, number.ContactsTotal)
	}
	for _, text := range []string{"Annika", "Tajná", "nobody", "", " "} {
		if none := ask(text, 5); none.RowsTotal+none.ContactsTotal+none.UsersTotal+none.QueuesTotal > 0 {
			t.Errorf("%q leads to %+v", text, none)
		}
	}
}

// TestUniqueNamesAreFoundWholeAndInAnyCase looks for names in all those of a block at once: one that only
// stands over the end of another is none, and names with capitals or accents are found, too.
func TestUniqueNamesAreFoundWholeAndInAnyCase(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		names []string
		asked string
		want  int
	}{
		{[]string{"wap_1", "wap_2"}, "1wap", 0},
		{[]string{"wap_1", "wap_2"}, "wap_2", 1},
		{[]string{"wap_1", "wap_2"}, "WAP_2", 1},
		{[]string{"Wap_1", "wap_2"}, "wap_1", 1},
		{[]string{"příchozí", "wap_2"}, "prichozi", 1},
		{[]string{"wap_1", "wap_2"}, "wap_3", 0},
	} {
		var records []listing.Record
		for i, name := range tt.names {
			records = append(records, listing.Record{ID: int64(i + 1), Name: name, TimeMs: int64(i + 1)})
		}
		n, err := loaded(t, records...).View().Count(t.Context(), query.Query{Where: &query.Node{Field: query.FieldID, Op: query.Is, Values: []string{tt.asked}}}, query.Scope{})
		if err != nil || n != tt.want {
			t.Errorf("%q among %q: %d, %v; want %d", tt.asked, tt.names, n, err, tt.want)
		}
	}
}
