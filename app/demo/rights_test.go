package demo

import (
	"net/http"
	"slices"
	"testing"
)

func TestListsKeepToTheRights(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 900})
	d := s.Data()
	weak := s.as(s.Tokens().Restricted.Token)
	queues, users := s.Rights(loginRestricted)
	if len(queues) != 2 || len(users) < 3 {
		t.Fatalf("rights = %v %v", queues, users)
	}
	want := matches(d, func(i *Interaction) bool {
		return slices.Contains(queues, i.Queue) && (i.User == "" || slices.Contains(users, i.User))
	})
	hidden := matches(d, func(i *Interaction) bool {
		return slices.Contains(queues, i.Queue) && i.User != "" && !slices.Contains(users, i.User)
	})
	if len(hidden) == 0 {
		t.Fatal("no interaction of a permitted queue and another's user")
	}
	got := names(weak.get("/api/v6/activitiesWap?take=1000&fields=name").data(t))
	if !slices.Equal(sorted(got), sorted(want)) {
		t.Errorf("%d interactions, want %d", len(got), len(want))
	}
	for _, name := range got[:5] {
		if !s.Sees(loginRestricted, name) {
			t.Errorf("%s is listed but not seen", name)
		}
	}
	for _, path := range []string{"", "/messages", "/flow", "/activities"} {
		if code := weak.get("/api/v6/activitiesWap/" + hidden[0] + path).code; code != http.StatusForbidden {
			t.Errorf("a hidden interaction%s gives %d, want 403", path, code)
		}
	}
	activities := weak.get("/api/v6/activities?take=1000&fields=name").data(t)
	for _, row := range activities {
		if !s.SeesActivity(loginRestricted, row["name"].(string)) {
			t.Errorf("activity %v is listed but not seen", row["name"])
		}
	}
	if listed := names(weak.get("/api/v6/queues?fields=name").data(t)); len(listed) != 2 {
		t.Errorf("queues = %v, want two", listed)
	}
	if seen := weak.get("/api/v6/users?fields=name").total(t); seen != len(users)+1 {
		t.Errorf("%d users, want %d and oneself", seen, len(users))
	}
}

func TestLeadSeesEverything(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	for _, i := range s.Data().Interactions {
		if !s.Sees(loginLead, i.Name) {
			t.Fatalf("the lead does not see %s", i.Name)
		}
	}
	for _, a := range s.Data().Activities {
		if !s.SeesActivity(loginLead, a.Name) {
			t.Fatalf("the lead does not see %s", a.Name)
		}
	}
}

func TestTransferOutOfTheRightsHidesThatActivity(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 3000})
	d := s.Data()
	weak := s.as(s.Tokens().Restricted.Token)
	i := find(t, "seen interaction with a hidden activity", d.Interactions, func(i *Interaction) bool {
		return s.Sees(loginRestricted, i.Name) && slices.ContainsFunc(i.Activities, func(a string) bool { return !s.SeesActivity(loginRestricted, a) })
	})
	row := weak.get("/api/v6/activitiesWap/" + i.Name + "?fields=activities.name").result(t)
	if got := len(row["activities"].([]any)); got >= len(i.Activities) {
		t.Errorf("%d activities, want fewer than %d", got, len(i.Activities))
	}
	related := weak.get("/api/v6/activitiesWap/" + i.Name + "/activities?fields=name").data(t)
	if len(related) != len(row["activities"].([]any)) {
		t.Errorf("relation lists %d, row %d", len(related), len(row["activities"].([]any)))
	}
}

func TestRightsChangeAtRunTime(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	before := s.get("/api/v6/activitiesWap?take=1").total(t)
	s.Restrict(loginLead, []int64{4101}, []string{"novakova.a"})
	after := s.get("/api/v6/activitiesWap?take=1").total(t)
	want := len(matches(s.Data(), func(i *Interaction) bool {
		return i.Queue == 4101 && (i.User == "" || i.User == "novakova.a")
	}))
	if after != want || after >= before {
		t.Errorf("%d interactions, want %d of %d", after, want, before)
	}
	s.Restrict(loginLead, nil, nil)
	if got := s.get("/api/v6/activitiesWap?take=1").total(t); got != 0 {
		t.Errorf("without rights %d interactions", got)
	}
}

func TestAccessesOfTheRole(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	none := s.as(s.Tokens().NoRights.Token)
	for _, model := range []string{"activitiesWap", "activities", "contacts", "accounts", "tickets", "qaReviews"} {
		got := none.get("/api/v6/" + model)
		if got.code != http.StatusForbidden || got.body != "" {
			t.Errorf("%s: %d %q, want 403 without a body", model, got.code, got.body)
		}
	}
	if got := none.get("/api/v6/queues").total(t); got != 0 {
		t.Errorf("%d queues without rights", got)
	}
	s.SetAccess(loginLead, "contacts", rightRead)
	wantCode(t, "read", s.get("/api/v6/contacts"), http.StatusOK)
	wantCode(t, "create", s.do("POST", "/api/v6/contacts", `{"title":"a","lastname":"b","database":"default"}`), http.StatusForbidden)
	name := s.Data().Contacts[0].Name
	wantCode(t, "update", s.do("PUT", "/api/v6/contacts/"+name, `{"title":"a"}`), http.StatusForbidden)
	wantCode(t, "delete", s.do("DELETE", "/api/v6/contacts/"+name, ""), http.StatusForbidden)
	s.SetAccess(loginLead, "gdprPolicy", 0)
	user := s.get("/api/v6/whoim").result(t)["user"].(map[string]any)
	if got := user["role"].(map[string]any)["options"].(map[string]any)["gdprPolicy"]; got != float64(0) {
		t.Errorf("gdprPolicy = %v after it was taken away", got)
	}
}
