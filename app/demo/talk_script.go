package demo

import (
	"bufio"
	_ "embed"
	"strconv"
	"strings"
)

//go:embed text/cs.talk
var czechTalk string

//go:embed text/en.talk
var englishTalk string

// script is a conversation of a .talk file. A file is made of sections; "topic TITLE" (with
// "queues" and "weight"), "filler", "bot", "closed", "outgoing", "thanks" and "showcase" begin
// one, a # begins a comment. Every other line is a message:
//
//	SPEAKER [>] [@KIND ARGUMENTS] TEXT
//
// The speaker is C customer, A agent, B bot, N private note or X command; > quotes the latest
// message of the other side. {a|b} stands for one of several texts, {~he|she} follows the
// speaker's gender, {^he|she} the other side's, {=a|b} the choice made last, and {word} is a value that stays the same
// throughout a conversation, such as {order}.
type script struct {
	title  string
	queues []int64
	weight int
	lines  []scriptLine
}

type scriptLine struct {
	speaker byte
	quotes  bool
	kind    string // "" for plain text
	text    string // arguments and text
}

// scripts are the conversations of one language.
type scripts struct {
	topics   []*script
	weights  int
	filler   *script
	outgoing []*script
	bot      *script
	closed   *script
	thanks   *script
	showcase *script
}

// parseScripts reads a .talk file; the embedded ones are checked by a test.
func parseScripts(text string) *scripts {
	all := &scripts{}
	var now *script
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case len(word) == 1:
			now.lines = append(now.lines, parseLine(word[0], rest))
		case word == "queues":
			for name := range strings.FieldsSeq(rest) {
				n, _ := strconv.ParseInt(name, 10, 64)
				now.queues = append(now.queues, n)
			}
		case word == "weight":
			now.weight, _ = strconv.Atoi(rest)
			all.weights += now.weight
		default:
			now = &script{title: rest}
			all.begin(word, now)
		}
	}
	return all
}

func (all *scripts) begin(section string, s *script) {
	switch section {
	case "topic":
		all.topics = append(all.topics, s)
	case "outgoing":
		all.outgoing = append(all.outgoing, s)
	case "filler":
		all.filler = s
	case "bot":
		all.bot = s
	case "closed":
		all.closed = s
	case "thanks":
		all.thanks = s
	case "showcase":
		all.showcase = s
	}
}

func parseLine(speaker byte, text string) scriptLine {
	l := scriptLine{speaker: speaker}
	text, l.quotes = strings.CutPrefix(text, "> ")
	if rest, found := strings.CutPrefix(text, "@"); found {
		l.kind, text, _ = strings.Cut(rest, " ")
	}
	l.text = strings.ReplaceAll(text, `\n`, "\n")
	return l
}

// wording turns the text of a script into what is said.
type wording struct {
	value  func(word string) string // a {word}
	choose func(n int) int          // one of n
	self   bool                     // the speaker is a woman
	other  bool                     // so is the other side
	last   int                      // which of several texts was chosen last
}

// say expands the braces of a text.
func (w *wording) say(text string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		inner, after := closing(rest)
		out.WriteString(w.brace(inner))
		text = after
	}
}

func (w *wording) brace(inner string) string {
	if forms, found := strings.CutPrefix(inner, "~"); found {
		return w.say(gendered(forms, w.self))
	}
	if forms, found := strings.CutPrefix(inner, "^"); found {
		return w.say(gendered(forms, w.other))
	}
	if forms, found := strings.CutPrefix(inner, "="); found {
		choices := alternatives(forms)
		return w.say(choices[min(w.last, len(choices)-1)])
	}
	choices := alternatives(inner)
	if len(choices) == 1 {
		return w.value(inner)
	}
	chosen := w.choose(len(choices))
	w.last = chosen
	return w.say(choices[chosen])
}

func gendered(forms string, woman bool) string {
	he, she, _ := strings.Cut(forms, "|")
	if woman {
		return she
	}
	return he
}

// closing splits at the brace that closes an open one.
func closing(text string) (inner, after string) {
	depth := 1
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth == 0 {
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// alternatives splits at the bars outside of inner braces.
func alternatives(text string) []string {
	var list []string
	depth, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth == 0 {
				list = append(list, text[start:i])
				start = i + 1
			}
		}
	}
	return append(list, text[start:])
}
