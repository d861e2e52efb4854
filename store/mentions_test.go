package store

import (
	"fmt"
	"slices"
	"testing"
)

// TestSearchesForAPersonGoWithThePerson keeps searches for parts of names and words of transcripts: those
// that lead to the erased person alone go, the others stay.
func TestSearchesForAPersonGoWithThePerson(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 3))
	c := customerOf(1)
	body := func(field, value string) string {
		return fmt.Sprintf(`{"filter":{"contact":"","where":{"and":[{"field":%q,"values":[%q]}]}},"columns":["time"]}`, field, value)
	}
	for title, view := range map[string]string{
		"their word": body("text", c.words[3]), "everybody's word": body("text", "prosím"), "a word nobody said": body("text", "faktura"),
		"beginning of their word": body("text", c.words[3][:7]),
		"part of their name":      body("contact", "kvapilova0001"), "part of everybody's name": body("contact", "kvapilová"),
		"in the bar": `{"filter":{"contact":"ilova0001","where":null}}`, "number with spaces": `{"filter":{"sender":"+420 77 000 0001"}}`,
		"a choice": body("queue", "4101"), "no JSON": c.words[3],
	} {
		must(db.SaveView(t.Context(), SavedView{Title: title, Body: view}))(t)
	}
	for n, filter := range []string{`text:"` + c.words[3] + `"`, `text:"prosím"`, "contact:Kvapilova0001", "wait>5m"} {
		check(t, db.LogExport(t.Context(), ExportEntry{Path: fmt.Sprint(n), Format: "csv", Filter: filter, Rows: 1}, nil))
	}
	check(t, db.SetSetting(t.Context(), "page", "0001"))

	report := must(db.Erase(t.Context(), []Name{"wap_0001"}, "x"))(t)
	var left []string
	for _, v := range must(db.Views(t.Context()))(t) {
		left = append(left, v.Title)
	}
	slices.Sort(left)
	want := []string{"a choice", "a word nobody said", "everybody's word", "part of everybody's name"}
	if !slices.Equal(left, want) || report.Views != 6 {
		t.Errorf("left %q, want %q; %d are told", left, want, report.Views)
	}
	var filters []string
	for _, x := range must(db.Exports(t.Context()))(t) {
		filters = append(filters, x.Filter)
	}
	slices.Sort(filters)
	if want := []string{"", "", `text:"prosím"`, "wait>5m"}; !slices.Equal(filters, want) {
		t.Errorf("filters of exports: %q, want %q", filters, want)
	}
}
