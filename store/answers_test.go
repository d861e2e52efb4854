package store

import (
	"errors"
	"strings"
	"testing"
)

func TestAnswersAFormTakes(t *testing.T) {
	t.Parallel()
	form := QAForm{Questions: []QAQuestion{
		{Name: "q1", Title: "Greeting", Type: "SELECTBOX", Options: []QAOption{{Value: "1", Title: "Yes"}, {Value: "0", Title: "No"}}},
		{Name: "q2", Title: "Scale", Type: "SCALE"}, // its choices were not given
		{Name: "q3", Title: "Note", Type: "TEXTAREA"},
	}}
	for _, answers := range []map[string][]string{{"q1": {"1"}}, {"q2": {"7"}}, {"q3": {"anything"}}} {
		if err := checkAnswers(form, answers); err != nil {
			t.Errorf("%v: %v", answers, err)
		}
	}
	for name, want := range map[string]struct{ question, allowed string }{"q1": {"Greeting", "1 0"}, "q9": {"q9", "q1 q2 q3"}} {
		refused, ok := errors.AsType[*AnswerError](checkAnswers(form, map[string][]string{name: {"5"}}))
		if !ok || !errors.Is(refused, ErrInvalid) || refused.Question != want.question {
			t.Fatalf("%s: %+v", name, refused)
		}
		var allowed []string
		for _, o := range refused.Allowed {
			allowed = append(allowed, o.Value)
		}
		if got := strings.Join(allowed, " "); got != want.allowed {
			t.Errorf("%s: allowed %q, want %q", name, got, want.allowed)
		}
	}
}
