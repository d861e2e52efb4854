package measure

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
)

// batch is what one sync step stores.
type batch struct {
	window   store.Window
	contacts []store.Contact
	accounts []store.Account
}

// windows returns the set from a row on, in rising order of time. The next batches are made
// while one is stored.
func windows(ctx context.Context, from int) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		ready := make(chan batch, 2)
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		go func() {
			defer close(ready)
			w := newWriter()
			// The source ends early only when the reader has gone.
			_ = set().Source()(ctx, func(r *listing.Record) error {
				if w.add(r, w.made >= from); len(w.next.window.Conversations) == 0 || w.made%window != 0 && w.made < *rows {
					return nil
				}
				w.next.window.Cursors = map[string]string{madeCursor: strconv.Itoa(w.made)}
				select {
				case ready <- w.next:
					w.next = batch{}
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			})
		}()
		for b := range ready {
			if !yield(b) {
				return
			}
		}
	}
}

// writer makes conversations of the generator's records.
type writer struct {
	words   *words
	rng     *rand.Rand
	made    int // records seen
	next    batch
	tickets map[string]string // titles by number
	known   map[string]bool   // contacts that have their account
}

func newWriter() *writer {
	return &writer{words: newWords(), tickets: map[string]string{}, known: map[string]bool{}}
}

// add takes a record into the next batch, or only notes what later ones need to know of it.
func (w *writer) add(r *listing.Record, wanted bool) {
	if w.made%window == 0 { // a batch is the same whether or not earlier ones were made in this run
		w.rng = rand.New(rand.NewPCG(seed, uint64(w.made)))
		w.words.roll(w.rng)
	}
	w.made++
	for _, ticket := range r.Tickets {
		number, title, _ := strings.Cut(ticket, " ")
		if w.tickets[number] == "" {
			w.tickets[number] = title
		}
	}
	fresh := r.Account.Name != "" && !w.known[r.Contact.Name]
	if fresh {
		w.known[r.Contact.Name] = true
	}
	if !wanted {
		return
	}
	if fresh {
		w.next.accounts = append(w.next.accounts, store.Account{Name: r.Account.Name, Title: r.Account.Title, CreatedMs: listing.Unknown, EditedMs: listing.Unknown})
		w.next.contacts = append(w.next.contacts, store.Contact{Name: r.Contact.Name, Title: r.Contact.Title, Account: r.Account,
			CreatedMs: listing.Unknown, EditedMs: listing.Unknown})
	}
	w.next.window.Conversations = append(w.next.window.Conversations, w.conversation(r))
}

func (w *writer) conversation(r *listing.Record) store.Conversation {
	wa := store.ExternalContact{}
	if r.WANumber != "" {
		wa = store.ExternalContact{ID: "ext_" + r.WANumber, FullName: r.WA, Number: r.WANumber, Contact: r.Contact.Name}
	}
	c := store.Conversation{
		Interaction: store.Interaction{
			Name: r.Name, Title: r.Title, Time: wire(r.TimeMs), TimeMs: r.TimeMs, Queue: r.Queue, User: r.User, Contact: r.Contact,
			Connector: r.Connector, Sender: r.Sender, ExternalContact: wa, Answered: r.Answered, WaitS: int64(r.WaitS),
			DurationS: int64(r.DurationS), Direction: r.Direction, Disconnection: r.Ended, Missed: r.Missed, MissedTimeMs: r.MissedTimeMs,
			Hash: w.rng.Uint64(),
		},
		Activities: w.activities(r),
		Messages:   w.messages(r),
		Process: []store.ProcessEvent{
			{Seq: 0, TimeMs: r.TimeMs, Step: "queued", Queue: r.Queue, LastsS: int64(r.WaitS)},
			{Seq: 1, TimeMs: r.TimeMs + int64(r.WaitS)*1000, Step: "accepted", Queue: r.Queue, User: r.User, LastsS: int64(r.DurationS)},
		},
	}
	if r.QA {
		c.Reviews = []store.QAReview{{Name: "qa_" + r.Name, Activity: c.Activities[0].Name, User: r.User,
			CreatedMs: r.TimeMs, EditedMs: r.TimeMs, Score: int64(w.rng.IntN(11))}}
	}
	return c
}

func (w *writer) activities(r *listing.Record) []store.Activity {
	out := make([]store.Activity, r.Activities)
	for i := range out {
		out[i] = store.Activity{
			Name: fmt.Sprintf("activities_%s_%d", r.Name, i), Interaction: r.Name, Type: "WAP", Action: "CLOSE", Title: r.Title,
			Queue: r.Queue, User: r.User, Contact: r.Contact, Time: wire(r.TimeMs), TimeMs: r.TimeMs, TimeWaitMs: r.TimeMs,
			TimeOpenMs: r.TimeMs + int64(r.WaitS)*1000, TimeCloseMs: r.TimeMs + int64(r.WaitS+r.DurationS)*1000 + 1000,
			BeforeS: 0, AfterS: 18, DurationS: int64(r.DurationS), RingingS: 6, FocusS: listing.Unknown, Hash: w.rng.Uint64(),
		}
	}
	first := &out[0]
	first.FocusS, first.FocusDisruptions = int64(r.FocusS), int64(r.Disruptions)
	if r.State&listing.StateAnomaly != 0 {
		first.FocusS = first.DurationS + 60
	}
	for _, ticket := range r.Tickets {
		number, _, _ := strings.Cut(ticket, " ")
		first.Ticket = listing.Ref{Name: number, Title: w.tickets[number]}
	}
	return out
}

func (w *writer) messages(r *listing.Record) []store.Message {
	out := make([]store.Message, 5+w.rng.IntN(11))
	at := r.TimeMs
	for i := range out {
		out[i] = store.Message{
			Name: fmt.Sprintf("%s_m%d", r.Name, i), Seq: i, Direction: "IN", Type: "PUBLIC", Kind: "text",
			Text: w.words.sentence(4 + w.rng.IntN(12)), Time: wire(at), TimeMs: at,
		}
		if i%2 == 1 {
			out[i].Direction, out[i].User, out[i].Delivery = "OUT", r.User, "READ"
		}
		at += int64(1+w.rng.IntN(600)) * 1000
	}
	return out
}

// wire is a moment as the contact centre writes it: what a clock on its wall shows.
func wire(ms int64) string { return time.UnixMilli(ms).In(centre).Format(time.DateTime) }

// words are 60,000 words by Zipf's law, as common ones are in a language.
type words struct {
	list []string
	zipf *rand.Zipf
}

const vocabulary = 60_000

func newWords() *words {
	syllables := []string{"ka", "no", "vě", "tra", "ři", "sou", "dek", "lo", "mi", "žá", "pro", "st"}
	w := &words{list: make([]string, vocabulary)}
	for n := range w.list {
		var b strings.Builder
		for rest := n; ; rest /= len(syllables) {
			b.WriteString(syllables[rest%len(syllables)])
			if rest < len(syllables) {
				break
			}
		}
		w.list[n] = b.String()
	}
	return w
}

// roll chooses words by a generator of random numbers from now on.
func (w *words) roll(rng *rand.Rand) { w.zipf = rand.NewZipf(rng, 1.1, 4, vocabulary-1) }

// Words and beginnings that are looked for: the commonest word is in nine of ten transcripts,
// the rare one in about one of 6,000.
const (
	commonestWord = "ka"
	rarePlace     = 40_000 // of the rare word among the words
	threeLetters  = "pro"
)

func (w *words) sentence(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.list[w.zipf.Uint64()])
	}
	return b.String()
}
