package daktela

import "encoding/json"

// QAForm is a row of qaforms, a form for quality reviews.
type QAForm struct {
	Name         Name             `json:"name"`
	Title        Text             `json:"title"`
	Description  Text             `json:"description"`
	InitialScore Int              `json:"initial_score"`
	MinimumScore Int              `json:"minimum_score"`
	Questions    List[QAQuestion] `json:"questions"`
}

// QAQuestion is a question of a form.
type QAQuestion struct {
	Name          Name           `json:"name"`
	Title         Text           `json:"title"`
	Type          Text           `json:"type"` // SELECTBOX, CHECKBOX, SCALE, TEXTAREA
	Disqualify    Bool           `json:"disqualify"`
	DoNotCountMax Bool           `json:"doNotCountMax"`
	Options       List[QAOption] `json:"options"`
}

// QAOption is a possible answer with the points it adds or takes. The keys
// are not published; both names that siblings use are read.
type QAOption struct {
	Value  Name
	Title  Text
	Points Int
}

// UnmarshalJSON never fails; a bare text is its own value.
func (o *QAOption) UnmarshalJSON(b []byte) error {
	*o = QAOption{}
	if !isObject(b) {
		return o.Value.UnmarshalJSON(b)
	}
	var w struct {
		Name   Name `json:"name"`
		Value  Name `json:"value"`
		Title  Text `json:"title"`
		Score  Int  `json:"score"`
		Points Int  `json:"points"`
	}
	if json.Unmarshal(b, &w) != nil {
		return nil
	}
	*o = QAOption{Value: w.Name, Title: w.Title, Points: w.Score}
	if o.Value == "" {
		o.Value = w.Value
	}
	if !o.Points.Known {
		o.Points = w.Points
	}
	return nil
}

// QAReview is a row of qaReviews.
type QAReview struct {
	Name      Name    `json:"name"`
	Activity  Ref     `json:"activity"`
	Form      Ref     `json:"qaform"`
	User      Ref     `json:"user"`       // the person reviewed
	CreatedBy Ref     `json:"created_by"` // the reviewer
	Created   Text    `json:"created"`
	Edited    Text    `json:"edited"`
	Score     Int     `json:"score"`
	Answers   Answers `json:"qareviewAnswers"`
}

// AnswersField is the field that holds the answers of a review; what is wrong with one is said
// below the unique name of its question there.
const AnswersField = "qareviewAnswers"

// Answers maps a question to the values chosen. It decodes as leniently as
// CustomFields and is written back as lists.
type Answers map[string][]string

// UnmarshalJSON never fails.
func (a *Answers) UnmarshalJSON(b []byte) error {
	var fields CustomFields
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	*a = Answers(fields)
	return nil
}

func qaFormsModel() model {
	return model{
		path:   "qaforms",
		fields: []string{"name", "title", "description", "initial_score", "minimum_score", "questions"},
	}
}

func qaReviewsModel() model {
	return model{
		path: "qaReviews",
		fields: []string{
			"name", "activity.name", "qaform.name", "qaform.title", "user", "created_by", "created", "edited", "score", AnswersField,
		},
		sorts: []string{"created"},
	}
}
