package profile_test

import (
	"strings"
	"testing"

	"wapdesk/app/profile"
)

func TestPlainText(t *testing.T) {
	t.Parallel()
	for markup, want := range map[string]string{
		"":      "",
		"Ahoj.": "Ahoj.",
		"P&scaron;eni&ccaron;n&aacute; &amp; &#381;ito &nbsp;2 &euro;":    "Pšeničná & Žito 2 €",
		"<p>První</p><p>druhý<br>třetí</p>":                               "První\ndruhý\ntřetí",
		"slo<b>vo</b> a <i>dal</i>ší":                                     "slovo a další",
		"<ul><li>a</li><li>b</li></ul>":                                   "a\nb",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a b\nc",
		"<style>p { color: red }</style>text<script>alert(1)</script>":    "text",
		"<!-- poznámka -->vidět":                                          "vidět",
		"bez značek\nna dvou řádcích":                                     "bez značek\nna dvou řádcích",
		"1 < 2 a x<y":                                                     "1 < 2 a x<y",
		"&lt;b&gt;není značka&lt;/b&gt; &amp;lt;":                         "<b>není značka</b> &lt;",
		"<a href='javascript:alert(1)' title='x'>zde</a>":                 "zde",
	} {
		if got := profile.PlainText(markup); got != want {
			t.Errorf("%q: got %q, want %q", markup, got, want)
		}
	}
}

// Whatever comes in, text without < and & stays as it is but for spaces.
func FuzzPlainText(f *testing.F) {
	f.Add("<p>a</p>")
	f.Add("x<y &am")
	f.Fuzz(func(t *testing.T, s string) {
		got := profile.PlainText(s)
		if strings.ContainsAny(s, "<&\x00\r") {
			return
		}
		if want := strings.Join(strings.Fields(s), " "); strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("%q: got %q", s, got)
		}
	})
}
