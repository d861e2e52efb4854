package profile

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// breaks are the elements that a browser puts on lines of their own.
var breaks = []atom.Atom{
	atom.Br, atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Tr, atom.Table, atom.Blockquote, atom.Pre, atom.Hr,
	atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
}

// unseen are the elements whose text no browser shows.
var unseen = []atom.Atom{atom.Script, atom.Style, atom.Title, atom.Head}

// PlainText returns the text of the HTML in which the contact centre keeps descriptions, with
// a line for each that a browser would show. The result is shown as text, never as HTML.
func PlainText(markup string) string {
	var b strings.Builder
	hidden := 0
	for z := html.NewTokenizer(strings.NewReader(markup)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken: // the end: memory gives no other error
			b.Write(z.Raw()) // a < that began no element, with what followed it
			return tidy(b.String())
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(z.Token().Data)
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case slices.Contains(unseen, tag) && kind == html.StartTagToken:
				hidden++
			case slices.Contains(unseen, tag) && kind == html.EndTagToken:
				hidden = max(hidden-1, 0)
			case slices.Contains(breaks, tag):
				b.WriteByte('\n')
			case tag == atom.Td, tag == atom.Th:
				b.WriteByte(' ')
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// tidy takes away empty lines, and spaces that a browser would not show.
func tidy(text string) string {
	lines := []string{}
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
