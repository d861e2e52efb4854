package app

import (
	"context"
	"encoding/json"
	"errors"

	"wapdesk/app/guide"
	"wapdesk/app/licences"
	"wapdesk/app/profile"
)

// Preferences reads and keeps the choices of the person at this computer.
type Preferences struct{ a *App }

// DataInfo is the page Data and privacy.
type DataInfo struct {
	Folder string `json:"folder"`
	// Encryption of the disk that the folder lies on: on, off or unknown.
	Encryption   string                   `json:"encryption"`
	Bytes        int64                    `json:"bytes"`
	Interactions int                      `json:"interactions"`
	Exports      []profile.ExportLogEntry `json:"exports"`
}

// Get returns the settings of the open profile, or those a new one would have.
func (s *Preferences) Get() (settings profile.Settings, err error) {
	defer s.a.guard("Preferences.Get", &err)
	p, err := s.a.profiles.Open()
	if nothingOpen(err) {
		return s.a.profiles.Options().DefaultSettings(), nil
	}
	if err != nil {
		return profile.Settings{}, err
	}
	return p.Settings(), nil
}

// Set keeps the settings and returns them as they were kept.
func (s *Preferences) Set(given profile.Settings) (kept profile.Settings, err error) {
	defer s.a.guard("Preferences.Set", &err)
	p, err := s.a.profiles.Open()
	if nothingOpen(err) {
		// On the screens of the first run and of the lock there is nowhere to keep them.
		return given.Clean(s.a.profiles.Options().DefaultSettings()), nil
	}
	if err != nil {
		return profile.Settings{}, err
	}
	before := p.Settings().Presentation
	if kept, err = p.SetSettings(s.a.Context(), given); err == nil && kept.Presentation != before {
		// What the page has was answered under the other mode.
		s.a.emit(EventData, nil)
		s.a.emit(EventChanges, nil)
	}
	return kept, err
}

// WorkingHours returns whether figures are told inside working hours.
func (s *Preferences) WorkingHours() (profile.HoursState, error) {
	return ask(s.a, "Preferences.WorkingHours", func(_ context.Context, p *profile.Profile) (profile.HoursState, error) {
		return p.WorkingHours(), nil
	})
}

// nothingOpen reports whether there is no profile whose settings could be meant.
func nothingOpen(err error) bool {
	return errors.Is(err, profile.ErrNoProfile) || errors.Is(err, profile.ErrLocked)
}

// Licences returns the licence texts of all software of others that is in the program.
func (s *Preferences) Licences() (string, error) { return licences.Text, nil }

// Guide returns what the help says, as keys of the catalogues.
func (s *Preferences) Guide() ([]guide.Topic, error) { return guide.Topics(), nil }

// Retention returns how long interactions stay on this computer.
func (s *Preferences) Retention() (profile.Retention, error) {
	return ask(s.a, "Preferences.Retention", func(ctx context.Context, p *profile.Profile) (profile.Retention, error) {
		return p.Retention(ctx)
	})
}

// PreviewRetention counts what keeping so many days would remove or anonymise.
func (s *Preferences) PreviewRetention(days int, anonymise bool) (profile.Retention, error) {
	return ask(s.a, "Preferences.PreviewRetention", func(ctx context.Context, p *profile.Profile) (profile.Retention, error) {
		return p.PreviewRetention(ctx, days, anonymise)
	})
}

// SetRetention chooses how long interactions stay and acts on it at once.
func (s *Preferences) SetRetention(days int, anonymise bool) (profile.Retention, error) {
	return ask(s.a, "Preferences.SetRetention", func(ctx context.Context, p *profile.Profile) (profile.Retention, error) {
		r, _, err := p.SetRetention(ctx, days, anonymise)
		return r, err
	})
}

// Diagnostics puts the state of the profile into text without personal data, for whoever helps. The
// engine is what shows the page.
func (s *Preferences) Diagnostics(engine string) (string, error) {
	return ask(s.a, "Preferences.Diagnostics", func(ctx context.Context, p *profile.Profile) (string, error) {
		d, err := p.Diagnostics(ctx)
		if err != nil {
			return "", err
		}
		text, err := json.MarshalIndent(struct {
			Engine string `json:"engine"`
			profile.Diagnostics
		}{engine, d}, "", "  ")
		return string(text), err
	})
}

// AnonymiseCall returns the request by which the contact centre anonymises; one without a method is none.
func (s *Preferences) AnonymiseCall() (profile.AnonymiseCall, error) {
	return ask(s.a, "Preferences.AnonymiseCall", func(ctx context.Context, p *profile.Profile) (profile.AnonymiseCall, error) {
		return p.AnonymiseCall(ctx)
	})
}

// SetAnonymiseCall configures that request, or removes it when its path and body are empty.
func (s *Preferences) SetAnonymiseCall(call profile.AnonymiseCall) (profile.AnonymiseCall, error) {
	return ask(s.a, "Preferences.SetAnonymiseCall", func(ctx context.Context, p *profile.Profile) (profile.AnonymiseCall, error) {
		return p.SetAnonymiseCall(ctx, call)
	})
}

// Data describes what lies on this computer.
func (s *Preferences) Data() (DataInfo, error) {
	return ask(s.a, "Preferences.Data", func(ctx context.Context, p *profile.Profile) (info DataInfo, err error) {
		if info.Folder, info.Bytes, err = p.Folder(); err != nil {
			return DataInfo{}, err
		}
		info.Encryption = string(p.DiskEncryption(ctx))
		if info.Interactions, err = p.Stored(ctx); err != nil {
			return DataInfo{}, err
		}
		info.Exports, err = p.ExportLog(ctx)
		return info, err
	})
}
