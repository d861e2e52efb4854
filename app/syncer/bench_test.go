package syncer

import (
	"flag"
	"testing"
	"time"

	"wapdesk/app/demo"
)

var benchInteractions = flag.Int("interactions", 5000, "how many interactions the contact centre of the benchmark has")

// BenchmarkPull downloads a whole contact centre over HTTP into an empty file, transcripts and the
// search index with it; then it asks again, when nothing has changed. The server is in the same process, so
// its work counts too.
func BenchmarkPull(b *testing.B) {
	s := newSite(b, demo.Options{Interactions: *benchInteractions})
	perInteraction := func(b *testing.B, took time.Duration) {
		b.ReportMetric(float64(took.Microseconds())/float64(b.N)/float64(*benchInteractions), "µs/interaction")
	}
	b.Run("first", func(b *testing.B) {
		var took time.Duration
		for b.Loop() {
			b.StopTimer()
			db := openFile(b, b.TempDir())
			y := newSyncer(b, s, db)
			b.StartTimer()
			start := time.Now()
			result := pullOK(b, y, PullOptions{})
			took += time.Since(start)
			if result.Interactions.Stored != *benchInteractions {
				b.Fatalf("stored %d of %d", result.Interactions.Stored, *benchInteractions)
			}
		}
		perInteraction(b, took)
	})
	b.Run("nothing-new", func(b *testing.B) {
		y := newSyncer(b, s, openFile(b, b.TempDir()))
		pullOK(b, y, PullOptions{})
		start := time.Now()
		for b.Loop() {
			if result := pullOK(b, y, PullOptions{}); result.Interactions.Stored != 0 {
				b.Fatalf("stored %d although nothing had changed", result.Interactions.Stored)
			}
		}
		perInteraction(b, time.Since(start))
	})
}
