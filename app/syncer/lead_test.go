package syncer

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// lead is the program in the hands of somebody who changes things without a pause, over a bad
// line. It runs in a process of its own, which the fault test kills.
type lead struct {
	db     *store.DB
	dice   *rand.Rand
	client *daktela.Client
	clock  atomic.Int64 // how far the clock is ahead, so that retries come due

	activities []store.Name
	worked     []store.Name // those of them with a user, without whom there is nobody to review
	missed     []store.Name
	contacts   []store.Name
	tickets    []store.Name
	forms      []store.QAForm
}

const (
	envLead = "WAPDESK_TEST_LEAD" // how many changes to have in the end
	envDice = "WAPDESK_TEST_DICE"
	envLife = "WAPDESK_TEST_LIFE" // how many processes came before this one

	// settling is how long the line may take to deliver what it has held back.
	settling = 40 * time.Millisecond
)

func leadForParent(folder string) int {
	l := &lead{}
	if err := l.live(context.Background(), folder); err != nil {
		log.Print("lead: ", err)
		return 1
	}
	return 0
}

func (l *lead) live(ctx context.Context, folder string) error {
	number := func(name string) uint64 {
		n, _ := strconv.ParseUint(os.Getenv(name), 10, 64) // the parent writes numbers
		return n
	}
	l.dice = rand.New(rand.NewPCG(number(envDice), number(envLife)))
	l.clock.Store(int64(number(envLife)) * int64(1000*time.Hour))
	address, err := daktela.ParseAddress(os.Getenv(envURL))
	if err != nil {
		return err
	}
	l.client, err = daktela.New(address, daktela.WithToken(os.Getenv(envToken)), daktela.WithSleep(
		func(ctx context.Context, _ time.Duration) error { return sleepOr(ctx, 5*time.Millisecond) }))
	if err != nil {
		return err
	}
	if l.db, err = store.Open(ctx, store.Folder(folder), store.Options{NoList: true, Now: l.now}); err != nil {
		return err
	}
	if err := l.look(ctx); err != nil {
		return err
	}
	os.Stdout.WriteString("ready\n") // the parent notices when it fails
	working := make(chan error, 1)
	go func() {
		working <- l.work(ctx, int(number(envLead)), rand.New(rand.NewPCG(number(envDice), 1000+number(envLife))))
	}()
	if err := l.send(ctx, working); err != nil {
		return err
	}
	return l.db.Close()
}

func (l *lead) now() time.Time { return time.Now().Add(time.Duration(l.clock.Load())) }

// look finds what there is to change.
func (l *lead) look(ctx context.Context) error {
	names, err := l.db.NamesBetween(ctx, store.Span{FromMs: 0, ToMs: 1 << 60})
	if err != nil {
		return err
	}
	for _, name := range names {
		d, err := l.db.Detail(ctx, name)
		if err != nil {
			return err
		}
		if d.Record.State&listing.StateAnonymised != 0 {
			continue
		}
		if c := d.Record.Contact.Name; c != "" && !slices.Contains(l.contacts, c) {
			l.contacts = append(l.contacts, c)
		}
		if d.Record.Missed == "YES" {
			l.missed = append(l.missed, name)
		}
		if len(l.activities) < 60 { // so that each meets several changes
			for _, a := range d.Activities {
				l.activities = append(l.activities, a.Name)
				if a.User.Name != "" {
					l.worked = append(l.worked, a.Name)
				}
			}
		}
	}
	tickets, err := l.db.FindTickets(ctx, "", 20)
	if err != nil {
		return err
	}
	for _, t := range tickets {
		l.tickets = append(l.tickets, t.Name)
	}
	if l.forms, err = l.db.Forms(ctx, ""); err != nil {
		return err
	}
	if len(l.worked) == 0 || len(l.contacts) == 0 || len(l.tickets) == 0 || len(l.forms) == 0 {
		return fmt.Errorf("nothing to change: %d activities, %d contacts, %d tickets, %d forms", len(l.worked), len(l.contacts), len(l.tickets), len(l.forms))
	}
	return nil
}

// work makes changes until there are enough, and tells the parent how many are kept.
func (l *lead) work(ctx context.Context, enough int, dice *rand.Rand) error {
	for {
		counts, err := l.db.ChangeCounts(ctx)
		kept := counts.Waiting + counts.Sending + counts.Sent + counts.Refused + counts.Conflict
		fmt.Printf("kept %d\n", kept)
		if err != nil || kept >= enough {
			return err
		}
		// Nothing to un-pair, or contacted back already, is no error here.
		if err := l.change(ctx, dice, kept); err != nil && !errors.Is(err, store.ErrInvalid) {
			return err
		}
		if err := sleepOr(ctx, time.Duration(dice.IntN(8))*time.Millisecond); err != nil {
			return err
		}
	}
}

func (l *lead) change(ctx context.Context, dice *rand.Rand, n int) (err error) {
	activity := oneOf(dice, l.activities)
	switch dice.IntN(8) {
	case 0, 1:
		_, err = l.db.Pair(ctx, activity, oneOf(dice, l.contacts))
	case 2:
		_, err = l.db.Unpair(ctx, activity)
	case 3:
		_, err = l.db.AddContact(ctx, store.Contact{LastName: fmt.Sprintf("Nový %d", n), Numbers: []string{fmt.Sprintf("+420 700 %06d", n)}}, activity)
	case 4, 5:
		_, err = l.db.AttachTicket(ctx, activity, oneOf(dice, l.tickets))
	case 6:
		form := oneOf(dice, l.forms)
		_, err = l.db.AddReview(ctx, store.QAReview{Activity: oneOf(dice, l.worked), Form: form.Name, Answers: answers(form)})
	case 7:
		if len(l.missed) == 0 {
			return store.ErrInvalid // all are contacted back by now
		}
		_, err = l.db.ContactedBack(ctx, oneOf(dice, l.missed))
	}
	return err
}

func oneOf[T any](dice *rand.Rand, list []T) T { return list[dice.IntN(len(list))] }

// send syncs again and again, now and then stopped half-way, until everything made is settled or
// waits for the lead.
func (l *lead) send(ctx context.Context, working <-chan error) error {
	syncer := New(l.client, l.db, Options{FirstDays: 40, Now: l.now})
	for done := false; ; {
		select {
		case err := <-working:
			if err != nil {
				return err
			}
			done = true
		default:
		}
		if done {
			changes, err := l.db.Changes(ctx)
			if err != nil || !unsettled(changes) {
				return err
			}
		}
		some, cancel := ctx, context.CancelFunc(func() {})
		if l.dice.IntN(6) == 0 {
			some, cancel = context.WithTimeout(ctx, time.Duration(l.dice.IntN(40))*time.Millisecond)
		}
		// How it ends is in the states of the changes.
		if l.dice.IntN(25) == 0 {
			_, _ = syncer.Pull(some, PullOptions{}, nil)
		}
		_, _ = syncer.Push(some)
		cancel()
		if err := sleepOr(ctx, settling); err != nil {
			return err
		}
		l.clock.Add(int64(longestRetry))
	}
}

// unsettled reports whether a change is still to be sent. One that waits for the lead, behind a
// contact that was refused, is not.
func unsettled(changes []store.Change) bool {
	refused, held := map[store.Name]bool{}, map[store.Name]bool{}
	for _, c := range changes {
		switch c.State {
		case store.ChangeRefused:
			if c.Kind == store.KindContact {
				refused[c.Target] = true
			}
		case store.ChangeConflict:
			held[c.Interaction] = true
		case store.ChangeWaiting:
			if c.Interaction == "" || !refused[c.Value.Contact.Name] && !held[c.Interaction] {
				return true
			}
			held[c.Interaction] = true
		case store.ChangeSending:
			return true
		}
	}
	return false
}

func sleepOr(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
