package export

import (
	"slices"
	"testing"

	"wapdesk/frontend"
	"wapdesk/store/query"
)

// testWords are the words of a language, from the catalogue of the program.
func testWords(t testing.TB, lang string) Words {
	t.Helper()
	return func(key string, args ...string) string {
		text := frontend.Text(lang, key, args...)
		if text == key {
			t.Errorf("no %s text for %q", lang, key)
		}
		return text
	}
}

func TestWordsOfAColumnDiffer(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "cs"} {
		v := newVocabulary(testWords(t, lang), false)
		for of, words := range v.words {
			seen := map[string]string{}
			for value, word := range words {
				if other, ok := seen[word]; ok {
					t.Errorf("%s, set %d: %q and %q are both %q", lang, of, value, other, word)
				}
				seen[word] = value
			}
		}
	}
}

func TestEveryExportableFieldHasAColumn(t *testing.T) {
	t.Parallel()
	fields := Fields()
	for _, f := range query.Fields() {
		if f.Exportable && !slices.Contains(fields, f.Name) {
			t.Errorf("the list says %s can be exported", f.Name)
		}
	}
	var listed []string
	for _, f := range query.Fields() {
		if f.Column {
			listed = append(listed, f.Name)
		}
	}
	var got []string
	for _, c := range (Request{}).chosen() {
		got = append(got, c.field)
	}
	if !slices.Equal(got, listed) {
		t.Errorf("columns without a choice are %v, of the list %v", got, listed)
	}
}
