package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
)

func TestASampleIsDrawnAgainByItsSeed(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 400, Days: 20})
	m := s.lead(t)
	m.ok("sync")
	draw := func(args ...string) (sampleReply, []string) {
		var got sampleReply
		m.json(&got, slices.Concat([]string{"sample", "--time", "all", "--at-least", "4"}, args)...)
		names := []string{}
		for _, r := range got.Rows {
			names = append(names, r.Name)
		}
		return got, names
	}
	first, names := draw("--per-agent", "2", "--seed", "7")
	if len(first.Agents) < 3 || first.Seed != 7 || len(names) == 0 {
		t.Fatalf("drawn: %+v", first)
	}
	at := 0
	for _, agent := range first.Agents {
		if agent.Count != min(2, agent.Of) {
			t.Errorf("of %s %d of %d are drawn", agent.Name, agent.Count, agent.Of)
		}
		for range agent.Count {
			r := first.Rows[at]
			if r.User == nil || *r.User != agent.User {
				t.Errorf("%s is of %v, want of %s", r.Name, r.User, agent.User)
			}
			at++
		}
	}
	if _, again := draw("--per-agent", "2", "--seed", "7"); !cmp.Equal(names, again) {
		t.Errorf("the same seed draws %v and then %v", names, again)
	}
	_, others := draw("--per-agent", "2", "--seed", "8")
	_, more := draw("--per-agent", "3", "--seed", "7")
	if cmp.Equal(names, others) {
		t.Error("another seed draws the same")
	}
	for _, name := range names {
		if !slices.Contains(more, name) {
			t.Errorf("with three of each agent %s is not among them any more", name)
		}
	}
	var found struct {
		Total int `json:"total"`
	}
	m.json(&found, "list", "--count", "--time", "all", "--query", "id:("+strings.Join(names, ",")+") AND qa:no AND messages >= 4")
	if found.Total != len(names) {
		t.Errorf("%d of %d have no review and four messages", found.Total, len(names))
	}
	m.fails(exitUsage, "sample", "--per-agent", "0")
}
