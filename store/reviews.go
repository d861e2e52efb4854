package store

import (
	"context"
	"slices"
)

// putReviews makes the stored QA reviews of an interaction equal to the ones read. Those made here and not
// sent yet stay. Without sure, a list that lacks a stored one is doubted and left as it was; it reports false then.
func (t *tx) putReviews(ctx context.Context, interaction int64, sure bool, reviews []QAReview) (bool, error) {
	first, last := childSpan(interaction, activityBits)
	old, err := storedReviews(ctx, t, interaction)
	if err != nil {
		return false, err
	}
	if sameReviews(old, reviews) {
		return true, nil
	}
	if !sure {
		theirs, err := t.reviewNames(ctx, first, last)
		if err != nil {
			return false, err
		}
		read := make([]Name, len(reviews))
		for i := range reviews {
			read[i] = reviews[i].Name
		}
		if lacks(theirs, read, func(name *Name) string { return *name }) {
			return false, nil
		}
	}
	if err := t.run(ctx, "DELETE FROM qa_reviews WHERE activity_id BETWEEN ? AND ? AND NOT local", first, last); err != nil {
		return false, err
	}
	for i := range reviews {
		if err := t.putReview(ctx, &reviews[i], false); err != nil {
			return false, err
		}
	}
	t.touch(interaction)
	return true, t.deriveReview(ctx, interaction)
}

// reviewNames are the stored reviews of the contact centre, without those made here and not sent yet.
func (t *tx) reviewNames(ctx context.Context, first, last int64) ([]Name, error) {
	rows, err := t.query(ctx, "SELECT name FROM qa_reviews WHERE activity_id BETWEEN ? AND ? AND NOT local", first, last)
	return collect(rows, err, func(rows rowScanner, name *Name) error { return rows.Scan(name) })
}

// lowReview holds for a review r of a form f that gave less than half of what the form can give.
const lowReview = `r.score * 2 < f.initial_score + (SELECT ifnull(sum(iif(q.value ->> 'type' = 'CHECKBOX',
	(SELECT sum(max(o.value ->> 'points', 0)) FROM json_each(q.value, '$.options') o),
	(SELECT max(max(o.value ->> 'points'), 0) FROM json_each(q.value, '$.options') o))), 0) FROM json_each(f.questions) q)`

func (t *tx) deriveReview(ctx context.Context, interaction int64) error {
	first, last := childSpan(interaction, activityBits)
	return t.run(ctx, `UPDATE interactions SET has_review = EXISTS
		(SELECT 1 FROM qa_reviews WHERE activity_id BETWEEN ?1 AND ?2), qa_score =
		(SELECT CAST(round(avg(score)) AS INTEGER) FROM qa_reviews WHERE activity_id BETWEEN ?1 AND ?2), has_low_review = EXISTS
		(SELECT 1 FROM qa_reviews r JOIN qa_forms f ON f.name = r.form_name WHERE r.activity_id BETWEEN ?1 AND ?2 AND `+lowReview+`)
		WHERE id = ?3`, first, last, interaction)
}

// putReview adds or replaces a review; one of an activity that is not stored is left out.
func (t *tx) putReview(ctx context.Context, r *QAReview, local bool) error {
	var activity int64
	found, err := t.one(ctx, "SELECT id FROM activities WHERE name = ?", []any{r.Activity}, &activity)
	if err != nil || !found {
		return err
	}
	user, err := t.ref(ctx, refUsers, r.User)
	if err != nil {
		return err
	}
	createdBy, err := t.ref(ctx, refUsers, r.CreatedBy)
	if err != nil {
		return err
	}
	answers, err := mapArg(r.Answers)
	if err != nil {
		return err
	}
	return t.run(ctx, replaceBy("qa_reviews", "name", []string{"name", "activity_id", "form_name", "user_id", "created_by_id", "created_ms", "edited_ms", "score", "answers", "local"}),
		r.Name, activity, textArg(r.Form), idArg(user), idArg(createdBy), numberArg(r.CreatedMs), numberArg(r.EditedMs),
		numberArg(r.Score), answers, local)
}

// storedReviews are the reviews of an interaction's activities, oldest first.
func storedReviews(ctx context.Context, q querier, interaction int64) ([]QAReview, error) {
	first, last := childSpan(interaction, activityBits)
	rows, err := q.QueryContext(ctx, `SELECT r.name, a.name, r.form_name, u.name, u.title, c.name, c.title, r.created_ms, r.edited_ms, r.score, r.answers
		FROM qa_reviews r JOIN activities a ON a.id = r.activity_id
		LEFT JOIN users u ON u.id = r.user_id LEFT JOIN users c ON c.id = r.created_by_id
		WHERE r.activity_id BETWEEN ? AND ? ORDER BY r.created_ms, r.name`, first, last)
	return collect(rows, err, func(rows rowScanner, r *QAReview) error {
		var answers string
		if err := rows.Scan(&r.Name, &r.Activity, nullText(&r.Form), nullText(&r.User.Name), nullText(&r.User.Title), nullText(&r.CreatedBy.Name),
			nullText(&r.CreatedBy.Title), nullNumber(&r.CreatedMs), nullNumber(&r.EditedMs), nullNumber(&r.Score), nullText(&answers)); err != nil {
			return err
		}
		return fromJSON(answers, &r.Answers)
	})
}

func sameReviews(stored, read []QAReview) bool {
	if len(stored) != len(read) {
		return false
	}
	byName := make(map[Name]*QAReview, len(stored))
	for i := range stored {
		byName[stored[i].Name] = &stored[i]
	}
	for i := range read {
		old := byName[read[i].Name]
		if old == nil || !sameReview(old, &read[i]) {
			return false
		}
	}
	return true
}

func sameReview(a, b *QAReview) bool {
	if a.Activity != b.Activity || a.Form != b.Form || a.User != b.User || a.CreatedBy != b.CreatedBy ||
		a.CreatedMs != b.CreatedMs || a.EditedMs != b.EditedMs || a.Score != b.Score || len(a.Answers) != len(b.Answers) {
		return false
	}
	for question, answers := range a.Answers {
		other, ok := b.Answers[question]
		if !ok || !slices.Equal(answers, other) {
			return false
		}
	}
	return true
}
