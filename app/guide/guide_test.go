package guide_test

import (
	"os"
	"strings"
	"testing"

	"wapdesk/app/guide"
	"wapdesk/frontend"
)

// TestEveryTopicHasItsWords reads the whole help in both languages.
func TestEveryTopicHasItsWords(t *testing.T) {
	t.Parallel()
	for _, lang := range frontend.Languages() {
		for _, topic := range guide.Topics() {
			keys := append(append([]string{topic.Title}, topic.Text...), topic.Steps...)
			for _, word := range topic.Words {
				if keys = append(keys, word.About); topic.Name != "keys" {
					keys = append(keys, word.Term)
				}
			}
			for _, key := range keys {
				if text := frontend.Text(lang, key, "keys", "Ctrl+E"); text == key || text == "" || strings.ContainsAny(text, "{}") {
					t.Errorf("%s, %s: %s says %q", lang, topic.Name, key, text)
				}
			}
		}
	}
}

// TestTheReadmeSaysWhatTheHelpSays compares the part of the README for users, between its marks.
func TestTheReadmeSaysWhatTheHelpSays(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, begun := strings.Cut(string(b), "<!-- wapdesk guide -->\n\n")
	part, _, ended := strings.Cut(rest, "\n<!-- /wapdesk guide -->")
	if !begun || !ended {
		t.Fatal("the README has no part for users between its marks")
	}
	var topics []guide.Topic
	for _, name := range []string{"filters", "export", "bulk", "activity", "rights", "anonymising"} {
		topic, known := guide.Named(name)
		if !known {
			t.Fatalf("the help has no topic %s", name)
		}
		topics = append(topics, topic)
	}
	if want := guide.Markdown(topics, 3, "en", frontend.Text); part != want {
		t.Errorf("between the marks the README has to say\n%s", want)
	}
}
