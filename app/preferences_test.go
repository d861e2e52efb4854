package app

import (
	"maps"
	"slices"
	"testing"
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
	if got := given.clean(Settings{}).Columns; !slices.Equal(got, want) {
		t.Errorf("columns\n got %v\nwant %v", got, want)
	}
}

func TestSettingsKeepShortcuts(t *testing.T) {
	t.Parallel()
	given := Settings{Shortcuts: map[string]string{
		"export": "Ctrl+B", "next": "D", "new": "Alt+Shift+F12",
		"wrong order": "Ctrl+X", "sync": "Shift+Ctrl+R", "print": "", "help": "F13", "undo": "Ctrl+Enter",
	}}
	want := map[string]string{"export": "Ctrl+B", "next": "D", "new": "Alt+Shift+F12"}
	if got := given.clean(Settings{}).Shortcuts; !maps.Equal(got, want) {
		t.Errorf("shortcuts\n got %v\nwant %v", got, want)
	}
	if got := (Settings{}).clean(Settings{}).Shortcuts; got == nil {
		t.Error("no shortcuts are null to the page, which takes them for an object")
	}
}
