package listing_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// model is the same list as a plain SQL table. It shares with the engine only what a word
// means (Fold, FoldNumber, Meaning, ParseDuration, Clock), not how rows are found.
type model struct {
	db      *sql.DB
	clock   query.Clock
	dir     listing.Directory
	targets listing.Targets
	words   map[int64][]string // by id
	ranks   map[string]int     // of all texts in Czech order
}

const modelSchema = `
CREATE TABLE r (id INTEGER PRIMARY KEY, name TEXT, time INTEGER,
 queue TEXT, queue_t TEXT, queue_f TEXT, queue_r INTEGER, user TEXT, user_t TEXT, user_f TEXT, user_r INTEGER,
 connector TEXT, connector_t TEXT, connector_f TEXT, connector_r INTEGER,
 contact_f TEXT, contact_r INTEGER, account_f TEXT, account_r INTEGER,
 wa_f TEXT, wa_r INTEGER, title_f TEXT, title_r INTEGER, ticket_r INTEGER,
 sender_f TEXT, recipient_f TEXT, number_f TEXT, sender_r INTEGER,
 answered TEXT, ended TEXT, missed TEXT, missed_r INTEGER, missed_time INTEGER, direction TEXT, ended_r INTEGER, direction_r INTEGER,
 state INTEGER, qa TEXT, anomaly TEXT, failed TEXT, seen TEXT, reviewed TEXT, note TEXT, lowreview TEXT, hour INTEGER, weekday INTEGER,
 FIGURES);
CREATE TABLE ticket (id INTEGER, f TEXT, number TEXT);
CREATE INDEX ticket_id ON ticket (id);
CREATE TABLE member (id INTEGER, field TEXT, name TEXT, f TEXT);
CREATE INDEX member_id ON member (id, field);
CREATE TABLE word (id INTEGER, w TEXT);
CREATE INDEX word_id ON word (id);`

func newModel(t *testing.T, clock query.Clock, dir listing.Directory, universe []string) *model {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "model.db")+"?_pragma=synchronous(off)&_pragma=journal_mode(off)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // nothing of it is kept
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(strings.Replace(modelSchema, "FIGURES", strings.Join(listing.FigureFields(), " INTEGER, ")+" INTEGER", 1)); err != nil {
		t.Fatal(err)
	}
	m := &model{db: db, clock: clock, dir: dir, words: map[int64][]string{}, ranks: map[string]int{}}
	sorted := slices.Clone(universe)
	slices.SortFunc(sorted, listing.NewCollator().Compare)
	for i, text := range slices.Compact(sorted) {
		m.ranks[text] = i + 1
	}
	return m
}

// null returns NULL for a text that is not there.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func nullInt(n int64) any {
	if n == listing.Unknown {
		return nil
	}
	return n
}

func (m *model) rank(t *testing.T, text string) any {
	t.Helper()
	if text == "" {
		return nil
	}
	r, ok := m.ranks[text]
	if !ok {
		t.Fatalf("text %q has no rank", text)
	}
	return r
}

func fixedRank(values []string, value string) any {
	if value == "" {
		return nil
	}
	if i := slices.Index(values, value); i >= 0 {
		return i
	}
	return 1000
}

func missedWord(r *listing.Record) (any, any) {
	switch listing.Meaning(r.Missed, r.MissedTimeMs) {
	case listing.MissedWaiting:
		return "waiting", 1
	case listing.ContactedBack:
		return "contactedback", 2
	case listing.MissedCleared:
		return "cleared", 3
	}
	return nil, nil
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// hourOf and weekdayOf are what the contact centre's clock and calendar show; 0 is the day that weeks begin with.
func (m *model) hourOf(r *listing.Record) any {
	if r.TimeMs == listing.Unknown {
		return nil
	}
	return time.UnixMilli(r.TimeMs).In(m.clock.Zone).Hour()
}

func (m *model) weekdayOf(r *listing.Record) any {
	if r.TimeMs == listing.Unknown {
		return nil
	}
	day := int(time.UnixMilli(r.TimeMs).In(m.clock.Zone).Weekday())
	if !m.clock.SundayFirst {
		day = (day + 6) % 7
	}
	return day
}

// put inserts or replaces rows.
func (m *model) put(t *testing.T, records []listing.Record, words map[int64][]string) {
	t.Helper()
	tx, err := m.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := tx.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	ended, _ := query.FieldByName("ended")
	direction, _ := query.FieldByName("direction")
	for i := range records {
		r := &records[i]
		missed, missedRank := missedWord(r)
		ref := func(x listing.Ref) []any {
			return []any{null(x.Name), null(x.Title), null(query.Fold(x.Title)), m.rank(t, x.Title)}
		}
		args := []any{r.ID, r.Name, nullInt(r.TimeMs)}
		args = append(args, ref(r.Queue)...)
		args = append(args, ref(r.User)...)
		args = append(args, ref(r.Connector)...)
		args = append(args, null(query.Fold(r.Contact.Title)), m.rank(t, r.Contact.Title), null(query.Fold(r.Account.Title)), m.rank(t, r.Account.Title),
			null(query.Fold(r.WA)), m.rank(t, r.WA), null(query.Fold(r.Title)), m.rank(t, r.Title), m.rank(t, strings.Join(r.Tickets, "\x1f")),
			null(query.FoldNumber(r.Sender)), null(query.FoldNumber(r.Recipient)), null(query.FoldNumber(r.WANumber)), null(query.FoldNumber(r.Sender)),
			map[listing.Tri]any{listing.TriYes: "yes", listing.TriNo: "no"}[r.Answered], null(r.Ended), missed, missedRank, nullInt(r.MissedTimeMs), null(r.Direction),
			fixedRank(ended.Values, r.Ended), fixedRank(direction.Values, r.Direction),
			int64(r.State), yes(r.QA), yes(r.State&listing.StateAnomaly != 0),
			yes(r.State&64 != 0), yes(r.State&128 != 0), yes(r.State&256 != 0), yes(r.State&512 != 0), yes(r.State&1024 != 0), m.hourOf(r), m.weekdayOf(r))
		for _, field := range listing.FigureFields() {
			args = append(args, nullInt(int64(*listing.Figure(field)(r))))
		}
		exec("INSERT OR REPLACE INTO r VALUES (?"+strings.Repeat(",?", len(args)-1)+")", args...)
		exec("DELETE FROM ticket WHERE id = ?", r.ID)
		for _, ticket := range r.Tickets {
			number, _, _ := strings.Cut(ticket, " ")
			exec("INSERT INTO ticket VALUES (?,?,?)", r.ID, query.Fold(ticket), query.Fold(number))
		}
		exec("DELETE FROM member WHERE id = ?", r.ID)
		for field, of := range map[string][]listing.Ref{"status": r.Statuses, "took": r.Took} {
			for _, x := range of {
				exec("INSERT INTO member VALUES (?,?,?,?)", r.ID, field, x.Name, query.Fold(x.Title))
			}
		}
		exec("DELETE FROM word WHERE id = ?", r.ID)
		for _, w := range words[r.ID] {
			exec("INSERT INTO word VALUES (?,?)", r.ID, w)
		}
		m.words[r.ID] = words[r.ID]
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (m *model) remove(t *testing.T, ids []int64) {
	t.Helper()
	for _, id := range ids {
		if _, err := m.db.Exec("DELETE FROM r WHERE id = ?", id); err != nil {
			t.Fatal(err)
		}
	}
}

// MatchWords understands the queries that single words make: "word" and "wo"*.
func (m *model) MatchWords(_ context.Context, query string, add func(int64)) error {
	var terms []string
	for term := range strings.SplitSeq(query, " ") {
		terms = append(terms, term)
	}
	for id, words := range m.words {
		if !slices.ContainsFunc(terms, func(term string) bool { return !holdsTerm(words, term) }) {
			add(id)
		}
	}
	return nil
}

func holdsTerm(words []string, term string) bool {
	prefix, isPrefix := strings.CutSuffix(term, "*")
	prefix = strings.Trim(prefix, `"`)
	return slices.ContainsFunc(words, func(w string) bool { return w == prefix || isPrefix && strings.HasPrefix(w, prefix) })
}

func (m *model) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	var n int
	if err := m.db.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
