package query_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	_ "modernc.org/sqlite" // FTS5 judges what WordQuery makes

	"wapdesk/store/query"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":              "",
		"already plain": "already plain",
		"Dvořák":        "dvorak",
		"ŽLUŤOUČKÝ KŮŇ": "zlutoucky kun",
		norm.NFD.String("Příliš žluťoučký"): "prilis zlutoucky",
		"Łukasz Øster Đurić Groß ẞ":         "lukasz oster duric gross ss",
		"Æsir Œuvre Þor ı İ":                "aesir oeuvre thor i i",
		"Ångström Ñandú façade":             "angstrom nandu facade",
		"Ελλάδα Йод":                        "ελλαδα иод",
		"a\u00a0b":                          "a b",
		"日本":                                "日本",
		"bad \xff byte":                     "bad \ufffd byte",
		strings.Repeat("Ř", 50):             strings.Repeat("r", 50),
	} {
		if got := query.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFoldNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"+420 777 123 456":   "420777123456",
		"00420777123456":     "420777123456",
		"00 420-777/123.456": "420777123456",
		"(+420) 777":         "420777",
		"777123456":          "777123456",
		"Anna Nováková":      "anna novakova",
		"anna 2":             "anna 2",
		"":                   "",
		"+":                  "+",
	} {
		if got := query.FoldNumber(text); got != want {
			t.Errorf("FoldNumber(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Dvořák")
	f.Add("ẞæþ\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		once := query.Fold(text)
		if again := query.Fold(once); again != once {
			t.Errorf("Fold(%q) = %q, folded again %q", text, once, again)
		}
	})
}

func TestWordQuery(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                 "",
		"  ":               "",
		"faktura":          `"faktura"`,
		"faktura router":   `"faktura" "router"`,
		"fakt*":            `"fakt"*`,
		`"dobrý den"`:      `"dobrý den"`,
		`"dobrý de"* x`:    `"dobrý de"* "x"`,
		`"open phrase`:     `"open phrase"`,
		`a"b"c`:            `"a" "b" "c"`,
		"NOT OR NEAR(a b)": `"NOT" "OR" "NEAR(a" "b)"`,
		"text:x ^y -z":     `"text:x" "^y" "-z"`,
		"* ** ! \" \"":     "",
		"e-mail":           `"e-mail"`,
		"a\x00b":           `"a b"`,
	} {
		if got := query.WordQuery(text); got != want {
			t.Errorf("WordQuery(%q) = %s, want %s", text, got, want)
		}
	}
}

// FuzzWordQuery gives what comes out to FTS5 itself: it may find nothing, but never err.
func FuzzWordQuery(f *testing.F) {
	for _, s := range []string{"faktura", `"a b"*`, "NEAR(", "a AND (b", "col:x", "*", `"`, "-", "\u0301"} {
		f.Add(s)
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		f.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	f.Cleanup(func() { _ = db.Close() }) // nothing of it is kept
	if _, err := db.Exec(`CREATE VIRTUAL TABLE w USING fts5(text, tokenize="unicode61 remove_diacritics 2"); INSERT INTO w VALUES ('faktura za router')`); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		match := query.WordQuery(text)
		if match == "" {
			return
		}
		var n int
		if err := db.QueryRowContext(context.Background(), "SELECT count(*) FROM w WHERE w MATCH ?", match).Scan(&n); err != nil {
			t.Errorf("WordQuery(%q) = %s: %v", text, match, err)
		}
	})
}
