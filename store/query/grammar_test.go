package query_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/query"
)

var update = flag.Bool("update", false, "write golden files")

// lines reads the expressions of a file, one a line.
func lines(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// golden compares what each expression gives with the golden file.
func golden(t *testing.T, name string, got []string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	text := strings.Join(got, "\n") + "\n"
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(text, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// sketch writes a tree so that people can check it.
func sketch(n *query.Node) string {
	if n == nil {
		return "everything"
	}
	out := ""
	if n.Not {
		out = "not "
	}
	for word, kids := range map[string][]query.Node{"and": n.And, "or": n.Or} {
		if len(kids) == 0 {
			continue
		}
		parts := make([]string, len(kids))
		for i := range kids {
			parts[i] = sketch(&kids[i])
		}
		return out + word + "(" + strings.Join(parts, "; ") + ")"
	}
	return fmt.Sprintf("%s%s %s %q", out, n.Field, n.Op, n.Values)
}

func TestParseValid(t *testing.T) {
	t.Parallel()
	expressions := lines(t, "valid.txt")
	if len(expressions) < 200 {
		t.Errorf("%d valid expressions, want at least 200", len(expressions))
	}
	var got []string
	for _, text := range expressions {
		n, err := query.Parse(text)
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
			continue
		}
		got = append(got, fmt.Sprintf("%s  →  %s", text, sketch(n)))
		checkRoundTrip(t, n)
	}
	golden(t, "valid.golden", got)
}

func TestParseMalformed(t *testing.T) {
	t.Parallel()
	expressions := lines(t, "malformed.txt")
	if len(expressions) < 60 {
		t.Errorf("%d malformed expressions, want at least 60", len(expressions))
	}
	var got []string
	for _, text := range expressions {
		n, err := query.Parse(text)
		if err == nil {
			t.Errorf("Parse(%q) = %s, want an error", text, sketch(n))
			continue
		}
		e := checkPlace(t, text, err)
		got = append(got, fmt.Sprintf("%s\n%s%s  %s: %s", text, strings.Repeat(" ", e.RunePos), strings.Repeat("^", max(e.RuneLen, 1)), e.Code, e))
	}
	golden(t, "malformed.golden", got)
}

// checkPlace checks that an error is a *SyntaxError within the text.
func checkPlace(t testing.TB, text string, err error) *query.SyntaxError {
	t.Helper()
	var e *query.SyntaxError
	if !errors.As(err, &e) {
		t.Fatalf("Parse(%q): error %T, want *SyntaxError", text, err)
	}
	if e.Pos < 0 || e.Len < 0 || e.Pos+e.Len > len(text) {
		t.Fatalf("Parse(%q): error at %d+%d is outside", text, e.Pos, e.Len)
	}
	if e.RunePos != utf8.RuneCountInString(text[:e.Pos]) || e.RuneLen != utf8.RuneCountInString(text[e.Pos:e.Pos+e.Len]) {
		t.Fatalf("Parse(%q): characters %d+%d do not fit bytes %d+%d", text, e.RunePos, e.RuneLen, e.Pos, e.Len)
	}
	if e.Error() == "the filter is not well formed" && e.Code != query.ErrBadTree {
		t.Fatalf("Parse(%q): code %q has no text", text, e.Code)
	}
	return e
}

// checkRoundTrip checks that a tree survives its text form in both languages, and JSON.
func checkRoundTrip(t testing.TB, n *query.Node) {
	t.Helper()
	plain, err := query.Normalise(n)
	if err != nil {
		t.Fatalf("Normalise(%s): %v", sketch(n), err)
	}
	for _, lang := range []string{"en", "cs"} {
		text := query.Format(n, lang)
		again, err := query.Parse(text)
		if err != nil {
			t.Fatalf("Parse(Format(%s)) = Parse(%q): %v", sketch(n), text, err)
		}
		if diff := cmp.Diff(plain, again); diff != "" {
			t.Fatalf("%q does not give the tree back (-want +got):\n%s", text, diff)
		}
	}
	data, err := json.Marshal(plain)
	if err != nil {
		t.Fatal(err)
	}
	var read *query.Node
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain, read); diff != "" && utf8.Valid(data) && !strings.Contains(string(data), `\ufffd`) {
		t.Fatalf("JSON does not give the tree back (-want +got):\n%s", diff)
	}
}

func TestParseLimits(t *testing.T) {
	t.Parallel()
	fifty := strings.TrimSpace(strings.Repeat("a ", query.MaxConditions))
	long := `title:"` + strings.Repeat("č", query.MaxQueryLen-8) + `"`
	for name, tc := range map[string]struct {
		text     string
		wantCode string
		wantPos  int // in characters
	}{
		"fifty conditions":  {text: fifty},
		"one too many":      {fifty + " b", query.ErrTooMany, len(fifty) + 1},
		"longest text":      {text: long},
		"too long":          {long + " ", query.ErrTooLong, query.MaxQueryLen},
		"three levels":      {text: "a OR b (c OR d)"},
		"four levels":       {"a OR b (c OR d e)", query.ErrTooDeep, 13},
		"four parentheses":  {"((((a))))", query.ErrTooDeep, 3},
		"thousands of them": {strings.Repeat("(", 4000), query.ErrTooDeep, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := query.Parse(tc.text)
			if tc.wantCode == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil {
				t.Fatal("no error")
			}
			e := checkPlace(t, tc.text, err)
			if e.Code != tc.wantCode || e.RunePos != tc.wantPos {
				t.Errorf("got %s at %d, want %s at %d", e.Code, e.RunePos, tc.wantCode, tc.wantPos)
			}
		})
	}
}

func TestParseNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "  ", "\t\n\u00a0"} {
		if n, err := query.Parse(text); n != nil || err != nil {
			t.Errorf("Parse(%q) = %v, %v; want nil, nil", text, n, err)
		}
	}
	if got := query.Format(nil, "en"); got != "" {
		t.Errorf("Format(nil) = %q, want nothing", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"valid.txt", "malformed.txt"} {
		for _, text := range lines(f, name) {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := query.Parse(text)
		if err != nil {
			_ = checkPlace(t, text, err) // it fails the test itself
			return
		}
		if n != nil && len(text) < query.MaxQueryLen/4 { // quotes and long names may lengthen it
			checkRoundTrip(t, n)
		}
	})
}

func FuzzNormalise(f *testing.F) {
	f.Add(`{"and":[{"field":"wait","op":"gt","values":["5m"]},{"not":true,"field":"user","op":"any","values":["x"]}]}`)
	f.Add(`{"or":[{"and":[{"field":"title","op":"contains","values":["\\\""]}]}]}`)
	f.Add(`{"not":true,"field":"time","op":"between","values":["today-7d","2026-11-22 09:30"]}`)
	f.Fuzz(func(t *testing.T, data string) {
		var n query.Node
		if json.Unmarshal([]byte(data), &n) != nil || len(data) > query.MaxQueryLen/8 {
			return
		}
		plain, err := query.Normalise(&n)
		if err != nil {
			return
		}
		again, err := query.Normalise(plain)
		if err != nil {
			t.Fatalf("Normalise of the plain form: %v", err)
		}
		if diff := cmp.Diff(plain, again); diff != "" {
			t.Fatalf("Normalise is not stable (-first +second):\n%s", diff)
		}
		checkRoundTrip(t, plain)
	})
}
