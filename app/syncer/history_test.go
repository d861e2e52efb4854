package syncer

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/store"
)

// envHistories asks for another number of histories, as the soak does.
const envHistories = "WAPDESK_TEST_HISTORIES"

// TestAnyHistoryEndsAsTheServersTruth lives through random histories: the contact centre edits,
// deletes, merges, anonymises, renames and takes rights away, its pages shrink and fail, the program
// is killed and started again, clocks jump, and the lead changes things in between. Each ends with a
// deep sync on a good line, after which the file is what the contact centre shows.
//
// The seeds are new each time; WAPDESK_TEST_DICE repeats one.
func TestAnyHistoryEndsAsTheServersTruth(t *testing.T) {
	t.Parallel()
	count, seed := histories, uint64(time.Now().UnixNano())
	if n, err := strconv.Atoi(os.Getenv(envHistories)); err == nil {
		count = n
	}
	if n, err := strconv.ParseUint(os.Getenv(envDice), 10, 64); err == nil {
		count, seed = 1, n
	}
	for n := range count {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			t.Parallel()
			h := newHistory(t, seed+uint64(n))
			for range 1 + h.dice.IntN(4) {
				h.happen()
				h.sync()
			}
			h.end()
		})
	}
}

// history is one contact centre and one lead's file through everything that befalls them.
type history struct {
	*site
	t      *testing.T
	dice   *rand.Rand
	folder string
	db     *store.DB
	local  atomic.Int64 // how far this computer's clock is off, in nanoseconds
	line   *network
	erased map[string]bool
	queues []int64 // that the lead may see at most
	people []string
	said   []string // what happened, told when it fails
}

// network is the network: it counts requests and does something at one of them.
type network struct {
	http.RoundTripper
	left atomic.Int64
	do   atomic.Pointer[func()]
}

func (l *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if l.left.Add(-1) == 0 {
		if do := l.do.Load(); do != nil {
			(*do)()
		}
	}
	return l.RoundTripper.RoundTrip(r)
}

// at does something when so many more requests are sent.
func (l *network) at(n int, do func()) {
	l.do.Store(&do)
	l.left.Store(int64(n))
}

func newHistory(t *testing.T, seed uint64) *history {
	t.Helper()
	h := &history{
		t: t, dice: rand.New(rand.NewPCG(seed, 17)), folder: filepath.Join(t.TempDir(), "0"), erased: map[string]bool{},
		line: &network{RoundTripper: &http.Transport{MaxIdleConnsPerHost: daktela.AtOnce}},
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("repeat it with %s=%d\n%s", envDice, seed, strings.Join(h.said, "\n"))
		}
	})
	h.site = newSite(t, demo.Options{
		Interactions: 5 + h.dice.IntN(9), Days: 2 + h.dice.IntN(20), Seed: seed | 1, Burst: h.dice.IntN(4),
		Slow: time.Millisecond, RetryAfter: time.Millisecond,
	})
	h.queues, h.people = h.Server.Rights(h.Tokens().Lead.Name)
	h.open()
	return h
}

func (h *history) say(what string, args ...any) { h.said = append(h.said, fmt.Sprintf(what, args...)) }

func (h *history) now() time.Time { return time.Now().Add(time.Duration(h.local.Load())) }

func (h *history) open() {
	h.t.Helper()
	db, err := store.Open(context.Background(), store.Folder(h.folder), store.Options{Now: h.now})
	if err != nil {
		h.t.Fatalf("open: %v", err)
	}
	db.LoadList()
	h.t.Cleanup(func() { _ = db.Close() }) // most are closed before
	h.db = db
}

func (h *history) shut() {
	h.t.Helper()
	if err := h.db.Close(); err != nil {
		h.t.Fatalf("close: %v", err)
	}
}

func (h *history) syncer() *Syncer {
	h.t.Helper()
	address, err := daktela.ParseAddress(h.url)
	if err != nil {
		h.t.Fatal(err)
	}
	client, err := daktela.New(address, daktela.WithToken(h.Token()), daktela.WithSleep(noSleep), daktela.WithTransport(h.line))
	if err != nil {
		h.t.Fatal(err)
	}
	return New(client, h.db, Options{Messages: true, FirstDays: 40, Now: h.now})
}

// happen lets a few things happen at once, before a sync.
func (h *history) happen() {
	for range 1 + h.dice.IntN(5) {
		h.centre()
	}
	for range h.dice.IntN(3) {
		h.lead()
	}
	h.pass(time.Duration(h.dice.IntN(72*60)-2*60) * time.Minute)
	if h.dice.IntN(4) == 0 {
		h.local.Add(int64(time.Duration(h.dice.IntN(49)-24) * time.Hour))
	}
	if h.dice.IntN(3) == 0 {
		h.shapes(everyShape(h.dice))
	}
}

// shapes switches habits of the server on, others than before.
func (h *history) shapes(of []string) {
	var o demo.Oddities
	for _, text := range of {
		if h.dice.IntN(3) == 0 {
			if err := o.Shape(text); err != nil {
				h.t.Fatal(err)
			}
			h.say("shape %s", text)
		}
	}
	h.SetOddities(o)
}

// centre lets one thing happen in the contact centre.
func (h *history) centre() {
	d := h.Data()
	if len(d.Interactions) == 0 {
		h.AddInteractions(2)
		return
	}
	i := oneOf(h.dice, d.Interactions)
	word := "slovo" + strconv.Itoa(h.dice.IntN(1000))
	var did string
	switch h.dice.IntN(23) {
	case 0, 1:
		did = fmt.Sprint("added ", h.AddInteractions(1+h.dice.IntN(3)))
	case 2:
		h.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Title = word })
		did = "titled " + i.Name
	case 3:
		h.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Said = append(slices.Clone(i.Said), "Ještě "+word) })
		did = "wrote in " + i.Name
	case 4, 5:
		did = "deleted " + i.Name
		h.Delete(i.Name)
	case 6:
		did = "anonymised " + i.Name
		h.Anonymise(i.Name)
	case 7:
		if len(i.Activities) > 0 {
			did = "closed " + i.Activities[0]
			h.ChangeActivity(i.Activities[0], func(a *demo.Activity) {
				a.TimeClose, a.Action, a.FocusTime = demo.Stamp(h.clock.Load()), daktela.ActionClose, int64(h.dice.IntN(90))
			})
		}
	case 8:
		queue := oneOf(h.dice, h.queues)
		did = fmt.Sprint("moved ", i.Name, " to ", queue)
		h.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Queue = queue })
	case 9:
		name := oneOf(h.dice, h.people)
		did = "renamed " + name
		h.ChangeUser(name, func(u *demo.User) { u.Title = "Jana " + word })
	case 10:
		name := oneOf(h.dice, h.queues)
		did = fmt.Sprint("renamed ", name)
		h.ChangeQueue(name, func(q *demo.Queue) { q.Title = "Fronta " + word })
	case 11:
		name := oneOf(h.dice, d.Contacts).Name
		did = "renamed " + name
		h.ChangeContact(name, func(c *demo.Contact) { c.LastName, c.Title = word, c.FirstName+" "+word })
	case 12:
		if len(d.Tickets) > 1 {
			a, b := oneOf(h.dice, d.Tickets).Name, oneOf(h.dice, d.Tickets).Name
			did = fmt.Sprint("merged ", a, " and ", b)
			h.MergeTickets(a, b)
		}
	case 13, 14:
		if len(d.Reviews) > 0 {
			r := oneOf(h.dice, d.Reviews).Name
			if h.dice.IntN(2) == 0 {
				did = "deleted " + r
				h.DeleteReview(r)
			} else {
				did = "answered " + r
				h.ChangeReview(r, func(r *demo.Review) { r.Answers = map[string][]string{"q1": {word}} })
			}
		}
	case 15:
		contact := oneOf(h.dice, d.Contacts).Name
		did = fmt.Sprint("paired ", i.Name, " with ", contact)
		if anonymised(d, i) {
			return
		}
		h.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Contact = contact })
	case 16:
		queues, people := some(h.dice, h.queues), some(h.dice, h.people)
		did = fmt.Sprint("departed ", queues, people)
		h.Depart(queues, people)
	case 17:
		queues, people := without(h.dice, h.queues), without(h.dice, h.people)
		did = fmt.Sprint("the lead sees ", queues, people)
		h.Restrict(h.Tokens().Lead.Name, queues, people)
	case 18:
		did = "the lead sees all"
		h.Restrict(h.Tokens().Lead.Name, h.queues, h.people)
	case 20:
		name := oneOf(h.dice, h.people)
		did = fmt.Sprint("gave ", i.Name, " to ", name)
		h.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.User = name })
		if len(i.Activities) > 0 {
			h.ChangeActivity(i.Activities[0], func(a *demo.Activity) { a.User = name })
		}
	case 21:
		// Not into the time to come, which no contact centre does and no list reaches.
		by := min(demo.Stamp(h.dice.IntN(48*3600)-24*3600), demo.Stamp(h.clock.Load())-i.Time)
		did = fmt.Sprintf("shifted %s by %d s", i.Name, by)
		h.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Time += by })
	case 22:
		did = "lost " + i.Name
		h.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Queue, i.User = 0, "" })
	case 19:
		if h.dice.IntN(3) == 0 {
			zone := oneOf(h.dice, []string{"Europe/Prague", "America/New_York", "Asia/Kolkata"})
			did = "moved to " + zone
			if err := h.SetZone(zone); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	h.say("centre: %s", did)
}

// without leaves a few out of a list.
func without[T comparable](dice *rand.Rand, of []T) []T {
	left := some(dice, of)
	return slices.DeleteFunc(slices.Clone(of), func(x T) bool { return slices.Contains(left, x) })
}

// lead lets the lead change something. What cannot be done, such as un-pairing what is not paired, is left.
func (h *history) lead() {
	ctx := h.t.Context()
	names, err := h.db.NamesBetween(ctx, store.Span{FromMs: 0, ToMs: forever})
	if err != nil {
		h.t.Fatal(err)
	}
	if len(names) == 0 {
		return
	}
	name := oneOf(h.dice, names)
	detail, err := h.db.Detail(ctx, name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		h.t.Fatal(err)
	}
	if err != nil || detail.Interaction.Anonymised {
		return
	}
	if h.dice.IntN(8) == 0 {
		report, err := h.db.Erase(ctx, []store.Name{name}, "lead")
		if err != nil {
			h.t.Fatalf("erase: %v", err)
		}
		h.erased[name] = h.erased[name] || report.Erased == 1
		h.say("lead: anonymised %s", name)
		return
	}
	if len(detail.Activities) == 0 {
		return
	}
	l := &lead{db: h.db, activities: []store.Name{detail.Activities[0].Name}, worked: []store.Name{detail.Activities[0].Name}}
	d := h.Data()
	l.contacts = []store.Name{oneOf(h.dice, d.Contacts).Name}
	l.tickets = []store.Name{wire(oneOf(h.dice, d.Tickets).Name)}
	if detail.Interaction.Missed == "YES" {
		l.missed = []store.Name{name}
	}
	if l.forms, err = h.db.Forms(ctx, ""); err != nil || len(l.forms) == 0 {
		h.t.Fatalf("%d forms: %v", len(l.forms), err)
	}
	err = l.change(ctx, h.dice, len(h.said))
	h.say("lead: changed something of %s: %v", name, err)
	if err != nil && !errors.Is(err, store.ErrInvalid) && !errors.Is(err, store.ErrNotFound) {
		h.t.Fatalf("change: %v", err)
	}
}

// sync pulls and pushes, as likely as not with something in the way.
func (h *history) sync() {
	h.t.Helper()
	opts := PullOptions{Deep: h.dice.IntN(5) == 0}
	if covered, err := h.db.Coverage(h.t.Context()); err == nil && len(covered) > 0 && h.dice.IntN(6) == 0 {
		opts.From = time.Unix(h.clock.Load(), 0).AddDate(0, 0, -h.dice.IntN(10))
	}
	switch at := time.Unix(h.clock.Load(), 0); h.dice.IntN(4) {
	case 0: // a round in the background, which leaves the rest to later ones
		opts.Again, opts.Gentle = opts.Deep, h.dice.IntN(2) == 0
		opts.From = time.Time{}
		opts.Enough = func(time.Duration) bool { return h.dice.IntN(3) > 0 }
		if h.dice.IntN(2) == 0 {
			from := at.AddDate(0, 0, -h.dice.IntN(20)).UnixMilli()
			opts.First = store.Span{FromMs: from, ToMs: from + h.dice.Int64N(5*day)}
		}
		if h.dice.IntN(3) == 0 {
			if err := Want(h.t.Context(), h.db, store.Span{FromMs: at.AddDate(0, 0, -30-h.dice.IntN(20)).UnixMilli(), ToMs: forever}); err != nil {
				h.t.Fatal(err)
			}
		}
	}
	ctx, cancel := context.WithCancel(h.t.Context())
	defer cancel()
	requests, killed := 1+h.dice.IntN(70), ""
	switch h.dice.IntN(6) {
	case 0:
		h.say("cancelled at request %d", requests)
		h.line.at(requests, cancel)
	case 1:
		h.say("killed at request %d", requests)
		h.line.at(requests, func() {
			killed = filepath.Join(filepath.Dir(h.folder), strconv.Itoa(len(h.said)))
			if err := os.CopyFS(killed, os.DirFS(h.folder)); err != nil {
				h.t.Error(err)
			}
			cancel()
		})
	case 2:
		h.say("changed at request %d", requests)
		h.line.at(requests, h.centre)
	case 3:
		kind := oneOf(h.dice, []demo.Kind{
			demo.FailDrop, demo.FailCut, demo.FailNull, demo.Fail5xx, demo.Fail429, demo.FailHTML, demo.FailExpired, demo.FailSlow, demo.FailRepeat, demo.FailLate,
		})
		h.say("failing with %s", kind)
		h.SetFail(kind, .01+.2*h.dice.Float64()*h.dice.Float64())
		defer h.SetFail(kind, 0)
	}
	syncer := h.syncer()
	result, err := syncer.Pull(ctx, opts, nil)
	h.say("pull (deep %v, again %v, in rounds %v): %+v, %v", opts.Deep, opts.Again, opts.Enough != nil, result.Interactions, err)
	if err == nil && h.dice.IntN(3) > 0 {
		_, err = syncer.Push(ctx)
		h.say("push: %v", err)
	}
	h.line.at(-1, func() {})
	switch code := CodeOf(err); code {
	case CodeDone, CodeCancelled, CodeNoAnswer, CodeOffline, CodeServer, CodeLimited, CodeNotDaktela, CodeSignIn, CodeUnread, CodeIncomplete:
	default:
		h.t.Fatalf("the sync ended with %s: %v", code, err)
	}
	if killed != "" {
		h.shut()
		h.folder = killed
		h.open()
	} else if h.dice.IntN(4) == 0 {
		h.say("started again")
		h.shut()
		h.open()
	}
}

// end lets everything that is in the way pass, and asks the oracle.
func (h *history) end() {
	h.t.Helper()
	h.shapes(slices.DeleteFunc(everyShape(h.dice), func(shape string) bool { return shape == "reduced-refs" || strings.HasPrefix(shape, "zone=") }))
	syncer := h.syncer()
	h.settle(syncer)
	for range 3 { // what an answer lacks once is believed the second time
		result := pullOK(h.t, syncer, PullOptions{Deep: true})
		h.say("at last: %+v, %d doubted", result.Interactions, result.Doubted)
		if result.Doubted == 0 {
			break
		}
	}
	o := newOracle(h.site, h.db)
	o.erased = h.erased
	o.judge(h.t)
}

// settle sends what waits, and gives up what the contact centre refused.
func (h *history) settle(syncer *Syncer) {
	h.t.Helper()
	for range 20 {
		h.local.Add(int64(24 * time.Hour)) // retries come due
		if _, err := syncer.Push(h.t.Context()); err != nil {
			h.t.Fatalf("push: %v", err)
		}
		changes, err := h.db.Changes(h.t.Context())
		if err != nil {
			h.t.Fatal(err)
		}
		waiting := false
		for _, c := range changes {
			switch c.State {
			case store.ChangeRefused, store.ChangeConflict:
				h.say("discarded %s of %s: %s %s", c.Kind, c.Target, c.State, c.Code)
				// What hangs on a refused contact went with it.
				if err := h.db.DiscardChange(h.t.Context(), c.ID); err != nil && !errors.Is(err, store.ErrNotFound) {
					h.t.Fatal(err)
				}
				waiting = true
			case store.ChangeWaiting, store.ChangeSending:
				waiting = true
			}
		}
		if !waiting {
			return
		}
	}
	h.t.Fatal("changes do not settle")
}
