package syncer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wapdesk/app/daktela"

	diff "github.com/google/go-cmp/cmp"
)

// texts serves rows with the given times as a list that filters by text, as
// the real server does, and knows how to misbehave.
type texts struct {
	times    []string
	shuffle  bool // equal times come in another order each time
	unsorted bool // the sort is ignored
	lie      int  // added to the total
	requests int
}

func (s *texts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests++
	q := r.URL.Query()
	from, to := q.Get("filter[filters][0][value]"), q.Get("filter[filters][1][value]")
	type entry struct{ name, time string }
	var rows []entry
	for i, at := range s.times {
		if at >= from && at < to {
			rows = append(rows, entry{"n" + strconv.Itoa(i), at})
		}
	}
	if s.shuffle || s.unsorted {
		rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}
	if !s.unsorted {
		slices.SortStableFunc(rows, func(a, b entry) int { return cmp.Compare(b.time, a.time) })
	}
	total := len(rows) + s.lie
	skip, _ := strconv.Atoi(q.Get("skip"))
	take, _ := strconv.Atoi(q.Get("take"))
	rows = rows[min(skip, len(rows)):min(skip+take, len(rows))]
	var b strings.Builder
	for i, row := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":%q,"time":%q}`, row.name, row.time)
	}
	fmt.Fprintf(w, `{"error":[],"result":{"data":[%s],"total":%d}}`, b.String(), total)
}

func (s *texts) feed(t *testing.T, zone string) feed[daktela.Interaction] {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	address, err := daktela.ParseAddress(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client, err := daktela.New(address, daktela.WithToken("t"))
	if err != nil {
		t.Fatal(err)
	}
	z, err := daktela.LoadZone(zone)
	if err != nil {
		t.Fatal(err)
	}
	p := newPull(&Syncer{client: client}, PullOptions{}, nil)
	p.convert.zone = z
	return p.interactions()
}

// readAll checks what newest promises: stretches without gaps from the newest
// to the oldest, each row once and inside its stretch.
func readAll(t *testing.T, f feed[daktela.Interaction], from, to int64) ([]string, error) {
	t.Helper()
	var got []string
	next := f.ms(f.bound(to))
	for b, err := range f.newest(t.Context(), from, to) {
		if err != nil {
			return got, err
		}
		if b.toMs != next || b.fromMs >= b.toMs {
			t.Fatalf("stretch %d-%d does not follow %d", b.fromMs, b.toMs, next)
		}
		next = b.fromMs
		for _, row := range b.rows {
			if ms, ok := f.zone.UTC(row.Time.Value); !ok || ms < b.fromMs || ms >= b.toMs {
				t.Fatalf("row at %s is outside of its stretch", row.Time.Value)
			}
			got = append(got, row.Time.Value)
		}
	}
	if next != f.ms(f.bound(from)) {
		t.Fatalf("stretches end at %d, want %d", next, f.ms(f.bound(from)))
	}
	slices.Sort(got)
	return got, nil
}

func at(text string) int64 {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t.UnixMilli()
}

func TestNewestReadsEveryRowOnce(t *testing.T) {
	t.Parallel()
	spread := func(n int, step time.Duration) []string {
		var times []string
		start := time.Date(2025, 6, 2, 8, 0, 0, 0, time.UTC)
		for i := range n {
			times = append(times, start.Add(time.Duration(i)*step).Format(time.DateTime))
		}
		return times
	}
	repeat := func(n int, text string) []string { return slices.Repeat([]string{text}, n) }
	tests := []struct {
		name   string
		server texts
	}{
		{"none", texts{}},
		{"a few", texts{times: spread(30, time.Hour)}},
		{"exactly a page", texts{times: spread(1000, time.Second)}},
		{"a busy day", texts{times: spread(3500, 10*time.Second)}},
		{"1,200 in one second", texts{times: slices.Concat(spread(10, time.Minute), repeat(1200, "2025-06-02 09:00:00"), spread(10, 2*time.Hour))}},
		{"2,500 in one second in any order", texts{times: repeat(2500, "2025-06-02 09:00:00"), shuffle: true}},
		{"crowded seconds side by side", texts{times: slices.Concat(
			repeat(1100, "2025-06-02 09:00:00"), repeat(1000, "2025-06-02 09:00:01"), repeat(999, "2025-06-02 09:00:02")), shuffle: true}},
		{"a server that does not sort", texts{times: spread(2300, 20*time.Second), unsorted: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := readAll(t, tt.server.feed(t, "Europe/Prague"), at("2025-05-01T00:00:00Z"), at("2025-07-01T00:00:00Z"))
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(tt.server.times)
			if d := diff.Diff(tt.server.times, got); d != "" {
				t.Errorf("times (-want +got):\n%s", d)
			}
		})
	}
}

// In spring an hour of texts never occurs; in autumn one occurs twice. Bounds
// anywhere around them must neither lose nor repeat a row.
func TestNewestAtChangesOfTheClock(t *testing.T) {
	t.Parallel()
	for _, night := range []string{"2025-03-30", "2025-10-26"} {
		t.Run(night, func(t *testing.T) {
			t.Parallel()
			var times []string
			zone, err := daktela.LoadZone("Europe/Prague")
			if err != nil {
				t.Fatal(err)
			}
			start := at(night + "T00:00:00Z")
			for minute := range int64(240) {
				for range 9 {
					times = append(times, zone.Wire(start-2*hour+minute*60_000))
				}
			}
			server := &texts{times: times}
			f := server.feed(t, "Europe/Prague")
			for quarter := range int64(20) {
				cut := start - hour + quarter*15*60_000
				older, err := readAll(t, f, start-12*hour, cut)
				if err != nil {
					t.Fatal(err)
				}
				newer, err := readAll(t, f, cut, start+12*hour)
				if err != nil {
					t.Fatal(err)
				}
				if got := len(older) + len(newer); got != len(times) {
					t.Errorf("cut at %s: got %d rows, want %d", zone.Wire(cut), got, len(times))
				}
			}
		})
	}
}

func TestNewestRefusesPagesThatDoNotAddUp(t *testing.T) {
	t.Parallel()
	server := &texts{times: slices.Repeat([]string{"2025-06-02 09:00:00"}, 1100), lie: 7}
	_, err := readAll(t, server.feed(t, "UTC"), at("2025-06-01T00:00:00Z"), at("2025-06-03T00:00:00Z"))
	if !errors.Is(err, ErrIncomplete) {
		t.Errorf("got %v, want ErrIncomplete", err)
	}
}

func TestNewestNeedsFewRequests(t *testing.T) {
	t.Parallel()
	server := &texts{}
	start := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 4000 { // four a day
		server.times = append(server.times, start.Add(time.Duration(i)*6*time.Hour).Format(time.DateTime))
	}
	if _, err := readAll(t, server.feed(t, "UTC"), at("2023-01-01T00:00:00Z"), at("2025-12-01T00:00:00Z")); err != nil {
		t.Fatal(err)
	}
	if server.requests > 30 {
		t.Errorf("got %d requests for 4,000 rows over three years", server.requests)
	}
}

func TestNewestEndsWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	server := &texts{}
	for _, err := range server.feed(t, "UTC").newest(ctx, 0, hour) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}
