package export

import (
	"slices"
	"testing"
	"time"

	"wapdesk/store/listing"
)

func TestPreviewShowsWhatTheFileShows(t *testing.T) {
	t.Parallel()
	columns := []string{"time", "wa", "duration", "messages", "missed"}
	for _, test := range []struct {
		lang   string
		format Format
		want   []string
	}{
		{"en", XLSX, []string{"2026-07-01 9:05:07", "=Petr", "25:01:01", "34", "Contacted back"}},
		{"cs", XLSX, []string{"1. 7. 2026 9:05:07", "=Petr", "25:01:01", "34", "Kontaktováno zpět"}},
		{"cs", CSV, []string{"01.07.2026 09:05:07", "'=Petr", "25:01:01", "34", "Kontaktováno zpět"}},
	} {
		req := request(t, test.lang, test.format)
		req.Columns = columns
		header, cells, err := Preview(req, []listing.Record{one(0)})
		if err != nil {
			t.Fatal(err)
		}
		if len(header) != len(columns) || len(cells) != 1 || !slices.Equal(cells[0], test.want) {
			t.Errorf("%s %s: %q %q, want %q", test.lang, test.format, header, cells, test.want)
		}
	}
}

func TestEstimateIsNearTheFile(t *testing.T) {
	t.Parallel()
	sample := make([]listing.Record, 200)
	for i := range sample {
		sample[i] = hostileRecord(i)
	}
	for _, format := range []Format{XLSX, CSV} {
		req := request(t, "en", format)
		_, result := write(t, req, 5000, hostileRecord)
		got, err := EstimateBytes(t.Context(), req, sample, 5000)
		if err != nil {
			t.Fatal(err)
		}
		if ratio := float64(got) / float64(result.Bytes); ratio < 0.8 || ratio > 1.25 {
			t.Errorf("%s: estimate %d, file %d", format, got, result.Bytes)
		}
		if empty, err := EstimateBytes(t.Context(), req, nil, 0); err != nil || empty <= 0 {
			t.Errorf("%s: empty file of %d bytes, %v", format, empty, err)
		}
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	for _, test := range []struct {
		company  string
		from, to time.Time
		want     string
	}{
		{"acme", day(1), day(22), "whatsapp_acme_2026-11-01_2026-11-22.xlsx"},
		{"acme", day(22), day(22), "whatsapp_acme_2026-11-22.xlsx"},
		{"acme", time.Time{}, time.Time{}, "whatsapp_acme.xlsx"},
		{"../a/c:m e", day(1), time.Time{}, "whatsapp_..acme_2026-11-01.xlsx"},
		{"", time.Time{}, day(3), "whatsapp_2026-11-03.xlsx"},
	} {
		if got := FileName(test.company, test.from, test.to, "xlsx"); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
