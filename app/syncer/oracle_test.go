package syncer

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"wapdesk/app/demo"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/unicode/norm"
)

// oracle holds a file against the contact centre's truth for its lead.
type oracle struct {
	s  *site
	db *store.DB
	d  *demo.Data

	users, queues, connectors, statuses map[string]string // titles by unique name
	contacts                            map[string]*demo.Contact
	accounts                            map[string]*demo.Account
	tickets                             map[int64]*demo.Ticket
	reviews                             map[string][]*demo.Review // by activity

	known  map[string]bool // users within the lead's rights
	silent map[string]bool // users outside of them of whom nothing is told

	// erased are interactions that the lead anonymised on this computer.
	erased map[string]bool
	// write rewrites both sides of a comparison alike, for servers that tell less; nil leaves them.
	write func(w, g *story)
}

// compare is the oracle: it checks everything the file holds against what the contact centre shows
// the lead – which interactions there are, each of their fields and children, the rights, the
// coverage, the list and the index of words.
func compare(t testing.TB, s *site, db *store.DB) {
	t.Helper()
	newOracle(s, db).judge(t)
}

func newOracle(s *site, db *store.DB) *oracle {
	o := &oracle{
		s: s, db: db, d: s.Data(), users: map[string]string{}, queues: map[string]string{}, connectors: map[string]string{},
		statuses: map[string]string{}, contacts: map[string]*demo.Contact{}, accounts: map[string]*demo.Account{},
		tickets: map[int64]*demo.Ticket{}, reviews: map[string][]*demo.Review{}, erased: map[string]bool{},
		known: map[string]bool{s.Tokens().Lead.Name: true}, silent: map[string]bool{},
	}
	_, within := s.Server.Rights(s.Tokens().Lead.Name)
	for _, name := range within {
		o.known[name] = true
	}
	for _, x := range o.d.Users {
		o.users[x.Name], o.silent[x.Name] = x.Title, x.Type == "BO"
	}
	for _, x := range o.d.Queues {
		o.queues[wire(x.Name)] = x.Title
	}
	for _, x := range o.d.Connectors {
		o.connectors[x.Name] = x.Title
	}
	for _, x := range o.d.Statuses {
		o.statuses[x.Name] = x.Title
	}
	for _, x := range o.d.Contacts {
		o.contacts[x.Name] = x
	}
	for _, x := range o.d.Accounts {
		o.accounts[x.Name] = x
	}
	for _, x := range o.d.Tickets {
		o.tickets[x.Name] = x
	}
	for _, x := range o.d.Reviews {
		o.reviews[x.Activity] = append(o.reviews[x.Activity], x)
	}
	return o
}

// wire writes a number that is a name; 0 is none.
func wire(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func (o *oracle) judge(t testing.TB) {
	t.Helper()
	visible := o.visible()
	o.names(t, visible)
	for _, i := range visible {
		o.one(t, i)
	}
	o.rights(t)
	o.coverage(t)
	o.list(t)
	o.words(t, visible)
}

// visible are the interactions that the contact centre shows the lead.
func (o *oracle) visible() []*demo.Interaction {
	var list []*demo.Interaction
	for _, i := range o.d.Interactions {
		if o.s.Sees(o.s.Tokens().Lead.Name, i.Name) {
			list = append(list, i)
		}
	}
	return list
}

// names checks that the file shows exactly the interactions that the contact centre shows.
func (o *oracle) names(t testing.TB, visible []*demo.Interaction) {
	t.Helper()
	var want, got []string
	for _, i := range visible {
		want = append(want, i.Name)
	}
	err := o.db.Records(t.Context(), func(r *listing.Record) error {
		got = append(got, strings.Clone(r.Name)) // it points into the file's memory
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("interactions (-server +file):\n%s", diff)
	}
	if stored, err := o.db.Stored(t.Context()); err != nil || stored != len(want) {
		t.Errorf("the file counts %d (%v), the server shows %d", stored, err, len(want))
	}
}

// one checks one interaction as the lead may see it.
func (o *oracle) one(t testing.TB, i *demo.Interaction) {
	t.Helper()
	w, g := o.told(i), o.stored(t, i.Name)
	if o.write != nil {
		o.write(&w, &g)
	}
	// A WhatsApp account is one record with one name, whatever the rows that nest it say.
	if i.External != nil && o.s.accounts[i.External.ID][g.WA] {
		w.WA = g.WA
	}
	// The flag stands with the activities: where the lead sees none of them, nothing tells it any more.
	if o.erased[i.Name] || w.Anonymised || g.Anonymised && anonymised(o.d, i) {
		w.erase()
		// What was never read, and what stays of it, hangs on when it was anonymised.
		w.Process, w.MessagesRead, w.ProcessRead = g.Process, g.MessagesRead, g.ProcessRead
	}
	w.order()
	g.order()
	if diff := cmp.Diff(w, g, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("interaction %s (-server +file):\n%s", i.Name, diff)
	}
}

// rights checks that users and queues of the file are those that are listed for the lead.
func (o *oracle) rights(t testing.TB) {
	t.Helper()
	lead := o.s.Tokens().Lead.Name
	queues, users := o.s.Listed(lead)
	want := map[string]bool{"user " + lead: true}
	for _, q := range queues {
		want["queue "+wire(q)] = true
	}
	for _, u := range users {
		want["user "+u] = true
	}
	rights, err := o.db.Rights(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, q := range rights.Queues {
		got["queue "+q] = true
	}
	for _, u := range rights.Users {
		got["user "+u] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rights (-server +file):\n%s", diff)
	}
	if hidden, err := o.db.HiddenNames(t.Context()); err != nil || len(hidden) > 0 {
		t.Errorf("%d interactions are still hidden (%v)", len(hidden), err)
	}
	titles := map[string]string{}
	stored, err := o.db.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range stored {
		titles[u.Name] = u.Title
	}
	for _, u := range users {
		if titles[u] != o.users[u] {
			t.Errorf("user %s is called %q, the server says %q", u, titles[u], o.users[u])
		}
	}
}

// coverage checks that everything ever asked for counts as stored up to the last sync, and nothing later.
func (o *oracle) coverage(t testing.TB) {
	t.Helper()
	p := newPull(New(nil, o.db, Options{}), PullOptions{}, nil)
	wanted, err := p.wanted(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	last, err := p.cursorMs(t.Context(), cursorServer)
	if err != nil {
		t.Fatal(err)
	}
	covered, err := o.db.Coverage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, span := range wanted {
		span.ToMs = min(span.ToMs, last)
		if missing, err := o.db.Missing(t.Context(), span); err != nil || len(missing) > 0 {
			t.Errorf("%v was asked for and %v of it does not count as stored (%v)", utc(span), utcs(missing), err)
		}
	}
	for _, span := range covered {
		if span.ToMs > o.s.latest.Load()*1000 {
			t.Errorf("%v counts as stored, and the server's clock was never that late", utc(span))
		}
	}
}

func utc(s store.Span) string {
	return time.UnixMilli(s.FromMs).UTC().Format(time.DateTime) + " – " + time.UnixMilli(s.ToMs).UTC().Format(time.DateTime)
}

func utcs(spans []store.Span) []string {
	var list []string
	for _, s := range spans {
		list = append(list, utc(s))
	}
	return list
}

// list checks that the list engine, which followed every commit, has what a fresh read of the file has.
func (o *oracle) list(t testing.TB) {
	t.Helper()
	<-o.db.ListReady()
	if err := o.db.ListErr(); err != nil {
		t.Fatal(err)
	}
	scope, err := o.db.Scope(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all, err := o.db.List().View().Search(t.Context(), query.Query{}, scope)
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]listing.Record{}
	for _, r := range all.Window(0, all.Total()) {
		listed[r.Name] = r
	}
	stored := map[string]listing.Record{}
	var ids []int64
	if err := o.db.Records(t.Context(), func(r *listing.Record) error { ids = append(ids, r.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	records, err := o.db.RecordsByID(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		stored[r.Name] = r
	}
	if diff := cmp.Diff(stored, listed, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("list engine (-file +list):\n%s", diff)
	}
}

// words checks the index of words: for words of the truth, the interactions that hold them.
func (o *oracle) words(t testing.TB, visible []*demo.Interaction) {
	t.Helper()
	want := map[string]map[string]bool{} // interactions by word
	for _, i := range visible {
		if o.erased[i.Name] || anonymised(o.d, i) { // then the contact centre tells no words
			continue
		}
		for _, m := range o.d.Messages(i) {
			for _, text := range []string{m.Text, m.OriginalText, m.Place, m.CardName, m.CardNumber} {
				for _, word := range wordsOf(text) {
					if want[word] == nil {
						want[word] = map[string]bool{}
					}
					want[word][i.Name] = true
				}
			}
		}
	}
	all := slices.Sorted(maps.Keys(want))
	// A few words of each length suffice: an index that is wrong for one document is wrong for all its words.
	for n := 0; n < len(all); n += max(len(all)/askedWords, 1) {
		word := all[n]
		got := map[string]bool{}
		var ids []int64
		if err := o.db.MatchWords(t.Context(), `"`+word+`"`, func(id int64) { ids = append(ids, id) }); err != nil {
			t.Fatal(err)
		}
		records, err := o.db.RecordsByID(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			got[r.Name] = true
		}
		if diff := cmp.Diff(want[word], got); diff != "" {
			t.Fatalf("interactions with the word %q (-server +file):\n%s", word, diff)
		}
	}
}

// askedWords is how many words the oracle asks the index for.
const askedWords = 12

// wordsOf are the words of a text that consist of plain Latin letters, folded as the index folds them.
func wordsOf(text string) []string {
	var list []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) }) {
		folded := strings.ToLower(strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(word)))
		if len(folded) > 3 && strings.IndexFunc(folded, func(r rune) bool { return r < 'a' || r > 'z' }) < 0 {
			list = append(list, folded)
		}
	}
	return list
}
