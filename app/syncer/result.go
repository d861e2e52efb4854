package syncer

import (
	"context"
	"time"

	"wapdesk/store"
)

// Result is what a sync did; its JSON is that of `wapdesk sync --json`.
type Result struct {
	Interactions store.Counts `json:"interactions"`
	Activities   store.Counts `json:"activities"`
	Messages     store.Counts `json:"messages"`
	Changes      PushResult   `json:"changes"`
	Coverage     []Period     `json:"coverage"`
	ServerTime   string       `json:"server_time"` // RFC 3339 in the contact centre's zone, "" if it was not reached
	// Unread are the lists that were not given. Like all below it is in the JSON only when there is something to say.
	Unread []Unread `json:"unread,omitempty"`
	// KeptFrom is the first day that was read, when older ones were asked for that are past keeping.
	KeptFrom string `json:"kept_from,omitempty"`
	// More says that the pull was given no time for older days or transcripts; see PullOptions.Enough.
	More    bool `json:"-"`
	Added   int  `json:"-"` // interactions that were not stored before
	Clipped int  `json:"-"` // children beyond what one interaction can hold
	// ZoneUnknown is the time zone that the contact centre names and nobody knows; ZoneUsed took its place.
	ZoneUnknown string `json:"zone_unknown,omitempty"`
	ZoneUsed    string `json:"zone_used,omitempty"`
	// Incomplete are the stretches of which the contact centre listed less than it counted, however often it
	// was asked. What it listed is stored, and they do not count as stored.
	Incomplete []Period `json:"incomplete,omitempty"`
	// Doubted are interactions of which an answer lacked stored children; they stay until another lacks them too.
	Doubted int `json:"doubted,omitempty"`
}

// Period is a stored stretch of time, RFC 3339 in the contact centre's zone, To exclusive.
type Period struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// add counts what a write did. Read is counted where rows come in, because a
// row may pass through several writes.
func (r *Result) add(w store.WindowResult) {
	r.Interactions.Stored += w.Interactions.Stored
	r.Interactions.Gone += w.Interactions.Gone
	r.Activities.Stored += w.Activities.Stored
	r.Activities.Gone += w.Activities.Gone
	r.Messages.Stored += w.Messages.Stored
	r.Messages.Gone += w.Messages.Gone
	r.Added += w.Added
	r.Clipped += w.Clipped
}

// summarise adds the coverage; a failure to read it leaves it empty, since the
// pull itself is what the caller asked for.
func (p *pull) summarise(ctx context.Context) {
	p.result.Coverage = p.covered(ctx)
}

func (p *pull) covered(ctx context.Context) []Period {
	spans, err := p.db.Coverage(ctx)
	if err != nil {
		p.log.Warn("coverage cannot be read", "code", CodeOf(err))
	}
	return p.periods(spans)
}

func (p *pull) periods(spans []store.Span) []Period {
	list := []Period{}
	for _, s := range spans {
		list = append(list, p.period(s))
	}
	return list
}

func (p *pull) period(s store.Span) Period {
	zone := p.db.Zone()
	return Period{From: rfc3339(s.FromMs, zone), To: rfc3339(s.ToMs, zone)}
}

func rfc3339(ms int64, zone *time.Location) string {
	return time.UnixMilli(ms).In(zone).Format(time.RFC3339)
}
