package listing_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"wapdesk/store/listing"
)

// model is the same list as a plain SQL table. It shares with the engine only what a word
// means (Fold, FoldNumber, Meaning, ParseDuration, Clock), not how rows are found.
type model struct {
	db    *sql.DB
	clock listing.Clock
	dir   listing.Directory
	words map[int64][]string // by id
	ranks map[string]int     // of all texts in Czech order
}

const modelSchema = `
CREATE TABLE r (id INTEGER PRIMARY KEY, name TEXT, time INTEGER,
 queue TEXT, queue_t TEXT, queue_f TEXT, queue_r INTEGER, user TEXT, user_t TEXT, user_f TEXT, user_r INTEGER,
 connector TEXT, connector_t TEXT, connector_f TEXT, connector_r INTEGER,
 contact_f TEXT, contact_r INTEGER, account_f TEXT, account_r INTEGER,
 wa_f TEXT, wa_r INTEGER, title_f TEXT, title_r INTEGER, ticket_r INTEGER,
 sender_f TEXT, recipient_f TEXT, number_f TEXT, sender_r INTEGER,
 answered TEXT, ended TEXT, missed TEXT, missed_r INTEGER, missed_time INTEGER, direction TEXT, ended_r INTEGER, direction_r INTEGER,
 state INTEGER, qa TEXT, anomaly TEXT,
 wait INTEGER, duration INTEGER, focus INTEGER, firstreply INTEGER, silence INTEGER,
 activities INTEGER, messages INTEGER, disruptions INTEGER);
CREATE TABLE ticket (id INTEGER, f TEXT, number TEXT);
CREATE INDEX ticket_id ON ticket (id);
CREATE TABLE word (id INTEGER, w TEXT);
CREATE INDEX word_id ON word (id);`

func newModel(t *testing.T, clock listing.Clock, dir listing.Directory, universe []string) *model {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "model.db")+"?_pragma=synchronous(off)&_pragma=journal_mode(off)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // nothing of it is kept
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(modelSchema); err != nil {
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

// null gives NULL for a text that is not there.
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
	ended, _ := listing.FieldByName("ended")
	direction, _ := listing.FieldByName("direction")
	for i := range records {
		r := &records[i]
		missed, missedRank := missedWord(r)
		ref := func(x listing.Ref) []any {
			return []any{null(x.Name), null(x.Title), null(listing.Fold(x.Title)), m.rank(t, x.Title)}
		}
		args := []any{r.ID, r.Name, nullInt(r.TimeMs)}
		args = append(args, ref(r.Queue)...)
		args = append(args, ref(r.User)...)
		args = append(args, ref(r.Connector)...)
		args = append(args, null(listing.Fold(r.Contact.Title)), m.rank(t, r.Contact.Title), null(listing.Fold(r.Account.Title)), m.rank(t, r.Account.Title),
			null(listing.Fold(r.WA)), m.rank(t, r.WA), null(listing.Fold(r.Title)), m.rank(t, r.Title), m.rank(t, strings.Join(r.Tickets, "\x1f")),
			null(listing.FoldNumber(r.Sender)), null(listing.FoldNumber(r.Recipient)), null(listing.FoldNumber(r.WANumber)), null(listing.FoldNumber(r.Sender)),
			map[listing.Tri]any{listing.TriYes: "yes", listing.TriNo: "no"}[r.Answered], null(r.Ended), missed, missedRank, nullInt(r.MissedTimeMs), null(r.Direction),
			fixedRank(ended.Values, r.Ended), fixedRank(direction.Values, r.Direction),
			int64(r.State), yes(r.QA), yes(r.State&listing.StateAnomaly != 0))
		for _, n := range []int32{r.WaitS, r.DurationS, r.FocusS, r.FirstReplyS, r.SilenceS, r.Activities, r.Messages, r.Disruptions} {
			args = append(args, nullInt(int64(n)))
		}
		exec("INSERT OR REPLACE INTO r VALUES (?"+strings.Repeat(",?", len(args)-1)+")", args...)
		exec("DELETE FROM ticket WHERE id = ?", r.ID)
		for _, ticket := range r.Tickets {
			number, _, _ := strings.Cut(ticket, " ")
			exec("INSERT INTO ticket VALUES (?,?,?)", r.ID, listing.Fold(ticket), listing.Fold(number))
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

// sqlQuery is a WHERE clause with its arguments.
type sqlQuery struct {
	m    *model
	args []any
}

func (q *sqlQuery) arg(v any) string {
	q.args = append(q.args, v)
	return "?"
}

func (q *sqlQuery) where(n *listing.Node, scope listing.Scope) string {
	out := "1"
	if !scope.All {
		out = "queue IN " + q.set(scope.Queues) + " AND (user IS NULL OR user IN " + q.set(scope.Users) + ")"
	}
	if n != nil {
		out += " AND " + q.node(n)
	}
	return out
}

func (q *sqlQuery) set(names map[string]bool) string {
	parts := []string{"NULL"}
	for name := range names {
		parts = append(parts, q.arg(name))
	}
	return "(" + strings.Join(parts, ",") + ")"
}

func (q *sqlQuery) node(n *listing.Node) string {
	out := ""
	switch {
	case len(n.And) > 0:
		out = q.join(n.And, " AND ")
	case len(n.Or) > 0:
		out = q.join(n.Or, " OR ")
	default:
		out = q.condition(n)
	}
	if n.Not {
		out = "NOT coalesce(" + out + ",0)"
	}
	return "(" + out + ")"
}

func (q *sqlQuery) join(nodes []listing.Node, by string) string {
	parts := make([]string, len(nodes))
	for i := range nodes {
		parts[i] = "coalesce(" + q.node(&nodes[i]) + ",0)"
	}
	return strings.Join(parts, by)
}

// or joins one condition for each value.
func (q *sqlQuery) or(values []string, one func(value string) string) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = "coalesce(" + one(v) + ",0)"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

func (q *sqlQuery) condition(n *listing.Node) string {
	f, _ := listing.FieldByName(n.Field)
	positive := *n
	switch n.Op {
	case listing.NotContains:
		positive.Op = listing.Contains
	case listing.IsNot:
		positive.Op = listing.Is
	case listing.NoneOf:
		positive.Op = listing.AnyOf
	case listing.Ne:
		positive.Op = listing.Eq
	case listing.NotEmpty:
		positive.Op = listing.IsEmpty
	default:
		switch f.Kind {
		case listing.KindText:
			return q.text(n)
		case listing.KindChoice:
			return q.choice(n)
		case listing.KindDate:
			return q.date(n)
		}
		return q.figure(n, f.Kind)
	}
	return "NOT coalesce(" + q.condition(&positive) + ",0)"
}

func (q *sqlQuery) like(column string, op listing.Op, needle string) string {
	switch op {
	case listing.Is:
		return column + " = " + q.arg(needle)
	case listing.StartsWith:
		return "substr(" + column + ",1," + fmt.Sprint(len([]rune(needle))) + ") = " + q.arg(needle)
	}
	return "instr(" + column + "," + q.arg(needle) + ") > 0"
}

// number compares phone numbers; "00" may be part of one, or stand before its start.
func (q *sqlQuery) number(column string, op listing.Op, value string) string {
	digits := listing.FoldNumber(value)
	if op != listing.Contains || !strings.HasPrefix(value, "00") {
		return q.like(column, op, digits)
	}
	out := q.like(column, op, value)
	if len(digits) >= 3 {
		out = "(" + out + " OR " + q.like(column, listing.StartsWith, digits) + ")"
	}
	return out
}

func (q *sqlQuery) text(n *listing.Node) string {
	if n.Op == listing.IsEmpty {
		switch n.Field {
		case "sender":
			return "sender_f IS NULL AND recipient_f IS NULL AND number_f IS NULL"
		case "text":
			return "coalesce(messages,0) = 0"
		case "ticket":
			return "NOT EXISTS (SELECT 1 FROM ticket k WHERE k.id = r.id)"
		case "id":
			return "name = ''"
		}
		return n.Field + "_f IS NULL"
	}
	return q.or(n.Values, func(value string) string {
		folded := listing.Fold(value)
		switch n.Field {
		case "id":
			return q.like("name", n.Op, folded)
		case "sender":
			return "coalesce(" + q.number("sender_f", n.Op, value) + ",0) OR coalesce(" + q.number("recipient_f", n.Op, value) +
				",0) OR coalesce(" + q.number("number_f", n.Op, value) + ",0) OR coalesce(" + q.like("wa_f", n.Op, folded) + ",0)"
		case "ticket":
			number := ""
			if n.Op == listing.Is {
				number = " OR k.number = " + q.arg(folded)
			}
			return "EXISTS (SELECT 1 FROM ticket k WHERE k.id = r.id AND (0" + number + " OR " + q.like("k.f", n.Op, folded) + "))"
		case "text":
			return q.word(n.Op, folded)
		case "any":
			return q.like("coalesce(contact_f,'')", n.Op, folded) + " OR " + q.like("coalesce(wa_f,'')", n.Op, folded) + " OR " +
				q.like("coalesce(title_f,'')", n.Op, folded) + " OR " + q.word(n.Op, folded)
		}
		return q.like(n.Field+"_f", n.Op, folded)
	})
}

func (q *sqlQuery) word(op listing.Op, word string) string {
	if op == listing.StartsWith {
		return "EXISTS (SELECT 1 FROM word x WHERE x.id = r.id AND substr(x.w,1," + fmt.Sprint(len([]rune(word))) + ") = " + q.arg(word) + ")"
	}
	return "EXISTS (SELECT 1 FROM word x WHERE x.id = r.id AND x.w = " + q.arg(word) + ")"
}

func (q *sqlQuery) choice(n *listing.Node) string {
	column := n.Field
	if n.Op == listing.IsEmpty {
		if column == "state" {
			return "0"
		}
		return column + " IS NULL"
	}
	return q.or(n.Values, func(value string) string {
		switch {
		case column == "state":
			return map[string]string{
				"normal": "state & 15 = 0", "pending": "state & 2 <> 0", "refused": "state & 4 <> 0", "conflict": "state & 8 <> 0",
				"anonymised": "state & 1 <> 0", "open": "state & 32 <> 0", listing.NoneValue: "0",
			}[value]
		case value == listing.NoneValue || column == "missed" && value == "never":
			return column + " IS NULL"
		case column == "queue" || column == "user" || column == "connector":
			return q.named(column, value)
		}
		return column + " = " + q.arg(value)
	})
}

func (q *sqlQuery) named(column, value string) string {
	group, isGroup := strings.CutPrefix(value, listing.GroupPrefix)
	if !isGroup {
		return column + " = " + q.arg(value) + " OR " + column + "_f = " + q.arg(listing.Fold(value))
	}
	groups := q.m.dir.UserGroups
	if column == "queue" {
		groups = q.m.dir.QueueGroups
	}
	members := map[string]bool{}
	for _, g := range groups {
		if g.Name == group || listing.Fold(g.Title) == listing.Fold(group) {
			for _, m := range g.Members {
				members[m] = true
			}
		}
	}
	return column + " IN " + q.set(members)
}

func (q *sqlQuery) figure(n *listing.Node, kind listing.Kind) string {
	read := func(text string) string {
		if kind == listing.KindDuration {
			seconds, _ := listing.ParseDuration(text)
			return q.arg(seconds)
		}
		number, _ := listing.ParseNumber(text)
		return q.arg(number)
	}
	switch n.Op {
	case listing.IsEmpty:
		return n.Field + " IS NULL"
	case listing.Between:
		return n.Field + " BETWEEN " + read(n.Values[0]) + " AND " + read(n.Values[1])
	case listing.Eq:
		return q.or(n.Values, func(v string) string { return n.Field + " = " + read(v) })
	}
	return n.Field + map[listing.Op]string{listing.Lt: " < ", listing.Le: " <= ", listing.Gt: " > ", listing.Ge: " >= "}[n.Op] + read(n.Values[0])
}

func (q *sqlQuery) date(n *listing.Node) string {
	c := n.Field
	day := func(i int) listing.Range {
		r, err := q.m.clock.ParseDate(n.Values[i])
		if err != nil {
			panic(err)
		}
		return r
	}
	whole := len(n.Values) > 0 && !strings.Contains(n.Values[0], ":")
	switch n.Op {
	case listing.IsEmpty:
		return c + " IS NULL"
	case listing.Preset:
		if n.Values[0] == "all" {
			return "1"
		}
		return c + " >= " + q.arg(day(0).FromMs) + " AND " + c + " < " + q.arg(day(0).ToMs)
	case listing.Eq:
		return c + " >= " + q.arg(day(0).FromMs) + " AND " + c + " < " + q.arg(day(0).ToMs)
	case listing.Lt:
		return c + " < " + q.arg(day(0).FromMs)
	case listing.Ge:
		return c + " >= " + q.arg(day(0).FromMs)
	case listing.Le:
		if whole {
			return c + " < " + q.arg(day(0).ToMs)
		}
		return c + " <= " + q.arg(day(0).FromMs)
	case listing.Gt:
		if whole {
			return c + " >= " + q.arg(day(0).ToMs)
		}
		return c + " > " + q.arg(day(0).FromMs)
	}
	end := day(1).FromMs
	if !strings.Contains(n.Values[1], ":") {
		end = day(1).ToMs
	}
	return c + " >= " + q.arg(day(0).FromMs) + " AND " + c + " < " + q.arg(end)
}

// orderBy writes the sort: blanks last both ways, ties by time, newest first, then by name.
func orderBy(keys []listing.SortKey) string {
	columns := map[string]string{"queue": "queue_r", "user": "user_r", "connector": "connector_r", "contact": "contact_r", "account": "account_r",
		"wa": "wa_r", "title": "title_r", "ticket": "ticket_r", "sender": "sender_r", "ended": "ended_r", "missed": "missed_r", "direction": "direction_r"}
	if len(keys) == 0 {
		keys = []listing.SortKey{{Field: "time", Desc: true}}
	}
	var parts []string
	for _, k := range keys {
		column := k.Field
		if c := columns[column]; c != "" {
			column = c
		}
		parts = append(parts, column+" IS NULL", column+map[bool]string{true: " DESC", false: ""}[k.Desc])
	}
	return strings.Join(append(parts, "time IS NULL", "time DESC", "name"), ", ")
}
