package daktela

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// Messages reads the whole transcript of an interaction, oldest first as the
// server keeps it. It fails with ErrNotAvailable where transcripts are not offered.
func (c *Client) Messages(ctx context.Context, interaction Name) ([]Message, error) {
	return related[Message](ctx, c, c.paths.Messages, interaction, messageFields())
}

// Flow reads the steps of an interaction, or fails with ErrNotAvailable.
func (c *Client) Flow(ctx context.Context, interaction Name) ([]Step, error) {
	return related[Step](ctx, c, c.paths.Flow, interaction, stepFields())
}

// InteractionActivities reads the activities of one interaction, or fails with
// ErrNotAvailable. Their item is the interaction's number, so its name is set here.
func (c *Client) InteractionActivities(ctx context.Context, interaction Name) ([]Activity, error) {
	rows, err := related[Activity](ctx, c, c.paths.InteractionActivities, interaction, activitiesModel().fields)
	for i := range rows {
		rows[i].Item.Name = interaction
	}
	return rows, err
}

// ActivityAttachments reads the list of an activity's files, or fails with ErrNotAvailable.
func (c *Client) ActivityAttachments(ctx context.Context, activity Name) ([]Attachment, error) {
	return related[Attachment](ctx, c, c.paths.ActivityAttachments, activity, attachmentFields())
}

// ActivityReviews reads the QA reviews of an activity; "not found" means it has none.
func (c *Client) ActivityReviews(ctx context.Context, activity Name) ([]QAReview, error) {
	rows, err := related[QAReview](ctx, c, c.paths.ActivityReviews, activity, qaReviewsModel().fields)
	if _, none := errors.AsType[*NotFoundError](err); none {
		return nil, nil
	}
	return rows, err
}

// UserGroups reads the groups a user belongs to, or fails with ErrNotAvailable.
func (c *Client) UserGroups(ctx context.Context, user Name) ([]Group, error) {
	return related[Group](ctx, c, c.paths.UserGroups, user, []string{"name", "title", "type"})
}

// QueueGroups reads the groups a queue belongs to, or fails with ErrNotAvailable.
func (c *Client) QueueGroups(ctx context.Context, queue Name) ([]Group, error) {
	return related[Group](ctx, c, c.paths.QueueGroups, queue, []string{"name", "title", "type"})
}

// QueueForms reads the QA forms of a queue, or fails with ErrNotAvailable.
func (c *Client) QueueForms(ctx context.Context, queue Name) ([]QAForm, error) {
	return related[QAForm](ctx, c, c.paths.QueueForms, queue, []string{"name", "title"})
}

// related reads every page of a relation. 404 and 405 mean that this release
// does not offer it (or that the record is gone): ErrNotAvailable, with the
// typed error still in the chain.
func related[T any](ctx context.Context, c *Client, template string, name Name, fields []string) ([]T, error) {
	if name == "" {
		return nil, ErrNoName
	}
	path, op := fill(template, name)
	values := url.Values{}
	encodeFields(values, fields)
	at := call{site: c.address.Site(), method: http.MethodGet, path: path, op: op, query: values}
	rows := []T{}
	for row, err := range Walk(ctx, Query{}, func(ctx context.Context, q Query) (Page[T], error) {
		p, err := page[T](ctx, c, at, q.Take, q.Skip)
		rows = slices.Grow(rows, len(p.Rows))
		return p, err
	}) {
		if err != nil {
			return nil, notAvailable(err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func notAvailable(err error) error {
	_, missing := errors.AsType[*NotFoundError](err)
	_, refused := errors.AsType[*MethodNotAllowedError](err)
	if missing || refused {
		return fmt.Errorf("%w: %w", ErrNotAvailable, err)
	}
	return err
}
