package syncer

import (
	"bufio"
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
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

func TestPullKilledAnywhereGoesOnLater(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100})
	folder := t.TempDir()
	dice := rand.New(rand.NewPCG(3, 9))
	for range 5 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
		child.Env = append(os.Environ(), envFolder+"="+folder, envURL+"="+s.url, envToken+"="+s.Token())
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
		time.Sleep(time.Duration(dice.IntN(300)) * time.Millisecond)
		_ = child.Process.Kill() // it may have finished
		_ = child.Wait()         // killed is what it should be
	}
	db := openFile(t, folder)
	checkCoverage(t, s, db)
	pullOK(t, newSyncer(t, s, db), PullOptions{})
	compare(t, s, db)
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
