package profile

import (
	"maps"
	"slices"
	"testing"

	"wapdesk/store/hours"
)

func TestSettingsKeepColumns(t *testing.T) {
	t.Parallel()
	given := Settings{Columns: []ColumnSetting{
		{Field: "time"}, {Field: "queue", Width: 7}, {Field: "user", Width: 9000}, {Field: "contact", Width: 160, Hidden: true},
		{Field: "sender", Width: 80}, {Field: "nonsense", Width: 80},
	}}
	want := []ColumnSetting{
		{Field: "time"}, {Field: "queue", Width: 40}, {Field: "user", Width: 1200}, {Field: "contact", Width: 160, Hidden: true},
	}
	if got := given.Clean(Settings{}).Columns; !slices.Equal(got, want) {
		t.Errorf("columns\n got %v\nwant %v", got, want)
	}
}

func TestTheOneTargetOfBeforeIsKept(t *testing.T) {
	t.Parallel()
	usual := Targets{All: Goals{WaitS: 120}}
	for text, want := range map[string]int64{`{"targetWaitS":45}`: 45, `{"targetWaitS":0}`: 0, `{}`: 120, `{"targets":{},"targetWaitS":45}`: 120} {
		if got := oldTarget(text, usual).All.WaitS; got != want {
			t.Errorf("%s: a wait of %d s, want %d", text, got, want)
		}
	}
}

func TestQueuesKeepTheirOwnTargets(t *testing.T) {
	t.Parallel()
	none := Goals{AsForAll, AsForAll, AsForAll, AsForAll, AsForAll}
	own := none
	own.WaitS, own.DurationS, own.AnsweredPercent = 30, 0, 200
	given := Targets{All: Goals{WaitS: -5, DurationS: 600}, Queues: []QueueGoals{
		{Queue: "b", Goals: none}, {Queue: "c", Goals: none}, {Queue: "a", Goals: none}, {Queue: "c", Goals: own}, {Goals: own},
	}}
	got := given.clean()
	if len(got.Queues) != 1 || got.Queues[0].Queue != "c" || got.All != (Goals{DurationS: 600}) {
		t.Fatalf("got %+v, want those of c alone", got)
	}
	if got, want := got.Of("c"), (Goals{WaitS: 30, AnsweredPercent: 100}); got != want {
		t.Errorf("of c %+v, want %+v", got, want)
	}
	if got, want := got.Of("other"), (Goals{DurationS: 600}); got != want {
		t.Errorf("of another queue %+v, want %+v", got, want)
	}
}

func TestQueuesKeepTheirOwnHours(t *testing.T) {
	t.Parallel()
	asAll := Goals{AsForAll, AsForAll, AsForAll, AsForAll, AsForAll}
	week, _ := hours.ParseWeek("Mon-Fri 8:00-17:00")
	office, never := &hours.Hours{Week: week, Public: "cz"}, &hours.Hours{Public: "cz"}
	got := Targets{Hours: never, Queues: []QueueGoals{
		{Queue: "a", Goals: asAll, HoursOf: HoursOwn, Hours: office},
		{Queue: "b", Goals: asAll, HoursOf: HoursOwn, Hours: never},
		{Queue: "c", Goals: asAll, HoursOf: HoursAsForAll, Hours: office},
		{Queue: "d", Goals: asAll, HoursOf: "sometimes"},
	}}.clean()
	if got.Hours != nil {
		t.Errorf("hours in which nobody works are kept for all: %+v", got.Hours)
	}
	of := map[string]string{}
	for _, q := range got.Queues {
		of[q.Queue] = q.HoursOf
	}
	if want := map[string]string{"a": HoursOwn, "b": HoursNone}; !maps.Equal(of, want) {
		t.Errorf("queues with hours of their own %v, want %v", of, want)
	}
	in := got.inside()
	if in.All || !in.Queues["a"] || in.Queues["b"] {
		t.Errorf("counted inside: %+v, want of a alone", in)
	}
}

func TestSettingsKeepShortcuts(t *testing.T) {
	t.Parallel()
	given := Settings{Shortcuts: map[string]string{
		"export": "Ctrl+B", "next": "D", "new": "Alt+Shift+F12",
		"wrong order": "Ctrl+X", "sync": "Shift+Ctrl+R", "print": "", "help": "F13", "undo": "Ctrl+Enter",
	}}
	want := map[string]string{"export": "Ctrl+B", "next": "D", "new": "Alt+Shift+F12"}
	if got := given.Clean(Settings{}).Shortcuts; !maps.Equal(got, want) {
		t.Errorf("shortcuts\n got %v\nwant %v", got, want)
	}
	if got := (Settings{}).Clean(Settings{}).Shortcuts; got == nil {
		t.Error("no shortcuts are null to the page, which takes them for an object")
	}
}

// TestTheLanguageIsTheOneAskedForUntilOneIsChosen keeps other settings, which the page sends
// together with the language, and starts again.
func TestTheLanguageIsTheOneAskedForUntilOneIsChosen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, start := range []struct {
		lang           string
		asked          bool
		choose, before string
	}{
		{lang: "cs", before: "cs"},
		{lang: "en", before: "en"}, // none was chosen, so the computer's holds
		{lang: "cs", asked: true, before: "cs"},
		{lang: "en", choose: "cs", before: "en"},
		{lang: "en", before: "cs"}, // chosen before
		{lang: "en", asked: true, before: "en"},
		{lang: "en", asked: true, choose: "cs", before: "en"},
		{lang: "en", before: "cs"},
	} {
		m := NewManager(Options{DataDir: dir, Lang: func() string { return start.lang }, LangAsked: start.asked})
		m.Start(t.Context(), nil)
		p, err := m.start(t.Context(), Description{Name: "settings", Kind: kindFile}, opening{noList: true})
		if err != nil {
			t.Fatal(err)
		}
		shown := p.Settings()
		if shown.Lang != start.before {
			t.Errorf("%+v: shown in %q", start, shown.Lang)
		}
		shown.DetailWidth++
		if start.choose != "" {
			shown.Lang = start.choose
		}
		kept, err := p.SetSettings(t.Context(), shown)
		again := p.Settings()
		if err != nil || kept.Lang != shown.Lang || again.Lang != shown.Lang || again.DetailWidth != shown.DetailWidth {
			t.Errorf("%+v: kept %q, then shown in %q (%v)", start, kept.Lang, again.Lang, err)
		}
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
