package syncer

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
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
)

// office is a pulled file whose clock the test moves, so that retries come due.
type office struct {
	*site
	db     *store.DB
	syncer *Syncer
	data   *demo.Data // before any change
	shift  atomic.Int64
}

func newOffice(t *testing.T, interactions int) *office {
	t.Helper()
	o := &office{site: newSite(t, demo.Options{Interactions: interactions})}
	now := func() time.Time { return time.Now().Add(time.Duration(o.shift.Load())) }
	db, err := store.Open(context.Background(), store.Folder(t.TempDir()), store.Options{NoList: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // read-only from here on
	o.db = db
	o.syncer = New(o.client(t, o.Token()), db, Options{FirstDays: 40, Now: now})
	pullOK(t, o.syncer, PullOptions{})
	o.data = o.Data()
	return o
}

func (o *office) later(d time.Duration) { o.shift.Add(int64(d)) }

func (o *office) push(t *testing.T, want PushResult) {
	t.Helper()
	got, err := o.syncer.Push(t.Context())
	if err != nil || got != want {
		t.Fatalf("push: got %+v, %v; want %+v", got, err, want)
	}
}

func (o *office) change(t *testing.T, at int) store.Change {
	t.Helper()
	changes, err := o.db.Changes(t.Context())
	if err != nil || at >= len(changes) {
		t.Fatalf("change %d of %d: %v", at, len(changes), err)
	}
	return changes[at]
}

// paired finds an interaction with one activity and a contact.
func (o *office) paired(t *testing.T) *demo.Interaction {
	t.Helper()
	return pick(t, o.data, 1, func(i *demo.Interaction) bool {
		return len(i.Activities) == 1 && i.Contact != "" && o.data.Activity(i.Activities[0]).Contact == i.Contact
	})
}

func (o *office) otherContact(t *testing.T, than string) string {
	t.Helper()
	at := slices.IndexFunc(o.data.Contacts, func(c *demo.Contact) bool { return c.Name != than })
	return o.data.Contacts[at].Name
}

func TestPushPairs(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 100)
	i := o.paired(t)
	activity, contact := i.Activities[0], o.otherContact(t, i.Contact)
	if _, err := o.db.Pair(t.Context(), activity, contact); err != nil {
		t.Fatal(err)
	}
	o.push(t, PushResult{Sent: 1})
	if got := o.Data().Activity(activity).Contact; got != contact {
		t.Errorf("paired with %q, want %q", got, contact)
	}
	if _, err := o.db.Unpair(t.Context(), activity); err != nil {
		t.Fatal(err)
	}
	o.push(t, PushResult{Sent: 1})
	if got := o.Data().Activity(activity).Contact; got != "" {
		t.Errorf("still paired with %q", got)
	}
}

func TestPushCreatesAContactAndPairsIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 100)
	activity := o.paired(t).Activities[0]
	made, err := o.db.AddContact(t.Context(), store.Contact{
		FirstName: "Jan", LastName: "Kolář", Numbers: []string{"+420 601 000 001"}, Emails: []string{"jan@example.org"},
	}, activity)
	if err != nil {
		t.Fatal(err)
	}
	o.push(t, PushResult{Sent: 2})
	d := o.Data()
	at := slices.IndexFunc(d.Contacts, func(c *demo.Contact) bool { return c.Name == made.Name })
	if at < 0 || d.Contacts[at].LastName != "Kolář" || d.Contacts[at].Database == "" || !slices.Equal(d.Contacts[at].Numbers(), made.Numbers) {
		t.Fatalf("the contact is not there as made")
	}
	if got := d.Activity(activity).Contact; got != made.Name {
		t.Errorf("paired with %q, want %q", got, made.Name)
	}
}

func TestPushKeepsTheServersWordsOfARefusal(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 60)
	if _, err := o.db.AddContact(t.Context(), store.Contact{LastName: "Kolář", Emails: []string{"not an address"}}, ""); err != nil {
		t.Fatal(err)
	}
	o.push(t, PushResult{Refused: 1})
	c := o.change(t, 0)
	if c.State != store.ChangeRefused || c.Code != CodeRefused || !strings.HasPrefix(c.Reason, "customFields.email: ") {
		t.Errorf("got %s %s %q", c.State, c.Code, c.Reason)
	}
}

// Also where the status says all that the program has to know.
func TestPushKeepsTheWordsOfA403(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"Access denied": "Access denied", "": "", strings.Repeat("ž", 5000): strings.Repeat("ž", longestReason-1) + "…",
	} {
		o := newOffice(t, 30)
		o.SetOddities(demo.Oddities{OldErrors: words != "", ForbiddenText: words})
		o.SetAccess(o.Tokens().Lead.Name, "contacts", 0)
		if _, err := o.db.AddContact(t.Context(), store.Contact{LastName: "Kolář"}, ""); err != nil {
			t.Fatal(err)
		}
		o.push(t, PushResult{Refused: 1})
		if c := o.change(t, 0); c.State != store.ChangeRefused || c.Code != CodeForbidden || c.Reason != want {
			t.Errorf("got %s %s %q, want %q", c.State, c.Code, c.Reason, want)
		}
	}
}

func TestPushAttachesATicketReviewsAndContactsBack(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 80)
	activity := o.paired(t).Activities[0]
	ticket := strconv.FormatInt(o.data.Tickets[0].Name, 10)
	if strconv.FormatInt(o.data.Activity(activity).Ticket, 10) == ticket {
		ticket = strconv.FormatInt(o.data.Tickets[1].Name, 10)
	}
	if _, err := o.db.AttachTicket(t.Context(), activity, ticket); err != nil {
		t.Fatal(err)
	}
	forms, err := o.db.Forms(t.Context(), "")
	if err != nil || len(forms) == 0 {
		t.Fatalf("forms: %v", err)
	}
	review, err := o.db.AddReview(t.Context(), store.QAReview{Activity: activity, Form: forms[0].Name, Answers: answers(forms[0])})
	if err != nil {
		t.Fatal(err)
	}
	missed := pick(t, o.data, 0, func(i *demo.Interaction) bool { return i.Missed == "YES" })
	if _, err := o.db.ContactedBack(t.Context(), missed.Name); err != nil {
		t.Fatal(err)
	}
	before := len(o.data.Reviews)
	o.push(t, PushResult{Sent: 3})
	d := o.Data()
	if got := strconv.FormatInt(d.Activity(activity).Ticket, 10); got != ticket {
		t.Errorf("ticket: got %s, want %s", got, ticket)
	}
	if got := d.Interaction(missed.Name).Missed; got != "NO" {
		t.Errorf("missed: got %q", got)
	}
	if len(d.Reviews) != before+1 || d.Reviews[before].Form != review.Form {
		t.Fatalf("got %d reviews, want %d", len(d.Reviews), before+1)
	}
	// The review took the server's name, so the next pull finds it and not a second one.
	pullOK(t, o.syncer, PullOptions{Deep: true})
	detail, err := o.db.Detail(t.Context(), activity)
	if err != nil {
		t.Fatal(err)
	}
	mine := slices.DeleteFunc(detail.Reviews, func(r store.QAReview) bool { return r.Name != d.Reviews[before].Name })
	if len(mine) != 1 {
		t.Errorf("got %d reviews of that name, want 1", len(mine))
	}
}

// answers returns the first option of each question.
func answers(f store.QAForm) map[string][]string {
	given := map[string][]string{}
	for _, q := range f.Questions {
		if len(q.Options) > 0 {
			given[q.Name] = []string{q.Options[0].Value}
		}
	}
	return given
}

func TestPushMeetsANewerValue(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 100)
	i := o.paired(t)
	activity, mine := i.Activities[0], o.otherContact(t, i.Contact)
	if _, err := o.db.Pair(t.Context(), activity, mine); err != nil {
		t.Fatal(err)
	}
	o.ChangeActivity(activity, func(a *demo.Activity) { a.Contact = "" })
	o.push(t, PushResult{Refused: 1})
	c := o.change(t, 0)
	if c.State != store.ChangeConflict || c.Base.Contact.Name != "" {
		t.Errorf("got %s, base %v", c.State, c.Base.Contact)
	}
	if err := o.db.RetryChange(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	o.push(t, PushResult{Sent: 1})
	if got := o.Data().Activity(activity).Contact; got != mine {
		t.Errorf("paired with %q, want the lead's %q", got, mine)
	}
}

func TestPushOfflineWaits(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 60)
	i := o.paired(t)
	if _, err := o.db.Pair(t.Context(), i.Activities[0], o.otherContact(t, i.Contact)); err != nil {
		t.Fatal(err)
	}
	o.ExpireAll(o.Tokens().Lead.Name)
	result, err := o.syncer.Push(t.Context())
	if CodeOf(err) != CodeSignIn || result.Waiting != 1 {
		t.Errorf("expired: got %+v, %v", result, err)
	}
	o.Renew(o.Tokens().Lead.Name)
	o.push(t, PushResult{Waiting: 1}) // not due yet
	o.later(time.Minute)
	o.push(t, PushResult{Sent: 1})
}

func TestWhatIsLostOnTheWayIsNotSentTwice(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 80)
	activity := o.paired(t).Activities[0]
	forms, err := o.db.Forms(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.db.AddReview(t.Context(), store.QAReview{Activity: activity, Form: forms[0].Name, Answers: answers(forms[0])}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.db.AddContact(t.Context(), store.Contact{LastName: "Jednou"}, ""); err != nil {
		t.Fatal(err)
	}
	o.SetFail(demo.FailCut, 1) // done, but the answer never comes
	for range 2 {
		if _, err := o.syncer.Push(t.Context()); CodeOf(err) != CodeOffline {
			t.Fatalf("got %v, want no answer", err)
		}
	}
	o.SetFail(demo.FailCut, 0)
	for i := range 2 {
		if c := o.change(t, i); !c.Unknown || c.State != store.ChangeWaiting {
			t.Errorf("%s: %s, unknown %v", c.Kind, c.State, c.Unknown)
		}
	}
	o.later(time.Hour)
	o.push(t, PushResult{Sent: 2})
	d := o.Data()
	contacts := 0
	for _, c := range d.Contacts {
		if c.LastName == "Jednou" {
			contacts++
		}
	}
	if len(d.Reviews) != len(o.data.Reviews)+1 || contacts != 1 {
		t.Errorf("made %d reviews and %d contacts, want one of each", len(d.Reviews)-len(o.data.Reviews), contacts)
	}
}

// breaking drops, cuts and cancels at random; it does not repeat by itself.
type breaking struct {
	dice   *rand.Rand
	cancel atomic.Pointer[context.CancelFunc]
}

func (b *breaking) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(r)
	if b.dice.IntN(12) == 0 {
		(*b.cancel.Load())()
	}
	return res, err
}

func TestRandomChangesArriveExactlyOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, 100)
	dice := rand.New(rand.NewPCG(11, 4))
	transport := &breaking{dice: dice}
	address, err := daktela.ParseAddress(o.url)
	if err != nil {
		t.Fatal(err)
	}
	client, err := daktela.New(address, daktela.WithToken(o.Token()), daktela.WithTransport(transport))
	if err != nil {
		t.Fatal(err)
	}
	syncer := New(client, o.db, Options{Now: o.syncer.opts.Now})
	wanted := map[string]string{} // contact by activity, the last one counts
	created := map[string]bool{}
	var work []*demo.Interaction
	for _, i := range o.data.Interactions {
		if len(i.Activities) == 1 && !anonymised(o.data, i) && len(work) < 25 {
			work = append(work, i)
		}
	}
	for n := range 60 {
		activity := work[dice.IntN(len(work))].Activities[0]
		if dice.IntN(3) == 0 {
			last := fmt.Sprintf("Nový %d", n)
			c, err := o.db.AddContact(t.Context(), store.Contact{LastName: last}, activity)
			if err != nil {
				t.Fatal(err)
			}
			created[last], wanted[activity] = true, c.Name
		} else {
			contact := o.data.Contacts[dice.IntN(len(o.data.Contacts))].Name
			if _, err := o.db.Pair(t.Context(), activity, contact); err != nil {
				t.Fatal(err)
			}
			wanted[activity] = contact
		}
	}
	for kind, rate := range map[demo.Kind]float64{demo.FailCut: .08, demo.FailDrop: .08, demo.Fail5xx: .05} {
		o.SetFail(kind, rate)
	}
	waiting := 1
	for round := 0; waiting > 0 && round < 400; round++ {
		ctx, cancel := context.WithCancel(t.Context())
		transport.cancel.Store(&cancel)
		result, _ := syncer.Push(ctx) // how it ended is in the states of the changes
		cancel()
		waiting = result.Waiting
		o.later(time.Hour)
	}
	d := o.Data()
	for activity, contact := range wanted {
		if got := d.Activity(activity).Contact; got != contact {
			t.Errorf("%s: paired with %q, want %q", activity, got, contact)
		}
	}
	times := map[string]int{}
	for _, c := range d.Contacts {
		if created[c.LastName] {
			times[c.LastName]++
		}
	}
	for last := range created {
		if times[last] != 1 {
			t.Errorf("%s: created %d times", last, times[last])
		}
	}
	counts, err := o.db.ChangeCounts(t.Context())
	if err != nil || counts.Waiting+counts.Sending+counts.Refused+counts.Conflict > 0 {
		t.Errorf("left over: %+v, %v", counts, err)
	}
}

func TestRetriesWaitLongerEachTime(t *testing.T) {
	t.Parallel()
	last := time.Duration(0)
	for attempt := 1; attempt < 40; attempt++ {
		wait := retryIn(attempt)
		if wait < last || wait > longestRetry {
			t.Errorf("attempt %d: %v after %v", attempt, wait, last)
		}
		last = wait
	}
	if retryIn(1) != firstRetry || last != longestRetry {
		t.Errorf("from %v to %v", retryIn(1), last)
	}
}

func TestAnIgnoredWriteIsNotSent(t *testing.T) {
	t.Parallel()
	reply := daktela.Reply[daktela.Activity]{Raw: []byte(`{}`)}
	contact := func(a daktela.Activity) daktela.Name { return a.Contact.Name }
	if err := kept(reply, "contact_1", contact); CodeOf(err) != CodeRefused {
		t.Errorf("got %v, want it refused", err)
	}
	reply.Value.Contact.Name = "contact_1"
	if err := kept(reply, "contact_1", contact); err != nil {
		t.Errorf("got %v", err)
	}
	if got := ref(daktela.Ref{}); got != (listing.Ref{}) {
		t.Errorf("no reference: got %v", got)
	}
}
