package syncer

import (
	gocmp "cmp"
	"context"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
	"wapdesk/store/listing"

	"github.com/google/go-cmp/cmp"
)

// site is a contact centre on a real listener, whose clock the test moves.
type site struct {
	*demo.Server
	url   string
	clock atomic.Int64 // unix seconds
	// accounts are the names the seed gave to each WhatsApp account.
	accounts map[string]map[string]bool
}

// noon is a Wednesday afternoon in Prague.
func noon() time.Time { return time.Date(2026, 11, 18, 14, 30, 0, 0, time.UTC) }

func newSite(t testing.TB, opts demo.Options) *site {
	t.Helper()
	s := &site{}
	s.clock.Store(noon().Unix())
	if opts.Now == nil {
		opts.Now = func() time.Time { return time.Unix(s.clock.Load(), 0) }
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

// openFile opens a profile without a list engine.
func openFile(t testing.TB, folder string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), store.Folder(folder), store.Options{NoList: true})
	if err != nil {
		t.Fatal(err)
	}
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

// row is what the list shows of an interaction: the 14 columns and what they are made of.
type row struct {
	TimeMs                                                                 int64
	Queue, QueueTitle, User, Contact, WA, Number, Title, Sender, Connector string
	Answered                                                               listing.Tri
	WaitS, DurationS                                                       int64
	Ended, Missed, Direction, State                                        string
	MissedMs                                                               int64
	Activities                                                             []work
	Messages                                                               []line
	Process                                                                []step
}

type work struct {
	Name, Action, Title, User, Contact, Ticket                     string
	TimeMs, OpenMs, CloseMs, DurationS, FocusS, Ringing, AW, Disru int64
	Statuses                                                       int
	Files                                                          int
}

type line struct {
	Name, Direction, Type, Kind, Text, User, Delivery, Quoted, Card string
	TimeMs                                                          int64
	Lat                                                             float64
	Reactions                                                       int
	Files                                                           []string
}

type step struct {
	TimeMs, LastsS int64
	Step           string
}

func ms(s demo.Stamp) int64 {
	if s == 0 {
		return listing.Unknown
	}
	return int64(s) * 1000
}

// want is what a server holds of an interaction.
func want(d *demo.Data, i *demo.Interaction, sees func(string) bool) row {
	r := row{
		TimeMs: ms(i.Time), User: i.User, Contact: i.Contact, Title: i.Title, Sender: i.Sender,
		Connector: i.Connector, WaitS: i.WaitTime, DurationS: i.Duration, Ended: i.Disconnection, Missed: i.Missed,
		Direction: i.Direction, State: i.State, MissedMs: ms(i.MissedTime),
	}
	if i.Queue != 0 {
		r.Queue = strconv.FormatInt(i.Queue, 10)
	}
	for _, q := range d.Queues {
		if q.Name == i.Queue {
			r.QueueTitle = q.Title
		}
	}
	if e := i.External; e != nil {
		r.WA, r.Number = e.FullName, e.Number
	}
	if i.Answered != nil {
		r.Answered = listing.TriNo
		if *i.Answered {
			r.Answered = listing.TriYes
		}
	}
	for _, a := range d.ActivitiesOf(i) {
		if !sees(a.Name) {
			continue
		}
		w := work{
			Name: a.Name, Action: a.Action, Title: a.Title, User: a.User, Contact: a.Contact, TimeMs: ms(a.Time), OpenMs: ms(a.TimeOpen),
			CloseMs: ms(a.TimeClose), DurationS: a.Duration, FocusS: a.FocusTime, Ringing: a.RingingTime, AW: a.AfterWork,
			Disru: a.FocusDisruptions, Statuses: len(a.Statuses),
		}
		if a.Ticket != 0 {
			w.Ticket = strconv.FormatInt(a.Ticket, 10)
		}
		r.Activities = append(r.Activities, w)
	}
	for _, m := range d.Messages(i) {
		l := line{
			Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: string(m.Kind), Text: m.Text, User: m.User, Delivery: m.Delivery,
			Quoted: m.Quoted, Card: m.CardNumber, TimeMs: ms(m.Time), Lat: m.Latitude, Reactions: len(m.Reactions),
		}
		for _, f := range m.Files {
			l.Files = append(l.Files, strconv.FormatInt(f.ID, 10))
		}
		r.Messages = append(r.Messages, l)
	}
	for _, s := range d.Flow(i) {
		r.Process = append(r.Process, step{TimeMs: ms(s.Time), LastsS: s.Duration, Step: s.Step})
	}
	return r
}

// got is what the file holds of it.
func got(t *testing.T, db *store.DB, name string) row {
	t.Helper()
	d, err := db.Detail(t.Context(), name)
	if err != nil {
		t.Fatalf("detail: %v", err)
	}
	i := d.Interaction
	r := row{
		TimeMs: i.TimeMs, Queue: i.Queue.Name, QueueTitle: i.Queue.Title, User: i.User.Name, Contact: i.Contact.Name,
		WA: i.ExternalContact.FullName, Number: i.ExternalContact.Number, Title: i.Title, Sender: i.Sender, Connector: i.Connector.Name,
		Answered: i.Answered, WaitS: i.WaitS, DurationS: i.DurationS, Ended: i.Disconnection, Missed: i.Missed, Direction: i.Direction,
		State: i.State, MissedMs: i.MissedTimeMs,
	}
	for _, a := range d.Activities {
		r.Activities = append(r.Activities, work{
			Name: a.Name, Action: a.Action, Title: a.Title, User: a.User.Name, Contact: a.Contact.Name, Ticket: a.Ticket.Name, TimeMs: a.TimeMs,
			OpenMs: a.TimeOpenMs, CloseMs: a.TimeCloseMs, DurationS: a.DurationS, FocusS: a.FocusS, Ringing: a.RingingS, AW: a.AfterS,
			Disru: a.FocusDisruptions, Statuses: len(a.Statuses),
		})
	}
	for _, m := range d.Messages {
		l := line{
			Name: m.Name, Direction: m.Direction, Type: m.Type, Kind: m.Kind, Text: m.Text, User: m.User.Name, Delivery: m.Delivery,
			Quoted: m.QuotedName, Card: m.CardNumber, TimeMs: m.TimeMs, Lat: m.Latitude, Reactions: len(m.Reactions),
		}
		for _, f := range m.Attachments {
			l.Files = append(l.Files, f.File)
		}
		r.Messages = append(r.Messages, l)
	}
	for _, e := range d.Process {
		r.Process = append(r.Process, step{TimeMs: e.TimeMs, LastsS: e.LastsS, Step: e.Step})
	}
	return r
}

// compare checks every interaction the lead may see, field by field.
func compare(t *testing.T, s *site, db *store.DB) {
	t.Helper()
	data, lead := s.Data(), s.Tokens().Lead.Name
	visible := 0
	for _, i := range data.Interactions {
		if !s.Sees(lead, i.Name) {
			continue
		}
		visible++
		compareOne(t, s, db, i)
	}
	if stored, err := db.Stored(t.Context()); err != nil || stored != visible {
		t.Errorf("stored %d (%v), the server shows %d", stored, err, visible)
	}
}

// compareOne checks one interaction as the lead may see it.
func compareOne(t *testing.T, s *site, db *store.DB, i *demo.Interaction) {
	t.Helper()
	compareAs(t, s, db, i, func(_, _ *row) {})
}

// compareAs is compareOne after both sides were written another way.
func compareAs(t *testing.T, s *site, db *store.DB, i *demo.Interaction, write func(w, g *row)) {
	t.Helper()
	data, lead := s.Data(), s.Tokens().Lead.Name
	w := want(data, i, func(activity string) bool { return s.SeesActivity(lead, activity) })
	g := got(t, db, i.Name)
	write(&w, &g)
	if anonymised(data, i) {
		// The server still tells some of it; the file must not.
		w, g = row{TimeMs: w.TimeMs, Missed: w.Missed, DurationS: w.DurationS}, row{
			TimeMs: g.TimeMs, Missed: g.Missed, DurationS: g.DurationS, Title: g.Title, Sender: g.Sender, Messages: g.Messages,
		}
	}
	// A WhatsApp account is one record with one name, whatever the rows that nest it say.
	if i.External != nil && s.accounts[i.External.ID][g.WA] {
		w.WA = g.WA
	}
	for k := range w.Process {
		w.Process[k].Step = strings.ToLower(w.Process[k].Step)
	}
	// Steps and lines of one second have no order when they come keyed by name.
	for _, r := range []*row{&w, &g} {
		slices.SortStableFunc(r.Process, func(a, b step) int {
			return gocmp.Or(gocmp.Compare(a.TimeMs, b.TimeMs), gocmp.Compare(a.Step, b.Step), gocmp.Compare(a.LastsS, b.LastsS))
		})
		slices.SortStableFunc(r.Messages, func(a, b line) int {
			return gocmp.Or(gocmp.Compare(a.TimeMs, b.TimeMs), gocmp.Compare(a.Name, b.Name))
		})
	}
	if diff := cmp.Diff(w, g); diff != "" {
		t.Fatalf("interaction %s (-server +file):\n%s", i.Name, diff)
	}
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
