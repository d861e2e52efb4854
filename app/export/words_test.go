package export

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wapdesk/store/listing"
)

// testWords reads the words of a language from testdata, where the catalogue's own texts
// of these keys are kept in the same form.
func testWords(t testing.TB, lang string) Words {
	t.Helper()
	texts := readWords(t, lang)
	return func(key string, args ...string) string {
		text, ok := texts[key]
		if !ok {
			t.Errorf("no %s text for %q", lang, key)
		}
		for i := 0; i+1 < len(args); i += 2 {
			text = strings.ReplaceAll(text, "{"+args[i]+"}", args[i+1])
		}
		return text
	}
}

func readWords(t testing.TB, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "words."+lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestKeysAreExactlyTheTextsThatExist(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "cs"} {
		var got []string
		for key, text := range readWords(t, lang) {
			if text == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
			got = append(got, key)
		}
		slices.Sort(got)
		if want := Keys(); !slices.Equal(got, want) {
			t.Errorf("%s: texts exist for\n%v\nand are asked for\n%v", lang, got, want)
		}
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
	for _, f := range listing.Fields() {
		if f.Exportable && !slices.Contains(fields, f.Name) {
			t.Errorf("the list says %s can be exported", f.Name)
		}
	}
	var listed []string
	for _, f := range listing.Fields() {
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
