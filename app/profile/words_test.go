package profile_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"wapdesk/app/export"
	"wapdesk/app/intake"
	"wapdesk/frontend"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

func TestCataloguesHaveEveryWordOfFiles(t *testing.T) {
	t.Parallel()
	for _, lang := range frontend.Languages() {
		for _, key := range export.Keys() {
			if frontend.Text(lang, key) == key {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
		for _, f := range query.Fields() {
			if key := "field." + f.Name; frontend.Text(lang, key) == key {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
	}
}

// Files are written with the words of the catalogues and read with the words intake knows:
// the two have to agree in both languages.
func TestOwnExportsReadBackEqualInBothLanguages(t *testing.T) {
	t.Parallel()
	var rows []listing.Record
	at := time.Date(2026, 11, 22, 9, 5, 7, 0, time.UTC).UnixMilli()
	for i, ended := range []string{"", "USER", "CLIENT", "TIMEOUT", "NOT_AVAIL", "OUT_OF_TIME", "DECISION_TREE"} {
		for j, missed := range []string{"", "YES", "NO", "cleared"} {
			r := listing.Record{
				Name: "wap_" + ended + missed, TimeMs: at + int64(i*10+j)*60_000, Title: "=1+1", WA: "+420 601", Ended: ended,
				Answered: listing.Tri((i + j) % 3), Direction: []string{"IN", "OUT"}[j%2], WaitS: int32(i), DurationS: listing.Unknown,
				MissedTimeMs: listing.Unknown, FocusS: listing.Unknown, FirstReplyS: listing.Unknown, SilenceS: listing.Unknown,
			}
			switch missed {
			case "cleared":
				r.MissedTimeMs = at
			case "YES", "NO":
				r.Missed, r.MissedTimeMs = missed, at
			}
			rows = append(rows, r)
		}
	}
	for _, lang := range frontend.Languages() {
		for _, format := range []export.Format{export.XLSX, export.CSV} {
			t.Run(lang+" "+string(format), func(t *testing.T) {
				t.Parallel()
				checkReadsBack(t, rows, lang, format)
			})
		}
	}
}

func checkReadsBack(t *testing.T, rows []listing.Record, lang string, format export.Format) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out."+string(format))
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	req := export.Request{
		Format: format, Region: export.Region(lang), Zone: zone, CSV: export.CzechCSV(), Columns: append([]string{"id"}, columns()...),
		Words: func(key string, args ...string) string { return frontend.Text(lang, key, args...) },
	}
	source := func(yield func(listing.Record, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
	if _, err := export.WriteFile(t.Context(), path, req, source, nil); err != nil {
		t.Fatal(err)
	}
	file, err := intake.Open(t.Context(), path, intake.Options{Zone: zone, TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n := 0
	for c, err := range file.Conversations(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		want, got := rows[n], c.Interaction
		if got.Name != want.Name || got.TimeMs != want.TimeMs || got.Disconnection != want.Ended || got.Direction != want.Direction ||
			got.Answered != want.Answered || got.Title != want.Title || got.WaitS != int64(want.WaitS) || got.DurationS != int64(want.DurationS) ||
			listing.Meaning(got.Missed, got.MissedTimeMs) != listing.Meaning(want.Missed, want.MissedTimeMs) || got.MissedTimeMs != want.MissedTimeMs {
			t.Errorf("row %d:\n got %+v\nwant %+v", n, got, want)
		}
		n++
	}
	report := file.Report()
	if n != len(rows) || len(report.Skipped) > 0 || len(report.Unknown) > 0 {
		t.Errorf("%d of %d rows; skipped %v, unknown %v", n, len(rows), report.Skipped, slices.Compact(report.Unknown))
	}
}

func columns() []string {
	var names []string
	for _, f := range query.Fields() {
		if f.Column {
			names = append(names, f.Name)
		}
	}
	return names
}
