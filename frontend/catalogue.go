package frontend

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed src/lib/i18n/en.json src/lib/i18n/cs.json wailsjs/go/fields.en.json wailsjs/go/fields.cs.json
var catalogueFiles embed.FS

// Catalogue is the set of messages of one language, from the same files that the page reads.
type Catalogue struct {
	tag      language.Tag
	messages map[string]string
}

// Languages are those that are complete.
func Languages() []string { return []string{"en", "cs"} }

var readCatalogue = sync.OnceValue(func() map[string]Catalogue {
	all := map[string]Catalogue{}
	for _, lang := range Languages() {
		c := Catalogue{tag: language.Make(lang), messages: map[string]string{}}
		for _, name := range []string{"src/lib/i18n/" + lang + ".json", "wailsjs/go/fields." + lang + ".json"} {
			b, err := catalogueFiles.ReadFile(name)
			if err != nil {
				panic(err) // the file is part of the binary
			}
			if err := json.Unmarshal(b, &c.messages); err != nil {
				panic(fmt.Sprintf("catalogue %s: %v", name, err)) // a test reads all
			}
		}
		all[lang] = c
	}
	return all
})

// Text returns a message with its values: Text("cs", "list.count", "n", "5"). An unknown
// language is English, an unknown key comes back as it is, so that nothing goes silent.
func Text(lang, key string, args ...string) string {
	c, ok := readCatalogue()[lang]
	if !ok {
		c = readCatalogue()["en"]
	}
	text, ok := c.messages[key]
	if !ok {
		return key
	}
	values := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		values[args[i]] = args[i+1]
	}
	return c.format(text, values)
}

// format understands the part of the ICU syntax the catalogues use: {name},
// {name, plural, one {…} other {…}} with # for the number, and {name, select, …}.
func (c Catalogue) format(text string, values map[string]string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if text[i] != '{' {
			b.WriteByte(text[i])
			i++
			continue
		}
		end := closing(text, i)
		if end < 0 {
			b.WriteString(text[i:])
			break
		}
		b.WriteString(c.argument(text[i+1:end], values))
		i = end + 1
	}
	return b.String()
}

// closing is the place of the brace that closes the one at open, or -1.
func closing(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func (c Catalogue) argument(arg string, values map[string]string) string {
	name, rest, complexArg := strings.Cut(arg, ",")
	value := values[strings.TrimSpace(name)]
	if !complexArg {
		return value
	}
	kind, choices, ok := strings.Cut(rest, ",")
	if !ok {
		return value // {n, number}: the caller has written it already
	}
	options := parseChoices(choices)
	pick := value
	if strings.TrimSpace(kind) == "plural" {
		if exact, ok := options["="+value]; ok {
			return c.format(strings.ReplaceAll(exact, "#", value), values)
		}
		pick = c.pluralForm(value)
	}
	chosen, ok := options[pick]
	if !ok {
		chosen = options["other"]
	}
	return c.format(strings.ReplaceAll(chosen, "#", value), values)
}

func parseChoices(text string) map[string]string {
	options := map[string]string{}
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return options
		}
		end := closing(text, open)
		if end < 0 {
			return options
		}
		options[strings.TrimSpace(text[:open])] = text[open+1 : end]
		text = text[end+1:]
	}
}

// pluralForm is the CLDR form of a whole number; what is none takes "other".
func (c Catalogue) pluralForm(value string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, value)
	n, err := strconv.Atoi(digits)
	if err != nil {
		return "other"
	}
	switch plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0) {
	case plural.One:
		return "one"
	case plural.Few:
		return "few"
	case plural.Many:
		return "many"
	}
	return "other"
}
