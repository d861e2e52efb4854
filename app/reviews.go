package app

import (
	"context"

	"wapdesk/app/profile"
)

// Reviews serves reading and reviewing one interaction after the other. The review itself is a change like
// others, see Changes; what is here stays on this computer.
type Reviews struct{ a *App }

// Note is a private note on an interaction.
type Note struct {
	Text string `json:"text" personal:"gone"`
	// Has tells that there is one, also where it is not shown.
	Has bool `json:"has"`
}

// Sample draws interactions of a filter, some of each agent.
func (r *Reviews) Sample(f profile.Filter, o profile.SampleOptions) (profile.Sample, error) {
	return ask(r.a, "Reviews.Sample", func(ctx context.Context, p *profile.Profile) (profile.Sample, error) {
		return p.Sample(ctx, r.a.veil.lift(f), o)
	})
}

// MarkReviewed keeps that an interaction was reviewed, or takes that back.
func (r *Reviews) MarkReviewed(name string, reviewed bool) error {
	return tell(r.a, "Reviews.MarkReviewed", func(ctx context.Context, p *profile.Profile) error {
		return p.MarkReviewed(ctx, []string{name}, reviewed)
	})
}

// Note returns the private note on an interaction.
func (r *Reviews) Note(name string) (Note, error) {
	return ask(r.a, "Reviews.Note", func(ctx context.Context, p *profile.Profile) (Note, error) {
		text, err := p.Note(ctx, name)
		return Note{Text: text, Has: text != ""}, err
	})
}

// SetNote keeps a private note on an interaction; an empty one takes it away.
func (r *Reviews) SetNote(name, text string) error {
	return tell(r.a, "Reviews.SetNote", func(ctx context.Context, p *profile.Profile) error { return p.SetNote(ctx, name, text) })
}
