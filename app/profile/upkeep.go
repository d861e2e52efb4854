package app

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
func (c *Core) upkeep(ctx context.Context, p *openProfile) (store.UpkeepReport, error) {
	report, err := p.db.Upkeep(ctx)
	if report.Removed+report.Anonymised > 0 {
		c.log.Info("older interactions left", "removed", report.Removed, "anonymised", report.Anonymised)
		p.runner.compactSoon()
	}
	return report, err
}

// upkeepOrLog is upkeep where nobody waits for an answer; what was left is done by the next one.
func (c *Core) upkeepOrLog(ctx context.Context, p *openProfile) {
	if _, err := c.upkeep(ctx, p); err != nil && ctx.Err() == nil {
		c.log.Error("older interactions were not removed", "error", errorText(err))
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

// CurrentRetention tells how long interactions stay.
func (c *Core) CurrentRetention(ctx context.Context) (Retention, error) {
	p, err := c.profile()
	if err != nil {
		return Retention{}, err
	}
	r, err := p.db.Retention(ctx)
	if err != nil {
		return Retention{}, err
	}
	return c.PreviewRetention(ctx, r.Days, r.Anonymise)
}

// PreviewRetention counts what a retention would remove or anonymise; it changes nothing.
func (c *Core) PreviewRetention(ctx context.Context, days int, anonymise bool) (Retention, error) {
	p, err := c.profile()
	if err != nil {
		return Retention{}, err
	}
	if days < 0 || days > store.MaxDays {
		return Retention{}, &Error{Code: "bad_days"}
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
func (c *Core) SetRetention(ctx context.Context, days int, anonymise bool) (Retention, store.UpkeepReport, error) {
	none := store.UpkeepReport{}
	p, err := c.profile()
	if err != nil {
		return Retention{}, none, err
	}
	if p.Kind == kindFile {
		return Retention{}, none, &Error{Code: "read_only"}
	}
	if days < 0 || days > store.MaxDays {
		return Retention{}, none, &Error{Code: "bad_days"}
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
	report, err := c.upkeep(ctx, p)
	if err != nil {
		return Retention{}, report, err
	}
	r, err := c.CurrentRetention(ctx)
	return r, report, err
}

// keptFrom is the first moment that is stored for its age (UTC ms), when a range reaches before
// it: those days are past keeping, which is not the same as not downloaded.
func (c *Core) keptFrom(ctx context.Context, p *openProfile, r query.Range) (int64, bool, error) {
	fromMs, on, err := p.db.KeptFrom(ctx)
	if err != nil || !on || r.FromMs != query.Beginning && r.FromMs >= fromMs {
		return 0, false, err
	}
	return fromMs, true, nil
}

// keptFromDay is keptFrom as a day of the contact centre's calendar; "" when the period is kept whole.
func (c *Core) keptFromDay(ctx context.Context, p *openProfile, period Period) (string, error) {
	r, err := period.rangeOf(c.clockOf(p))
	if err != nil {
		return "", err
	}
	fromMs, reaches, err := c.keptFrom(ctx, p, r)
	if err != nil || !reaches {
		return "", err
	}
	return time.UnixMilli(fromMs).In(p.db.Zone()).Format(time.DateOnly), nil
}
