package cli

import (
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/text/language"
)

// languages are those of the catalogue; the first is for everybody else.
var languages = []string{"en", "cs"}

var spoken = language.NewMatcher([]language.Tag{language.English, language.Czech})

// anyLanguage is what a * becomes, by which a browser says that it takes any.
var anyLanguage = language.MustParse("mul")

// tongue is the language that the program's surroundings ask for: "en", "cs", or "" before it is known.
type tongue struct{ lang atomic.Pointer[string] }

func (t *tongue) get() string {
	if lang := t.lang.Load(); lang != nil {
		return *lang
	}
	return ""
}

func (t *tongue) set(lang string) { t.lang.Store(&lang) }

// bestOf returns the language of the catalogue for somebody who prefers tags, the best first. Tags
// that are none are passed over; somebody who speaks neither gets English.
func bestOf(tags []string) string {
	var wanted []language.Tag
	for _, text := range tags {
		if tag, err := language.Parse(text); err == nil {
			wanted = append(wanted, tag)
		}
	}
	_, i, _ := spoken.Match(wanted...)
	return languages[i]
}

// language is the program's: --lang, else what the browser asks for that shows the screens, else what the
// environment names, else the system's own.
func (s *state) language() string {
	if s.lang != "" {
		return s.lang
	}
	if lang := langOf(s.Args); lang != "" {
		return lang
	}
	if lang := s.browser.get(); lang != "" {
		return lang
	}
	lang := s.system.get()
	if lang == "" {
		lang = s.systemLanguage()
		s.system.set(lang)
	}
	return lang
}

// systemLanguage reads the environment as other programs do, and asks the system where it says nothing,
// as on Windows and for windows of macOS.
func (s *state) systemLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := s.Getenv(name); v != "" {
			v, _, _ = strings.Cut(v, ".") // cs_CZ.UTF-8
			return bestOf([]string{v})
		}
	}
	if s.Languages == nil {
		return bestOf(nil)
	}
	return bestOf(s.Languages())
}

// browserSpeaks takes the Accept-Language of the browser that opened the screens.
func (s *state) browserSpeaks(accepted string) {
	tags, _, err := language.ParseAcceptLanguage(accepted)
	tags = slices.DeleteFunc(tags, func(tag language.Tag) bool { return tag == anyLanguage })
	if err != nil || len(tags) == 0 {
		return // it asks for none; the system's stays
	}
	_, i, _ := spoken.Match(tags...)
	s.browser.set(languages[i])
}

// langOf finds --lang among options that could not be read to the end.
func langOf(args []string) string {
	for i, arg := range args {
		if lang, ok := strings.CutPrefix(arg, "--lang="); ok {
			return lang
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}
