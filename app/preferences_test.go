package app

import (
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
