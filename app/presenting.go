package app

import (
	"context"

	"wapdesk/app/profile"
)

// formatShown writes a filter in its text form as the page may show it.
func (a *App) formatShown(ctx context.Context, p *profile.Profile, f profile.Filter, lang string) (string, error) {
	return p.FormatWhere(ctx, a.veil.over(p).filter(a.veil.lift(f)).Query().Where, lang)
}

// stillPresenting does what may open another profile. Presentation mode is a choice of each, but who
// turned it on is still in front of the same people.
func (a *App) stillPresenting(do func() error) error {
	before, err := a.profiles.Open()
	presenting := err == nil && before.Settings().Presentation
	if err := do(); err != nil || !presenting {
		return err
	}
	p, err := a.profiles.Open()
	if err != nil {
		return nil //nolint:nilerr // none is open now
	}
	settings := p.Settings()
	settings.Presentation = true
	_, err = p.SetSettings(a.Context(), settings)
	return err
}
