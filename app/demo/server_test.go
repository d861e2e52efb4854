package demo

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestBothSuffixFormsAnswerTheSame(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	name := s.Data().Interactions[5].Name
	for _, path := range []string{
		"/api/v6/activitiesWap", "/api/v6/activitiesWap/" + name, "/api/v6/activitiesWap/" + name + "/messages",
	} {
		with, without := s.get(path+".json"), s.get(path)
		wantCode(t, path, with, http.StatusOK)
		if with.body != without.body {
			t.Errorf("%s: with and without .json differ", path)
		}
	}
}

func TestEnvelopeCarriesTheServersClock(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	for _, path := range []string{"/api/v6/queues", "/api/v6/whoim.json", "/api/v6/queues/4101"} {
		got := s.get(path).object
		for key, want := range map[string]string{
			"_time": "2026-11-18 15:30:00", "_serverTime": "2026-11-18 15:30:00", "_timezone": "Europe/Prague",
		} {
			if got[key] != want {
				t.Errorf("%s: %s = %v, want %s", path, key, got[key], want)
			}
		}
		if list, isList := got["error"].([]any); !isList || len(list) != 0 {
			t.Errorf("%s: error = %v, want an empty list", path, got["error"])
		}
	}
}

func TestClientZoneMovesTimesAndFilters(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	name := s.Data().Interactions[9].Name
	path := query("/api/v6/activitiesWap", "fields", "name,time", "filter[field]", "name", "filter[operator]", "eq", "filter[value]", name)
	home := s.get(path).data(t)[0]["time"].(string)
	reply := s.get(path, "x-timezone-client", "America/New_York")
	away := reply.data(t)[0]["time"].(string)
	if reply.object["_timezone"] != "America/New_York" {
		t.Errorf("_timezone = %v, want America/New_York", reply.object["_timezone"])
	}
	h, _ := time.Parse(Layout, home)
	a, _ := time.Parse(Layout, away)
	if got := h.Sub(a); got != 6*time.Hour && got != 5*time.Hour {
		t.Errorf("times differ by %v, want about six hours", got)
	}
	at := query("/api/v6/activitiesWap", "filter[field]", "time", "filter[operator]", "eq", "filter[value]", away)
	if got := s.get(at, "x-timezone-client", "America/New_York").total(t); got < 1 {
		t.Errorf("a filter in the client's zone found %d, want at least 1", got)
	}
	if got := s.get("/api/v6/queues", "x-timezone-client", "Nowhere/Land").object["_timezone"]; got != "Europe/Prague" {
		t.Errorf("_timezone with an unknown zone = %v", got)
	}
}

func TestStatusOfPathsAndVerbs(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	i := s.Data().Interactions[3].Name
	for _, tt := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/api/v6/nothing", 404},
		{"GET", "/api/v6/connectors", 404},
		{"GET", "/api/v6/activitiesWapMessages", 404},
		{"GET", "/api/v6/activitiesWap/wap_none", 404},
		{"GET", "/api/v6/activitiesWap/" + i + "/nothing", 404},
		{"GET", "/api/v6/activitiesWap/" + i + "/messages/1/2", 404},
		{"DELETE", "/api/v6/activitiesWap/" + i, 405},
		{"POST", "/api/v6/activitiesWap", 405},
		{"DELETE", "/api/v6/activities/" + s.Data().Activities[0].Name, 405},
		{"POST", "/api/v6/queues", 405},
		{"PUT", "/api/v6/contacts", 405},
		{"POST", "/api/v6/contacts/x", 405},
		{"PATCH", "/api/v6/contacts/x", 405},
		{"PUT", "/api/v6/whoim", 405},
		{"GET", "/api/v6/mergeTickets", 405},
		{"PUT", "/api/v6/activities/none", 404},
		{"GET", "/elsewhere", 404},
	} {
		got := s.do(tt.method, tt.path, "")
		if got.code != tt.want {
			t.Errorf("%s %s = %d, want %d", tt.method, tt.path, got.code, tt.want)
		}
		if strings.HasPrefix(tt.path, "/api/v6/act") && got.body != "" {
			t.Errorf("%s %s has the body %q, want none", tt.method, tt.path, got.body)
		}
	}
}

func TestNamesInPathsArePercentEncoded(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	made := s.do("POST", "/api/v6/contacts.json", `{"name":"a/b č","title":"T","lastname":"L","database":"default"}`)
	wantCode(t, "create", made, http.StatusCreated)
	got := s.get("/api/v6/contacts/a%2Fb%20%C4%8D.json")
	wantCode(t, "read", got, http.StatusOK)
	if got.result(t)["name"] != "a/b č" {
		t.Errorf("name = %v", got.result(t)["name"])
	}
}

func TestOldReleasesSendTextsWithErrors(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Oddities: Oddities{OldErrors: true}})
	if got := s.get("/api/v6/activitiesWap/none").object["error"].([]any)[0]; got != "Object not exist" {
		t.Errorf("404 says %v", got)
	}
	if got := s.as(s.Tokens().NoRights.Token).get("/api/v6/activitiesWap").object["error"]; got != "Access denied" {
		t.Errorf("403 says %v, want a bare text", got)
	}
	if got := s.as("").get("/api/v6/activitiesWap").object["result"]; got != nil {
		t.Errorf("401 has the result %v", got)
	}
}

func TestNewRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string]Options{
		"zone": {Zone: "Mars/Base"}, "kind": {Fail: map[Kind]float64{"rain": .1}}, "rate": {Fail: map[Kind]float64{FailSlow: 2}},
	} {
		if _, err := New(opts); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestRequestsAreLogged(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	s.get(query("/api/v6/queues.json", "fields[0]", "name"))
	s.as("").do("POST", "/api/v6/login.json", `{"username":"x"}`)
	log := s.Requests()
	if len(log) != 2 {
		t.Fatalf("%d entries, want 2", len(log))
	}
	first, second := log[0], log[1]
	if first.Method != "GET" || first.Path != "/api/v6/queues.json" || first.Query.Get("fields[0]") != "name" ||
		first.User != loginLead || first.Status != 200 {
		t.Errorf("first entry = %+v", first)
	}
	if second.User != "" || second.Status != 401 || second.Body != `{"username":"x"}` {
		t.Errorf("second entry = %+v", second)
	}
	if s.PeakRequests() != 1 {
		t.Errorf("peak = %d, want 1", s.PeakRequests())
	}
	s.ResetRequests()
	if len(s.Requests()) != 0 {
		t.Error("the log is not empty after a reset")
	}
}
