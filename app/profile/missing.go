package profile

import (
	"context"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// gaps is what of a result's span of time is not stored on this computer.
type gaps struct {
	// days are the parts that a person has to know of, oldest first.
	days []DayRange
	// spans are the same to the millisecond.
	spans []store.Span
	// asOfMs is up to when the result is true, where only the newest minutes of today are not
	// stored; 0 otherwise. With a sync every few minutes they never are, which is no gap as long
	// as the result shows anything; an empty result has them among its days all the same.
	asOfMs int64
}

const (
	minuteMs = int64(60 * 1000)
	// momentMs is less than what anybody means by a part of a day.
	momentMs = minuteMs
	// leastFreshMs is how old the newest minutes may be where syncs are more frequent.
	leastFreshMs = 60 * minuteMs
)

// gaps finds what is not stored of the time that a result is about, be it told by the period or by
// a condition. Future days do not count as missing, and the whole past begins where the stored part
// does. Opened files are what they are.
func (p *Profile) gaps(ctx context.Context, rows *listing.Kept) (gaps, error) {
	none := gaps{days: []DayRange{}}
	if p.IsFile() {
		return none, nil
	}
	coverage, err := p.db.Coverage(ctx)
	if err != nil {
		return none, err
	}
	asked, now := rows.Range(), p.now()
	span := store.Span{FromMs: asked.FromMs, ToMs: min(asked.ToMs, now.UnixMilli())}
	if span.FromMs == query.Beginning {
		span.FromMs = 0
		if len(coverage) > 0 {
			span.FromMs = coverage[0].FromMs
		}
	}
	// What is past keeping is told by itself.
	kept, reaches, err := p.keptFrom(ctx, asked)
	if err != nil {
		return none, err
	}
	if reaches {
		span.FromMs = max(span.FromMs, kept)
	}
	if span.ToMs <= span.FromMs {
		return none, nil
	}
	missing, err := p.db.Missing(ctx, span)
	if err != nil {
		return none, err
	}
	found := none
	if n := len(missing); n > 0 {
		if newest := p.newest(coverage); newest > 0 && missing[n-1].FromMs >= newest {
			if missing[n-1].ToMs-newest >= momentMs {
				found.asOfMs = newest
			}
			if found.asOfMs == 0 || rows.Total() > 0 {
				missing = missing[:n-1]
			}
		}
	}
	found.spans, found.days = missing, DayRanges(missing, p.db.Zone())
	return found, nil
}

// newest is the end of what is stored where it lies so near to now, and in the same day, that
// only the next sync is to come; 0 otherwise.
func (p *Profile) newest(coverage []store.Span) int64 {
	if len(coverage) == 0 {
		return 0
	}
	end, now := coverage[len(coverage)-1].ToMs, p.now().In(p.db.Zone())
	fresh := max(int64(2*p.Settings().SyncMinutes)*minuteMs, leastFreshMs)
	y, m, d := now.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, p.db.Zone()).UnixMilli()
	if end <= midnight || now.UnixMilli()-end > fresh {
		return 0
	}
	return end
}

// upToDate reports whether what is stored reaches to about now.
func (p *Profile) upToDate(ctx context.Context) (bool, error) {
	coverage, err := p.db.Coverage(ctx)
	if err != nil {
		return false, err
	}
	return p.newest(coverage) > 0, nil
}
