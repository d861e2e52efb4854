package measure

import (
	"fmt"
	"time"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// measured are the targets that interactions are measured by; see targetSQL.
func measured() listing.Targets {
	return listing.Targets{All: listing.Goals{listing.GoalWait: 120, listing.GoalFirstReply: 180, listing.GoalSilence: 1800}}
}

// question is one of the list, in the form of the filter bar and in SQL.
type question struct {
	name  string
	where string
	sort  []query.SortKey
	sql   string // condition on interactions i
	joins string // what the condition or the order needs beside it
	order string // of SQL; "" is newest first
	kind  kind
}

// kind says which limits hold.
type kind int

const (
	byFields kind = iota // field filters and sorts
	byText               // text in titles, names and numbers
)

// inScope is what is not hidden, in SQL.
const inScope = `i.gone_ms IS NULL
	AND (i.queue_id IS NULL OR i.queue_id NOT IN (SELECT q.id FROM rights r JOIN queues q ON q.name = r.name WHERE r.kind = 'hidden queue'))
	AND (i.user_id IS NULL OR i.user_id NOT IN (SELECT u.id FROM rights r JOIN users u ON u.name = r.name WHERE r.kind = 'hidden user'))`

const (
	advanced    = `(missed:waiting OR wait>5m) AND (queue:"group:Oblast Podpora" OR user:"group:Tým 3") -direction:OUT`
	advancedSQL = `(i.missed = 'YES' OR i.wait_s > 300)
	AND (i.queue_id IN (SELECT q.id FROM groups g JOIN group_members m ON m.group_id = g.id JOIN queues q ON q.name = m.member WHERE g.kind = 'queues' AND g.title = 'Oblast Podpora')
	OR i.user_id IN (SELECT u.id FROM groups g JOIN group_members m ON m.group_id = g.id JOIN users u ON u.name = m.member WHERE g.kind = 'users' AND g.title = 'Tým 3'))
	AND i.direction IS NOT 'OUT'`
	// targetSQL is what is over targets of measured.
	targetSQL = "i.wait_s > 120 OR i.first_reply_s > 180 OR i.silence_s > 1800"
	contacts  = "LEFT JOIN contacts c ON c.id = i.contact_id"
	externs   = "LEFT JOIN external_contacts x ON x.id = i.external_contact_id"
	people    = contacts + " LEFT JOIN queues q ON q.id = i.queue_id LEFT JOIN users u ON u.id = i.user_id"
)

func by(field string, desc bool) query.SortKey { return query.SortKey{Field: field, Desc: desc} }

func keys(k ...query.SortKey) []query.SortKey { return k }

// span is a span of time in SQL.
func span(from, to time.Time) string {
	return fmt.Sprintf("i.time_ms >= %d AND i.time_ms < %d", from.UnixMilli(), to.UnixMilli())
}

// questions are the kinds of the performance notes; words in messages and jumps are asked apart.
func questions(zone *time.Location) []question {
	now := clock().In(zone)
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, zone)
	year := time.Date(now.Year(), 1, 1, 0, 0, 0, 0, zone)
	today := span(day, day.AddDate(0, 0, 1))
	supportSQL := `i.queue_id IN (SELECT q.id FROM groups g JOIN group_members m ON m.group_id = g.id
		JOIN queues q ON q.name = m.member WHERE g.kind = 'queues' AND g.title = 'Oblast Podpora') AND ` + span(year, year.AddDate(1, 0, 0))
	return []question{
		{name: "a  today", where: "time:today", sql: today},
		{name: "a' all time", sql: "1"},
		{name: "b  year, queue group, by duration", where: `time:thisyear queue:"group:Oblast Podpora"`,
			sort: keys(by("duration", true)), sql: supportSQL, order: "i.duration_s DESC"},
		{name: "c  all time, by contact", sort: keys(by("contact", false)), sql: "1", joins: contacts, order: "c.title IS NULL, c.title"},
		{name: "c' user, 30 days, by contact", where: "time:last30days user:user030", sort: keys(by("contact", false)), joins: contacts,
			sql:   span(day.AddDate(0, 0, -29), day.AddDate(0, 0, 1)) + " AND i.user_id = (SELECT id FROM users WHERE name = 'user030')",
			order: "c.title IS NULL, c.title"},
		{name: "f  advanced filter, by wait", where: advanced, sort: keys(by("wait", true)), sql: advancedSQL, order: "i.wait_s DESC"},
		{name: "s  all time, by user, wait", sort: keys(by("user", false), by("wait", true)), sql: "1", joins: people,
			order: "u.title IS NULL, u.title, i.wait_s DESC"},
		{name: "s  all time, by contact, time rising", sort: keys(by("contact", false), by("time", false)), sql: "1", joins: contacts,
			order: "c.title IS NULL, c.title, i.time_ms"},
		{name: "s  all time, by queue, user, wait", sort: keys(by("queue", false), by("user", false), by("wait", true)), sql: "1", joins: people,
			order: "q.title IS NULL, q.title, u.title IS NULL, u.title, i.wait_s DESC"},
		{name: "s  advanced filter, by ended, contact, duration", where: advanced, sql: advancedSQL, joins: contacts,
			sort:  keys(by("ended", false), by("contact", true), by("duration", true)),
			order: "i.disconnection IS NULL, i.disconnection, c.title DESC, i.duration_s DESC"},
		{name: "t  over a target, by wait", where: "target:no", sort: keys(by("wait", true)), sql: targetSQL, order: "i.wait_s DESC"},
		{name: "d  contact contains novak", where: "contact:novak", joins: contacts, sql: "c.title LIKE '%novak%' OR c.title LIKE '%novák%'", kind: byText},
		{name: "d  contact contains ova", where: "contact:ova", joins: contacts, sql: "c.title LIKE '%ova%' OR c.title LIKE '%ová%'", kind: byText},
		{name: "d  number contains 7771", where: "sender:7771", joins: externs,
			sql: "i.sender LIKE '%7771%' OR x.number LIKE '%7771%' OR x.full_name LIKE '%7771%'", kind: byText},
		{name: "f  advanced filter and title, by wait", where: advanced + ` title:"modem 4"`, sort: keys(by("wait", true)),
			sql: advancedSQL + " AND i.title LIKE '%modem 4%'", order: "i.wait_s DESC", kind: byText},
		{name: "f  title contains kurýra, all time", where: "title:kurýra", sql: "i.title LIKE '%kurýra%'", kind: byText},
	}
}

// statements are the question in SQL: the exact total and the first page.
func (q question) statements() []string {
	order := "i.time_ms DESC"
	if q.order != "" {
		order = q.order + ", " + order
	}
	from := " FROM interactions i " + q.joins + " WHERE (" + q.sql + ") AND " + inScope
	return []string{"SELECT count(*)" + from, "SELECT i.*" + from + " ORDER BY " + order + " LIMIT 200"}
}

// Counts that limits are measured against: a scan of the table with the advanced filter, and with a
// part of the title beside it.
func scans() (fields, text string) {
	return "SELECT count(*) FROM interactions i NOT INDEXED WHERE " + advancedSQL + " AND " + inScope,
		"SELECT count(*) FROM interactions i NOT INDEXED WHERE " + advancedSQL + " AND i.title LIKE '%modem 4%' AND " + inScope
}
