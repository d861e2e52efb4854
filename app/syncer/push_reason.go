package syncer

import (
	"context"
	"errors"
	"slices"
	"strings"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// longestReason bounds, in characters, what is kept of the contact centre's words.
const longestReason = 1000

// reason is the contact centre's own words, for the screen of changes.
func (s *Syncer) reason(ctx context.Context, c store.Change, err error) string {
	var lines []string
	if refused, ok := errors.AsType[*daktela.ValidationError](err); ok {
		lines = s.namingQuestions(ctx, c, refused).Lines()
	} else if forbidden, ok := errors.AsType[*daktela.ForbiddenError](err); ok {
		lines = forbidden.Messages
	}
	words := []rune(strings.Join(lines, "\n"))
	if len(words) > longestReason {
		words = append(words[:longestReason-1], '…')
	}
	return string(words)
}

// namingQuestions returns a refusal that names the questions of a review by their titles. What an
// answer without given choices may be is known to the contact centre alone, so its words are all
// that a lead can go by.
func (s *Syncer) namingQuestions(ctx context.Context, c store.Change, refused *daktela.ValidationError) *daktela.ValidationError {
	if c.Kind != store.KindReview || c.Value.Review == nil {
		return refused
	}
	forms, err := s.db.Forms(ctx, "")
	at := slices.IndexFunc(forms, func(f store.QAForm) bool { return f.Name == c.Value.Review.Form })
	if err != nil || at < 0 {
		return refused // named by its unique names then
	}
	named := &daktela.ValidationError{Call: refused.Call, Messages: refused.Messages, Form: map[string][]string{}}
	for field, words := range refused.Form {
		if question, ok := strings.CutPrefix(field, daktela.AnswersField+"."); ok {
			if place := slices.IndexFunc(forms[at].Questions, func(q store.QAQuestion) bool { return q.Name == question }); place >= 0 && forms[at].Questions[place].Title != "" {
				field = forms[at].Questions[place].Title
			}
		}
		named.Form[field] = append(named.Form[field], words...)
	}
	return named
}
