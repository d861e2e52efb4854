package app

import (
	"context"

	"wapdesk/app/profile"
)

// Erasure anonymises interactions on this computer.
type Erasure struct{ a *App }

// Preview says what anonymising a selection would remove and what stays.
func (e *Erasure) Preview(sel profile.Selection) (profile.ErasePreview, error) {
	return ask(e.a, "Erasure.Preview", func(ctx context.Context, p *profile.Profile) (profile.ErasePreview, error) {
		names, err := p.SelectedToErase(ctx, sel)
		if err != nil {
			return profile.ErasePreview{}, err
		}
		return p.PreviewErase(ctx, names)
	})
}

// Anonymise erases a selection on this computer at once and for good. hereOnly asks nothing of the
// contact centre, which is the only way under a role that forbids anonymising.
func (e *Erasure) Anonymise(sel profile.Selection, hereOnly bool) (profile.EraseResult, error) {
	return ask(e.a, "Erasure.Anonymise", func(ctx context.Context, p *profile.Profile) (profile.EraseResult, error) {
		defer e.a.veil.forget()
		return p.Anonymise(ctx, sel, hereOnly)
	})
}

// Stop ends a running anonymising after the interactions it is at.
func (e *Erasure) Stop() error {
	if p, err := e.a.profiles.Open(); err == nil {
		p.StopErasing()
	}
	return nil
}
