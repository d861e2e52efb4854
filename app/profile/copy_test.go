package profile

import "testing"

// What is copied is pasted into spreadsheets, as what is exported is opened there: one rule.
func TestCopiedTextIsInert(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "'=1+1": "''=1+1", "-5": "'-5", "@SUM": "'@SUM", "+420 777": "'+420 777",
		"\t=1": "'=1", "a\nb\tc": "a b c", "plain": "plain", "": "",
	} {
		if got := oneLine(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
