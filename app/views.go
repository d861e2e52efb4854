package app

import (
	"context"

	"wapdesk/app/profile"
)

// Views keeps filters under a name.
type Views struct{ a *App }

// Views lists the built-in views and then the person's own.
func (v *Views) Views() ([]profile.SavedView, error) {
	return ask(v.a, "Views.Views", func(ctx context.Context, p *profile.Profile) ([]profile.SavedView, error) { return p.Views(ctx) })
}

// SaveView adds a view, or replaces the one with its ID.
func (v *Views) SaveView(given profile.SavedView) (profile.SavedView, error) {
	return ask(v.a, "Views.SaveView", func(ctx context.Context, p *profile.Profile) (profile.SavedView, error) {
		given.Filter = v.a.veil.lift(given.Filter)
		if given.Title == hidden {
			// The page was not told the title, and means the one that is kept.
			views, err := p.Views(ctx)
			if err != nil {
				return profile.SavedView{}, err
			}
			for _, kept := range views {
				if kept.ID == given.ID {
					given.Title = kept.Title
				}
			}
		}
		return p.SaveView(ctx, given)
	})
}

// Text writes a view as text to be passed on.
func (v *Views) Text(given profile.SavedView) (string, error) {
	return ask(v.a, "Views.Text", func(ctx context.Context, p *profile.Profile) (string, error) { return p.ViewText(ctx, given) })
}

// Read reads a view from its text, without keeping it.
func (v *Views) Read(text string) (profile.SavedView, error) {
	return ask(v.a, "Views.Read", func(ctx context.Context, p *profile.Profile) (profile.SavedView, error) {
		return p.ReadView(ctx, text)
	})
}

// DeleteView removes one of the person's own views.
func (v *Views) DeleteView(id string) error {
	return tell(v.a, "Views.DeleteView", func(ctx context.Context, p *profile.Profile) error { return p.DeleteView(ctx, id) })
}
