package app

import (
	"context"

	"wapdesk/app/profile"
)

// Quick answers the quick field: where a text leads.
type Quick struct{ a *App }

// Find returns the best of what a text names, of each kind.
func (q *Quick) Find(text string) (profile.Quick, error) {
	return ask(q.a, "Quick.Find", func(ctx context.Context, p *profile.Profile) (profile.Quick, error) { return p.Quick(ctx, text) })
}

// Words counts the interactions in whose messages the words of a text stand.
func (q *Quick) Words(text string) (int, error) {
	return ask(q.a, "Quick.Words", func(ctx context.Context, p *profile.Profile) (int, error) { return p.QuickWords(ctx, text) })
}
