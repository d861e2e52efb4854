package listing_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"wapdesk/store/listing"
	"wapdesk/store/listing/gen"
	"wapdesk/store/query"
)

// benchRows is the size of the list that is measured; LIST_ROWS sets it.
func benchRows(b *testing.B) int {
	text := os.Getenv("LIST_ROWS")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		b.Fatalf("LIST_ROWS: %v", err)
	}
	return n
}

// benchEnd is the last day of the measured set, a Sunday.
var benchEnd = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// commonWords answers every question for words with the ids up to a share of the rows.
type commonWords struct{ rows int }

func (w commonWords) MatchWords(_ context.Context, _ string, add func(int64)) error {
	for id := range int64(w.rows) {
		if id%16 != 0 {
			add(id + 1)
		}
	}
	return nil
}

type benchSet struct {
	set    gen.Set
	zone   *time.Location
	engine *listing.Engine
	heap   uint64
}

// loadBench loads the list once for all benchmarks of a run: a million rows take seconds.
func loadBench(b *testing.B) benchSet {
	b.Helper()
	bench.once.Do(func() {
		before := heapInUse()
		s := &bench.set
		s.set = gen.Set{N: benchRows(b), Seed: 7, End: benchEnd}
		var err error
		if s.zone, err = time.LoadLocation("Europe/Prague"); err != nil {
			b.Fatal(err)
		}
		s.engine = listing.New(listing.Options{Zone: s.zone, Words: commonWords{s.set.N},
			Now: func() time.Time { return benchEnd.Add(15 * time.Hour) }})
		if err := s.engine.Load(b.Context(), s.set.Source()); err != nil {
			b.Fatal(err)
		}
		s.engine.SetDirectory(s.set.Directory())
		if err := s.engine.Warm(b.Context()); err != nil {
			b.Fatal(err)
		}
		s.heap = heapInUse() - before
	})
	return bench.set
}

// bench is shared by the benchmarks of a run.
var bench struct {
	once sync.Once
	set  benchSet
}

var errNoRows = errors.New("no rows")

func heapInUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// measure runs do as often as the benchmark wants and reports the processor time of one run.
func measure(b *testing.B, do func() error) {
	b.Helper()
	before := cpuTime(b)
	for b.Loop() {
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpuTime(b)-before)/1e6/float64(b.N), "cpu-ms/op")
}

// benchQueries are the kinds of questions of the performance notes.
func benchQueries() map[string]query.Query {
	where := func(text string) *query.Node {
		n, err := query.Parse(text)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", text, err))
		}
		return n
	}
	by := func(keys ...query.SortKey) []query.SortKey { return keys }
	const advanced = `(missed:waiting OR wait>5m) AND (queue:"group:Oblast Podpora" OR user:"group:Tým 3") -direction:OUT`
	return map[string]query.Query{
		"a_Today":                {Where: where("time:today")},
		"a_AllTime":              {},
		"b_YearQueueByDuration":  {Where: where(`time:thisyear queue:"group:Oblast Podpora"`), Sort: by(query.SortKey{Field: "duration", Desc: true})},
		"c_AllByContact":         {Sort: by(query.SortKey{Field: "contact"})},
		"c_UserMonthByContact":   {Where: where("time:last30days user:user030"), Sort: by(query.SortKey{Field: "contact"})},
		"d_ContactNovak":         {Where: where("contact:novak")},
		"d_ContactOva":           {Where: where("contact:ova")},
		"d_Number":               {Where: where("sender:7771")},
		"f_AdvancedByWait":       {Where: where(advanced), Sort: by(query.SortKey{Field: "wait", Desc: true})},
		"f_AdvancedTitle":        {Where: where(advanced + ` title:"modem 4"`), Sort: by(query.SortKey{Field: "wait", Desc: true})},
		"f_TitleAllTime":         {Where: where("title:kurýra")},
		"g_CommonWord":           {Where: where("text:faktura")},
		"s_ByUserWait":           {Sort: by(query.SortKey{Field: "user"}, query.SortKey{Field: "wait", Desc: true})},
		"s_ByQueueUserWait":      {Sort: by(query.SortKey{Field: "queue"}, query.SortKey{Field: "user"}, query.SortKey{Field: "wait", Desc: true})},
		"s_ByContactThenTimeAsc": {Sort: by(query.SortKey{Field: "contact"}, query.SortKey{Field: "time"})},
	}
}

func BenchmarkListSearch(b *testing.B) {
	s := loadBench(b)
	scope := s.set.Scope()
	queries := benchQueries()
	for _, name := range slices.Sorted(maps.Keys(queries)) {
		b.Run(name, func(b *testing.B) {
			total := 0
			measure(b, func() error {
				// A new view has no words and ranks of names at hand yet.
				s.engine.SetZone(s.zone, false)
				snap, err := s.engine.View().Search(b.Context(), queries[name], scope)
				if err != nil {
					return err
				}
				total = snap.Total()
				if rows := snap.Window(0, 200); len(rows) == 0 {
					return errNoRows
				}
				b.StopTimer() // the rest is put in order behind
				snap.IDs(total-1, 1)
				b.StartTimer()
				return nil
			})
			b.ReportMetric(float64(total), "rows")
		})
	}
}

// BenchmarkListSort sorts everything by every sortable field, both ways.
func BenchmarkListSort(b *testing.B) {
	s := loadBench(b)
	for _, f := range query.Fields() {
		if !f.Sortable {
			continue
		}
		for _, desc := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s_desc=%v", f.Name, desc), func(b *testing.B) {
				q := query.Query{Sort: []query.SortKey{{Field: f.Name, Desc: desc}}}
				measure(b, func() error {
					_, err := s.engine.View().Search(b.Context(), q, query.Scope{})
					return err
				})
			})
		}
	}
}

func BenchmarkListFigures(b *testing.B) {
	s := loadBench(b)
	s.engine.SetTargets(listing.Targets{All: listing.Goals{120, 180, 1800, 3600}, Queues: map[string]listing.Goals{"queue03": {60, 180, 1800, 3600}}})
	v, scope := s.engine.View(), s.set.Scope()
	snap, err := v.Search(b.Context(), query.Query{}, scope)
	if err != nil {
		b.Fatal(err)
	}
	over := query.Query{Where: &query.Node{Field: query.FieldTarget, Op: query.AnyOf, Values: []string{"no"}}}
	at, kept := 0, snap.Keep()
	for name, do := range map[string]func() error{
		"Summary":    func() error { _, err := snap.Summary(b.Context()); return err },
		"Users":      func() error { _, err := snap.Users(b.Context()); return err },
		"Queues":     func() error { _, err := snap.Queues(b.Context()); return err },
		"ByMonth":    func() error { _, err := snap.Parts(b.Context(), snap.Parting(listing.StepMonth)); return err },
		"ByHour":     func() error { _, err := snap.Parts(b.Context(), snap.Parting(listing.StepHour)); return err },
		"FacetsGoal": func() error { _, err := v.Facets(b.Context(), query.FieldTarget, query.Query{}, scope); return err },
		"OverTarget": func() error { _, err := v.Count(b.Context(), over, scope); return err },
		"FacetsUser": func() error { _, err := v.Facets(b.Context(), "user", query.Query{}, scope); return err },
		"Count":      func() error { _, err := v.Count(b.Context(), query.Query{}, scope); return err },
		"Jump": func() error {
			at = (at + 7919*131) % snap.Total()
			snap.Window(at, 200)
			return nil
		},
		"JumpKept": func() error {
			at = (at + 7919*131) % kept.Total()
			kept.In(s.engine.View(), scope).Window(at, 200)
			return nil
		},
		"CountKept": func() error { _, err := kept.In(s.engine.View(), scope).Count(b.Context(), nil); return err },
		"Export": func() error {
			n := 0
			for r := range snap.Records(b.Context()) {
				n += len(r.Title)
			}
			if n == 0 {
				return errNoRows
			}
			return nil
		},
	} {
		b.Run(name, func(b *testing.B) { measure(b, do) })
	}
}

// BenchmarkListApply takes a commit of 1,000 rows over and asks the default question.
func BenchmarkListApply(b *testing.B) {
	s := loadBench(b)
	batch := gen.Set{N: 1000, Seed: 99, End: benchEnd}.Records()
	for i := range batch {
		batch[i].ID = int64(s.set.N - i)
	}
	measure(b, func() error {
		s.engine.Apply(batch, nil)
		_, err := s.engine.View().Search(b.Context(), query.Query{}, query.Scope{})
		return err
	})
}

// BenchmarkListLoad loads and warms the list, and tells the heap it takes.
func BenchmarkListLoad(b *testing.B) {
	s := loadBench(b)
	b.Run("Heap", func(b *testing.B) {
		for b.Loop() {
			heapInUse()
		}
		b.ReportMetric(float64(s.heap)/1e6, "heap-MB")
	})
	b.Run("Load", func(b *testing.B) {
		measure(b, func() error { return listing.New(listing.Options{}).Load(b.Context(), s.set.Source()) })
	})
	b.Run("Generate", func(b *testing.B) { // what of Load is the generator's
		measure(b, func() error {
			return s.set.Source()(b.Context(), func(*listing.Record) error { return nil })
		})
	})
	b.Run("LoadAndWarm", func(b *testing.B) {
		measure(b, func() error {
			e := listing.New(listing.Options{})
			if err := e.Load(b.Context(), s.set.Source()); err != nil {
				return err
			}
			return e.Warm(b.Context())
		})
	})
}
