package demo

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestFieldsEncodingsGiveTheSame(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	want := s.get("/api/v6/activitiesWap?take=5&fields[0]=name&fields[1]=queue.title").body
	for _, form := range []string{"fields[]=name&fields[]=queue.title", "fields=name,queue.title"} {
		if got := s.get("/api/v6/activitiesWap?take=5&" + form).body; got != want {
			t.Errorf("%s gives %.200s", form, got)
		}
	}
	row := s.get("/api/v6/activitiesWap?take=1&fields=name,queue.title,nothing").data(t)[0]
	if len(row) != 2 || row["queue"].(map[string]any)["title"] == nil || len(row["queue"].(map[string]any)) != 1 {
		t.Errorf("row = %v, want name and queue.title alone", row)
	}
}

func TestFieldsReachThroughItem(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	work := find(t, "activity with a contact", d.Activities, func(a *Activity) bool { return a.Contact != "" && a.User != "" })
	i := d.Interaction(work.Interaction)
	row := s.get("/api/v6/activities/" + work.Name + "?fields[]=item.name&fields[]=item.queue.title&fields[]=item.external_contact.number&fields[]=item.wait_time&fields[]=contact.customFields.number").result(t)
	item := row["item"].(map[string]any)
	if item["name"] != i.Name || item["queue"].(map[string]any)["title"] != d.queueTitle(i.Queue) ||
		item["external_contact"].(map[string]any)["number"] != i.External.Number {
		t.Errorf("item = %v", item)
	}
	if len(item) != 4 {
		t.Errorf("item has %d keys, want 4", len(item))
	}
	fields := row["contact"].(map[string]any)["customFields"].(map[string]any)
	if len(fields) > 1 {
		t.Errorf("custom fields = %v, want the number alone", fields)
	}
}

func TestWithoutFieldsRowsAreExpanded(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	i := find(t, "paired interaction of an owner's company", d.Interactions, func(i *Interaction) bool {
		c := contactOf(d, i.Contact)
		return c != nil && c.Account != "" && len(i.Activities) > 0
	})
	row := s.get("/api/v6/activitiesWap/" + i.Name).result(t)
	account := row["contact"].(map[string]any)["account"].(map[string]any)
	if account["title"] == nil || account["database"] == nil {
		t.Errorf("account = %v", account)
	}
	if row["_sys"].(map[string]any)["model"] != "activitiesWap" {
		t.Errorf("_sys = %v", row["_sys"])
	}
	if connector := row["connector"].(map[string]any); !strings.HasPrefix(connector["accessToken"].(string), "secret-") {
		t.Error("an expanded connector has no secret")
	}
	first := row["activities"].([]any)[0].(map[string]any)
	if first["item"] != float64(i.ID) {
		t.Errorf("item inside its own activities = %v, want the number %d", first["item"], i.ID)
	}
	if lean := s.get("/api/v6/activitiesWap/" + i.Name + "?fields[]=connector.name&fields[]=connector.title").body; strings.Contains(lean, "secret-") {
		t.Error("the secret comes although only name and title were asked for")
	}
}

func contactOf(d *Data, name string) *Contact {
	for _, c := range d.Contacts {
		if c.Name == name && name != "" {
			return c
		}
	}
	return nil
}

func TestOdditiesThatEveryReleaseShows(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	queue := s.get("/api/v6/queues/4101").result(t)
	if queue["name"] != float64(4101) {
		t.Errorf("queue name = %v (%T), want a number", queue["name"], queue["name"])
	}
	bare := find(t, "activity without custom fields", d.Activities, func(a *Activity) bool { return a.CustomFields == nil })
	row := s.get("/api/v6/activities/" + bare.Name + "?fields=customFields,options").result(t)
	for _, key := range []string{"customFields", "options"} {
		if list, isList := row[key].([]any); !isList || len(list) != 0 {
			t.Errorf("%s = %v, want an empty list", key, row[key])
		}
	}
	person := find(t, "contact without e-mail", d.Contacts, func(c *Contact) bool {
		return len(c.CustomFields) > 0 && len(c.CustomFields["email"]) == 0
	})
	fields := s.get("/api/v6/contacts/" + person.Name).result(t)["customFields"].(map[string]any)
	if blank := fields["email"].([]any); len(blank) != 1 || blank[0] != nil {
		t.Errorf("blank custom field = %v, want [null]", blank)
	}
}

func TestUsersOutsideTheRightsAreReduced(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 2000})
	owned := map[string]map[string]any{}
	for _, c := range s.Data().Contacts {
		if c.User != "" && owned[c.User] == nil {
			row := s.get("/api/v6/contacts/" + c.Name).result(t)
			owned[c.User] = row["user"].(map[string]any)
		}
	}
	if got := owned[loginManager]; got == nil || len(got) != 0 {
		t.Errorf("manager = %v, want {}", got)
	}
	if got := owned[loginOther]; len(got) != 2 || got["alias"] != "Renata" || got["title"] != "Renata Součková" {
		t.Errorf("colleague = %v, want title and alias", got)
	}
	if got := owned[loginLead]; got["name"] != loginLead {
		t.Errorf("own user = %v", got)
	}
	listed := names(s.get("/api/v6/users?take=1000&fields=name").data(t))
	if slices.Contains(listed, loginManager) || !slices.Contains(listed, loginLead) {
		t.Errorf("users = %v", listed)
	}
}

func TestPagingOfLists(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 1500})
	path := "/api/v6/activitiesWap?fields=name&sort[0][field]=time&sort[0][dir]=asc"
	if got := s.get(path); len(got.data(t)) != 100 || got.total(t) != 1500 {
		t.Errorf("default page has %d of %d", len(got.data(t)), got.total(t))
	}
	var all []string
	for _, page := range []string{"&take=1000", "&take=1000&skip=1000"} {
		all = append(all, names(s.get(path+page).data(t))...)
	}
	if len(all) != 1500 || all[0] != s.Data().Interactions[0].Name {
		t.Errorf("two pages give %d rows", len(all))
	}
	if got := names(s.get(path + "&page=3&pageSize=50").data(t)); !slices.Equal(got, all[100:150]) {
		t.Error("page 3 of 50 is not rows 100 to 150")
	}
	if got := s.get(path + "&take=10&skip=5000").data(t); len(got) != 0 {
		t.Errorf("beyond the end: %d rows", len(got))
	}
	over := s.get(path + "&take=1001")
	wantCode(t, "take 1001", over, http.StatusBadRequest)
	if over.object["error"].([]any)[0] != "Max defined take is 1000" || over.object["result"] != nil {
		t.Errorf("take 1001: %s", over.body)
	}
	if got := s.get(path + "&pageSize=1001"); got.code != http.StatusBadRequest {
		t.Errorf("pageSize 1001: %d", got.code)
	}
	if _, found := s.get(path + "&total=false").result(t)["total"]; found {
		t.Error("total=false still sends a total")
	}
}

func TestSortOfLists(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	for name, tt := range map[string]struct {
		sort string
		want int
	}{
		"unknown field":         {"sort[0][field]=edited&sort[0][dir]=asc", 0},
		"unsafe field":          {"sort[field]=title&sort[dir]=asc", 0},
		"unsafe second field":   {"sort[0][field]=time&sort[1][field]=name", 0},
		"safe field":            {"sort[field]=wait_time&sort[dir]=desc", len(d.Interactions)},
		"two safe fields":       {"sort[0][field]=wait_time&sort[0][dir]=desc&sort[1][field]=time&sort[1][dir]=asc", len(d.Interactions)},
		"direction left out":    {"sort[0][field]=time", len(d.Interactions)},
		"direction in capitals": {"sort[0][field]=time&sort[0][dir]=DESC", len(d.Interactions)},
	} {
		got := s.get("/api/v6/activitiesWap?take=1000&fields=name,wait_time,time&" + tt.sort)
		wantCode(t, name, got, http.StatusOK)
		if len(got.data(t)) != tt.want || got.total(t) != tt.want {
			t.Errorf("%s: %d rows of %d, want %d", name, len(got.data(t)), got.total(t), tt.want)
		}
	}
	rows := s.get("/api/v6/activitiesWap?take=1000&fields=wait_time,time&sort[0][field]=wait_time&sort[0][dir]=desc&sort[1][field]=time&sort[1][dir]=desc").data(t)
	ordered := slices.IsSortedFunc(rows, func(a, b map[string]any) int {
		x, y := waitOf(a), waitOf(b)
		if x != y {
			return int(y - x)
		}
		return strings.Compare(b["time"].(string), a["time"].(string))
	})
	if !ordered {
		t.Error("rows are not in the order of wait_time, then time, both falling")
	}
	titles := s.get("/api/v6/queues?sort[field]=title&sort[dir]=asc&fields=title").data(t)
	if !slices.IsSortedFunc(titles, func(a, b map[string]any) int {
		return strings.Compare(strings.ToLower(a["title"].(string)), strings.ToLower(b["title"].(string)))
	}) {
		t.Errorf("queues are not in the order of their titles: %v", titles)
	}
}

func waitOf(row map[string]any) float64 {
	if n, isNumber := row["wait_time"].(float64); isNumber {
		return n
	}
	return -1
}

func TestRareOddities(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 300, Burst: 100, Oddities: Oddities{TextTotals: true, DataAsObject: true, NoAnonymised: true, ShuffleTies: true}})
	got := s.get("/api/v6/activitiesWap?take=7&fields=name").result(t)
	if got["total"] != "300" {
		t.Errorf("total = %v (%T), want the text 300", got["total"], got["total"])
	}
	data, isObject := got["data"].(map[string]any)
	if !isObject || len(data) != 7 {
		t.Fatalf("data = %T of %d, want an object of 7", got["data"], len(data))
	}
	for name, row := range data {
		if row.(map[string]any)["name"] != name {
			t.Errorf("key %s holds %v", name, row)
		}
	}
	if row := s.get("/api/v6/activities/" + s.Data().Activities[0].Name).result(t); len(row) < 20 {
		t.Errorf("activity has %d keys", len(row))
	} else if _, found := row["anonymized"]; found {
		t.Error("anonymized is shown by a release that has none")
	}
	wantCode(t, "filter on a hidden field", s.get("/api/v6/activities?filter[field]=anonymized&filter[operator]=eq&filter[value]=1"), http.StatusBadRequest)
	s.SetOddities(Oddities{ShuffleTies: true})
	path := "/api/v6/activitiesWap?take=1000&fields=name&sort[0][field]=time"
	first, second := names(s.get(path).data(t)), names(s.get(path).data(t))
	if slices.Equal(first, second) {
		t.Error("equal rows come in the same order twice")
	}
	if !slices.Equal(sorted(first), sorted(second)) {
		t.Error("other rows in the second reply")
	}
}

func TestFullTextSearch(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	c := find(t, "contact with a number", s.Data().Contacts, func(c *Contact) bool { return len(c.Numbers()) > 0 })
	for _, q := range []string{strings.ToUpper(c.Title), c.Numbers()[0]} {
		got := names(s.get(query("/api/v6/contacts.json", "q", q, "fields", "name", "take", "1000")).data(t))
		if !slices.Contains(got, c.Name) {
			t.Errorf("q=%q found %v", q, got)
		}
	}
	if got := s.get(query("/api/v6/contacts", "q", "no such person")).total(t); got != 0 {
		t.Errorf("nonsense found %d", got)
	}
	all := s.get(query("/api/v6/contacts", "filter[field]", "customFields.number", "filter[operator]", "eq", "filter[value]", c.Numbers()[0]))
	if got := names(all.data(t)); !slices.Contains(got, c.Name) {
		t.Errorf("filter by number found %v", got)
	}
}

// TestEveryFieldOfAnInteraction compares the wire with the data, as the sync's tests do.
func TestEveryFieldOfAnInteraction(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	rows := s.get("/api/v6/activitiesWap?take=1000&sort[0][field]=time").data(t)
	if len(rows) != len(d.Interactions) {
		t.Fatalf("%d rows, want %d", len(rows), len(d.Interactions))
	}
	text := func(v any) string { b, _ := json.Marshal(v); return string(b) }
	null := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	secs := func(n int64) any {
		if n == Unknown {
			return nil
		}
		return n
	}
	for n, i := range d.Interactions {
		row := rows[n]
		want := map[string]any{
			"name": i.Name, "title": i.Title, "state": i.State, "sender": null(i.Sender), "answered": i.Answered,
			"duration": secs(i.Duration), "time": i.Time.Text(d.Zone), "wait_time": secs(i.WaitTime), "direction": i.Direction,
			"disconnection": i.Disconnection, "missed": i.Missed, "missed_time": null(i.MissedTime.Text(d.Zone)),
		}
		for key, value := range want {
			if text(row[key]) != text(value) {
				t.Errorf("%s: %s = %s, want %s", i.Name, key, text(row[key]), text(value))
			}
		}
		if got := text(related(row, "user", "name")); got != text(null(i.User)) {
			t.Errorf("%s: user = %s, want %q", i.Name, got, i.User)
		}
		if got := text(related(row, "contact", "name")); got != text(null(i.Contact)) {
			t.Errorf("%s: contact = %s, want %q", i.Name, got, i.Contact)
		}
		if got := text(related(row, "queue", "name")); got != text(i.Queue) {
			t.Errorf("%s: queue = %s, want %d", i.Name, got, i.Queue)
		}
	}
}

func related(row map[string]any, field, key string) any {
	if object, isObject := row[field].(map[string]any); isObject {
		return object[key]
	}
	return nil
}
