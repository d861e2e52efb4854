package export

import (
	"testing"

	"wapdesk/store/query"
)

func TestEveryExportedFieldHasItsColumn(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, c := range recordColumns() {
		if c.value == nil || c.field == "" {
			t.Errorf("a column is described by nothing: %q", c.field)
		}
		have[c.field] = true
	}
	for _, f := range query.Fields() {
		if f.Exportable != have[f.Name] {
			t.Errorf("%s is exported: %t, has a column: %t", f.Name, f.Exportable, have[f.Name])
		}
	}
}
