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
	"sort"
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
	clamp    int  // most rows a page holds, nothing says so
	restless int  // so many requests find the total off by one, as when rows come and go meanwhile
	requests int

	rows []entry // newest first, made of times
}

type entry struct{ name, time string }

func (s *texts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests++
	q := r.URL.Query()
	from, to := q.Get("filter[filters][0][value]"), q.Get("filter[filters][1][value]")
	if s.rows == nil {
		for i, at := range s.times {
			s.rows = append(s.rows, entry{"n" + strconv.Itoa(i), at})
		}
		slices.SortStableFunc(s.rows, func(a, b entry) int { return cmp.Compare(b.time, a.time) })
	}
	// The first row before the upper end, and the first before the lower one.
	first := sort.Search(len(s.rows), func(i int) bool { return s.rows[i].time < to })
	last := sort.Search(len(s.rows), func(i int) bool { return s.rows[i].time < from })
	rows := s.rows[first:max(first, last)]
	if s.shuffle || s.unsorted {
		rows = slices.Clone(rows)
		rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if s.shuffle {
			slices.SortStableFunc(rows, func(a, b entry) int { return cmp.Compare(b.time, a.time) })
		}
	}
	total := len(rows) + s.lie
	if s.restless > 0 && len(rows) > 0 {
		s.restless--
		total++
	}
	skip, _ := strconv.Atoi(q.Get("skip"))
	take, _ := strconv.Atoi(q.Get("take"))
	if s.clamp > 0 {
		take = min(take, s.clamp)
	}
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

// A contact centre that changes while a stretch is read is asked again; one whose pages never add up
// is left behind, and the older stretches are read.
func TestAStretchThatDoesNotAddUpIsReadThreeTimes(t *testing.T) {
	t.Parallel()
	times := append(slices.Repeat([]string{"2025-06-02 09:00:00"}, 12), slices.Repeat([]string{"2025-06-01 10:00:00"}, 3)...)
	lying := &texts{times: times, lie: 1, clamp: 5}
	f := lying.feed(t, "UTC")
	from, _ := wallOf("2025-06-02 09:00:00")
	if _, _, _, err := f.read(t.Context(), from, from+1); !errors.Is(err, ErrIncomplete) {
		t.Fatalf("got %v, want ErrIncomplete", err)
	}
	reading := lying.requests
	if _, _, _, err := f.readAgain(t.Context(), from, from+1); !errors.Is(err, ErrIncomplete) || lying.requests != (1+tries)*reading {
		t.Errorf("%d requests, want three times the %d of one reading (%v)", lying.requests-reading, reading, err)
	}
	for restless, whole := range map[int]bool{0: true, reading + 5: true, 1_000_000: false} {
		server := &texts{times: times, clamp: 5, restless: restless}
		f := server.feed(t, "UTC")
		f.partly = true
		got, short := 0, 0
		for b, err := range f.newest(t.Context(), at("2025-06-01T00:00:00Z"), at("2025-06-03T00:00:00Z")) {
			if err != nil {
				t.Fatal(err)
			}
			got += len(b.rows)
			if b.short {
				short++
			}
		}
		if got != len(times) || whole != (short == 0) {
			t.Errorf("restless for %d requests: %d rows of %d, %d short stretches", restless, got, len(times), short)
		}
	}
}

// A day with 100,000 interactions and a second with 3,000 are read to the end, also when pages hold 50.
func TestCrowdedDaysAndSecondsAreComplete(t *testing.T) {
	t.Parallel()
	for _, clamp := range []int{0, 50} {
		t.Run(strconv.Itoa(clamp), func(t *testing.T) {
			t.Parallel()
			start := time.Date(2025, 6, 2, 0, 0, 0, 0, time.UTC)
			server := &texts{clamp: clamp, shuffle: raceDetected}
			for i := range crowd {
				server.times = append(server.times, start.Add(time.Duration(i)*24*time.Hour/crowd).Format(time.DateTime))
			}
			server.times = append(server.times, slices.Repeat([]string{"2025-06-02 09:00:00"}, crowdedSecond)...)
			got, err := readAll(t, server.feed(t, "UTC"), at("2025-06-01T00:00:00Z"), at("2025-06-04T00:00:00Z"))
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(server.times)
			if !slices.Equal(server.times, got) {
				t.Errorf("got %d rows of %d, or others", len(got), len(server.times))
			}
			t.Logf("%d rows in %d requests", len(got), server.requests)
		})
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
