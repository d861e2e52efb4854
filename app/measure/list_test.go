package measure

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Rounds of a question: in each the list answers some times, then the shell does, so that
// what else the machine does weighs on both.
const (
	rounds    = 4
	ourTimes  = 10
	peerTimes = 1
)

// run is one measurement.
type run struct {
	b      *testing.B
	db     *store.DB
	engine *listing.Engine
	scope  query.Scope
	shell  *shell
	duck   *duck
	t      *table
	rng    *rand.Rand
	// Medians of the shell's scans, which limits are measured against.
	fieldScan, textScan float64
}

var only = flag.String("only", "", "the parts to measure, with commas between: start, lists, sorts, jumps, figures, details, words, prefix, persons, quick; all unless told")

// BenchmarkList prints tables; it is no benchmark of one operation.
func BenchmarkList(b *testing.B) {
	folder := dataset(b)
	r := &run{b: b, t: &table{}, rng: rand.New(rand.NewPCG(seed, 3)), shell: newShell(folder.Database())}
	fmt.Printf("\n%d interactions, seed %d, %d cores%s; times in ms: best, median and p95 of %d beside the shell's median of %d\n",
		*rows, seed, runtime.GOMAXPROCS(0), load(), rounds*ourTimes, rounds*peerTimes)
	if wanted("start") {
		r.start(folder)
	}
	if wanted("lists") || wanted("jumps") || wanted("figures") {
		r.duck = newDuck(b, r.shell)
	}
	r.open(folder)
	defer func() {
		if err := r.db.Close(); err != nil {
			b.Error(err)
		}
	}()
	for _, part := range []struct {
		name string
		run  func()
	}{{"lists", r.lists}, {"sorts", r.sorts}, {"jumps", r.jumps}, {"figures", r.figures}, {"details", r.details}, {"words", r.words}, {"prefix", r.prefix}, {"persons", r.persons}, {"quick", r.quick}} {
		if wanted(part.name) {
			part.run()
		}
	}
	r.t.end()
}

func wanted(part string) bool {
	return *only == "" || slices.Contains(strings.Split(*only, ","), part)
}

// load tells what else the machine is doing, where the system says it.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	return ", load " + strings.Fields(string(text))[0]
}

func (r *run) start(folder store.Folder) {
	var today, ready, warm, cpu, heap, fromRows, fromRowsCPU []float64
	for range rounds {
		// As after a kill, when the image of the list is not there; that start leaves one.
		if err := os.Remove(filepath.Join(string(folder), "list.image")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			r.b.Fatal(err)
		}
		s := measureStart(r.b, folder)
		fromRows, fromRowsCPU = append(fromRows, s.ReadyMs), append(fromRowsCPU, s.CPUMs)
		s = measureStart(r.b, folder)
		today, ready, warm = append(today, s.TodayMs), append(ready, s.ReadyMs), append(warm, s.WarmMs)
		cpu, heap = append(cpu, s.CPUMs), append(heap, s.HeapMB)
	}
	maxHeap := 180.0
	if *rows <= 100_000 {
		maxHeap = 60
	}
	r.t.head("start", "median", "best")
	line := func(name string, of []float64, limits ...limit) {
		r.t.line(name, []string{figure(quantile(of, 0.5)), figure(quantile(of, 0))}, limits...)
	}
	line("today on hand after process start", today, limit{"ms", quantile(today, 0.5), 100})
	line("list ready after process start", ready, limit{"ms", quantile(ready, 0.5), 500})
	line("… processor time of that", cpu)
	line("… after a kill, from the rows", fromRows)
	line("… processor time of that", fromRowsCPU)
	line("Czech order of all texts ready", warm)
	line("heap of the lists, MB", heap, limit{"MB", quantile(heap, 0.5), maxHeap})
	info, err := os.Stat(folder.Database())
	if err != nil {
		r.b.Fatal(err)
	}
	size := float64(info.Size()) / 1e6
	line("the file, MB", []float64{size}, limit{"MB", size, 2000 * max(float64(*rows), 100_000) / 1e6})
}

func (r *run) open(folder store.Folder) {
	db, err := store.Open(r.b.Context(), folder, store.Options{Now: clock})
	if err != nil {
		r.b.Fatal(err)
	}
	r.db, r.engine = db, db.List()
	db.LoadList()
	<-db.ListReady()
	if err := db.ListErr(); err != nil {
		r.b.Fatal(err)
	}
	if err := r.engine.Warm(r.b.Context()); err != nil {
		r.b.Fatal(err)
	}
	r.engine.SetTargets(measured())
	if r.scope, err = db.Scope(r.b.Context()); err != nil {
		r.b.Fatal(err)
	}
}

// fresh publishes a view that has nothing at hand from earlier questions.
func (r *run) fresh() *listing.View {
	r.engine.SetZone(r.db.Zone(), false)
	return r.engine.View()
}

// beside measures ours and the shell's statements in turns.
func (r *run) beside(ours func() time.Duration, statements ...string) (our, peer []float64) {
	for range rounds {
		for range ourTimes {
			our = append(our, float64(ours().Nanoseconds())/1e6)
		}
		if r.shell != nil && len(statements) > 0 {
			peer = append(peer, r.shell.run(r.b, peerTimes, statements...)...)
		}
	}
	if len(peer) == 0 {
		peer = []float64{0}
	}
	return our, peer
}

// cells are the columns of a line: rows, best, median, p95, the shell's median and the ratio to it.
func cells(rows int, our, peer []float64) []string {
	ratio := "–"
	if p := quantile(peer, 0.5); p > 0 {
		ratio = figure(quantile(our, 0.5) / p)
	}
	return []string{fmt.Sprint(rows), figure(quantile(our, 0)), figure(quantile(our, 0.5)), figure(quantile(our, 0.95)), figure(quantile(peer, 0.5)), ratio}
}

// peerColumns are the columns of a line, see cells.
var peerColumns = []string{"rows", "best", "median", "p95", "sqlite3", "ratio"}

func (r *run) columns(what string) { r.t.head(what, peerColumns...) }

// maxOfDuck is what a question about a list may take of DuckDB's time for it.
const maxOfDuck = 0.2

// besideDuck prints a line with DuckDB's median of the same question.
func (r *run) besideDuck(name string, line []string, our []float64, limits []limit, statements ...string) {
	if r.duck != nil {
		median := quantile(r.duck.run(r.b, rounds*peerTimes, statements...), 0.5)
		ratio := quantile(our, 0.5) / median
		line, limits = append(line, figure(median), figure(ratio)), append(limits, limit{"of DuckDB", ratio, maxOfDuck})
	}
	r.t.line(name, line, limits...)
}

// ask searches and takes the first page, then lets the rest of the order end.
func (r *run) ask(view *listing.View, q query.Query, scope query.Scope) (time.Duration, *listing.Snapshot) {
	start := time.Now()
	snap, err := view.Search(context.Background(), q, scope)
	if err != nil {
		r.b.Fatal(err)
	}
	snap.Window(0, 200)
	took := time.Since(start)
	snap.IDs(snap.Total()-1, 1)
	return took, snap
}

func (r *run) query(text string, sort []query.SortKey) query.Query {
	where, err := query.Parse(text)
	if err != nil {
		r.b.Fatalf("%s: %v", text, err)
	}
	return query.Query{Where: where, Sort: sort}
}

// limitsOf returns the limits of a kind of question: p95, and the ratio to the shell's scan.
func (r *run) limitsOf(k kind, our []float64) []limit {
	p95, scan, ratio := 8.0, r.fieldScan, 0.10
	if k == byText {
		p95, scan, ratio = 10, r.textScan, 0.20
	}
	limits := []limit{{"p95", quantile(our, 0.95), p95}}
	if scan > 0 {
		limits = append(limits, limit{"of scan", quantile(our, 0.5) / scan, ratio})
	}
	return limits
}

// scans measures what limits of questions are measured against.
func (r *run) scans() {
	if r.shell == nil || r.fieldScan > 0 {
		return
	}
	fields, text := scans()
	r.fieldScan = quantile(r.shell.run(r.b, rounds, fields), 0.5)
	r.textScan = quantile(r.shell.run(r.b, rounds, text), 0.5)
	fmt.Printf("\nthe shell's count of the advanced filter by a scan of the table takes %s, with a part of the title %s\n",
		figure(r.fieldScan), figure(r.textScan))
}

func (r *run) lists() {
	r.scans()
	r.t.head("exact total and first 200", append(peerColumns, "DuckDB", "ratio")...)
	for _, q := range questions(r.db.Zone()) {
		query, total := r.query(q.where, q.sort), 0
		our, peer := r.beside(func() time.Duration {
			took, snap := r.ask(r.fresh(), query, r.scope)
			total = snap.Total()
			return took
		}, q.statements()...)
		r.besideDuck(q.name, cells(total, our, peer), our, r.limitsOf(q.kind, our), q.statements()...)
	}
}

// sorts asks for everything by each sortable field, both ways.
func (r *run) sorts() {
	r.scans()
	r.columns("all rows by one field")
	for _, f := range query.Fields() {
		if !f.Sortable {
			continue
		}
		var our []float64
		total := 0
		for i := range rounds * ourTimes {
			took, snap := r.ask(r.fresh(), query.Query{Sort: keys(by(f.Name, i%2 == 0))}, r.scope)
			total = snap.Total()
			our = append(our, float64(took.Nanoseconds())/1e6)
		}
		r.t.line(f.Name, cells(total, our, []float64{0}), r.limitsOf(byFields, our)...)
	}
}

// jumps takes pages from anywhere, once all rows are in order.
func (r *run) jumps() {
	r.t.head("200 rows from any place", append(peerColumns, "DuckDB", "ratio")...)
	for _, q := range []struct {
		name, order string
		sort        []query.SortKey
	}{
		{"e  newest first", "i.time_ms DESC", nil},
		{"e  by queue, user, wait", "i.queue_id, i.user_id, i.wait_s DESC", keys(by("queue", false), by("user", false), by("wait", true))},
	} {
		_, snap := r.ask(r.fresh(), r.query("", q.sort), r.scope)
		offset := r.rng.IntN(snap.Total())
		statement := fmt.Sprintf("SELECT i.* FROM interactions i WHERE %s ORDER BY %s LIMIT 200 OFFSET %d", inScope, q.order, offset)
		our, peer := r.beside(func() time.Duration {
			at := r.rng.IntN(snap.Total())
			start := time.Now()
			snap.Window(at, 200)
			return time.Since(start)
		}, statement)
		limits := []limit{{"p95", quantile(our, 0.95), 16}} // a frame, as for the first rows
		if r.shell != nil {
			limits = append(limits, limit{"ratio", quantile(our, 0.5) / quantile(peer, 0.5), 0.05})
		}
		r.besideDuck(q.name, cells(200, our, peer), our, limits, statement)
	}
}

// details opens interactions anywhere.
func (r *run) details() {
	snap, err := r.engine.View().Search(r.b.Context(), query.Query{}, r.scope)
	if err != nil {
		r.b.Fatal(err)
	}
	var our []float64
	for range 400 {
		name := snap.At(r.rng.IntN(snap.Total())).Name
		start := time.Now()
		if _, err := r.db.Detail(r.b.Context(), name); err != nil {
			r.b.Fatal(err)
		}
		our = append(our, float64(time.Since(start).Nanoseconds())/1e6)
	}
	r.columns("one interaction with its messages")
	r.t.line("detail", cells(1, our, []float64{0}), limit{"p95", quantile(our, 0.95), 5})
}

// persons looks for people by a part of a name, a whole number and nothing that is there, and reads what is stored of one.
func (r *run) persons() {
	r.columns("who a text leads to, and everything about one")
	var one store.PersonKey
	for _, text := range []string{"novak", "420777123456", "nobody of this name"} {
		var our []float64
		found := 0
		for range rounds * 2 {
			start := time.Now()
			hits, err := r.db.FindPeople(r.b.Context(), text, 200)
			if err != nil {
				r.b.Fatal(err)
			}
			our = append(our, milliseconds(time.Since(start)))
			if found = len(hits); found > 0 {
				one = hits[0].PersonKey
			}
		}
		r.t.line(text, cells(found, our, []float64{0}), limit{"p95", quantile(our, 0.95), 1000})
	}
	var our []float64
	found := 0
	for range rounds * ourTimes {
		start := time.Now()
		person, err := r.db.Person(r.b.Context(), one)
		if err != nil {
			r.b.Fatal(err)
		}
		our, found = append(our, milliseconds(time.Since(start))), len(person.Interactions)
	}
	r.t.line("the interactions of one", cells(found, our, []float64{0}), limit{"p95", quantile(our, 0.95), 100})
}
