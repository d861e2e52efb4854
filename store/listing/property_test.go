package listing_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
	"wapdesk/store/listing/gen"
	"wapdesk/store/query"
)

// propertySets are the lists that questions are asked of, more than 2,000 in all. The last
// one has more than one full block.
var propertySets = []struct{ rows, cases int }{
	{100, 340}, {200, 340}, {300, 340}, {400, 340}, {150, 340}, {250, 340}, {5000, 30},
}

// TestEngineEqualsSQL asks random questions of lists that change in between.
func TestEngineEqualsSQL(t *testing.T) {
	t.Parallel()
	for i, set := range propertySets {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			newProperty(t, uint64(i), set.rows).run(t, set.cases)
		})
	}
}

// property is an engine beside its model.
type property struct {
	rng    *rand.Rand
	engine *listing.Engine
	model  *model
	pool   []listing.Record // whose parts make up new rows and values of conditions
	rows   map[int64]listing.Record
	nextID int64
	scope  query.Scope
}

var vocabulary = []string{"faktura", "reklamace", "dobry", "den", "dekuji", "router", "prosim", "invoice"}

func newProperty(t *testing.T, seed uint64, rows int) *property {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	// The set ends on the Sunday after the clocks went back.
	set := gen.Set{N: rows, Seed: seed, End: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)}
	clock := query.Clock{Now: time.Date(2026, 10, 26, 13, 5, 0, 0, zone), Zone: zone, SundayFirst: seed%2 == 1}
	p := &property{rng: rand.New(rand.NewPCG(seed, 2)), pool: set.Records(), rows: map[int64]listing.Record{}, scope: set.Scope()}
	for i := range p.pool {
		p.roughen(&p.pool[i])
		if seed%3 == 2 { // rows know no other recipient
			p.pool[i].Recipient = p.pool[i].WANumber
		}
	}
	dir := set.Directory()
	var universe []string
	for i := range p.pool {
		r := &p.pool[i]
		universe = append(universe, r.Queue.Title, r.User.Title, r.Connector.Title, r.Contact.Title, r.Account.Title, r.WA, r.Title, strings.Join(r.Tickets, "\x1f"))
	}
	p.model = newModel(t, clock, dir, universe)
	p.engine = listing.New(listing.Options{Zone: zone, SundayFirst: clock.SundayFirst, Now: func() time.Time { return clock.Now }, Words: p.model})
	p.nextID = int64(len(p.pool)) + 1
	p.store(t, p.pool)
	p.load(t, seed)
	p.engine.SetDirectory(dir)
	p.retarget()
	p.engine.SortFew(int(seed%3) * 60)
	p.engine.FirstRows(1 + int(seed%4)*20)
	return p
}

// load brings the rows into the engine in one of the ways there are.
func (p *property) load(t *testing.T, seed uint64) {
	t.Helper()
	half := len(p.pool) / 2
	var err error
	switch seed % 3 {
	case 0: // half of them as a commit
		err = p.engine.Load(t.Context(), p.source(p.pool[:half]))
		p.engine.Apply(p.pool[half:], nil)
	case 1:
		err = p.engine.Load(t.Context(), p.source(p.pool[:half]), p.source(p.pool[half:]))
	case 2:
		things, rows := numbered(p.pool)
		err = p.engine.LoadRows(t.Context(), things, rowSource(rows[:half]), rowSource(rows[half:]))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// roughen adds what the generator's even rows lack: unknown values, waits of nothing and very long ones,
// words that nobody knows, and several tickets.
func (p *property) roughen(r *listing.Record) {
	for _, field := range listing.FigureFields() {
		if p.rng.IntN(12) == 0 {
			*listing.Figure(field)(r) = listing.Unknown
		}
	}
	if p.rng.IntN(8) == 0 {
		r.Statuses = nil
	}
	if p.rng.IntN(12) == 0 {
		r.Took = nil
	}
	switch p.rng.IntN(14) {
	case 0:
		r.TimeMs = listing.Unknown
	case 1:
		r.Queue = listing.Ref{}
	case 2:
		r.Connector, r.Direction = listing.Ref{}, ""
	case 3:
		r.Answered = listing.TriUnknown
	case 4:
		r.Tickets = append(r.Tickets, "777 Druhý tiket")
	case 5:
		r.State = listing.State(p.rng.IntN(2048))
	case 6:
		r.Sender, r.Messages = "", 0
	case 7, 8:
		r.WaitS = 0
	case 9:
		r.WaitS, r.DurationS = 5000+int32(p.rng.IntN(3)), 90_000
	case 10:
		r.Ended, r.Direction = "LEFT_BY_TRAIN", "SIDEWAYS"
	}
	if p.rng.IntN(3) == 0 && r.TimeMs != listing.Unknown {
		r.TimeMs -= r.TimeMs % 3_600_000 // so that many rows have the same time
	}
}

func (p *property) source(records []listing.Record) listing.Source {
	return func(_ context.Context, add func(*listing.Record) error) error {
		for _, r := range records {
			if err := add(&r); err != nil {
				return err
			}
		}
		return nil
	}
}

func (p *property) store(t *testing.T, records []listing.Record) {
	t.Helper()
	words := map[int64][]string{}
	for _, r := range records {
		p.rows[r.ID] = r
		for range p.rng.IntN(4) {
			words[r.ID] = append(words[r.ID], vocabulary[p.rng.IntN(len(vocabulary))])
		}
	}
	p.model.put(t, records, words)
}

func (p *property) run(t *testing.T, cases int) {
	asked := 0
	for i := range cases {
		if i%20 == 19 {
			kept := p.keep(t)
			p.change(t)
			kept()
		}
		if i == cases/2 {
			if err := p.engine.Compact(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		scope := query.Scope{}
		if p.rng.IntN(2) == 0 {
			scope = p.scope
		}
		q := query.Query{Where: p.where(), Sort: p.sort()}
		found := p.ask(t, q, scope)
		if found > 0 {
			asked++
		}
		if t.Failed() {
			return
		}
	}
	if asked < cases/2 {
		t.Errorf("only %d of %d questions had an answer: the test says little", asked, cases)
	}
}

// keep searches and gives a check that the answer is still that of now, whatever has been
// committed since: its rows are put in order meanwhile.
func (p *property) keep(t *testing.T) (check func()) {
	t.Helper()
	q := query.Query{Sort: p.sort()}
	snap, err := p.engine.View().Search(t.Context(), q, p.scope)
	if err != nil {
		t.Fatalf("%s: %v", describe(q), err)
	}
	want := p.ids(t, q, p.scope)
	return func() {
		t.Helper()
		if got := snap.IDs(0, snap.Total()); !slices.Equal(got, want) {
			t.Fatalf("%s after a commit: got %d rows, want %d; %s", describe(q), len(got), len(want), p.firstDifference(got, want))
		}
	}
}

// change applies a commit to both.
func (p *property) change(t *testing.T) {
	t.Helper()
	var upserts []listing.Record
	for range 1 + p.rng.IntN(120) {
		r := p.pool[p.rng.IntN(len(p.pool))]
		if p.rng.IntN(3) > 0 { // a known or once known id gets other values
			r.ID = p.pool[p.rng.IntN(len(p.pool))].ID
		} else {
			r.ID = p.nextID
			p.nextID++
		}
		r.Name = fmt.Sprintf("w%07d", r.ID*7919%9_999_991)
		upserts = append(upserts, r)
	}
	slices.SortStableFunc(upserts, func(a, b listing.Record) int { return int(a.ID - b.ID) })
	upserts = slices.CompactFunc(upserts, func(a, b listing.Record) bool { return a.ID == b.ID })
	var removed []int64
	for id := range p.rows {
		if p.rng.IntN(80) == 0 && !slices.ContainsFunc(upserts, func(r listing.Record) bool { return r.ID == id }) {
			removed = append(removed, id)
		}
	}
	p.store(t, upserts)
	p.model.remove(t, removed)
	for _, id := range removed {
		delete(p.rows, id)
	}
	p.engine.Apply(upserts, removed)
	if p.rng.IntN(3) == 0 {
		p.retarget()
	}
}

// ask compares all that can be asked about a query, and gives the number of rows found.
func (p *property) ask(t *testing.T, q query.Query, scope query.Scope) int {
	t.Helper()
	view := p.engine.View()
	snap, err := view.Search(t.Context(), q, scope)
	if err != nil {
		t.Fatalf("%s: %v", describe(q), err)
	}
	// Some rows before the rest is in order, from anywhere.
	offset, limit := p.rng.IntN(snap.Total()+1), p.rng.IntN(40)
	window := snap.IDs(offset, limit)
	want := p.ids(t, q, scope)
	if snap.Total() != len(want) {
		t.Fatalf("%s\nscoped %v: total %d, want %d", describe(q), len(scope.HiddenUsers) > 0, snap.Total(), len(want))
	}
	if cut := want[offset:min(offset+limit, len(want))]; !slices.Equal(window, cut) {
		t.Fatalf("%s\nscoped %v: rows %d to %d are %v, want %v", describe(q), len(scope.HiddenUsers) > 0, offset, offset+limit, window, cut)
	}
	if got := snap.IDs(0, snap.Total()); !slices.Equal(got, want) {
		t.Fatalf("%s\nscoped %v: got %d rows, want %d; %s", describe(q), len(scope.HiddenUsers) > 0, len(got), len(want), p.firstDifference(got, want))
	}
	n, err := view.Count(t.Context(), q, scope)
	if err != nil || n != len(want) {
		t.Fatalf("%s: count %d, %v; want %d", describe(q), n, err, len(want))
	}
	switch p.rng.IntN(4) {
	case 0:
		p.compareFacets(t, view, q, scope)
	case 1:
		p.compareSummary(t, snap, q, scope)
	case 2:
		p.compareAggregates(t, snap, q, scope)
	case 3:
		p.compareRows(t, snap, want)
	}
	return len(want)
}

func describe(q query.Query) string {
	text, err := json.Marshal(q)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func (p *property) firstDifference(got, want []int64) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("row %d: got %+v, want %+v", i, p.rows[got[i]], p.rows[want[i]])
		}
	}
	return "one is longer"
}

func (p *property) ids(t *testing.T, q query.Query, scope query.Scope) []int64 {
	t.Helper()
	s := sqlQuery{m: p.model}
	rows, err := p.model.db.Query("SELECT id FROM r WHERE "+s.where(q.Where, scope)+" ORDER BY "+orderBy(q.Sort), s.args...)
	if err != nil {
		t.Fatalf("%s: %v", describe(q), err)
	}
	defer rows.Close()
	out := []int64{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		out = append(out, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func (p *property) compareRows(t *testing.T, snap *listing.Snapshot, want []int64) {
	t.Helper()
	if len(want) == 0 {
		return
	}
	i := p.rng.IntN(len(want))
	wantRow := p.rows[want[i]]
	if len(wantRow.Tickets) == 0 {
		wantRow.Tickets = nil
	}
	if diff := cmp.Diff(wantRow, snap.At(i)); diff != "" {
		t.Fatalf("row %d (-want +got):\n%s", i, diff)
	}
	if got := snap.Keep().In(p.engine.View(), query.Scope{}).IndexOf(want[i]); got != i {
		t.Fatalf("IndexOf(%d) = %d, want %d", want[i], got, i)
	}
	at := 0
	for r := range snap.Records(t.Context()) {
		if r.ID != want[at] {
			t.Fatalf("Records: row %d has id %d, want %d", at, r.ID, want[at])
		}
		at++
	}
	if at != len(want) {
		t.Fatalf("Records gave %d rows, want %d", at, len(want))
	}
}
