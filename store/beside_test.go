package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"
)

// TestReadBeside reads a profile that is open, sees what the other writes, writes nothing but the
// log of exports, and keeps a compaction from exchanging the file under it.
func TestReadBeside(t *testing.T) {
	t.Parallel()
	folder := Folder(filepath.Join(t.TempDir(), "profile"))
	db := openIn(t, folder)
	seeAll(t, db)
	if _, err := Open(t.Context(), folder, Options{NoList: true}); !errors.Is(err, ErrBusy) {
		t.Fatalf("opened twice for writing: %v", err)
	}
	reader := openIn(t, folder, func(o *Options) { o.Beside = true })
	if !reader.Beside() || db.Beside() {
		t.Errorf("beside: %v, the other %v", reader.Beside(), db.Beside())
	}
	check(t, db.SetSetting(t.Context(), "lang", "cs"))
	if got, found, err := reader.Setting(t.Context(), "lang"); got != "cs" || !found || err != nil {
		t.Errorf("the reader sees %q (%v)", got, err)
	}
	if err := reader.SetSetting(t.Context(), "lang", "en"); !errors.Is(err, ErrBusy) {
		t.Errorf("the reader wrote: %v", err)
	}
	check(t, reader.LogExport(t.Context(), ExportEntry{Path: "x.csv", Format: "csv"}, nil))
	if logged := must(db.Exports(t.Context()))(t); len(logged) != 1 || logged[0].Path != "x.csv" {
		t.Errorf("the log holds %v", logged)
	}

	check(t, db.update(t.Context(), "make a compaction due", func(tx *tx) error {
		return tx.setSetting(t.Context(), settingCompact, "true")
	}))
	check(t, db.loadDue(t.Context()))
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	if err := db.Compact(ctx, nil); !errors.Is(err, context.DeadlineExceeded) || !db.CompactionDue() {
		t.Errorf("compacted under a reader: %v, due %v", err, db.CompactionDue())
	}
	closeTest(t, reader)
	check(t, db.Compact(t.Context(), nil))
	if logged := must(db.Exports(t.Context()))(t); len(logged) != 1 {
		t.Errorf("after the compaction the log holds %v", logged)
	}
	closeTest(t, db)
}
