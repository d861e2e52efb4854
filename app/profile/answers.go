package app

import (
	"strings"

	"wapdesk/store"
)

// answerError names the question and what it takes.
func answerError(e *store.AnswerError) *Error {
	allowed := make([]string, 0, len(e.Allowed))
	for _, o := range e.Allowed {
		text := o.Value
		if o.Title != "" && o.Title != o.Value {
			text += " (" + o.Title + ")"
		}
		allowed = append(allowed, text)
	}
	code := "answer_not_offered"
	if e.Unknown {
		code = "unknown_question"
	}
	return newError(code, e, "question", e.Question, "allowed", strings.Join(allowed, ", "))
}
