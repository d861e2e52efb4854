package intake_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"wapdesk/app/export"
	"wapdesk/app/intake"
	"wapdesk/store/listing"
)

// BenchmarkOpen reads files of 100,000 interactions of package export, seed 5, and tells
// how far the heap grew at most.
func BenchmarkOpen(b *testing.B) {
	const rows = 100_000
	for _, format := range []export.Format{export.XLSX, export.CSV} {
		b.Run(fmt.Sprintf("%s/%d", format, rows), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "x."+string(format))
			req := export.Request{Format: format, Words: words("en"), CSV: export.EnglishCSV()}
			result, err := export.WriteFile(b.Context(), path, req, func(yield func(listing.Record, error) bool) {
				for i := range rows {
					if !yield(randomRecord(5, i), nil) {
						return
					}
				}
			}, nil)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(result.Bytes)
			peak := uint64(0)
			for b.Loop() {
				f, err := intake.Open(b.Context(), path, intake.Options{TempDir: b.TempDir()})
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for _, err := range f.Conversations(b.Context()) {
					if err != nil {
						b.Fatal(err)
					}
					if n++; n%10_000 == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapInuse)
					}
				}
				if err := f.Close(); err != nil || n != rows {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		})
	}
}
