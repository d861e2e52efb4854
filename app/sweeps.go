package app

import (
	"context"

	"wapdesk/app/profile"
)

// Sweeps answers the morning: what came since the person was here, and what went wrong. What they saw and
// noted stays on this computer.
type Sweeps struct{ a *App }

// Sweep counts a filter by what went wrong with its interactions.
func (s *Sweeps) Sweep(f profile.Filter) (profile.Sweep, error) {
	return ask(s.a, "Sweeps.Sweep", func(ctx context.Context, p *profile.Profile) (profile.Sweep, error) {
		return p.Sweep(ctx, s.a.veil.lift(f))
	})
}

// Here keeps that the person is at the screen.
func (s *Sweeps) Here() error {
	return tell(s.a, "Sweeps.Here", func(ctx context.Context, p *profile.Profile) error { return p.Here(ctx) })
}

// SetSince sets since when interactions are new: a wall clock of the contact centre, or now where it is "".
// It returns what holds.
func (s *Sweeps) SetSince(wall string) (string, error) {
	return ask(s.a, "Sweeps.SetSince", func(ctx context.Context, p *profile.Profile) (string, error) {
		err := p.SetSince(ctx, wall)
		return p.Since(), err
	})
}

// Seen keeps that the details of an interaction were looked at.
func (s *Sweeps) Seen(name string) error {
	return tell(s.a, "Sweeps.Seen", func(ctx context.Context, p *profile.Profile) error {
		return p.MarkSeen(ctx, []string{name}, true)
	})
}
