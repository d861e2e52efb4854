package syncer

import (
	"errors"
	"testing"
	"time"

	"wapdesk/app/demo"
	"wapdesk/store"
)

func TestPullOneBringsAnInteractionOfAnyTime(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Days: 20})
	db := openFile(t, t.TempDir())
	y := newSyncer(t, s, db)
	zone := db.Zone()
	pullOK(t, y, PullOptions{From: time.Date(2026, 11, 18, 0, 0, 0, 0, zone), To: noon()})

	data := s.Data()
	lead := s.Tokens().Lead.Name
	var old []*demo.Interaction // of long before what is stored, with an activity
	for _, i := range data.Interactions {
		work := data.ActivitiesOf(i)
		if i.Time.In(zone).Day() < 15 && s.Sees(lead, i.Name) && len(work) > 0 && s.SeesActivity(lead, work[0].Name) &&
			!anonymised(data, i) && len(data.Messages(i)) > 0 {
			old = append(old, i)
		}
	}
	if len(old) < 2 {
		t.Fatal("the contact centre has no old interactions")
	}
	byActivity := data.ActivitiesOf(old[1])[0].Name
	for asked, i := range map[string]*demo.Interaction{old[0].Name: old[0], byActivity: old[1]} {
		if _, err := db.Detail(t.Context(), asked); !errors.Is(err, store.ErrNotFound) {
			t.Fatalf("%s is stored before it is asked for: %v", asked, err)
		}
		found, err := y.PullOne(t.Context(), asked)
		if err != nil || found != i.Name {
			t.Fatalf("PullOne(%s) = %q, %v, want %q", asked, found, err, i.Name)
		}
		newOracle(s, db).one(t, i)
	}
	for _, unknown := range []string{"wap_that_never_was", "activities_that_never_were"} {
		if _, err := y.PullOne(t.Context(), unknown); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("PullOne(%s) = %v, want ErrNotFound", unknown, err)
		}
	}

	// What was anonymised here does not come back by its name.
	if _, err := db.Erase(t.Context(), []store.Name{old[0].Name}, "lead"); err != nil {
		t.Fatal(err)
	}
	if _, err := y.PullOne(t.Context(), old[0].Name); err != nil {
		t.Fatal(err)
	}
	d, err := db.Detail(t.Context(), old[0].Name)
	if err != nil || d.Erasure == nil || len(d.Messages) > 0 && d.Messages[0].Text != "" || d.Contact != nil {
		t.Errorf("after an erasure: %v, %+v", err, d)
	}
}
