package syncer

import (
	"slices"
	"testing"

	"wapdesk/app/daktela"
	"wapdesk/store"
	"wapdesk/store/listing"
)

func TestTranscriptsAreInTheOrderOfTime(t *testing.T) {
	t.Parallel()
	at := func(name, time string) daktela.Message {
		return daktela.Message{Name: daktela.Name(name), TimeCreated: daktela.Text{Value: time, Known: time != ""}}
	}
	rows := converter{}.messages([]daktela.Message{
		at("c", "2025-06-02 09:00:02"), at("c without time", ""), at("a", "2025-06-02 09:00:00"), at("b", "2025-06-02 09:00:01"),
		at("b of the same second", "2025-06-02 09:00:01"), at("b with a zero date", "0000-00-00 00:00:00"),
	})
	var got []string
	for i, m := range rows {
		got = append(got, m.Name)
		if m.Seq != i {
			t.Errorf("%s: place %d, want %d", m.Name, m.Seq, i)
		}
	}
	want := []string{"a", "b", "b of the same second", "b with a zero date", "c", "c without time"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestUnknownIsNeverZero(t *testing.T) {
	t.Parallel()
	i := converter{}.interaction(daktela.Interaction{Name: "wap_1", MissedTime: daktela.Text{Value: "0000-00-00 00:00:00", Known: true}})
	if i.TimeMs != listing.Unknown || i.MissedTimeMs != listing.Unknown || i.WaitS != listing.Unknown || i.DurationS != listing.Unknown ||
		i.Answered != listing.TriUnknown {
		t.Errorf("interaction: %+v", i)
	}
	a := converter{}.activity(daktela.Activity{Name: "a"})
	for _, n := range []int64{a.TimeMs, a.TimeWaitMs, a.TimeOpenMs, a.TimeCloseMs, a.BeforeS, a.AfterS, a.DurationS, a.RingingS, a.FocusS, a.FocusDisruptions} {
		if n != listing.Unknown {
			t.Errorf("activity: %+v", a)
		}
	}
}

func TestReducedUsersKeepWhatIsKnown(t *testing.T) {
	t.Parallel()
	got := ref(daktela.Ref{Alias: daktela.Text{Value: "Petr", Known: true}})
	if want := (listing.Ref{Title: "Petr"}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestHashTellsRowsApart(t *testing.T) {
	t.Parallel()
	base := store.Activity{Name: "a", Title: "x"}
	if hashOf(base) != hashOf(store.Activity{Name: "a", Title: "x"}) {
		t.Error("equal rows differ")
	}
	if hashOf(base) == hashOf(store.Activity{Name: "a", Title: "y"}) || hashOf(base) == 0 {
		t.Error("different rows are equal")
	}
}
