package syncer

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
)

func TestPullSurvivesABadConnection(t *testing.T) {
	t.Parallel()
	for kind, rate := range map[demo.Kind]float64{
		demo.FailSlow: .02, demo.Fail429: .01, demo.Fail5xx: .05, demo.FailCut: .05, demo.FailDrop: .05,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := newSite(t, demo.Options{Interactions: 30, Slow: 50 * time.Millisecond})
			s.SetFail(kind, rate)
			db := openFile(t, t.TempDir())
			pullOK(t, newSyncer(t, s, db), PullOptions{})
			compare(t, s, db)
		})
	}
}

func TestPullKeepsWhatItStoredBeforeAnError(t *testing.T) {
	t.Parallel()
	tests := map[demo.Kind]string{demo.FailExpired: CodeSignIn, demo.FailHTML: CodeNotDaktela}
	for kind, code := range tests {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := newSite(t, demo.Options{Interactions: 60})
			db := openFile(t, t.TempDir())
			syncer := newSyncer(t, s, db)
			result, err := syncer.Pull(t.Context(), PullOptions{}, func(p Progress) {
				if p.Phase == PhaseMessages {
					s.SetFail(kind, 1)
				}
			})
			if CodeOf(err) != code {
				t.Fatalf("got %v, want code %s", err, code)
			}
			if stored, err := db.Stored(t.Context()); err != nil || stored != 60 || result.Interactions.Stored != 60 || len(result.Coverage) == 0 {
				t.Errorf("stored %d (%v), result %+v", stored, err, result)
			}
			runs, err := db.Runs(t.Context(), 1)
			if err != nil || len(runs) != 1 || runs[0].Code != code || runs[0].Stored != 60 {
				t.Errorf("log: got %+v, %v", runs, err)
			}
			s.SetFail(kind, 0)
			pullOK(t, syncer, PullOptions{})
			compare(t, s, db)
		})
	}
}

func TestPullOfAServerThatIsDown(t *testing.T) {
	t.Parallel()
	address, err := daktela.ParseAddress("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	client, err := daktela.New(address, daktela.WithToken("t"))
	if err != nil {
		t.Fatal(err)
	}
	result, err := New(client, openFile(t, t.TempDir()), Options{}).Pull(t.Context(), PullOptions{}, nil)
	if CodeOf(err) != CodeOffline || result.ServerTime != "" {
		t.Errorf("got %v, %+v", err, result)
	}
}

// cancelling ends a context when the client sends its nth request.
type cancelling struct {
	left   atomic.Int64
	cancel context.CancelFunc
}

func (c *cancelling) RoundTrip(r *http.Request) (*http.Response, error) {
	if c.left.Add(-1) == 0 {
		c.cancel()
	}
	return http.DefaultTransport.RoundTrip(r)
}

func TestPullCancelledAnywhereGoesOnLater(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100})
	address, err := daktela.ParseAddress(s.url)
	if err != nil {
		t.Fatal(err)
	}
	db := openFile(t, t.TempDir())
	dice := rand.New(rand.NewPCG(7, 7))
	for round := range 8 {
		ctx, cancel := context.WithCancel(t.Context())
		transport := &cancelling{cancel: cancel}
		transport.left.Store(1 + dice.Int64N(12*int64(round+1)))
		client, err := daktela.New(address, daktela.WithToken(s.Token()), daktela.WithTransport(transport))
		if err != nil {
			t.Fatal(err)
		}
		_, err = New(client, db, Options{Messages: true, FirstDays: 40}).Pull(ctx, PullOptions{}, nil)
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("round %d: %v", round, err)
		}
		checkCoverage(t, s, db)
	}
	pullOK(t, newSyncer(t, s, db), PullOptions{})
	compare(t, s, db)
}

// checkCoverage sees that what counts as stored is stored, rows and activities.
func checkCoverage(t *testing.T, s *site, db *store.DB) {
	t.Helper()
	spans, err := db.Coverage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data := s.Data()
	for _, span := range spans {
		names, err := db.NamesBetween(t.Context(), span)
		if err != nil {
			t.Fatal(err)
		}
		stored := map[string]bool{}
		for _, n := range names {
			stored[n] = true
		}
		for _, i := range data.Interactions {
			if at := int64(i.Time) * 1000; at < span.FromMs || at >= span.ToMs {
				continue
			}
			if !stored[i.Name] {
				t.Fatalf("%s is covered and not stored", i.Name)
			}
			known, err := db.ActivityHashes(t.Context(), i.Activities)
			if err != nil || len(known) != len(i.Activities) {
				t.Fatalf("%s is covered with %d of %d activities (%v)", i.Name, len(known), len(i.Activities), err)
			}
		}
	}
}

// The next test runs the pull in another process and kills it.

const (
	envFolder = "WAPDESK_TEST_FOLDER"
	envURL    = "WAPDESK_TEST_URL"
	envToken  = "WAPDESK_TEST_SECRET"
)

// TestMain lets this binary be the process that is killed.
func TestMain(m *testing.M) {
	if folder := os.Getenv(envFolder); folder != "" {
		if os.Getenv(envLead) != "" {
			os.Exit(leadForParent(folder))
		}
		os.Exit(pullForParent(folder))
	}
	os.Exit(m.Run())
}

func pullForParent(folder string) int {
	ctx := context.Background()
	address, err := daktela.ParseAddress(os.Getenv(envURL))
	if err != nil {
		return 1
	}
	client, err := daktela.New(address, daktela.WithToken(os.Getenv(envToken)))
	if err != nil {
		return 1
	}
	db, err := store.Open(ctx, store.Folder(folder), store.Options{NoList: true})
	if err != nil {
		return 1
	}
	os.Stdout.WriteString("ready\n") // the parent notices when it fails
	if _, err := New(client, db, Options{Messages: true, FirstDays: 40}).Pull(ctx, PullOptions{}, nil); err != nil {
		return 1
	}
	if db.Close() != nil {
		return 1
	}
	return 0
}

// envKills asks for another number of kills, as the soak does.
const envKills = "WAPDESK_TEST_KILLS"

// kills is how many processes are killed, half of them in a first load and half in later syncs.
const kills = 8

// TestPullKilledAnywhereGoesOnLater kills the program at moments anywhere in a sync. Each time the file opens and is
// whole, what counts as stored is stored, and nothing is there twice; whenever a sync got to its end, the file is
// what the contact centre shows.
func TestPullKilledAnywhereGoesOnLater(t *testing.T) {
	t.Parallel()
	count, seed := kills, uint64(time.Now().UnixNano())
	if n, err := strconv.Atoi(os.Getenv(envKills)); err == nil {
		count = n
	}
	if n, err := strconv.ParseUint(os.Getenv(envDice), 10, 64); err == nil {
		seed = n
	}
	k := &killing{site: newSite(t, demo.Options{Interactions: 100, Days: 30}), dice: rand.New(rand.NewPCG(seed, 9)), folder: t.TempDir()}
	t.Cleanup(func() {
		t.Logf("%d killed in a first load, %d in a later sync, %d files were whole before the kill", k.first, k.later, k.whole)
		if t.Failed() {
			t.Logf("repeat it with %s=%d", envDice, seed)
		}
	})
	for tries := 0; k.first < count/2; tries++ {
		if tries > 10*count {
			t.Fatal("the program is always done before it is killed")
		}
		if k.life(t) {
			k.first++
			k.judge(t, false)
			continue
		}
		k.judge(t, true)
		k.folder = t.TempDir()
	}
	k.settle(t)
	for tries := 0; k.later < count-count/2; tries++ {
		if tries > 10*count {
			t.Fatal("the program is always done before it is killed")
		}
		k.AddInteractions(4)
		recent := slices.DeleteFunc(k.Data().Interactions, func(i *demo.Interaction) bool { return int64(i.Time) < k.clock.Load()-5*day/1000 })
		k.ChangeInteraction(oneOf(k.dice, recent).Name, func(i *demo.Interaction) { i.Title = "Změna " + strconv.Itoa(tries) })
		k.pass(2 * time.Hour)
		if k.life(t) {
			k.later++
		}
		k.judge(t, false)
	}
	k.settle(t)
}

type killing struct {
	*site
	dice                *rand.Rand
	folder              string
	longest             time.Duration // that a sync took
	first, later, whole int
}

// life runs a sync in another process and reports whether it was killed before its end.
func (k *killing) life(t *testing.T) bool {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), envFolder+"="+k.folder, envURL+"="+k.url, envToken+"="+k.Token())
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the child did not start: %q %v", line, err)
	}
	began := time.Now()
	timer := time.AfterFunc(time.Duration(k.dice.Int64N(int64(max(k.longest, 300*time.Millisecond)))), func() { _ = child.Process.Kill() }) // it may have finished
	defer timer.Stop()
	err = child.Wait()
	if err == nil {
		k.longest = max(k.longest, time.Since(began))
		return false
	}
	if child.ProcessState.Exited() {
		t.Fatalf("the child failed: %v", err)
	}
	return true
}

// judge opens the file as it was left.
func (k *killing) judge(t *testing.T, ended bool) {
	t.Helper()
	db := openFile(t, k.folder)
	checkWhole(t, store.Folder(k.folder))
	checkCoverage(t, k.site, db)
	names, err := db.NamesBetween(t.Context(), store.Span{FromMs: 0, ToMs: forever})
	if err != nil {
		t.Fatal(err)
	}
	if slices.Sort(names); len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Fatal("an interaction is there twice")
	}
	if ended {
		k.whole++
		compare(t, k.site, db)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// checkWhole asks SQLite itself.
func checkWhole(t *testing.T, folder store.Folder) {
	t.Helper()
	file, err := sql.Open("sqlite", folder.Database())
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	verdict := ""
	if err := file.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Fatalf("integrity_check: %s, %v", verdict, err)
	}
}

// settle lets a sync come to its end: the file is the truth, and one more finds nothing to store.
func (k *killing) settle(t *testing.T) {
	t.Helper()
	db := openFile(t, k.folder)
	pullOK(t, newSyncer(t, k.site, db), PullOptions{})
	if again := pullOK(t, newSyncer(t, k.site, db), PullOptions{}); again.Added != 0 || again.Interactions.Stored != 0 {
		t.Errorf("one more sync stored %+v", again.Interactions)
	}
	compare(t, k.site, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestProgressIsToldAtMostTenTimesASecond(t *testing.T) {
	t.Parallel()
	var told []Progress
	r := newReporter(func(p Progress) { told = append(told, p) })
	r.phase(PhaseMessages, 5)
	for range 10_000 {
		r.add(1)
	}
	r.final()
	if len(told) > 20 {
		t.Errorf("told %d times", len(told))
	}
	if last := told[len(told)-1]; !last.Final || last.Done != 10_000 || last.Expected != last.Done {
		t.Errorf("last: %+v", last)
	}
}
