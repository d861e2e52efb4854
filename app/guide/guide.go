// Package guide is the help of the program: the page shows it, the command line prints it, and the README has it
// between two marks.
package guide

import (
	"strings"

	"wapdesk/store/query"
)

// Topic is one page of the help. What it says are keys of the catalogues.
type Topic struct {
	// Name is how the command line calls it.
	Name  string   `json:"name"`
	Title string   `json:"title"`
	Text  []string `json:"text"`
	Words []Word   `json:"words"`
	Steps []string `json:"steps"`
	// Picture asks for that of an interaction and an activity, whose words are the last of Text.
	Picture bool `json:"picture"`
}

// Word is something the program shows, with what it means.
type Word struct {
	// Term is a key of the catalogues, or the keys to press.
	Term  string `json:"term"`
	About string `json:"about"`
	// Action names what a person may put on other keys, "" for what always is as Term says.
	Action string `json:"action"`
}

// Topics are those of the help in their order.
func Topics() []Topic {
	topics := []Topic{
		{Name: "columns", Title: "guide.columns", Text: []string{"guide.columns.more"}, Words: columns()},
		{Name: "numbers", Title: "guide.numbers", Words: []Word{
			{Term: "summary.unanswered", About: "summary.unanswered.about"},
			{Term: "summary.missed", About: "summary.missed.about"},
			{Term: "summary.answered", About: "summary.answered.about"},
			{Term: "summary.median", About: "guide.wait"},
			{Term: "target.within", About: "target.within.about"},
		}},
		{Name: "filters", Title: "guide.filters", Steps: []string{"guide.filters.1", "guide.filters.2", "guide.filters.3", "guide.filters.4"}},
		{Name: "export", Title: "guide.export", Steps: []string{
			"guide.export.1", "guide.export.2", "guide.export.3", "guide.export.4", "guide.export.5", "guide.export.6",
		}},
		{Name: "bulk", Title: "guide.bulk", Steps: []string{"guide.bulk.1", "guide.bulk.2", "guide.bulk.3", "guide.bulk.4"}},
		{Name: "activity", Title: "guide.activity", Picture: true, Text: []string{
			"detail.difference.interaction", "detail.difference.activity", "detail.difference.picture",
		}},
		{Name: "rights", Title: "guide.rights", Text: []string{"guide.rights.1", "guide.rights.2", "guide.rights.3"}},
		{Name: "anonymising", Title: "guide.anonymising", Text: []string{
			"guide.anonymising.1", "guide.anonymising.2", "guide.anonymising.3", "guide.anonymising.4", "guide.anonymising.5",
		}},
		{Name: "keys", Title: "keys.title", Text: []string{"guide.keys.own"}, Words: keys()},
	}
	for i, t := range topics { // the page gets lists, not null
		topics[i].Text, topics[i].Words, topics[i].Steps = append([]string{}, t.Text...), append([]Word{}, t.Words...), append([]string{}, t.Steps...)
	}
	return topics
}

// Named returns the topic of a name, and whether there is one.
func Named(name string) (Topic, bool) {
	for _, topic := range Topics() {
		if topic.Name == name {
			return topic, true
		}
	}
	return Topic{}, false
}

// Names are those of the topics.
func Names() []string {
	var names []string
	for _, topic := range Topics() {
		names = append(names, topic.Name)
	}
	return names
}

// columns are those of the list in their order, then those that files alone have at first.
func columns() []Word {
	var words []Word
	for _, f := range query.Fields() {
		if !f.Exportable {
			continue
		}
		if f.Name == query.FieldSender { // files have numbers on both sides of it, which are no fields
			words = append(words, Word{Term: "export.column.wa_number", About: "column.about.wa_number"})
		}
		words = append(words, Word{Term: "field." + f.Name, About: "column.about." + f.Name})
		if f.Name == query.FieldSender {
			words = append(words, Word{Term: "field.recipient", About: "column.about.recipient"})
		}
	}
	return words
}

// keys are what the keyboard does. Those that always do the same stand among those that can be changed.
func keys() []Word {
	return []Word{
		{"Ctrl+K", "keys.quick", "quick"},
		{"Ctrl+F", "keys.filter", "filter"},
		{"Ctrl+Shift+F", "keys.advanced", "advanced"},
		{"F5", "keys.refresh", "refresh"},
		{"Ctrl+R", "keys.sync", "sync"},
		{"Ctrl+E", "keys.export", "export"},
		{"↑ ↓ ← → PgUp PgDn", "keys.move", ""},
		{"Ctrl+Home, Ctrl+End", "keys.ends", ""},
		{"Enter", "keys.open", ""},
		{"Esc", "keys.close", ""},
		{"J", "keys.next", "next"},
		{"K", "keys.previous", "previous"},
		{"R", "keys.review", "review"},
		{"Space, Shift+↑ ↓", "keys.select", ""},
		{"Ctrl+A", "keys.selectAll", ""},
		{"Ctrl+C", "keys.copy", ""},
		{"Ctrl+Shift+L", "keys.copyLink", "copyLink"},
		{"Shift+F10", "keys.menu", ""},
		{"Alt+N", "keys.new", "new"},
		{"Alt+1 … Alt+5", "keys.pages", ""},
		{"Ctrl+1 … Ctrl+9", "keys.views", ""},
		{"F6, Shift+F6", "keys.region", ""},
		{"Alt+↑, Alt+↓", "keys.activity", ""},
		{"Ctrl+Z", "keys.undo", "undo"},
		{"Ctrl+P", "keys.print", "print"},
		{"Ctrl++, Ctrl+−, Ctrl+0", "keys.textSize", ""},
		{"Ctrl+Shift+H", "keys.presentation", "presentation"},
		{"F1", "keys.help", "help"},
	}
}

// Text gives a message of the catalogue in a language; what is no key comes back as it is.
type Text func(lang, key string, args ...string) string

// Markdown words topics in a language, each under a heading of a level.
func Markdown(topics []Topic, level int, lang string, text Text) string {
	say := func(key string) string {
		// In a table it would end the cell.
		return strings.ReplaceAll(text(lang, key, "keys", "Ctrl+E"), "|", `\|`)
	}
	var b strings.Builder
	for i, topic := range topics {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(strings.Repeat("#", level) + " " + say(topic.Title) + "\n")
		for n, sentence := range topic.Text {
			if n == 0 {
				b.WriteString("\n")
			}
			b.WriteString("- " + say(sentence) + "\n")
		}
		if topic.Picture {
			b.WriteString("\n" + picture(say))
		}
		for n, step := range topic.Steps {
			if n == 0 {
				b.WriteString("\n")
			}
			b.WriteString(string(rune('1'+n)) + ". " + say(step) + "\n")
		}
		if len(topic.Words) > 0 {
			b.WriteString("\n| | |\n| --- | --- |\n")
		}
		for _, word := range topic.Words {
			b.WriteString("| " + say(word.Term) + " | " + say(word.About) + " |\n")
		}
	}
	return b.String()
}

// picture draws the four moments with letters.
func picture(say func(string) string) string {
	const wait, talk, work = 14, 24, 16
	bar := func(text string, width int, fill string) string {
		text = " " + text + " "
		left := width - len([]rune(text))
		return strings.Repeat(fill, max(0, left/2)) + text + strings.Repeat(fill, max(0, left-left/2))
	}
	moment := func(name string, width int) string { return name + strings.Repeat(" ", width+1-len(name)) }
	return "```\n" + moment("tA", wait) + moment("tB", talk) + moment("tC", work) + "tD\n" +
		"|" + bar(say("detail.difference.wait"), wait, ".") + "|" + bar(say("detail.difference.chat"), talk, "=") + "|" +
		strings.Repeat(" ", work) + "   " + say("process.track.interaction") + "\n" +
		strings.Repeat(" ", wait+1) + "|" + bar(say("detail.tab.activity"), talk, "=") + "|" +
		bar(say("detail.difference.work"), work, "-") + "|  " + say("detail.tab.activity") + "\n```\n"
}
