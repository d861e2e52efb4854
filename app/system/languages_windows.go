package system

import "golang.org/x/sys/windows"

// Languages returns the person's languages as language tags ("cs-CZ"), the preferred one first; none where
// the system does not tell. It is the language of Windows itself, which may differ from that of its
// dates and numbers.
func Languages() []string {
	tags, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return tags
}
