//go:build !windows

package system

import locale "github.com/Xuanwo/go-locale"

// Languages returns the person's languages as language tags ("cs-CZ"), the preferred one first; none where
// the system does not tell.
func Languages() []string {
	found, err := locale.DetectAll()
	if err != nil {
		return nil
	}
	tags := make([]string, len(found))
	for i, tag := range found {
		tags[i] = tag.String()
	}
	return tags
}
