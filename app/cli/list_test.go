package cli

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"wapdesk/app/demo"
)

// whole lists everything that is stored.
var whole = []string{"list", "--time", "all", "--json", "--limit", "10000"}

// anonymised is how many of the stored interactions are.
func (m *machine) anonymised() int {
	m.t.Helper()
	n := 0
	got, _ := m.answered(whole[1:]...)
	for _, r := range got.Rows {
		if r.Anonymised {
			n++
		}
	}
	return n
}

// listed returns the names `list` finds, sorted, and checks the total against them.
func (m *machine) listed(args ...string) []string {
	m.t.Helper()
	// What is not stored is said, and not of interest here.
	got, _ := m.answered(append([]string{"--limit", "1000000"}, args...)...)
	names := make([]string, 0, len(got.Rows))
	for _, r := range got.Rows {
		names = append(names, r.Name)
	}
	if got.Total != len(names) {
		m.t.Errorf("%q: total %d, but %d rows", args, got.Total, len(names))
	}
	slices.Sort(names)
	return names
}

// where returns the names of the interactions that hold, sorted.
func (w *truth) where(holds func(i *demo.Interaction) bool) []string {
	names := []string{}
	for _, i := range w.Interactions {
		if holds(i) {
			names = append(names, i.Name)
		}
	}
	slices.Sort(names)
	return names
}

// between holds for the times of [from, to) in the contact centre's zone.
func (w *truth) between(t *testing.T, from, to string) func(i *demo.Interaction) bool {
	t.Helper()
	bound := func(text string, open int64) int64 {
		if text == "" {
			return open
		}
		at, err := time.ParseInLocation("2006-01-02 15:04", text, w.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return at.Unix()
	}
	first, end := bound(from, 0), bound(to, 1<<60)
	return func(i *demo.Interaction) bool { return int64(i.Time) >= first && int64(i.Time) < end }
}

// plain takes the diacritics away.
func plain(text string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text)))
}

func TestListByTime(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	for _, tt := range []struct{ args, from, to string }{ // Wednesday 18 November 2026, 15:30
		{"", "2026-11-18 00:00", "2026-11-19 00:00"},
		{"--time today", "2026-11-18 00:00", "2026-11-19 00:00"},
		{"--time yesterday", "2026-11-17 00:00", "2026-11-18 00:00"},
		{"--time last7days", "2026-11-12 00:00", "2026-11-19 00:00"},
		{"--time thisweek", "2026-11-16 00:00", "2026-11-23 00:00"},
		{"--time lastweek", "2026-11-09 00:00", "2026-11-16 00:00"},
		{"--time last30days", "2026-10-20 00:00", "2026-11-19 00:00"},
		{"--time thismonth", "2026-11-01 00:00", "2026-12-01 00:00"},
		{"--time lastmonth", "2026-10-01 00:00", "2026-11-01 00:00"},
		{"--time thisquarter", "2026-10-01 00:00", "2027-01-01 00:00"},
		{"--time thisyear", "2026-01-01 00:00", "2027-01-01 00:00"},
		{"--time all", "", ""},
		{"--from 2026-11-10", "2026-11-10 00:00", ""},
		{"--to 2026-11-10", "", "2026-11-11 00:00"},
		{"--from 2026-11-10 --to 2026-11-11", "2026-11-10 00:00", "2026-11-12 00:00"},
		{"--from 2026-11-10_09:30 --to 2026-11-10_14:00", "2026-11-10 09:30", "2026-11-10 14:00"},
		{"--to 2026-11-10_14:00", "", "2026-11-10 14:00"},
	} {
		t.Run("list "+tt.args, func(t *testing.T) {
			want := w.where(w.between(t, tt.from, tt.to))
			if len(want) == 0 {
				t.Fatal("nothing to find")
			}
			args := strings.Fields(tt.args)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], "_", " ")
			}
			if diff := gocmp.Diff(want, m.listed(args...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRangeTakesItsBeginningAndNotItsEnd(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	at := slices.IndexFunc(w.Interactions, func(i *demo.Interaction) bool { return i.Time%60 == 0 })
	if at < 0 {
		t.Fatal("no interaction at a full minute")
	}
	i := w.Interactions[at]
	minute := i.Time.In(w.Zone).Format("2006-01-02 15:04")
	if !slices.Contains(m.listed("--from", minute), i.Name) {
		t.Errorf("--from %s leaves its own moment out", minute)
	}
	if slices.Contains(m.listed("--from", "2026-10-01", "--to", minute), i.Name) {
		t.Errorf("--to %s takes its own moment in", minute)
	}
}

func TestListByUserAndQueue(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	user := func(names ...string) func(*demo.Interaction) bool {
		return func(i *demo.Interaction) bool { return slices.Contains(names, i.User) }
	}
	queue := func(names ...int64) func(*demo.Interaction) bool {
		return func(i *demo.Interaction) bool { return slices.Contains(names, i.Queue) }
	}
	night := membersOf(t, w, "ug_smena_a")
	for _, tt := range []struct {
		args []string
		want func(*demo.Interaction) bool
	}{
		{[]string{"--user", "Petr Král"}, user("kral.p")},
		{[]string{"--user", "petr kral"}, user("kral.p")},
		{[]string{"--user", "kral.p"}, user("kral.p")},
		{[]string{"--user", "kral.p", "--user", "Klára Veselá"}, user("kral.p", "vesela.k")},
		{[]string{"--user", "group:Směna A"}, user(night...)},
		{[]string{"--user", "group:ug_smena_a", "--user", "tichy.z"}, user(append(night, "tichy.z")...)},
		{[]string{"--queue", "Fakturace"}, queue(4107)},
		{[]string{"--queue", "4107"}, queue(4107)},
		{[]string{"--queue", "Fakturace", "--queue", "4101"}, queue(4107, 4101)},
		{[]string{"--queue", "group:Finance"}, queue(4107, 4108)},
		{[]string{"--queue", "group:qg_finance", "--user", "maly.j"}, func(i *demo.Interaction) bool {
			return (i.Queue == 4107 || i.Queue == 4108) && i.User == "maly.j"
		}},
	} {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			want := w.where(tt.want)
			if len(want) == 0 {
				t.Fatal("nothing to find")
			}
			if diff := gocmp.Diff(want, m.listed(append(tt.args, "--time", "all")...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	m.fails(exitFailed, "list", "--user", "Nobody Here")
	m.fails(exitFailed, "list", "--queue", "group:nothing")
}

// Two colleagues of one name are told apart by their unique names alone, in flags and in queries.
func TestATitleOfTwoUsersIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 300})
	s.ChangeUser("vesela.k", func(u *demo.User) { u.Title = "Petr Král" })
	m := s.lead(t)
	m.ok("sync")
	for _, args := range [][]string{
		{"--user", "petr kral"}, {"--took", "Petr Král"}, {"--query", `user:"Petr Král"`}, {"--query", `queue:4107 OR NOT took:"petr král"`},
	} {
		text := m.fails(exitFailed, append([]string{"list", "--time", "all"}, args...)...)
		if !strings.Contains(text, "kral.p, vesela.k") {
			t.Errorf("%v: %s", args, text)
		}
	}
	w := truthOf(s)
	want := w.where(func(i *demo.Interaction) bool { return i.User == "kral.p" })
	for _, args := range [][]string{{"--user", "kral.p"}, {"--query", "user:kral.p"}} {
		if diff := gocmp.Diff(want, m.listed(append(args, "--time", "all")...)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", args, diff)
		}
	}
}

// A title that rows give without a unique name means those rows too.
func TestATitleWithoutANameFindsItsRows(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 300, Oddities: demo.Oddities{ReducedRefs: true}})
	m := s.lead(t)
	m.ok("sync")
	want := truthOf(s).where(func(i *demo.Interaction) bool { return i.User == "kral.p" && i.Queue == 4101 })
	if len(want) == 0 {
		t.Fatal("nothing to find")
	}
	var queue string
	for _, q := range s.Data().Queues {
		if q.Name == 4101 {
			queue = q.Title
		}
	}
	for _, args := range [][]string{
		{"--user", "petr kral", "--queue", queue}, {"--query", `user:"Petr Král" AND queue:"` + queue + `"`},
	} {
		if diff := gocmp.Diff(want, m.listed(append(args, "--time", "all")...)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", args, diff)
		}
	}
}

func membersOf(t *testing.T, w *truth, group string) []string {
	t.Helper()
	for _, g := range w.Groups {
		if g.Name == group && len(g.Members) > 0 {
			return slices.Clone(g.Members)
		}
	}
	t.Fatalf("no members of %s", group)
	return nil
}

func TestListByContactIgnoresDiacritics(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	at := slices.IndexFunc(w.Contacts, func(c *demo.Contact) bool {
		return strings.Contains(c.LastName, "Dvořák") && slices.ContainsFunc(w.Interactions, func(i *demo.Interaction) bool { return i.Contact == c.Name })
	})
	if at < 0 {
		t.Fatal("no Dvořák among the contacts")
	}
	for _, text := range []string{"dvorak", "Dvořák", "DVOŘÁK"} {
		want := w.where(func(i *demo.Interaction) bool { return strings.Contains(plain(w.contacts[i.Contact]), "dvorak") })
		if diff := gocmp.Diff(want, m.listed("--contact", text, "--time", "all")); diff != "" || len(want) == 0 {
			t.Errorf("--contact %s (-want +got):\n%s", text, diff)
		}
	}
}

func TestSenderFindsRecipientAndEverySpelling(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 2})
	w := truthOf(s)
	target := w.Interactions[slices.IndexFunc(w.Interactions, func(i *demo.Interaction) bool { return i.External != nil && i.Contact != "" })]
	// What we write goes out from the connector's number; the customer is its recipient.
	s.ChangeInteraction(target.Name, func(i *demo.Interaction) {
		external := *i.External
		external.Number, external.FullName, external.ID = "420733918274", "Xaver Łukášek", "777001"
		i.External, i.Sender, i.Direction = &external, "420228880100", "OUT"
	})
	m := s.lead(t)
	m.ok("sync")
	for _, text := range []string{
		"420733918274", "+420733918274", "+420 733 918 274", "00420 733 918 274", "733 918 274", "733-918-274", "918 274", "xaver", "lukasek", "420228880100",
	} {
		if got := m.listed("--sender", text, "--time", "all"); !slices.Contains(got, target.Name) || len(got) == len(w.Interactions) {
			t.Errorf("--sender %q: %d found, among them the recipient: %v", text, len(got), slices.Contains(got, target.Name))
		}
	}
	if got := m.listed("--sender", "733918275", "--time", "all"); len(got) != 0 {
		t.Errorf("another number finds %v", got)
	}
}

func TestListSortsByUpToThreeColumns(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	rows := func(sort string) []rowJSON {
		var got listJSON
		m.json(&got, "list", "--time", "all", "--limit", "1000000", "--sort", sort)
		return got.Rows
	}
	for _, tt := range []struct {
		sort    string
		compare func(a, b rowJSON) int
	}{
		{"wait", func(a, b rowJSON) int { return blanksLast(a.Wait, b.Wait, 1) }},
		{"wait:asc", func(a, b rowJSON) int { return blanksLast(a.Wait, b.Wait, 1) }},
		{"wait:desc", func(a, b rowJSON) int { return blanksLast(a.Wait, b.Wait, -1) }},
		{"time:desc", func(a, b rowJSON) int { return -cmp.Compare(moments(a), moments(b)) }},
		{"ended,duration:desc,time", func(a, b rowJSON) int {
			return cmp.Or(blankness(textOrNil(a.Ended), textOrNil(b.Ended)), equalOr(textOrNil(a.Ended), textOrNil(b.Ended), cmp.Or(blanksLast(a.Duration, b.Duration, -1), cmp.Compare(moments(a), moments(b)))))
		}},
	} {
		got := rows(tt.sort)
		if len(got) < 100 {
			t.Fatalf("%s: only %d rows", tt.sort, len(got))
		}
		for n := range got[1:] {
			if tt.compare(got[n], got[n+1]) > 0 {
				t.Errorf("--sort %s: row %d stands before row %d", tt.sort, n, n+1)
				break
			}
		}
	}
	// Groups of equal values stay together.
	seen, last := map[string]bool{}, ""
	for _, r := range rows("queue,wait:desc") {
		if q := *r.Queue; q != last {
			if seen[q] {
				t.Fatalf("queue %s comes twice", q)
			}
			seen[q], last = true, q
		}
	}
	for _, bad := range []string{"nonsense", "wait:up", "time,queue,user,wait", ","} {
		m.fails(exitUsage, "list", "--sort", bad)
	}
}

// moments is the instant of a row; every row of the demo has one.
func moments(r rowJSON) int64 {
	at, err := time.Parse(time.RFC3339, *r.Time)
	if err != nil {
		return -1
	}
	return at.Unix()
}

func blanksLast(a, b *int64, sign int) int {
	switch {
	case a == nil || b == nil:
		return blankness(a, b)
	}
	return sign * cmp.Compare(*a, *b)
}

func blankness[T any](a, b *T) int {
	switch {
	case a == nil && b != nil:
		return 1
	case a != nil && b == nil:
		return -1
	}
	return 0
}

// equalOr decides by other where two values are equal; different ones may be in any order.
func textOrNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func equalOr(a, b *string, other int) int {
	if a == nil && b == nil || a != nil && b != nil && *a == *b {
		return other
	}
	return 0
}

func TestListPages(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	var all, byDefault, none listJSON
	m.json(&all, "list", "--time", "all", "--limit", "1000000")
	m.json(&byDefault, "list", "--time", "all")
	m.json(&none, "list", "--time", "all", "--limit", "0")
	if len(byDefault.Rows) != 100 || byDefault.Total != all.Total {
		t.Errorf("without --limit: %d rows of %d, want 100 of %d", len(byDefault.Rows), byDefault.Total, all.Total)
	}
	if len(none.Rows) != 0 || none.Total != all.Total {
		t.Errorf("--limit 0: %d rows of %d", len(none.Rows), none.Total)
	}
	var paged []rowJSON
	for offset := 0; offset <= all.Total; offset += 400 {
		var page listJSON
		m.json(&page, "list", "--time", "all", "--offset", strconv.Itoa(offset), "--limit", "400")
		paged = append(paged, page.Rows...)
	}
	if diff := gocmp.Diff(all.Rows, paged); diff != "" {
		t.Errorf("pages differ from the whole (-whole +pages):\n%.2000s", diff)
	}
	for n := range all.Rows[1:] {
		if moments(all.Rows[n]) < moments(all.Rows[n+1]) {
			t.Fatalf("row %d is older than row %d; newest first is the default", n, n+1)
		}
	}
	m.fails(exitUsage, "list", "--limit", "-1")
	m.fails(exitUsage, "list", "--offset", "-1")
	m.fails(exitUsage, "list", "--limit", "many")
}

func TestListByQuery(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	for query, holds := range map[string]func(*demo.Interaction) bool{
		"wait > 5m":                   func(i *demo.Interaction) bool { return i.WaitTime > 300 },
		"missed:waiting":              func(i *demo.Interaction) bool { return i.Missed == "YES" },
		"answered:yes wait > 2m":      func(i *demo.Interaction) bool { return i.Answered != nil && *i.Answered && i.WaitTime > 120 },
		`user:"Petr Král"`:            func(i *demo.Interaction) bool { return i.User == "kral.p" },
		`-user:"Petr Král"`:           func(i *demo.Interaction) bool { return i.User != "kral.p" },
		`NOT user:kral.p`:             func(i *demo.Interaction) bool { return i.User != "kral.p" },
		`user != kral.p`:              func(i *demo.Interaction) bool { return i.User != "kral.p" },
		"queue:Fakturace OR wait>30m": func(i *demo.Interaction) bool { return i.Queue == 4107 || i.WaitTime > 1800 },
		"time <= 2026-11-10":          w.between(t, "", "2026-11-11 00:00"),
		"time < 2026-11-10":           w.between(t, "", "2026-11-10 00:00"),
		"time >= 2026-11-10":          w.between(t, "2026-11-10 00:00", ""),
	} {
		t.Run(query, func(t *testing.T) {
			want := w.where(holds)
			if len(want) == 0 || len(want) == len(w.Interactions) {
				t.Fatalf("%d of %d tell nothing", len(want), len(w.Interactions))
			}
			if diff := gocmp.Diff(want, m.listed("--query", query, "--time", "all")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	for query, place := range map[string]string{
		"wait >> 5m":      "character 7",
		"nofield:1":       "character 1",
		"wait > soon":     "character 8",
		"č:1":             "character 1",
		"wait > 5m (":     "character 1",
		"missed:wherever": "character 8",
	} {
		if line := m.fails(exitUsage, "list", "--query", query); !strings.Contains(line, place) {
			t.Errorf("%q: %q does not name %s", query, line, place)
		}
	}
	for _, query := range []string{`user:"Nobody Here"`, `-queue:nothing`, `wait > 5m OR (answered:yes connector:nothing)`} {
		m.fails(exitFailed, "list", "--time", "all", "--query", query)
	}
}

func TestListCountsAndFacets(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	var count struct {
		Total int `json:"total"`
	}
	m.json(&count, "list", "--time", "all", "--queue", "Fakturace", "--count")
	if want := len(w.where(func(i *demo.Interaction) bool { return i.Queue == 4107 })); count.Total != want {
		t.Errorf("count %d, want %d", count.Total, want)
	}
	var got struct {
		Field  string `json:"field"`
		Facets []struct {
			Value string `json:"value"`
			Title string `json:"title"`
			Kind  string `json:"kind"`
			Count int    `json:"count"`
		} `json:"facets"`
	}
	m.json(&got, "list", "--time", "all", "--facets", "queue")
	counts, want := map[string]int{}, map[string]int{}
	for _, f := range got.Facets {
		if f.Kind == "item" && f.Count > 0 {
			counts[f.Title] = f.Count
		}
	}
	for _, i := range w.Interactions {
		want[w.queues[wire(i.Queue)]]++
	}
	if diff := gocmp.Diff(want, counts); diff != "" || got.Field != "queue" {
		t.Errorf("facets of %q (-want +got):\n%s", got.Field, diff)
	}
	m.fails(exitUsage, "list", "--facets", "nonsense")
	m.fails(exitUsage, "list", "--facets", "wait")
}

func TestListShowsWhatTheUserMaySee(t *testing.T) {
	t.Parallel()
	s, _ := synced(t)
	w := truthOf(s)
	login := s.Tokens().Restricted
	m := s.as(t, login.Token)
	m.ok("sync")
	want := w.where(func(i *demo.Interaction) bool { return s.Sees(login.Name, i.Name) })
	if len(want) == 0 || len(want) == len(w.Interactions) {
		t.Fatalf("%d of %d tell nothing", len(want), len(w.Interactions))
	}
	if diff := gocmp.Diff(want, m.listed("--time", "all")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	hidden := w.where(func(i *demo.Interaction) bool { return !s.Sees(login.Name, i.Name) })[0]
	m.fails(exitFailed, "show", hidden)

	queues, users := s.Rights(login.Name)
	var rights struct {
		Users  []namedJSON `json:"users"`
		Queues []namedJSON `json:"queues"`
		Where  string      `json:"where"`
	}
	m.json(&rights, "rights")
	if len(rights.Queues) != len(queues) || len(rights.Users) < len(users) || rights.Where == "" {
		t.Errorf("rights: %d queues, %d users, set %q; want %v and %v", len(rights.Queues), len(rights.Users), rights.Where, queues, users)
	}

	nobody := s.as(t, s.Tokens().NoRights.Token)
	nobody.fails(exitNotPermitted, "sync", "--json")
	if got := nobody.listed("--time", "all"); len(got) != 0 {
		t.Errorf("a user without rights sees %d interactions", len(got))
	}
}

func TestListTellsWhatIsNotStored(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 100, Days: 10})
	m := s.lead(t)
	m.ok("sync", "--from", "2026-11-14", "--to", "2026-11-15")
	got, said := m.answered("--from", "2026-11-13", "--to", "2026-11-16")
	if strings.Count(said, "\n") != 2 {
		t.Errorf("standard error %q, want a line for each part", said)
	}
	want := []spanJSON{
		{"2026-11-13T00:00:00+01:00", "2026-11-14T00:00:00+01:00"},
		{"2026-11-16T00:00:00+01:00", "2026-11-17T00:00:00+01:00"},
	}
	if diff := gocmp.Diff(want, got.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	m.json(&got, "list", "--from", "2026-11-14", "--to", "2026-11-15")
	if len(got.Missing) != 0 || got.Total == 0 {
		t.Errorf("inside of what is stored: %d rows, missing %v", got.Total, got.Missing)
	}
}

func TestListForPeople(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	english := m.ok("list", "--time", "all", "--limit", "3")
	czech := m.ok("list", "--time", "all", "--limit", "3", "--lang", "cs")
	if strings.Count(english, "\n") != 5 || !strings.Contains(english, "Queue") || !strings.Contains(czech, "Fronta") {
		t.Errorf("tables:\n%s\n%s", english, czech)
	}
	m.fails(exitUsage, "list", "--lang", "de")
	// The words are those of the window and of files, not the wire's.
	words := m.ok("list", "--time", "all", "--limit", "2000", "--columns", "ended,missed,direction,took")
	for _, want := range []string{"Outside hours", "Contacted back", "Incoming", "; "} {
		if !strings.Contains(words, want) {
			t.Errorf("the table lacks %q", want)
		}
	}
	for _, wire := range []string{"OUT_OF_TIME", "DECISION_TREE", "NO "} {
		if strings.Contains(words, wire) {
			t.Errorf("the table says %q", wire)
		}
	}
}

func TestDirectionsOfTheSharedData(t *testing.T) {
	t.Parallel()
	s, _ := synced(t)
	kinds := map[string]int{}
	for _, i := range truthOf(s).Interactions {
		kinds["direction "+i.Direction]++
		kinds["missed "+i.Missed]++
		if i.WaitTime == demo.Unknown {
			kinds["no wait"]++
		}
		if i.User == "" {
			kinds["no user"]++
		}
	}
	for _, kind := range []string{"direction IN", "direction OUT", "direction ", "missed YES", "missed NO", "missed ", "no wait", "no user"} {
		if kinds[kind] == 0 {
			t.Errorf("nothing with %q: %v", kind, slices.Sorted(maps.Keys(kinds)))
		}
	}
}

// TestListAddsColumns compares what --columns adds with what the contact centre holds of the activities.
func TestListAddsColumns(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	var got struct {
		Rows []struct {
			Name         string
			Status, Took []string
			Activities   int
			QA           bool
			Score        *int64
			Sender       *string
			FirstReply   *int64
		}
	}
	all := "status,took,activities,qa,score,sender,recipient,wa_number,account,ticket,firstreply,silence,focus,disruptions,messages"
	m.json(&got, "list", "--time", "thisweek", "--limit", "1000", "--columns", "time,"+all)
	byName := map[string]*demo.Interaction{}
	for _, i := range w.Interactions {
		byName[i.Name] = i
	}
	with := map[string]int{}
	for _, r := range got.Rows {
		statuses, users := map[string]bool{}, map[string]bool{}
		work := w.ActivitiesOf(byName[r.Name])
		for _, a := range work {
			if a.User != "" {
				users[w.users[a.User]] = true
			}
			for _, status := range a.Statuses {
				statuses[w.statuses[status]] = true
			}
		}
		slices.Sort(r.Status)
		slices.Sort(r.Took)
		if !slices.Equal(r.Status, slices.Sorted(maps.Keys(statuses))) || !slices.Equal(r.Took, slices.Sorted(maps.Keys(users))) || r.Activities != len(work) {
			t.Errorf("%+v, want %v, %v and %d activities", r, statuses, users, len(work))
		}
		reviewed := slices.ContainsFunc(work, func(a *demo.Activity) bool { return len(w.reviews[a.Name]) > 0 })
		if r.QA != reviewed || r.Score != nil { // the contact centre's reviews carry no score
			t.Errorf("%s: review %v, want %v; score %v", r.Name, r.QA, reviewed, r.Score)
		}
		for key, there := range map[string]bool{"status": len(r.Status) > 0, "took": len(r.Took) > 1, "qa": r.QA, "sender": r.Sender != nil, "firstreply": r.FirstReply != nil} {
			if there {
				with[key]++
			}
		}
	}
	if len(with) != 5 {
		t.Errorf("too little to compare: %v", with)
	}
	var keys struct{ Rows []json.RawMessage }
	m.json(&keys, "list", "--time", "all", "--limit", "1", "--columns", all)
	if n := len(keysOf(t, keys.Rows[0])); n != 16+len(strings.Split(all, ",")) {
		t.Errorf("%d keys", n)
	}
	for _, lang := range []string{"en", "cs"} {
		table := m.ok("list", "--time", "all", "--limit", "3", "--columns", "id,"+all, "--lang", lang)
		if strings.Contains(table, "field.") || strings.Contains(table, "export.") || !strings.Contains(table, "wap_") {
			t.Errorf("%q", table)
		}
		for _, wrong := range []string{"nonsense", "status,status", ""} {
			if wrong == "" {
				m.ok("list", "--columns", wrong)
				continue
			}
			m.fails(exitUsage, "list", "--columns", wrong, "--lang", lang)
		}
	}
}
