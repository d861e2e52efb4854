package syncer

import (
	"context"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
)

// site is a contact centre on a real listener, whose clock the test moves.
type site struct {
	*demo.Server
	url   string
	clock atomic.Int64 // unix seconds
	// latest is the latest that the server's clock ever showed, unix seconds.
	latest atomic.Int64
	// accounts are the names the seed gave to each WhatsApp account.
	accounts map[string]map[string]bool
}

// noon is a Wednesday afternoon in Prague.
func noon() time.Time { return time.Date(2026, 11, 18, 14, 30, 0, 0, time.UTC) }

func newSite(t testing.TB, opts demo.Options) *site {
	t.Helper()
	s := &site{}
	s.clock.Store(noon().Unix())
	now := opts.Now
	if now == nil {
		now = func() time.Time { return time.Unix(s.clock.Load(), 0) }
	}
	opts.Now = func() time.Time {
		at := now()
		for last := s.latest.Load(); at.Unix() > last && !s.latest.CompareAndSwap(last, at.Unix()); last = s.latest.Load() {
		}
		return at
	}
	server, err := demo.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Server, s.accounts = server, accountNames(server.Data())
	web := httptest.NewServer(server.Handler())
	t.Cleanup(web.Close)
	s.url = web.URL
	return s
}

func (s *site) pass(d time.Duration) { s.clock.Add(int64(d / time.Second)) }

func (s *site) client(t testing.TB, token string) *daktela.Client {
	t.Helper()
	address, err := daktela.ParseAddress(s.url)
	if err != nil {
		t.Fatal(err)
	}
	c, err := daktela.New(address, daktela.WithToken(token))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// openFile opens a profile, whose list engine follows what is stored.
func openFile(t testing.TB, folder string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), store.Folder(folder), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	db.LoadList()
	t.Cleanup(func() { _ = db.Close() }) // a test may have closed it
	return db
}

func newSyncer(t testing.TB, s *site, db *store.DB) *Syncer {
	t.Helper()
	return New(s.client(t, s.Token()), db, Options{Messages: true, FirstDays: 40})
}

func pullOK(t testing.TB, s *Syncer, opts PullOptions) Result {
	t.Helper()
	result, err := s.Pull(t.Context(), opts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func anonymised(d *demo.Data, i *demo.Interaction) bool {
	for _, a := range d.ActivitiesOf(i) {
		if a.Anonymised {
			return true
		}
	}
	return false
}

func accountNames(d *demo.Data) map[string]map[string]bool {
	names := map[string]map[string]bool{}
	for _, i := range d.Interactions {
		if e := i.External; e != nil {
			if names[e.ID] == nil {
				names[e.ID] = map[string]bool{}
			}
			names[e.ID][e.FullName] = true
		}
	}
	return names
}
