package syncer

import (
	"testing"

	"wapdesk/store"

	"github.com/google/go-cmp/cmp"
)

func TestUnionAndClip(t *testing.T) {
	t.Parallel()
	spans := []store.Span{{FromMs: 50, ToMs: 60}, {FromMs: 0, ToMs: 10}, {FromMs: 10, ToMs: 20}, {FromMs: 15, ToMs: 18}, {FromMs: 70, ToMs: 70}, {FromMs: 55, ToMs: forever}}
	got := union(spans)
	if diff := cmp.Diff([]store.Span{{FromMs: 0, ToMs: 20}, {FromMs: 50, ToMs: forever}}, got); diff != "" {
		t.Errorf("union (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]store.Span{{FromMs: 5, ToMs: 20}, {FromMs: 50, ToMs: 52}}, clip(got, store.Span{FromMs: 5, ToMs: 52})); diff != "" {
		t.Errorf("clip (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]store.Span{{FromMs: 50, ToMs: forever}, {FromMs: 0, ToMs: 20}}, newestFirst(got)); diff != "" {
		t.Errorf("newest first (-want +got):\n%s", diff)
	}
	if got := union(nil); got != nil {
		t.Errorf("nothing: got %v", got)
	}
}
