package profile

import (
	"context"
	"time"

	"wapdesk/store"
	"wapdesk/store/query"
)

// upkeepEvery is how often a program that stays open looks for what has become too old. The day
// turns once a day, but a laptop that slept through midnight should not wait for the next one.
const upkeepEvery = time.Hour

// upkeep removes or anonymises what is older than the days kept, and forgets changes that were
// sent long ago. It runs whenever a profile is opened, after each sync and every hour.
func (p *Profile) upkeep(ctx context.Context) (store.UpkeepReport, error) {
	report, err := p.db.Upkeep(ctx)
	if report.Removed+report.Anonymised > 0 {
		p.log.Info("older interactions left", "removed", report.Removed, "anonymised", report.Anonymised)
		p.background.compactSoon()
	}
	return report, err
}

// upkeepOrLog is upkeep where nobody waits for an answer; what was left is done by the next one.
func (p *Profile) upkeepOrLog(ctx context.Context) {
	if _, err := p.upkeep(ctx); err != nil && ctx.Err() == nil {
		p.log.Error("older interactions were not removed", "error", err.Error())
	}
}

// Retention is how long interactions stay on this computer.
type Retention struct {
	Days      int  `json:"days"`      // 0: everything stays
	Anonymise bool `json:"anonymise"` // what is older is anonymised instead of removed
	// KeptFrom is the first day that stays, "" when everything does.
	KeptFrom string `json:"keptFrom"`
	// Interactions are older, and not yet removed or anonymised.
	Interactions int `json:"interactions"`
	// Waiting are older too, but stay until their change is sent.
	Waiting int `json:"waiting"`
}

// Retention returns how long interactions stay.
func (p *Profile) Retention(ctx context.Context) (Retention, error) {
	r, err := p.db.Retention(ctx)
	if err != nil {
		return Retention{}, err
	}
	return p.PreviewRetention(ctx, r.Days, r.Anonymise)
}

// PreviewRetention counts what a retention would remove or anonymise; it changes nothing.
func (p *Profile) PreviewRetention(ctx context.Context, days int, anonymise bool) (Retention, error) {
	if days < 0 || days > store.MaxDays {
		return Retention{}, ErrDays
	}
	found, err := p.db.PreviewRetention(ctx, store.Retention{Days: days, Anonymise: anonymise})
	if err != nil {
		return Retention{}, err
	}
	r := Retention{Days: days, Anonymise: anonymise, Interactions: found.Interactions, Waiting: found.Waiting}
	if days > 0 {
		r.KeptFrom = time.UnixMilli(found.FromMs).In(p.db.Zone()).Format(time.DateOnly)
	}
	return r, nil
}

// SetRetention chooses how long interactions stay and acts on it at once. Anonymising, unlike
// removing, is not chosen under a role that forbids it.
func (p *Profile) SetRetention(ctx context.Context, days int, anonymise bool) (Retention, store.UpkeepReport, error) {
	none := store.UpkeepReport{}
	if p.IsFile() {
		return Retention{}, none, ErrReadOnly
	}
	if days < 0 || days > store.MaxDays {
		return Retention{}, none, ErrDays
	}
	if days > 0 && anonymise {
		rights, err := p.db.Rights(ctx)
		if err != nil {
			return Retention{}, none, err
		}
		if rights.Anonymising() == store.AnonymisingLocal {
			return Retention{}, none, store.ErrNotPermitted
		}
	}
	if err := p.db.SetRetention(ctx, store.Retention{Days: days, Anonymise: anonymise && days > 0}); err != nil {
		return Retention{}, none, err
	}
	report, err := p.upkeep(ctx)
	if err != nil && ctx.Err() != nil {
		err = &UnfinishedError{What: "retention", Done: report.Removed + report.Anonymised, cause: ctx.Err()}
	}
	if err != nil {
		return Retention{}, report, err
	}
	r, err := p.Retention(ctx)
	return r, report, err
}

// keptFrom is the first moment that is stored for its age (UTC ms), when a range reaches before
// it: those days are past keeping, which is not the same as not downloaded.
func (p *Profile) keptFrom(ctx context.Context, r query.Range) (int64, bool, error) {
	fromMs, on, err := p.db.KeptFrom(ctx)
	if err != nil || !on || r.FromMs != query.Beginning && r.FromMs >= fromMs {
		return 0, false, err
	}
	return fromMs, true, nil
}

// keptFromDay is keptFrom as a day of the contact centre's calendar; "" when the period is kept whole.
func (p *Profile) keptFromDay(ctx context.Context, period Period) (string, error) {
	r, err := period.rangeOf(p.Clock())
	if err != nil {
		return "", err
	}
	return p.keptFromOf(ctx, r)
}

func (p *Profile) keptFromOf(ctx context.Context, r query.Range) (string, error) {
	fromMs, reaches, err := p.keptFrom(ctx, r)
	if err != nil || !reaches {
		return "", err
	}
	return time.UnixMilli(fromMs).In(p.db.Zone()).Format(time.DateOnly), nil
}
