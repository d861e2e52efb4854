package app

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/profile"
	"wapdesk/frontend"
	"wapdesk/store/query"
)

func TestTextComesBackInTheBarAndAsOneTree(t *testing.T) {
	t.Parallel()
	where, err := query.Parse(`time:today AND (user:anna OR missed:waiting) AND queue:wa AND wait > 5m`)
	if err != nil {
		t.Fatal(err)
	}
	got := parsedFilter(where)
	if diff := cmp.Diff(where, got.Where); diff != "" {
		t.Errorf("the tree lost something (-want +got):\n%s", diff)
	}
	if got.Filter.Time.Preset != "today" || len(got.Filter.Queues) != 1 {
		t.Errorf("the bar has %+v, want today and one queue", got.Filter)
	}
	if everything := parsedFilter(nil); everything.Where != nil || everything.Filter.Time.Preset != profile.AllTime {
		t.Errorf("no text gives %+v, want everything", everything)
	}
}

// syntaxCodes are the codes of mistakes in a filter, from the constants of the package itself.
func syntaxCodes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../store/query/syntax.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "Err") {
			code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, code)
		}
		return true
	})
	return codes
}

// TestEveryMistakeInAFilterIsToldInTheLanguageOfTheScreen makes each mistake that the grammar knows of.
func TestEveryMistakeInAFilterIsToldInTheLanguageOfTheScreen(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../store/query/testdata/malformed.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := append(strings.Split(strings.TrimRight(string(data), "\n"), "\n"),
		strings.Repeat("a", query.MaxQueryLen+1), strings.Repeat("a ", query.MaxConditions+1), `" "`)
	mistakes := map[string][]*query.SyntaxError{}
	made := func(text string, err error) {
		e, ok := errors.AsType[*query.SyntaxError](err)
		if !ok {
			t.Fatalf("%.40q gives %v, want a mistake", text, err)
		}
		mistakes[e.Code] = append(mistakes[e.Code], e)
	}
	for _, text := range texts {
		_, err := query.Parse(text)
		made(text, err)
	}
	for _, text := range []string{"colour", "time, wait, queue, user", "time:up"} {
		_, err := query.ParseSort(text)
		made(text, err)
	}
	_, err = query.Normalise(&query.Node{Not: true})
	made("a tree of nothing", err)

	for _, code := range syntaxCodes(t) {
		if len(mistakes[code]) == 0 {
			t.Errorf("nothing here makes the mistake %q", code)
		}
		for _, e := range mistakes[code] {
			said := map[string]string{}
			for _, lang := range frontend.Languages() {
				told := queryError("", lang, e)
				values := []string{}
				for name, value := range told.Params {
					values = append(values, name, value)
				}
				key := "query." + told.Code
				if said[lang] = frontend.Text(lang, key, values...); said[lang] == key || strings.Contains(said[lang], "{") {
					t.Errorf("%s says of %s %q", lang, code, said[lang])
				}
				if f, ok := query.FieldByName(e.Params["field"]); ok && !strings.Contains(said[lang], f.Word(lang)) {
					t.Errorf("%s says %q, where its word is %q", lang, said[lang], f.Word(lang))
				}
			}
			if said["cs"] == said["en"] {
				t.Errorf("in Czech it is said as in English: %q", said["cs"])
			}
		}
	}
}
