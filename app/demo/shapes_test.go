package demo

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestEveryShapeIsSwitchedOnByItsName(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"ROWS": "7", "TEXT": "+02:00", "PATH": "crm/", "URL": "https://login.example", "LIST:HOW": "queues:403", "done|ignored": AnonymiseDone,
	}
	for _, name := range Shapes() {
		text, value, _ := strings.Cut(name, "=")
		if value != "" {
			text += "=" + values[value]
		}
		if err := (&Oddities{}).Shape(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if err := (&Oddities{}).Shape(strings.Replace(name, value, "", 1)); value != "" && !errors.Is(err, ErrShape) {
			t.Errorf("%s without a value: got %v", name, err)
		}
	}
	for _, wrong := range []string{"", "nothing", "clamp", "clamp=0", "clamp=x", "no-total=1", "broken=queues", "broken=queues:500"} {
		if err := (&Oddities{}).Shape(wrong); !errors.Is(err, ErrShape) {
			t.Errorf("%q: got %v, want ErrShape", wrong, err)
		}
	}
}

func TestShapesOfPages(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 120, Oddities: Oddities{Clamp: 50, NoTotal: true}})
	reply := s.get("/api/v6/activitiesWap?take=1000&fields=name")
	if rows := reply.data(t); len(rows) != 50 {
		t.Errorf("clamped to 50: got %d rows", len(rows))
	}
	if _, told := reply.object["result"].(map[string]any)["total"]; told {
		t.Error("a total was told")
	}
	s.SetOddities(Oddities{MostTake: 90})
	if over := s.get("/api/v6/activitiesWap?take=91"); over.code != http.StatusBadRequest ||
		over.object["error"].([]any)[0] != "Max defined take is 90" {
		t.Errorf("got %d, %v", over.code, over.object)
	}
	if within := s.get("/api/v6/activitiesWap?take=90&fields=name").data(t); len(within) != 90 {
		t.Errorf("within the limit: got %d rows", len(within))
	}
}

func TestShapesOfReplies(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 20, Oddities: Oddities{DottedKeys: true, ZoneText: "Praha", Broken: map[string]string{
		"queues": BrokenNull, "users": "403", "statuses": BrokenBare, "groups": BrokenEmpty,
	}}})
	reply := s.get("/api/v6/activitiesWap?take=1&fields=name,connector.title,connector.name,contact")
	row := reply.data(t)[0]
	if _, literal := row["connector.title"]; !literal || row["connector"] != nil || reply.object["_timezone"] != "Praha" {
		t.Errorf("got %v", reply.object)
	}
	if a := s.get("/api/v6/queues"); a.code != http.StatusOK || a.object["result"] != nil || len(a.object["error"].([]any)) == 0 {
		t.Errorf("null: got %d, %v", a.code, a.object)
	}
	if a := s.get("/api/v6/statuses"); a.code != http.StatusOK || a.object["result"] != nil || len(a.object["error"].([]any)) != 0 {
		t.Errorf("bare: got %d, %v", a.code, a.object)
	}
	if a := s.get("/api/v6/users"); a.code != http.StatusForbidden {
		t.Errorf("403: got %d", a.code)
	}
	if rows := s.get("/api/v6/groups").data(t); len(rows) != 0 {
		t.Errorf("empty: got %v", rows)
	}
}

func TestAnotherBaseAndARedirect(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 5, Oddities: Oddities{Base: "/crm"}})
	if a := s.get("/crm/api/v6/users"); a.code != http.StatusOK {
		t.Errorf("below the base: got %d", a.code)
	}
	if a := s.get("/api/v6/users"); a.code != http.StatusNotFound {
		t.Errorf("outside of it: got %d", a.code)
	}
}
