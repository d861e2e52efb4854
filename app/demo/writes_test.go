package demo

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
)

func (s *site) put(path, body string) reply  { s.t.Helper(); return s.do(http.MethodPut, path, body) }
func (s *site) post(path, body string) reply { s.t.Helper(); return s.do(http.MethodPost, path, body) }

// formError is what the reply says about a field.
func formError(t *testing.T, r reply, field string) any {
	t.Helper()
	wantCode(t, field, r, http.StatusBadRequest)
	errors, isObject := r.object["error"].(map[string]any)
	if !isObject {
		t.Fatalf("error = %v, want an object", r.object["error"])
	}
	form, isObject := errors["form"].(map[string]any)
	if !isObject {
		t.Fatalf("form = %v", errors["form"])
	}
	return form[field]
}

func TestPairingThroughTheActivity(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	i := find(t, "unpaired interaction with an activity", d.Interactions, func(i *Interaction) bool {
		return i.Contact == "" && len(i.Activities) > 0 && !i.Anonymised
	})
	contact := d.Contacts[7]
	path := "/api/v6/activities/" + i.Activities[0] + ".json"
	got := s.put(path, `{"contact":"`+contact.Name+`"}`)
	wantCode(t, "pair", got, http.StatusOK)
	if related(got.result(t), "contact", "title") != contact.Title {
		t.Errorf("activity's contact = %v", got.result(t)["contact"])
	}
	row := s.get("/api/v6/activitiesWap/" + i.Name).result(t)
	if related(row, "contact", "name") != contact.Name {
		t.Errorf("interaction's contact = %v", row["contact"])
	}
	if listed := names(s.get("/api/v6/contacts/" + contact.Name + "/activities?fields=name&take=1000").data(t)); !slices.Contains(listed, i.Activities[0]) {
		t.Error("the contact does not list the activity")
	}
	wantCode(t, "un-pair", s.put(path, `{"contact":null}`), http.StatusOK)
	if after := s.Data(); after.Interaction(i.Name).Contact != "" || after.Activity(i.Activities[0]).Contact != "" {
		t.Error("still paired")
	}
	if i.Contact != "" {
		t.Error("a snapshot taken before has changed")
	}
	refused := s.put(path, `{"contact":"nobody"}`)
	if formError(t, refused, "contact") == nil {
		t.Errorf("no error for the contact: %s", refused.body)
	}
}

func TestActivityTakesWhatIsWritable(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	open := find(t, "open activity", d.Activities, func(a *Activity) bool { return a.Action == "OPEN" && a.TimeOpen != 0 })
	path := "/api/v6/activities/" + open.Name
	ticket := d.Tickets[2].Name
	got := s.put(path, fmt.Sprintf(`{"ticket":%d,"statuses":["status_2","status_6"],"action":"CLOSE","title":"Nový název","important":true,
		"customFields":{"vysledek":"ok"},"anonymized":true,"nothing":1}`, ticket))
	wantCode(t, "put", got, http.StatusOK)
	a := s.Data().Activity(open.Name)
	if a.Ticket != ticket || !slices.Equal(a.Statuses, []string{"status_2", "status_6"}) || a.Title != "Nový název" ||
		!a.Important || !slices.Equal(a.CustomFields["vysledek"], []string{"ok"}) {
		t.Errorf("activity = %+v", a)
	}
	if a.Action != "CLOSE" || a.TimeClose != Stamp(noon().Unix()) || a.Duration < 0 {
		t.Errorf("closing gave %q %v %d", a.Action, a.TimeClose, a.Duration)
	}
	if a.Anonymised {
		t.Error("a read-only field was written")
	}
	if listed := names(s.get(fmt.Sprintf("/api/v6/tickets/%d/activities?take=1000&fields=name", ticket)).data(t)); !slices.Contains(listed, a.Name) {
		t.Error("the ticket does not list the activity")
	}
	form := s.do("PUT", path, "ticket=&statuses[]=status_1", "Content-Type", "application/x-www-form-urlencoded")
	wantCode(t, "form body", form, http.StatusOK)
	if a := s.Data().Activity(open.Name); a.Ticket != 0 || !slices.Equal(a.Statuses, []string{"status_1"}) {
		t.Errorf("after the form: ticket %d, statuses %v", a.Ticket, a.Statuses)
	}
	for field, body := range map[string]string{
		"ticket": `{"ticket":1}`, "action": `{"action":"DONE"}`, "statuses": `{"statuses":["x"]}`, "queue": `{"queue":"abc"}`,
		"title": `{"title":"` + fmt.Sprintf("%0130d", 1) + `"}`,
	} {
		if formError(t, s.put(path, body), field) == nil {
			t.Errorf("%s: no error", field)
		}
	}
	wantCode(t, "malformed", s.put(path, `{"ticket":`), http.StatusBadRequest)
	wantCode(t, "a list", s.do("PUT", path, `[1]`, "Content-Type", "application/json"), http.StatusBadRequest)
}

func TestMissedIsSettled(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	i := find(t, "missed interaction", s.Data().Interactions, func(i *Interaction) bool { return i.Missed == "YES" })
	path := "/api/v6/activitiesWap/" + i.Name
	got := s.put(path, `{"missed":"NO","missed_time":"2026-11-18 12:00:00","title":"not writable"}`)
	wantCode(t, "put", got, http.StatusOK)
	row := got.result(t)
	if row["missed"] != "NO" || row["missed_time"] != "2026-11-18 12:00:00" || row["title"] != i.Title {
		t.Errorf("missed %v at %v, title %v", row["missed"], row["missed_time"], row["title"])
	}
	for field, body := range map[string]string{"missed": `{"missed":"0"}`, "missed_time": `{"missed_time":"yesterday"}`} {
		if formError(t, s.put(path, body), field) == nil {
			t.Errorf("%s: no error", field)
		}
	}
}

func TestContactsAreCreatedAndRefused(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	body := `{"name":"wapdesk_1","title":"Jana Vzorová","firstname":"Jana","lastname":"Vzorová","database":"default",
		"customFields":{"number":["+420 601 555 018"],"email":"jana@example.com"}}`
	got := s.post("/api/v6/contacts.json", body)
	wantCode(t, "create", got, http.StatusCreated)
	if got.result(t)["name"] != "wapdesk_1" || got.result(t)["created"] != "2026-11-18 15:30:00" {
		t.Errorf("created %v", got.result(t))
	}
	again := s.post("/api/v6/contacts.json", body)
	if formError(t, again, "name") == nil {
		t.Error("the same name is taken twice")
	}
	unnamed := s.post("/api/v6/contacts", `{"title":"A","lastname":"B","database":"default"}`)
	wantCode(t, "without a name", unnamed, http.StatusCreated)
	if name := unnamed.result(t)["name"].(string); s.get("/api/v6/contacts/"+name).code != http.StatusOK {
		t.Error("the server's own name cannot be read")
	}
	count := len(s.Data().Contacts)
	bad := s.post("/api/v6/contacts", `{"title":"X","customFields":{"email":["x@"],"number":["abc"]}}`)
	for _, field := range []string{"lastname", "database"} {
		if _, isText := formError(t, bad, field).(string); !isText {
			t.Errorf("%s: error = %v, want a text", field, formError(t, bad, field))
		}
	}
	nested, isObject := formError(t, bad, "customFields").(map[string]any)
	if !isObject || nested["email"] == nil || nested["number"] == nil {
		t.Errorf("customFields: error = %v, want an object", nested)
	}
	echo := bad.result(t)
	if echo["name"] != nil || echo["title"] != "X" || len(s.Data().Contacts) != count {
		t.Errorf("echo = %v, %d contacts, want %d", echo, len(s.Data().Contacts), count)
	}
	wantCode(t, "delete", s.do("DELETE", "/api/v6/contacts/wapdesk_1.json", ""), http.StatusNoContent)
	wantCode(t, "read after delete", s.get("/api/v6/contacts/wapdesk_1"), http.StatusNotFound)
}

func TestContactsAreEditedAndUnpairedWhenDeleted(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	i := find(t, "paired interaction with an activity", d.Interactions, func(i *Interaction) bool { return i.Contact != "" && len(i.Activities) > 0 })
	path := "/api/v6/contacts/" + i.Contact
	got := s.put(path, `{"lastname":"Jiná","customFields":{"note":["nová"]}}`)
	wantCode(t, "put", got, http.StatusOK)
	if got.result(t)["lastname"] != "Jiná" || got.result(t)["edited"] != "2026-11-18 15:30:00" {
		t.Errorf("edited %v", got.result(t))
	}
	if formError(t, s.put(path, `{"lastname":""}`), "lastname") == nil {
		t.Error("an empty family name is taken")
	}
	wantCode(t, "delete", s.do("DELETE", path, ""), http.StatusNoContent)
	if after := s.Data(); after.Interaction(i.Name).Contact != "" || after.Activity(i.Activities[0]).Contact != "" {
		t.Error("the deleted contact is still paired")
	}
}

func TestTicketsAreCreatedAndMerged(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	got := s.post("/api/v6/tickets.json", `{"title":"Porucha","category":"tickets_3","stage":"OPEN","priority":"HIGH","contact":"`+s.Data().Contacts[0].Name+`"}`)
	wantCode(t, "create", got, http.StatusCreated)
	made := int64(got.result(t)["name"].(float64))
	if made <= firstTicket {
		t.Errorf("number = %d", made)
	}
	bad := s.post("/api/v6/tickets", `{"title":"","stage":"SOMEDAY"}`)
	for _, field := range []string{"title", "category", "stage", "priority"} {
		if formError(t, bad, field) == nil {
			t.Errorf("%s: no error", field)
		}
	}
	path := fmt.Sprintf("/api/v6/tickets/%d", made)
	if formError(t, s.put(path, `{"stage":"CLOSE"}`), "statuses") == nil {
		t.Error("a complaint closes without a status")
	}
	wantCode(t, "close with status", s.put(path, `{"stage":"CLOSE","statuses":["status_1"]}`), http.StatusOK)

	d := s.Data()
	a := find(t, "activity with a ticket", d.Activities, func(a *Activity) bool { return a.Ticket != 0 && a.Ticket != d.Tickets[0].Name })
	first := d.Tickets[0].Name
	merged := s.post(fmt.Sprintf("/api/v6/mergeTickets.json?tickets[0]=%d&tickets[1]=%d", a.Ticket, first), "")
	wantCode(t, "merge", merged, http.StatusOK)
	if merged.result(t)["name"] != float64(first) {
		t.Errorf("survivor = %v, want the older %d", merged.result(t)["name"], first)
	}
	if got := s.Data().Activity(a.Name).Ticket; got != first {
		t.Errorf("activity's ticket = %d, want %d", got, first)
	}
	gone := s.get(fmt.Sprintf("/api/v6/tickets/%d", a.Ticket)).result(t)
	if related(gone, "id_merge", "name") != float64(first) {
		t.Errorf("id_merge = %v", gone["id_merge"])
	}
	wantCode(t, "merge one", s.post(fmt.Sprintf("/api/v6/mergeTickets?tickets[0]=%d", first), ""), http.StatusBadRequest)
	wantCode(t, "merge none", s.post("/api/v6/mergeTickets?tickets[0]=1&tickets[1]=2", ""), http.StatusNotFound)
}

func TestReviewsAreCreatedAndEdited(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	a := find(t, "closed activity without a review", d.Activities, func(a *Activity) bool {
		return a.Action == "CLOSE" && a.User != "" && !slices.ContainsFunc(d.Reviews, func(r *Review) bool { return r.Activity == a.Name })
	})
	of := "/api/v6/activities/" + a.Name + "/qaReviews.json"
	wantCode(t, "none yet", s.get(of), http.StatusNotFound)
	got := s.post("/api/v6/qaReviews.json", `{"activity":"`+a.Name+`","qaform":"qaform_chat","user":"`+a.User+`","qareviewAnswers":{
		"q_pozdrav":["yes"],"q_postup":["overeni","shrnuti"],"q_jazyk":["4"],"q_slovne":["Výborně"]}}`)
	wantCode(t, "create", got, http.StatusCreated)
	if related(got.result(t), "created_by", "name") != loginLead {
		t.Errorf("created_by = %v", got.result(t)["created_by"])
	}
	listed := s.get(of + "?fields=name,qareviewAnswers").data(t)
	if len(listed) != 1 || listed[0]["name"] != got.result(t)["name"] {
		t.Errorf("the activity lists %v", listed)
	}
	path := "/api/v6/qaReviews/" + got.result(t)["name"].(string)
	wantCode(t, "edit", s.put(path, `{"qareviewAnswers":{"q_jazyk":["5"]}}`), http.StatusOK)
	answers := s.get(path).result(t)["qareviewAnswers"].(map[string]any)
	if fmt.Sprint(answers["q_jazyk"], answers["q_pozdrav"]) != "[5] [yes]" {
		t.Errorf("answers = %v", answers)
	}
	bad := s.post("/api/v6/qaReviews", `{"activity":"`+a.Name+`","qaform":"qaform_chat","qareviewAnswers":{"q_jazyk":["9"],"q_pozdrav":["yes","no"],"x":["1"]}}`)
	wrong := formError(t, bad, "qareviewAnswers").(map[string]any)
	if len(wrong) != 3 {
		t.Errorf("wrong answers = %v, want three", wrong)
	}
	missing := s.post("/api/v6/qaReviews", `{}`)
	for _, field := range []string{"activity", "qaform", "user"} {
		if formError(t, missing, field) == nil {
			t.Errorf("%s: no error", field)
		}
	}
}

func TestNewActivities(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	c := find(t, "contact with a number", d.Contacts, func(c *Contact) bool { return len(c.Numbers()) > 0 })
	comment := s.post("/api/v6/activities.json", fmt.Sprintf(`{"type":"","ticket":%d,"title":"Poznámka","description":"<p>x</p>"}`, d.Tickets[0].Name))
	wantCode(t, "comment", comment, http.StatusCreated)
	if row := comment.result(t); row["item"] != nil || row["type"] != "" || row["action"] != "CLOSE" {
		t.Errorf("comment = %v", row)
	}
	chat := s.post("/api/v6/activities.json", `{"type":"WAP","queue":4104,"contact":"`+c.Name+`","name":"activities_mine"}`)
	wantCode(t, "conversation", chat, http.StatusCreated)
	item := chat.result(t)["item"].(map[string]any)
	row := s.get("/api/v6/activitiesWap/" + item["name"].(string)).result(t)
	if row["direction"] != "OUT" || row["sender"] != c.Numbers()[0] || related(row, "connector", "title") != "WA Shop" {
		t.Errorf("interaction = %v %v %v", row["direction"], row["sender"], row["connector"])
	}
	if formError(t, s.post("/api/v6/activities", `{"name":"activities_mine"}`), "name") == nil {
		t.Error("the same name is taken twice")
	}
	bad := s.post("/api/v6/activities", `{"type":"WAP"}`)
	for _, field := range []string{"queue", "contact"} {
		if formError(t, bad, field) == nil {
			t.Errorf("%s: no error", field)
		}
	}
}
