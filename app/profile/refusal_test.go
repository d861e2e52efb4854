package profile

import "testing"

func TestARefusalNamesFieldsAsPeopleDo(t *testing.T) {
	t.Parallel()
	words := func(key string, _ ...string) string {
		if key == "wire.email" {
			return "E-mail"
		}
		return key
	}
	for reason, want := range map[string]string{
		"customFields.email: Not a valid address":             "E-mail: Not a valid address",
		"Not saved\ncustomFields.email: No address, Too long": "Not saved\nE-mail: No address, Too long",
		"customFields.shoe_size: Not a number":                "shoe_size: Not a number",
		"The ticket is closed: reopen it":                     "The ticket is closed: reopen it",
		"":                                                    "",
	} {
		if got := Refusal(words, reason); got != want {
			t.Errorf("%q: got %q, want %q", reason, got, want)
		}
	}
}
