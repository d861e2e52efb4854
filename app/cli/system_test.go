package cli

import (
	"slices"
	"strings"
	"testing"
)

func TestLicencesAreOfEveryModule(t *testing.T) {
	t.Parallel()
	text := bare(t).ok("licences")
	for _, known := range []string{"modernc.org/sqlite v", "svelte ", "std go1.", "Permission is hereby granted, free of charge", "Redistribution and use in source"} {
		if !strings.Contains(text, known) {
			t.Errorf("does not hold %q", known)
		}
	}
}

// TestTheManualHasEveryCommand reads the page for man in both languages: each command and option is there, no key
// of the catalogue is, and no line is taken for a command of man's language that is none.
func TestTheManualHasEveryCommand(t *testing.T) {
	t.Parallel()
	m := bare(t)
	for _, lang := range []string{"en", "cs"} {
		page := m.ok("manual", "--lang", lang)
		for _, wanted := range []string{`.SS "export`, `.SS "contact add`, `\-\-out`, `\-\-data`, "\n.B 4\n"} {
			if !strings.Contains(page, wanted) {
				t.Errorf("%s: no %q", lang, wanted)
			}
		}
		for line := range strings.SplitSeq(page, "\n") {
			request, _, _ := strings.Cut(line, " ")
			if strings.HasPrefix(line, ".") && !slices.Contains([]string{".TH", ".SH", ".SS", ".TP", ".PP", ".br", ".B"}, request) {
				t.Errorf("%s: %q", lang, line)
			}
			if strings.HasPrefix(line, "help.") || strings.HasPrefix(line, "manual.") {
				t.Errorf("%s: %q is not in the catalogue", lang, line)
			}
		}
	}
}

func TestCompletionsAreWritten(t *testing.T) {
	t.Parallel()
	m := bare(t)
	for _, shell := range shells {
		if script := m.ok("completion", shell); !strings.Contains(script, "wapdesk") || !strings.Contains(script, "__complete") {
			t.Errorf("%s: %.200q", shell, script)
		}
	}
	if line := m.fails(exitUsage, "completion", "csh"); !strings.Contains(line, "zsh") {
		t.Errorf("csh: %q", line)
	}
	if found := m.ok("__complete", "exp"); !strings.HasPrefix(found, "export\t") {
		t.Errorf("exp is completed with %q", found)
	}
}
