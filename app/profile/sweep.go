package profile

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"wapdesk/store/query"
)

// Ids of the built-in views of a morning.
const (
	ViewSince = "since" // since the person was here
	ViewWrong = "wrong" // what went wrong
)

// Reason is something that went wrong with interactions, and how many it went wrong with.
type Reason struct {
	Key   string      `json:"key"` // missed, target, silence, failed, anomaly, review
	Where *query.Node `json:"where"`
	Count int         `json:"count"`
	// Limit is the number of seconds that the reason goes by, 0 where it has none.
	Limit int64 `json:"limit"`
}

// Sweep counts a filter by what went wrong. An interaction with two reasons counts with both.
type Sweep struct {
	Total   int      `json:"total"`  // of the filter, whatever its reason
	Wrong   int      `json:"wrong"`  // of them with any of the reasons
	Unseen  int      `json:"unseen"` // of those that the filter finds
	Reasons []Reason `json:"reasons"`
	// Where is any of the reasons together.
	Where *query.Node `json:"where"`
	// Active is the key of the reason that the filter asks for: "any", or "" for none. OnlyUnseen is true where it
	// leaves out what was seen.
	Active     string `json:"active"`
	OnlyUnseen bool   `json:"onlyUnseen"`
	// Rest is the filter without both.
	Rest Filter `json:"rest"`
}

// longSilenceS is how long a silence is called long where no target says.
const longSilenceS = 30 * 60

// is returns the condition that a choice has a value.
func is(field, value string) query.Node {
	return query.Node{Field: field, Op: query.AnyOf, Values: []string{value}}
}

// reasons returns what can go wrong, by the targets of now.
func (p *Profile) reasons() []Reason {
	silence := int64(longSilenceS)
	if own := p.Targets().All.SilenceS; own > 0 {
		silence = own
	}
	return []Reason{
		{Key: "missed", Where: new(is(query.FieldMissed, "waiting"))},
		{Key: "target", Where: new(is(query.FieldTarget, "no"))},
		{Key: "silence", Limit: silence, Where: &query.Node{Field: query.FieldSilence, Op: query.Gt, Values: []string{spanText(silence)}}},
		{Key: "failed", Where: new(is(query.FieldFailed, "yes"))},
		{Key: "anomaly", Where: new(is(query.FieldAnomaly, "yes"))},
		{Key: "review", Where: new(is(query.FieldLowReview, "yes"))},
	}
}

// spanText writes seconds as a filter has them.
func spanText(s int64) string {
	if s%60 == 0 {
		return strconv.FormatInt(s/60, 10) + "m"
	}
	return strconv.FormatInt(s, 10) + "s"
}

// anyOf joins the reasons.
func anyOf(reasons []Reason) *query.Node {
	var or []query.Node
	for _, r := range reasons {
		or = append(or, *r.Where)
	}
	return &query.Node{Or: or}
}

// Sweep counts what went wrong with the interactions of a filter.
func (p *Profile) Sweep(ctx context.Context, f Filter) (Sweep, error) {
	reasons := p.reasons()
	view, scope, err := p.engineAndScope(ctx, f)
	if err != nil {
		return Sweep{}, err
	}
	count := func(f Filter) int {
		if err != nil {
			return 0
		}
		var found int
		found, err = view.Count(ctx, f.Query(), scope)
		return found
	}
	unseen := is(query.FieldSeen, "no")
	s := Sweep{Reasons: reasons, Where: anyOf(reasons), Rest: f}
	s.Rest, s.OnlyUnseen = f.dropping(&unseen)
	for _, r := range append([]Reason{{Key: "any", Where: s.Where}}, reasons...) {
		if rest, has := s.Rest.dropping(r.Where); has && s.Active == "" {
			s.Rest, s.Active = rest, r.Key
		}
	}
	base, asked := s.Rest, f
	if s.OnlyUnseen {
		base = s.Rest.adding(unseen)
	} else {
		asked = f.adding(unseen)
	}
	s.Total, s.Wrong, s.Unseen = count(base), count(base.adding(*s.Where)), count(asked)
	for i := range s.Reasons {
		s.Reasons[i].Count = count(base.adding(*s.Reasons[i].Where))
	}
	return s, err
}

// parts returns the conditions of the advanced filter that all have to hold.
func (f Filter) parts() []query.Node {
	switch {
	case f.Where == nil:
		return nil
	case len(f.Where.And) > 0 && !f.Where.Not:
		return f.Where.And
	}
	return []query.Node{*f.Where}
}

// adding returns the filter with one more condition.
func (f Filter) adding(n query.Node) Filter {
	f.Where = and(append(slices.Clone(f.parts()), n))
	return f
}

// dropping returns the filter without a condition, however it is spelled, and reports whether it had it.
func (f Filter) dropping(n *query.Node) (Filter, bool) {
	text := query.Format(n, "en")
	rest := slices.DeleteFunc(slices.Clone(f.parts()), func(part query.Node) bool { return query.Format(&part, "en") == text })
	had := len(rest) < len(f.parts())
	f.Where = and(rest)
	return f, had
}

// sweepViews are the built-in views of a morning.
func (p *Profile) sweepViews() []SavedView {
	since, wrong := builtIn(ViewSince, nil), builtIn(ViewWrong, anyOf(p.reasons()))
	since.Filter.Time, wrong.Filter.Time = Period{From: p.Since()}, Period{Preset: "last7days"}
	return []SavedView{since, wrong}
}

// presence is when the person was here, in UTC milliseconds. It is kept on this computer alone.
type presence struct {
	// SinceMs is when they were here before the present visit, and HereMs the last sign of them.
	SinceMs int64 `json:"sinceMs"`
	HereMs  int64 `json:"hereMs"`
}

const (
	presenceKey = "presence"
	// awayMs is how long somebody is away before they come back to a new visit.
	awayMs = 3 * 60 * minuteMs
	// hereEveryMs is how exactly the last sign of a person is kept.
	hereEveryMs = minuteMs
)

func (p *Profile) presence() presence {
	var kept presence
	text, found, err := p.db.Setting(p.run, presenceKey)
	if err != nil || !found || json.Unmarshal([]byte(text), &kept) != nil {
		return presence{} // as if they were never here
	}
	return kept
}

func (p *Profile) keepPresence(ctx context.Context, kept presence) error {
	text, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return p.db.SetSetting(ctx, presenceKey, string(text))
}

// after is what is known of a person who shows at a moment: after some hours without a sign of them a new
// visit begins. The second value is false where nothing of it has to be kept.
func (k presence) after(now time.Time) (presence, bool) {
	away := now.UnixMilli() - k.HereMs
	switch {
	case k.HereMs == 0:
		k.SinceMs = startOfDay(now).UnixMilli()
	case away >= awayMs:
		k.SinceMs = k.HereMs
	case away >= 0 && away < hereEveryMs:
		return k, false
	}
	k.HereMs = now.UnixMilli()
	return k, true
}

// since is from when on things are new to a person at a moment: since their last visit, or today where
// there was none.
func (k presence) since(now time.Time) time.Time {
	k, _ = k.after(now)
	return time.UnixMilli(k.SinceMs).In(now.Location())
}

// Here keeps that the person is at the screen.
func (p *Profile) Here(ctx context.Context) error {
	kept, changed := p.presence().after(p.now().In(p.db.Zone()))
	if !changed {
		return nil
	}
	return p.keepPresence(ctx, kept)
}

// Since returns since when interactions are new to the person, as wall clock of the contact centre.
func (p *Profile) Since() string {
	return p.presence().since(p.now().In(p.db.Zone())).Format(wallClock)
}

// SetSince sets since when interactions are new: a wall clock of the contact centre, or now where it is "".
func (p *Profile) SetSince(ctx context.Context, wall string) error {
	at := p.now().UnixMilli()
	if wall != "" {
		r, err := p.Clock().Bounds(wall, "")
		if err != nil {
			return err
		}
		at = r.FromMs
	}
	return p.keepPresence(ctx, presence{SinceMs: at, HereMs: p.now().UnixMilli()})
}

func startOfDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// MarkSeen keeps on this computer that interactions were looked at, or that they count as new again.
func (p *Profile) MarkSeen(ctx context.Context, names []string, seen bool) error {
	return p.db.MarkSeen(ctx, names, seen)
}

// MarkReviewed keeps on this computer that interactions were reviewed, or takes that back.
func (p *Profile) MarkReviewed(ctx context.Context, names []string, reviewed bool) error {
	return p.db.MarkReviewed(ctx, names, reviewed)
}

// SetNote keeps a private note on an interaction, which is sent nowhere; an empty one takes it away.
func (p *Profile) SetNote(ctx context.Context, name, note string) error {
	return p.db.SetNote(ctx, name, note)
}

// Note returns the private note on an interaction, "" without one.
func (p *Profile) Note(ctx context.Context, name string) (string, error) {
	return p.db.Note(ctx, name)
}
