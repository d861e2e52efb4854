package syncer

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"time"

	"wapdesk/store"
)

// Report is what a pull did, to be sent to whoever helps: counts, times and codes, and nothing of any person,
// company or login. The rounds of a long load share one.
type Report struct {
	Began  string `json:"began"` // UTC, by this computer's clock
	Ended  string `json:"ended"`
	Kind   string `json:"kind"` // usual, range, deep, reread
	Code   string `json:"code"` // why it ended early, "" when it did not
	Rounds int    `json:"rounds"`
	More   bool   `json:"more"` // another round follows
	// ClockS is how many seconds the contact centre's clock is ahead of this computer's.
	ClockS int64         `json:"clock_ahead"`
	Asked  []Period      `json:"asked"` // the stretches that were to be read, in their order
	Phases []PhaseReport `json:"phases"`

	Interactions store.Counts `json:"interactions"`
	Activities   store.Counts `json:"activities"`
	Messages     store.Counts `json:"messages"`
	Added        int          `json:"added"`
	Doubted      int          `json:"doubted"`
	Unread       []Unread     `json:"unread"`
	Incomplete   []Period     `json:"incomplete"`
	ZoneUnknown  bool         `json:"zone_unknown"`

	Requests map[string]int `json:"requests"` // by what was asked, names masked
	Faults   map[string]int `json:"faults"`   // of single requests, also of those that were repeated with success
	Waits    int            `json:"waits"`
	WaitedS  float64        `json:"waited"` // seconds

	PageBefore     int      `json:"page_before"` // rows asked for at once
	PageAfter      int      `json:"page_after"`
	CoverageBefore []Period `json:"coverage_before"`
	CoverageAfter  []Period `json:"coverage_after"`
}

// PhaseReport is what one phase did.
type PhaseReport struct {
	Phase    string  `json:"phase"`
	Done     int64   `json:"done"`
	Expected int64   `json:"expected"` // 0 when unknown
	Seconds  float64 `json:"seconds"`
}

const (
	// settingReports keeps the last reports, newest first, as JSON.
	settingReports = "sync.reports"
	keptReports    = 20
	// askedInReport bounds the stretches that a report names: a file full of holes has thousands.
	askedInReport = 20
)

// Reports are those of the last pulls, newest first.
func Reports(ctx context.Context, db *store.DB) ([]Report, error) {
	text, _, err := db.Setting(ctx, settingReports)
	if err != nil || text == "" {
		return []Report{}, err
	}
	var reports []Report
	if json.Unmarshal([]byte(text), &reports) != nil {
		return []Report{}, nil //nolint:nilerr // written by another version
	}
	return reports, nil
}

func (p *pull) beginReport(ctx context.Context) {
	p.tally = p.client.Tally()
	p.report = Report{
		Began: p.utcNow(), Kind: p.kind(), Rounds: 1, Asked: []Period{},
		PageBefore: p.client.PageSize(), CoverageBefore: p.covered(ctx),
	}
}

// keepReport completes the report of a pull and keeps it with the last ones.
func (p *pull) keepReport(ctx context.Context, err error) error {
	if p.opts.single {
		return nil
	}
	r, did := p.report, p.client.Tally().Since(p.tally)
	r.Ended, r.Code, r.More, r.Phases = p.utcNow(), CodeOf(err), p.result.More, p.progress.phases()
	if p.nowMs > 0 {
		r.ClockS = int64(math.Round(float64(p.nowMs-p.Syncer.opts.Now().UnixMilli()) / 1000))
	}
	r.Interactions, r.Activities, r.Messages = p.result.Interactions, p.result.Activities, p.result.Messages
	r.Added, r.Doubted, r.Unread, r.ZoneUnknown = p.result.Added, p.result.Doubted, p.result.Unread, p.result.ZoneUnknown != ""
	if r.Incomplete = p.result.Incomplete; r.Incomplete == nil {
		r.Incomplete = []Period{}
	}
	r.Asked = r.Asked[:min(len(r.Asked), askedInReport)]
	r.Requests, r.Faults, r.Waits, r.WaitedS = did.Requests, did.Faults, did.Waits, seconds(did.Waited)
	r.PageAfter, r.CoverageAfter = p.client.PageSize(), p.result.Coverage
	reports, readErr := Reports(ctx, p.db)
	if readErr != nil {
		return readErr
	}
	if len(reports) > 0 && reports[0].More && (reports[0].Kind == kindReread) == (r.Kind == kindReread) {
		r = reports[0].with(r)
		reports = reports[1:]
	}
	reports = slices.Insert(reports, 0, r)
	b, err := json.Marshal(reports[:min(len(reports), keptReports)])
	if err != nil {
		return err
	}
	return p.db.SetSetting(ctx, settingReports, string(b))
}

// with returns the report of two rounds, the second of which went on where the first ended.
func (r Report) with(next Report) Report {
	sum := next
	sum.Began, sum.Kind, sum.Asked, sum.PageBefore, sum.CoverageBefore = r.Began, r.Kind, r.Asked, r.PageBefore, r.CoverageBefore
	sum.Rounds += r.Rounds
	sum.Phases = slices.Clone(r.Phases)
	for _, phase := range next.Phases {
		i := slices.IndexFunc(sum.Phases, func(p PhaseReport) bool { return p.Phase == phase.Phase })
		if i < 0 {
			sum.Phases = append(sum.Phases, phase)
			continue
		}
		of := &sum.Phases[i]
		if phase.Expected > 0 {
			of.Expected = max(of.Expected, of.Done+phase.Expected)
		}
		of.Done, of.Seconds = of.Done+phase.Done, math.Round((of.Seconds+phase.Seconds)*10)/10
	}
	plus := func(a, b store.Counts) store.Counts {
		return store.Counts{Read: a.Read + b.Read, Stored: a.Stored + b.Stored, Gone: a.Gone + b.Gone}
	}
	sum.Interactions, sum.Activities, sum.Messages = plus(r.Interactions, next.Interactions), plus(r.Activities, next.Activities), plus(r.Messages, next.Messages)
	sum.Added += r.Added
	sum.Waits += r.Waits
	sum.WaitedS += r.WaitedS
	for _, of := range []struct{ all, earlier map[string]int }{{sum.Requests, r.Requests}, {sum.Faults, r.Faults}} {
		for key, n := range of.earlier {
			of.all[key] += n
		}
	}
	return sum
}

// seconds are those of a duration, to a tenth.
func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*10) / 10 }

func (p *pull) utcNow() string { return p.Syncer.opts.Now().UTC().Format(time.RFC3339) }
