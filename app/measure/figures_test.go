package measure

import (
	"context"
	"fmt"
	"time"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Limits of figures in milliseconds (p95): of one card, trend or comparison, and of the whole Overview.
const (
	maxCard     = 50
	maxOverview = 150
)

// figuresSQL are the figures in the words of DuckDB, with the targets of measured.
const figuresSQL = `count(*), count(*) FILTER (i.answered = 1), count(*) FILTER (i.answered = 0), count(*) FILTER (i.missed <> ''), count(*) FILTER (i.missed = 'YES'),
	quantile_disc(i.wait_s, [0.5, 0.9]) FILTER (` + waitedSQL + `), quantile_disc(i.first_reply_s, 0.5), quantile_disc(i.duration_s, 0.5),
	count(*) FILTER (` + waitedSQL + ` OR i.first_reply_s IS NOT NULL OR i.silence_s IS NOT NULL), count(*) FILTER (NOT coalesce(` + targetSQL + `, false))`

// waitedSQL is whether an interaction waited in a queue.
const waitedSQL = `(i.wait_s > 0 OR i.wait_s = 0 AND i.queue_id IS NOT NULL AND i.answered = 1 AND i.direction IS DISTINCT FROM 'OUT')`

// figures measures the cards of the Overview beside the same questions to DuckDB, one thread.
func (r *run) figures() {
	r.t.head("cards, trends and comparisons", append(peerColumns[:4:4], "DuckDB", "ratio")...)
	clock := r.engine.View().Clock()
	find := func(where string) *listing.Found {
		found, err := r.engine.View().Find(context.Background(), r.query(where, nil).Where, r.scope)
		if err != nil {
			r.b.Fatal(err)
		}
		return found
	}
	all := find("")
	ask := func(name string, most float64, rows int, do func(ctx context.Context) error, statement string, more ...string) {
		our, _ := r.beside(func() time.Duration {
			start := time.Now()
			if err := do(context.Background()); err != nil {
				r.b.Fatal(err)
			}
			return time.Since(start)
		})
		line := cells(rows, our, []float64{0})[:4]
		limits := []limit{{"p95", quantile(our, 0.95), most}}
		if r.duck != nil {
			median := quantile(r.duck.run(r.b, rounds*peerTimes, append([]string{statement}, more...)...), 0.5)
			line = append(line, figure(median), figure(quantile(our, 0.5)/median))
		}
		r.t.line(name, line, limits...)
	}
	from := " FROM interactions i WHERE " + inScope
	local := fmt.Sprintf("timezone('%s', make_timestamptz(i.time_ms * 1000))", r.db.Zone())
	by := func(of string) string { return "SELECT " + of + ", " + figuresSQL + from + " GROUP BY ALL" }
	parts := func(of *listing.Found, step listing.Step) func(context.Context) error {
		return func(ctx context.Context) error { _, err := of.Parts(ctx, of.Parting(step)); return err }
	}
	figures := func(of *listing.Found) func(context.Context) error {
		return func(ctx context.Context) error { _, err := of.Figures(ctx); return err }
	}
	users := func(ctx context.Context) error { _, err := all.Users(ctx); return err }
	queues := func(ctx context.Context) error { _, _, err := all.QueuesAndFigures(ctx); return err }
	took := func(ctx context.Context) error { _, err := all.TookPart(ctx); return err }
	summary := func(ctx context.Context) error { _, err := all.Summary(ctx); return err }
	const (
		byUser  = "SELECT i.user_id, " + figuresSQL + " FROM interactions i WHERE " + inScope + " GROUP BY ALL"
		byQueue = "SELECT i.queue_id, " + figuresSQL + " FROM interactions i WHERE " + inScope + " GROUP BY ALL"
	)
	whole, months, hours := "SELECT "+figuresSQL+from, by("date_trunc('month', "+local+")"), by("isodow("+local+"), hour("+local+")")

	ask("the strip of all", maxCard, all.Total(), figures(all), whole)
	ask("waits, hours, targets of all", maxCard, all.Total(), summary, whole, hours)
	ask("agents of all", maxCard, all.Total(), users, byUser)
	ask("queues of all", maxCard, all.Total(), queues, byQueue)
	ask("who took part in all", maxCard, all.Total(), took, "SELECT a.user_id, count(*), count(*) FILTER (i.answered = 1), count(*) FILTER (i.answered = 0)"+
		" FROM (SELECT DISTINCT id >> 8 AS interaction, user_id FROM activities) a JOIN interactions i ON i.id = a.interaction WHERE "+inScope+" GROUP BY ALL")
	for _, step := range []listing.Step{listing.StepHour, listing.StepWeekday, listing.StepDay, listing.StepWeek, listing.StepMonth} {
		statement := by("date_trunc('" + string(step) + "', " + local + ")")
		switch step {
		case listing.StepHour:
			statement = by("hour(" + local + ")")
		case listing.StepWeekday:
			statement = by("isodow(" + local + ")")
		}
		ask("trend of all by "+string(step), maxCard, all.Total(), parts(all, step), statement)
	}

	lo, hi := all.Range().FromMs, clock.Now.UnixMilli()
	if lo == query.Beginning {
		parting := all.Parting(listing.StepMonth)
		lo = parting.Ranges[0].FromMs
	}
	half := query.Range{FromMs: clock.DayAt((lo + hi) / 2).FromMs, ToMs: clock.DayAt(hi).ToMs}
	pairs := clock.Beside(half, clock.Shifted(half, -1), false, []query.Range{query.Always()})
	now, then := query.Compared(pairs)
	ask("half of all beside the half before", maxCard, all.Total(), func(ctx context.Context) error {
		for _, ranges := range [][]query.Range{now, then} {
			found, err := all.Within(ctx, ranges)
			if err != nil {
				return err
			}
			if _, err := found.Figures(ctx); err != nil {
				return err
			}
		}
		return nil
	}, "SELECT i.time_ms >= "+fmt.Sprint(half.FromMs)+", "+figuresSQL+from+" GROUP BY ALL")
	ask("all of the Overview", maxOverview, all.Total(), func(ctx context.Context) error {
		for _, one := range []func(context.Context) error{summary, users, took, queues, parts(all, all.Step())} {
			if err := one(ctx); err != nil {
				return err
			}
		}
		return nil
	}, whole, hours, byUser, byQueue, months)
}
