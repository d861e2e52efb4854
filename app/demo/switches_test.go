package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestInteractionsArrive(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	before := s.get("/api/v6/activitiesWap?take=1").total(t)
	added := s.AddInteractions(3)
	got := s.get("/api/v6/activitiesWap?take=3&sort[field]=time&sort[dir]=desc&fields=name,time,user,answered,state")
	if got.total(t) != before+3 || !slices.Equal(sorted(names(got.data(t))), sorted(added)) {
		t.Errorf("total %d, newest %v, want %d and %v", got.total(t), names(got.data(t)), before+3, added)
	}
	for _, row := range got.data(t) {
		if row["user"] != nil || row["answered"] != nil || row["state"] != "ROUTING" {
			t.Errorf("a new interaction is %v", row)
		}
	}
}

func TestInteractionsVanish(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	i := find(t, "interaction with work", s.Data().Interactions, func(i *Interaction) bool { return len(i.Activities) > 0 })
	if got := s.Delete(i.Name, "none"); got != 1 {
		t.Errorf("deleted %d, want 1", got)
	}
	wantCode(t, "interaction", s.get("/api/v6/activitiesWap/"+i.Name), http.StatusNotFound)
	wantCode(t, "activity", s.get("/api/v6/activities/"+i.Activities[0]), http.StatusNotFound)
	if got := s.found("filter[field]", "name", "filter[operator]", "eq", "filter[value]", i.Name); len(got) != 0 {
		t.Errorf("still listed: %v", got)
	}
}

func TestInteractionsAreAnonymisedUpstream(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	i := find(t, "paired interaction with work", s.Data().Interactions, func(i *Interaction) bool {
		return len(i.Activities) > 0 && i.Contact != "" && i.User != ""
	})
	if got := s.Anonymise(i.Name); got != 1 {
		t.Fatalf("anonymised %d", got)
	}
	row := s.get("/api/v6/activitiesWap/" + i.Name).result(t)
	if row["title"] != "" || row["sender"] != nil || row["contact"] != nil || related(row, "external_contact", "number") != nil {
		t.Errorf("row = %v %v %v %v", row["title"], row["sender"], row["contact"], row["external_contact"])
	}
	if related(row, "user", "name") != i.User || row["time"] != i.Time.Text(s.Data().Zone) {
		t.Error("user or time did not stay")
	}
	work := s.get("/api/v6/activities/" + i.Activities[0]).result(t)
	if work["anonymized"] != true || work["title"] != "" || work["contact"] != nil {
		t.Errorf("activity = %v %v %v", work["anonymized"], work["title"], work["contact"])
	}
	if got := s.get("/api/v6/activitiesWap/" + i.Name + "/messages").total(t); got != 0 {
		t.Errorf("%d messages are left", got)
	}
	if i.Title == "" || i.External.Number == "" {
		t.Error("a snapshot taken before has changed")
	}
}

func TestFilesAreServed(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 1200})
	d := s.Data()
	i := find(t, "showcase", d.Interactions, func(i *Interaction) bool { return i.talk.showcase })
	listed := s.get("/api/v6/activitiesWap/" + i.Name + "/attachments.json").data(t)
	if len(listed) < 6 {
		t.Fatalf("%d attachments", len(listed))
	}
	for _, file := range listed {
		if file["inline"] != "0" || file["cid"] != nil {
			t.Errorf("inline = %v, cid = %v", file["inline"], file["cid"])
		}
		path := query(downloadPath, "mapper", "activitiesWap", "name", fmt.Sprint(file["file"]), "download", "1")
		for _, method := range []string{"GET", "POST"} {
			got := s.do(method, path, "")
			wantCode(t, path, got, http.StatusOK)
			if float64(len(got.body)) != file["size"] || got.header.Get("Content-Type") != file["type"] {
				t.Errorf("%v: %d bytes of %s, want %v of %v", file["title"], len(got.body), got.header.Get("Content-Type"), file["size"], file["type"])
			}
			if strings.HasPrefix(file["type"].(string), "image/jp") {
				if _, _, err := image.Decode(bytes.NewReader([]byte(got.body))); err != nil {
					t.Errorf("%v is no picture: %v", file["title"], err)
				}
			}
		}
	}
	a := find(t, "activity with a file", d.Activities, func(a *Activity) bool { return len(a.Files) > 0 })
	own := s.get("/api/v6/activities/" + a.Name + "/attachments").data(t)
	wantCode(t, "file of an activity", s.get(query(downloadPath, "mapper", "activitiesComment", "name", fmt.Sprint(own[0]["file"]))), http.StatusOK)
	for _, path := range []string{
		query(downloadPath, "mapper", "activitiesWap", "name", "1"), query(downloadPath, "mapper", "activitiesWap", "name", fmt.Sprint(own[0]["file"])),
		query(downloadPath, "mapper", "activitiesWap", "name", "x"),
	} {
		wantCode(t, path, s.get(path), http.StatusNotFound)
	}
	weak := s.as(s.Tokens().NoRights.Token)
	wantCode(t, "without rights", weak.get(query(downloadPath, "mapper", "activitiesComment", "name", fmt.Sprint(own[0]["file"]))), http.StatusNotFound)
	s.Anonymise(a.Interaction)
	wantCode(t, "after anonymising", s.get(query(downloadPath, "mapper", "activitiesComment", "name", fmt.Sprint(own[0]["file"]))), http.StatusNotFound)
}

func TestRelationsOfPeople(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	for path, want := range map[string]int{
		"/api/v6/users/novakova.a/queues": 3, "/api/v6/users/novakova.a/groups.json": 2,
		"/api/v6/queues/4101/groups": 1, "/api/v6/queues/4101/qaforms": 2, "/api/v6/queues/4112/qaforms": 0,
		"/api/v6/groups?filter[field]=type&filter[operator]=eq&filter[value]=queues":               5,
		"/api/v6/queues?filter[field]=type&filter[operator]=eq&filter[value]=wap":                  12,
		"/api/v6/templates?filter[field]=usingtype&filter[operator]=eq&filter[value]=WAP_OUTGOING": 2,
	} {
		if got := s.get(path).total(t); got != want {
			t.Errorf("%s lists %d, want %d", path, got, want)
		}
	}
	form := s.get("/api/v6/qaforms/qaform_chat").result(t)
	if questions := form["questions"].([]any); len(questions) != 6 {
		t.Errorf("%d questions", len(questions))
	}
	group := s.get("/api/v6/groups/ug_fakturace").result(t)
	if members := group["membersName"].([]any); len(members) != 5 {
		t.Errorf("members = %v", members)
	}
}

func TestControlServesTheSwitches(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Control: true})
	call := func(path string, want int) string {
		t.Helper()
		got := s.post(controlPath+path, "")
		wantCode(t, path, got, want)
		return got.body
	}
	call("fail?set=429=1", 200)
	wantCode(t, "failing", s.get("/api/v6/queues"), 429)
	call("fail?set=429=0", 200)
	var added []string
	if err := json.Unmarshal([]byte(call("add?count=2", 200)), &added); err != nil || len(added) != 2 {
		t.Errorf("added %v, %v", added, err)
	}
	call("anonymise?name="+added[0], 200)
	call("delete?name="+added[1], 200)
	wantCode(t, "deleted", s.get("/api/v6/activitiesWap/"+added[1]), 404)
	call("expire?login=lead", 200)
	wantCode(t, "expired", s.get("/api/v6/queues"), 401)
	call("renew?login=lead", 200)
	call("access?login=lead&module=contacts&mask=0", 200)
	wantCode(t, "without the access", s.get("/api/v6/contacts"), 403)
	call("restrict?login=lead&queue=4101&user=kral.p", 200)
	if got := s.get("/api/v6/queues").total(t); got != 1 {
		t.Errorf("%d queues after the restriction", got)
	}
	for _, path := range []string{"fail?set=x", "add?count=-1", "access?mask=x", "restrict?queue=x"} {
		call(path, 400)
	}
	call("nothing", 404)
	wantCode(t, "GET", s.get(controlPath+"add?count=1"), 405)
	wantCode(t, "without Options.Control", open(t, Options{}).post(controlPath+"add?count=1", ""), 404)
}

// TestManyAtOnce reads, writes and switches from several goroutines, for the race detector.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 60, Oddities: Oddities{ShuffleTies: true}})
	d := s.Data()
	var all sync.WaitGroup
	check := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	for n := range 4 {
		all.Go(func() {
			for k := range 6 {
				i := d.Interactions[(n*6+k)%len(d.Interactions)]
				check(s.raw("GET", "/api/v6/activitiesWap?take=20", ""))
				check(s.raw("GET", "/api/v6/activitiesWap/"+i.Name+"/messages", ""))
				check(s.raw("POST", "/api/v6/contacts", `{"title":"a","lastname":"b","database":"default"}`))
				s.AddInteractions(1)
				s.Anonymise(i.Name)
				s.SetFail(FailSlow, 0)
				s.SetAccess(loginLead, "x", int64(k))
				now := s.Data()
				now.Messages(now.Interactions[k])
			}
		})
	}
	all.Wait()
	if got := len(s.Data().Interactions); got != 84 {
		t.Errorf("%d interactions, want 84", got)
	}
}
