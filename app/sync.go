package app

import (
	"context"
	"encoding/json"

	"wapdesk/app/profile"
)

// Sync brings interactions from the contact centre and shows how far it is.
type Sync struct{ a *App }

// Status returns the state of the sync pill.
func (s *Sync) Status() (SyncStatus, error) {
	return ask(s.a, "Sync.Status", func(_ context.Context, p *profile.Profile) (SyncStatus, error) {
		status, err := p.SyncStatus()
		if err != nil {
			return SyncStatus{}, err
		}
		return syncStatus(status), nil
	})
}

// Start syncs as soon as a running sync has ended.
func (s *Sync) Start(r profile.SyncRequest) error {
	return tell(s.a, "Sync.Start", func(_ context.Context, p *profile.Profile) error { return p.StartSync(r) })
}

// Cancel ends a running sync; what was stored stays.
func (s *Sync) Cancel() error {
	return tell(s.a, "Sync.Cancel", func(_ context.Context, p *profile.Profile) error {
		p.CancelSync()
		return nil
	})
}

// Pause ends a running sync and the planned ones, or lets them go on.
func (s *Sync) Pause(paused bool) error {
	return tell(s.a, "Sync.Pause", func(_ context.Context, p *profile.Profile) error {
		return p.PauseSync(paused)
	})
}

// Report puts the report of the last sync into text without personal data, for whoever helps; "" before the first.
func (s *Sync) Report() (string, error) {
	return ask(s.a, "Sync.Report", func(ctx context.Context, p *profile.Profile) (string, error) {
		reports, err := p.SyncReports(ctx)
		if err != nil || len(reports) == 0 {
			return "", err
		}
		text, err := json.MarshalIndent(reports[0], "", "  ")
		return string(text), err
	})
}

// Rights lists what the token's user may see.
func (s *Sync) Rights() (RightsInfo, error) {
	return ask(s.a, "Sync.Rights", func(ctx context.Context, p *profile.Profile) (RightsInfo, error) {
		v, err := p.Visible(ctx)
		return RightsOf(v), err
	})
}
