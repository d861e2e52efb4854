package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"wapdesk/app/profile"
	"wapdesk/store/listing"
)

// comparison reads --compare: before, year, team, or FROM..TO.
func comparison(text string) (profile.Comparison, error) {
	from, to, own := strings.Cut(text, "..")
	switch {
	case own && validDate(from) && validDate(to):
		return profile.Comparison{With: profile.WithOwn, Own: profile.Period{From: from, To: to}}, nil
	case text == "", text == profile.WithBefore, text == profile.WithYear, text == profile.WithTeam:
		return profile.Comparison{With: text}, nil
	}
	return profile.Comparison{}, notOneOf("--compare", text, []string{profile.WithBefore, profile.WithYear, profile.WithTeam, "FROM..TO"})
}

// figuresReply are figures in JSON; null is unknown.
type figuresReply struct {
	Total      int    `json:"total"`
	Answered   int    `json:"answered"`
	Unanswered int    `json:"unanswered"`
	Missed     int    `json:"missed"`
	Waiting    int    `json:"waiting"`
	Waited     int    `json:"waited"`
	WaitMedian *int64 `json:"wait_median"`
	WaitP90    *int64 `json:"wait_p90"`
	FirstReply *int64 `json:"first_reply"` // median
	Duration   *int64 `json:"duration"`    // median
	Measured   int    `json:"measured"`    // by targets
	Within     int    `json:"within"`
	// WorkingHours are the figures inside them, null where none hold.
	WorkingHours *insideJSON `json:"working_hours"`
}

func figuresOf(f listing.Figures) figuresReply {
	return figuresReply{
		Total: f.N, Answered: f.Answered, Unanswered: f.NotAnswered, Missed: f.Missed, Waiting: f.MissedWaiting, Waited: f.Waited,
		WaitMedian: number(int64(f.WaitMedianS)), WaitP90: number(int64(f.WaitP90S)),
		FirstReply: number(int64(f.FirstReplyMedianS)), Duration: number(int64(f.DurationMedianS)),
		Measured: f.Targets.All.Measured, Within: f.Targets.All.Within, WorkingHours: workingHours(f.Inside),
	}
}

// comparedReply holds figures beside those that they are compared with, over what both have.
type comparedReply struct {
	With    string       `json:"with"`
	From    string       `json:"from"` // of the other period, [from, to)
	To      string       `json:"to"`
	Days    int          `json:"days"` // that are compared
	Missing int          `json:"not_stored"`
	Alone   int          `json:"no_counterpart"`
	UpTo    *string      `json:"up_to"` // where today is compared only so far
	Few     bool         `json:"few"`   // too few interactions to say much
	Now     figuresReply `json:"now"`
	Then    figuresReply `json:"then"`
	// Change has each figure that is known of both.
	Change map[string]change `json:"change"`
}

// change is how a figure differs; shares of interactions are 0 to 1, and differ in those.
type change struct {
	Difference float64  `json:"difference"`
	Share      *float64 `json:"share"` // of the other one; null of shares, and where it would say little
}

// few is below how many interactions figures say little.
const few = 10

func comparedOf(ctx context.Context, p *profile.Profile, b *profile.Beside) (*comparedReply, error) {
	now, err := b.Now.Figures(ctx)
	if err != nil {
		return nil, err
	}
	then, err := b.Then.Figures(ctx)
	if err != nil {
		return nil, err
	}
	extent := b.Extent(p.Clock())
	r := &comparedReply{
		With: b.With, From: b.Period.From, To: b.Period.To, Days: extent.Days, Missing: extent.Unstored, Alone: extent.Alone,
		Few: min(now.N, then.N) < few, Now: figuresOf(now), Then: figuresOf(then), Change: map[string]change{},
	}
	if extent.UpToMs > 0 {
		upTo := time.UnixMilli(extent.UpToMs).In(p.Zone()).Format("15:04")
		r.UpTo = &upTo
	}
	r.changes()
	return r, nil
}

func (r *comparedReply) changes() {
	put := func(name string, now, then float64, withShare bool) {
		c := change{Difference: now - then}
		if withShare && then != 0 && !r.Few {
			share := (now - then) / then
			c.Share = &share
		}
		r.Change[name] = c
	}
	count := func(name string, now, then int) { put(name, float64(now), float64(then), true) }
	if r.With != profile.WithTeam { // one agent has fewer than all others: that says nothing
		count("total", r.Now.Total, r.Then.Total)
		count("answered", r.Now.Answered, r.Then.Answered)
		count("unanswered", r.Now.Unanswered, r.Then.Unanswered)
		count("missed", r.Now.Missed, r.Then.Missed)
		count("waiting", r.Now.Waiting, r.Then.Waiting)
	}
	part := func(name string, now, ofNow, then, ofThen int) {
		if ofNow > 0 && ofThen > 0 {
			put(name, float64(now)/float64(ofNow), float64(then)/float64(ofThen), false)
		}
	}
	part("answered_share", r.Now.Answered, r.Now.Answered+r.Now.Unanswered, r.Then.Answered, r.Then.Answered+r.Then.Unanswered)
	part("within_share", r.Now.Within, r.Now.Measured, r.Then.Within, r.Then.Measured)
	span := func(name string, now, then *int64) {
		if now != nil && then != nil {
			put(name, float64(*now), float64(*then), true)
		}
	}
	span("wait_median", r.Now.WaitMedian, r.Then.WaitMedian)
	span("wait_p90", r.Now.WaitP90, r.Then.WaitP90)
	span("first_reply", r.Now.FirstReply, r.Then.FirstReply)
	span("duration", r.Now.Duration, r.Then.Duration)
}

// writeCompared writes both for a person, with the change in words.
func (s *state) writeCompared(w io.Writer, r *comparedReply) {
	then := s.text("compare.team")
	if r.With != profile.WithTeam {
		then = dates(r.From, r.To)
	}
	counts := func(title, key string, now, then int) []string {
		return []string{title, strconv.Itoa(now), strconv.Itoa(then), s.changeWords(r, key)}
	}
	spans := func(title, key string, now, then *int64) []string {
		return []string{title, clockOf(now), clockOf(then), s.changeWords(r, key)}
	}
	parts := func(title, key string, now, ofNow, then, ofThen int) []string {
		return []string{title, percent(now, ofNow), percent(then, ofThen), s.changeWords(r, key)}
	}
	n, t := &r.Now, &r.Then
	align(w, []string{"", s.text("compare.now"), then, s.text("compare.change")}, [][]string{
		counts(s.text("summary.total"), "total", n.Total, t.Total),
		counts(s.text("summary.answered"), "answered", n.Answered, t.Answered),
		parts(s.text("export.summary.share"), "answered_share", n.Answered, n.Answered+n.Unanswered, t.Answered, t.Answered+t.Unanswered),
		counts(s.text("summary.unanswered"), "unanswered", n.Unanswered, t.Unanswered),
		counts(s.text("summary.missed"), "missed", n.Missed, t.Missed),
		counts(s.text("summary.waiting"), "waiting", n.Waiting, t.Waiting),
		spans(s.text("summary.median"), "wait_median", n.WaitMedian, t.WaitMedian),
		spans(s.text("export.summary.waitP90"), "wait_p90", n.WaitP90, t.WaitP90),
		spans(s.text("overview.col.firstReply"), "first_reply", n.FirstReply, t.FirstReply),
		spans(s.text("overview.col.duration"), "duration", n.Duration, t.Duration),
		parts(s.text("target.within"), "within_share", n.Within, n.Measured, t.Within, t.Measured),
	})
	for _, note := range s.extentWords(r) {
		fmt.Fprintln(w, note)
	}
}

// extentWords say over what is compared, where that is not everything.
func (s *state) extentWords(r *comparedReply) []string {
	var notes []string
	add := func(is bool, key string, args ...string) {
		if is {
			notes = append(notes, s.text(key, args...))
		}
	}
	add(r.UpTo != nil, "compare.upTo", "time", deref(r.UpTo))
	add(r.Missing > 0, "compare.unstored", "n", strconv.Itoa(r.Missing))
	add(r.Alone > 0, "compare.alone", "n", strconv.Itoa(r.Alone))
	add(r.Few, "compare.few", "n", strconv.Itoa(few))
	return notes
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// changeWords say how a figure differs: 12 more, +8 %.
func (s *state) changeWords(r *comparedReply, key string) string {
	c, known := r.Change[key]
	if !known {
		return ""
	}
	less, more := "change.fewer", "change.more"
	var args []string
	size := max(c.Difference, -c.Difference)
	switch {
	case strings.HasSuffix(key, "_share"):
		less, more, args = "change.pointsFewer", "change.pointsMore", []string{"n", s.decimal(100 * size)}
	case strings.HasPrefix(key, "wait_") || key == "first_reply" || key == "duration":
		less, more, args = "change.shorter", "change.longer", []string{"time", clock(int64(size))}
	default:
		args = []string{"n", strconv.Itoa(int(size))}
	}
	if c.Difference == 0 {
		return s.text("change.same")
	}
	words := s.text(more, args...)
	if c.Difference < 0 {
		words = s.text(less, args...)
	}
	if c.Share != nil && math.Abs(*c.Share) >= 0.005 {
		words += fmt.Sprintf(", %+.0f %%", 100**c.Share)
	}
	return words
}

// decimal writes a number with one digit after the mark of the language.
func (s *state) decimal(n float64) string {
	text := strconv.FormatFloat(n, 'f', 1, 64)
	if s.language() == "cs" {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

// dates writes a period by its days; to is exclusive.
func dates(from, to string) string {
	const minute = "2006-01-02 15:04"
	end, err := time.Parse(minute, to)
	if err != nil || !strings.HasSuffix(from, " 00:00") || !strings.HasSuffix(to, " 00:00") {
		return from + " – " + to
	}
	first, last := strings.TrimSuffix(from, " 00:00"), end.AddDate(0, 0, -1).Format(time.DateOnly)
	if first == last {
		return first
	}
	return first + " – " + last
}
