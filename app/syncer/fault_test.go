package syncer

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"wapdesk/app/demo"
	"wapdesk/store"
)

// manyChanges is how many changes the fault test makes.
const manyChanges = 500

// lives is how often the program is started; all lives but the last are cut short.
const lives = 9

// TestChangesArriveExactlyOnceThroughAnything lets a lead make changes of every kind while the
// line drops, delays, repeats and cuts, the contact centre refuses, answers with 5xx and 429 and
// restarts, and the program is killed again and again. In the end each change has arrived exactly
// once or stands refused with its reason, in the order it was made, and none is lost.
//
// The dice are thrown anew each time; WAPDESK_TEST_DICE repeats a throw.
func TestChangesArriveExactlyOnceThroughAnything(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv(envDice); text != "" {
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		seed = n
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("repeat it with %s=%d", envDice, seed)
		}
	})
	f := newFaults(t, seed)
	f.live(t)
	f.judge(t, f.changes(t))
	f.tryAgain(t)
}

type faults struct {
	*site
	folder string
	seed   uint64
	dice   *rand.Rand
	before *demo.Data
	kept   int // how many changes the lead was told are kept
	kills  int
}

func newFaults(t *testing.T, seed uint64) *faults {
	t.Helper()
	f := &faults{folder: t.TempDir(), seed: seed, dice: rand.New(rand.NewPCG(seed, 77))}
	f.site = newSite(t, demo.Options{Interactions: 60, Slow: 10 * time.Millisecond, RetryAfter: time.Millisecond})
	for n, i := range f.Data().Interactions {
		if n%3 == 0 && !anonymised(f.Data(), i) {
			f.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Missed, i.MissedTime = "YES", i.Time })
		}
	}
	f.before = f.Data()
	db := openFile(t, f.folder)
	pullOK(t, newSyncer(t, f.site, db), PullOptions{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return f
}

// live lets the lead work through several lives of the program, all but the last cut short.
func (f *faults) live(t *testing.T) {
	t.Helper()
	stop := f.restarting(t)
	defer stop()
	for kind, rate := range map[demo.Kind]float64{
		demo.FailDrop: .03, demo.FailCut: .05, demo.FailLate: .04, demo.FailRepeat: .05, demo.FailSlow: .05,
		demo.Fail5xx: .03, demo.Fail429: .03, demo.FailHTML: .01, demo.FailExpired: .01, demo.FailRefuse: .05,
	} {
		f.SetFail(kind, rate)
		defer f.SetFail(kind, 0)
	}
	for life := range lives - 1 {
		f.life(t, life, time.Duration(100+f.dice.IntN(1200))*time.Millisecond)
	}
	f.life(t, lives-1, 0)
	if f.kills < lives/2 {
		t.Errorf("only %d lives were cut short", f.kills)
	}
}

// life runs the lead's program and kills it after a while, unless that is zero.
func (f *faults) life(t *testing.T, life int, kill time.Duration) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), envFolder+"="+f.folder, envURL+"="+f.url, envToken+"="+f.Token(),
		envLead+"="+strconv.Itoa(manyChanges), envDice+"="+strconv.FormatUint(f.seed, 10), envLife+"="+strconv.Itoa(life))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Fatalf("life %d did not start: %q", life, lines.Text())
	}
	if kill > 0 {
		timer := time.AfterFunc(kill, func() { _ = child.Process.Kill() }) // it may have finished
		defer timer.Stop()
	}
	for lines.Scan() {
		kept := 0
		if _, err := fmt.Sscanf(lines.Text(), "kept %d", &kept); err == nil {
			f.kept = max(f.kept, kept)
		}
	}
	err = child.Wait()
	killed := err != nil && !child.ProcessState.Exited()
	if killed {
		f.kills++
	}
	if err != nil && (!killed || kill == 0) {
		t.Fatalf("life %d ended: %v", life, err)
	}
}

// restarting takes the contact centre away for a moment, again and again, until stop.
func (f *faults) restarting(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	listen := func(address string) net.Listener {
		for {
			if l, err := net.Listen("tcp", address); err == nil {
				return l
			}
			time.Sleep(time.Millisecond)
		}
	}
	serve := func(l net.Listener) *http.Server {
		server := &http.Server{Handler: f.Handler(), ReadHeaderTimeout: time.Minute}
		go func() { _ = server.Serve(l) }() // it ends when it is closed
		return server
	}
	listener := listen("127.0.0.1:0")
	address := listener.Addr().String()
	f.url = "http://" + address
	server := serve(listener)
	dice := rand.New(rand.NewPCG(f.seed, 78))
	var running sync.WaitGroup
	running.Go(func() {
		for sleepOr(ctx, time.Duration(200+dice.IntN(1500))*time.Millisecond) == nil {
			_ = server.Close() // with everything that is under way
			time.Sleep(time.Duration(dice.IntN(100)) * time.Millisecond)
			server = serve(listen(address))
		}
	})
	t.Cleanup(func() { running.Wait(); _ = server.Close() })
	return cancel
}

func (f *faults) changes(t *testing.T) []store.Change {
	t.Helper()
	db := openFile(t, f.folder)
	changes, err := db.Changes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return changes
}

// judge compares the outbox with what the contact centre holds and with what it was told.
func (f *faults) judge(t *testing.T, changes []store.Change) {
	t.Helper()
	states := map[string]int{}
	for _, c := range changes {
		states[string(c.Kind)+" "+string(c.State)]++
		if c.State == store.ChangeRefused && c.Reason == "" {
			t.Errorf("%s %d is refused (%s) without a reason", c.Kind, c.ID, c.Code)
		}
		if c.State == store.ChangeConflict {
			t.Errorf("%s %d is in conflict with %+v, and nobody else changed anything", c.Kind, c.ID, c.Base)
		}
	}
	if unsettled(changes) {
		t.Errorf("not all changes are settled: %v", states)
	}
	if len(changes) < f.kept || len(changes) < manyChanges {
		t.Errorf("%d changes; the lead was told of %d", len(changes), f.kept)
	}
	t.Logf("%d kills, %v", f.kills, states)
	f.judgeMade(t, changes)
	f.judgeOrder(t, changes)
}

// judgeMade counts what was created: once for each that was sent, never for one that was not.
func (f *faults) judgeMade(t *testing.T, changes []store.Change) {
	t.Helper()
	now := f.Data()
	want := map[string]int{}
	for _, c := range changes {
		n := 0
		if c.State == store.ChangeSent {
			n = 1
		}
		switch c.Kind {
		case store.KindContact:
			want["contact "+c.Value.Person.LastName] = n
		case store.KindReview:
			want["review of "+c.Target+" by "+c.Value.Review.Form] += n
		}
	}
	got := map[string]int{}
	for _, c := range now.Contacts[len(f.before.Contacts):] {
		got["contact "+c.LastName]++
	}
	for _, r := range now.Reviews[len(f.before.Reviews):] {
		got["review of "+r.Activity+" by "+r.Form]++
	}
	for what, n := range want {
		if got[what] != n {
			t.Errorf("%s: there %d times, want %d", what, got[what], n)
		}
		delete(got, what)
	}
	for what, n := range got {
		t.Errorf("%s: there %d times, and nobody made it", what, n)
	}
}

// judgeOrder replays what was sent: every value has to have changed there in that order. The same
// value twice in a row is a repetition that changes nothing.
func (f *faults) judgeOrder(t *testing.T, changes []store.Change) {
	t.Helper()
	want, got := map[string][]string{}, map[string][]string{}
	add := func(to map[string][]string, of, value string) {
		if list := to[of]; len(list) == 0 || list[len(list)-1] != value {
			to[of] = append(list, value)
		}
	}
	for _, a := range f.before.Activities {
		ticket := strconv.FormatInt(a.Ticket, 10)
		for _, to := range []map[string][]string{want, got} {
			add(to, "contact of "+a.Name, a.Contact)
			add(to, "ticket of "+a.Name, ticket)
		}
	}
	for _, i := range f.before.Interactions {
		add(want, "missed of "+i.Name, i.Missed)
		add(got, "missed of "+i.Name, i.Missed)
	}
	for _, c := range changes {
		if c.State != store.ChangeSent {
			continue
		}
		switch c.Kind {
		case store.KindPair, store.KindUnpair:
			add(want, "contact of "+c.Target, c.Value.Contact.Name)
		case store.KindTicket:
			add(want, "ticket of "+c.Target, c.Value.Ticket.Name)
		case store.KindContactedBack:
			add(want, "missed of "+c.Target, c.Value.Missed)
		}
	}
	for _, w := range f.Writes() {
		model, name, _ := strings.Cut(w.Path, "/")
		var body map[string]any
		if err := json.Unmarshal([]byte(w.Body), &body); err != nil {
			t.Fatalf("%s: %v", w.Body, err)
		}
		for _, field := range []string{"contact", "ticket", "missed"} {
			if value, ok := body[field]; ok && name != "" && (model == "activities" || model == "activitiesWap") {
				add(got, field+" of "+name, text(value))
			}
		}
	}
	for of, values := range want {
		if !slices.Equal(got[of], values) {
			t.Errorf("%s went\n %v, want\n %v", of, got[of], values)
		}
	}
}

// text is a value of a request as its unique name.
func text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatInt(int64(v), 10)
	}
	return fmt.Sprint(value)
}

// tryAgain lets the lead retry what was refused, on a good line. In the end the file shows what
// the contact centre holds, before a pull and after it.
func (f *faults) tryAgain(t *testing.T) {
	t.Helper()
	db := openFile(t, f.folder)
	syncer := newSyncer(t, f.site, db)
	for round := 0; ; round++ {
		changes, err := db.Changes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		again := 0
		for _, c := range changes {
			if c.State == store.ChangeRefused {
				again++
				if err := db.RetryChange(t.Context(), c.ID); err != nil {
					t.Fatal(err)
				}
			}
			if c.State == store.ChangeConflict || c.State == store.ChangeRefused && round > 0 {
				t.Fatalf("round %d: %s %d is %s", round, c.Kind, c.ID, c.State)
			}
		}
		result, err := syncer.Push(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if again == 0 && result.Waiting == 0 {
			break
		}
		if round > 5 {
			t.Fatalf("%d still wait", result.Waiting)
		}
	}
	now := f.Data()
	for _, i := range now.Interactions {
		if anonymised(now, i) || !f.Sees(f.Tokens().Lead.Name, i.Name) {
			continue
		}
		d, err := db.Detail(t.Context(), i.Name)
		if err != nil {
			t.Fatal(err)
		}
		if d.Record.Contact.Name != i.Contact || d.Record.Missed != i.Missed {
			t.Errorf("%s shows %q and missed %q, the contact centre holds %q and %q", i.Name, d.Record.Contact.Name, d.Record.Missed, i.Contact, i.Missed)
		}
		for _, a := range d.Activities {
			theirs := now.Activity(a.Name)
			if ticket := strconv.FormatInt(theirs.Ticket, 10); a.Contact.Name != theirs.Contact || a.Ticket.Name != ticket && (a.Ticket.Name != "" || theirs.Ticket != 0) {
				t.Errorf("%s shows %q and ticket %q, the contact centre holds %q and %q", a.Name, a.Contact.Name, a.Ticket.Name, theirs.Contact, ticket)
			}
		}
	}
	pullOK(t, newSyncer(t, f.site, db), PullOptions{Deep: true})
	compare(t, f.site, db)
}
