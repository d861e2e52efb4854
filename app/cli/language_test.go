package cli

import (
	"testing"
)

// TestTheLanguageIsThatOfWhoAsks starts in the surroundings of all systems.
func TestTheLanguageIsThatOfWhoAsks(t *testing.T) {
	t.Parallel()
	czech := []string{"cs-CZ", "en-US"}
	for name, c := range map[string]struct {
		flag    string
		env     map[string]string
		system  []string
		browser string // Accept-Language
		want    string
	}{
		"Czech Windows":                {system: czech, want: "cs"},
		"English Windows":              {system: []string{"en-US"}, want: "en"},
		"German, then Czech":           {system: []string{"de-DE", "cs", "en"}, want: "cs"},
		"neither language":             {system: []string{"de-DE"}, want: "en"},
		"nothing known":                {want: "en"},
		"no language tag":              {system: []string{"?!", "cs"}, want: "cs"},
		"environment above the system": {env: map[string]string{"LANG": "en_GB.UTF-8"}, system: czech, want: "en"},
		"messages above LANG":          {env: map[string]string{"LC_MESSAGES": "cs_CZ.UTF-8", "LANG": "en_GB.UTF-8"}, want: "cs"},
		"no locale":                    {env: map[string]string{"LANG": "C.UTF-8"}, system: czech, want: "en"},
		"browser above the system":     {browser: "en-GB,en;q=0.9,cs;q=0.8", system: czech, want: "en"},
		"browser's second language":    {browser: "de-DE,de;q=0.9,cs;q=0.8,en;q=0.7", want: "cs"},
		"browser by weight":            {browser: "en;q=0.1,cs;q=0.9", want: "cs"},
		"browser that asks for none":   {browser: "*", system: czech, want: "cs"},
		"browser that writes nonsense": {browser: ";;;", system: czech, want: "cs"},
		"option above all":             {flag: "en", browser: "cs", env: map[string]string{"LANG": "cs_CZ.UTF-8"}, system: czech, want: "en"},
	} {
		s := &state{lang: c.flag, Program: Program{
			Getenv: func(name string) string { return c.env[name] }, Languages: func() []string { return c.system },
		}}
		s.language() // what was found before the browser came does not stay
		s.browserSpeaks(c.browser)
		if got := s.language(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
