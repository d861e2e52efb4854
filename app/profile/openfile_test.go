package app

import (
	"strings"
	"testing"

	"wapdesk/app/intake"
	"wapdesk/frontend"
)

func TestEverythingAFileCanEndWithHasAText(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, err := range intake.Refusals() {
		keys = append(keys, "error."+AsError(err).Code)
	}
	for _, contradict := range []bool{true, false} {
		keys = append(keys, "error."+AsError(&intake.DatesError{Contradict: contradict}).Code)
	}
	for _, reason := range intake.Reasons() {
		keys = append(keys, "error.row_"+string(reason))
	}
	for _, code := range intake.NoticeCodes() {
		keys = append(keys, "firstrun.file.notice."+string(code))
	}
	for _, lang := range frontend.Languages() {
		for _, key := range keys {
			if frontend.Text(lang, key) == key || strings.HasSuffix(key, ".internal") {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
	}
}

func TestNamesOfProfilesFitAFileSystem(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ж", 60)
	for _, name := range []string{fileProfile("/x/" + long + ".xlsx"), profileName("acme.daktela.com", long), profileName(long, long)} {
		if len(name) > 255 || !validProfile(name) {
			t.Errorf("%d bytes: %s", len(name), name)
		}
	}
	if profileName("a", long) == profileName("a", long+"x") {
		t.Error("two people have one profile")
	}
}
