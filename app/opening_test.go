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
