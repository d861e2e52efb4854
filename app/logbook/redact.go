package logbook

import (
	"fmt"
	"log/slog"
	"regexp"
)

// What looks personal in a text, and what stands there instead. Order matters: an address of the web
// may hold an e-mail, and what is quoted may hold anything.
var marks = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`"(?:[^"\\]|\\.)*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|\B'(?:[^'\\]|\\.)*'\B`), "[text]"},
	{regexp.MustCompile(`\?[^\s"]+`), "?[query]"},
	{regexp.MustCompile(`[^\s@<>:=,;()]+@[^\s@<>,;()]+`), "[e-mail]"},
	{regexp.MustCompile(`(^|[^\w.:-])\+?\(?\d[\d ()/.-]{5,}\d`), "$1[number]"},
}

// Redact takes out of a line of a log what looks like a person’s. It is the second fence: the first is
// that nothing personal is logged. For slog.HandlerOptions.
func Redact(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
		return a // of our own making
	}
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, clean(v.String()))
	case slog.KindAny:
		if err, ok := v.Any().(error); ok {
			return slog.String(a.Key, clean(err.Error()))
		}
		return slog.String(a.Key, fmt.Sprintf("[%T]", v.Any()))
	}
	return a
}

func clean(text string) string {
	for _, m := range marks {
		text = m.pattern.ReplaceAllString(text, m.instead)
	}
	return text
}
