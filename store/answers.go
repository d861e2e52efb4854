package store

import (
	"maps"
	"slices"
)

// AnswerError is an answer that a form does not take. It is an ErrInvalid.
type AnswerError struct {
	Question string // title; the name that was given when the form has no such question
	Unknown  bool   // the form has no such question
	// Allowed are the answers that the question offers, or the questions of the form.
	Allowed []QAOption
}

func (e *AnswerError) Error() string {
	if e.Unknown {
		return "an answer to a question that is not in the form"
	}
	return "an answer that the question does not offer"
}

// Is makes it an ErrInvalid.
func (e *AnswerError) Is(target error) bool { return target == ErrInvalid }

// Free reports whether a question takes any answer: one for a text, and one that comes without
// choices, of which the contact centre alone can tell what it takes.
func (q QAQuestion) Free() bool { return q.Type == "TEXTAREA" || len(q.Options) == 0 }

// checkAnswers returns an *AnswerError for the first answer that the form does not take.
func checkAnswers(form QAForm, answers map[string][]string) error {
	questions := make(map[Name]QAQuestion, len(form.Questions))
	var known []QAOption
	for _, question := range form.Questions {
		questions[question.Name] = question
		known = append(known, QAOption{Value: question.Name, Title: question.Title})
	}
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		question, ok := questions[name]
		if !ok {
			return &AnswerError{Question: name, Unknown: true, Allowed: known}
		}
		if question.Free() {
			continue
		}
		for _, answer := range answers[name] {
			if !slices.ContainsFunc(question.Options, func(o QAOption) bool { return o.Value == answer }) {
				return &AnswerError{Question: question.Title, Allowed: question.Options}
			}
		}
	}
	return nil
}
