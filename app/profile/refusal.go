package profile

import (
	"strings"

	"wapdesk/app/export"
)

// Refusal returns why a contact centre refused a change, its own words, with the fields that it names
// as people call them: "customFields.email: Not a valid address" becomes "E-mail: Not a valid address".
func Refusal(words export.Words, reason string) string {
	lines := strings.Split(reason, "\n")
	for i, line := range lines {
		field, what, found := strings.Cut(line, ": ")
		if !found || strings.ContainsAny(field, " \t") {
			continue
		}
		own := strings.TrimPrefix(field, "customFields.")
		if key := "wire." + own; words(key) != key {
			own = words(key)
		}
		lines[i] = own + ": " + what
	}
	return strings.Join(lines, "\n")
}
