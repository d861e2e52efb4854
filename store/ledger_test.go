package store

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheLedgerSaysWhatWentAndNamesNobody(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	plant(t, db, conversations(0, 4))
	id := must(db.Detail(t.Context(), "wap_0001"))(t).Record.ID
	check(t, db.LogExport(t.Context(), ExportEntry{Path: "/home/x/" + customerOf(1).title + ".xlsx", Format: "xlsx", Rows: 1}, []int64{id}))
	must(db.EraseAs(t.Context(), []Name{"wap_0001"}, Order{By: "novak.j", Filter: "queue:4101"}))(t)
	must(db.Erase(t.Context(), []Name{"wap_0002"}, "novak.j"))(t)

	got := must(db.Ledger(t.Context()))(t)
	want := []LedgerEntry{
		{Erasure: Erasure{Name: "wap_0001", AtMs: noon.UnixMilli(), By: "novak.j"}, Cause: CausePerson, TimeMs: noon.UnixMilli() - 3600_000,
			Queue: "4101", Filter: "queue:4101", Messages: 12, Files: 3, Contacts: 1, Upstream: ChangeManual, Exports: []int64{1}},
		{Erasure: Erasure{Name: "wap_0002", AtMs: noon.UnixMilli(), By: "novak.j"}, Cause: CausePerson, TimeMs: noon.UnixMilli() - 2*3600_000,
			Queue: "4101", Messages: 12, Files: 3, Contacts: 1, Upstream: ChangeManual, Exports: []int64{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	text := string(must(json.Marshal(got))(t))
	for _, n := range []int{1, 2} {
		for _, marker := range customerOf(n).markers() {
			if strings.Contains(text, marker) {
				t.Errorf("the ledger holds %q", marker)
			}
		}
	}
}
