package cli

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wapdesk/app/demo"
)

type goalsJSON struct {
	Queue      string   `json:"queue"`
	Name       string   `json:"name"`
	Own        []string `json:"own"`
	Wait       *int64   `json:"wait"`
	FirstReply *int64   `json:"first_reply"`
	Silence    *int64   `json:"silence"`
	Duration   *int64   `json:"duration"`
	Answered   *int64   `json:"answered"`
}

type targetsJSON struct {
	All    goalsJSON   `json:"all"`
	Queues []goalsJSON `json:"queues"`
}

type hitsJSON struct {
	Measured int `json:"measured"`
	Within   int `json:"within"`
}

// The targets that are set decide what each row says, what target: finds and what the summary counts.
func TestTargetsMeasureTheList(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 200, Days: 20})
	m := s.lead(t)
	m.ok("sync")

	var targets targetsJSON
	m.json(&targets, "targets")
	if targets.All.Wait == nil || *targets.All.Wait != 120 || targets.All.Duration != nil || len(targets.Queues) != 0 {
		t.Fatalf("at first %+v, want a wait of two minutes alone", targets)
	}
	queue := ""
	for _, r := range everything(m).Rows {
		if r.Queue != nil {
			queue = *r.Queue
		}
	}
	m.json(&targets, "targets", "--wait", "1m", "--first-reply", "90s", "--answered", "80")
	m.json(&targets, "targets", "--queue", queue, "--wait", "30s", "--first-reply", "none")
	if own := targets.Queues; len(own) != 1 || own[0].Queue != queue || *own[0].Wait != 30 || own[0].FirstReply != nil || *own[0].Answered != 80 ||
		!slices.Equal(own[0].Own, []string{"wait", "first_reply"}) {
		t.Fatalf("of one queue %+v", targets)
	}

	var all struct {
		Rows []struct {
			Name, Queue string
			Target      *struct {
				Within bool
				Missed []string
			}
			Wait, FirstReply *int64
			Answered         *bool
			Direction        string
		}
	}
	m.json(&all, "list", "--time", "all", "--columns", "target,firstreply", "--limit", "1000")
	want := map[string]hitsJSON{}
	overWait := 0
	for _, r := range all.Rows {
		waitTarget, replyTarget := int64(60), int64(90)
		if r.Queue == queue {
			waitTarget, replyTarget = 30, 0
		}
		atOnce := r.Wait != nil && *r.Wait == 0 && r.Queue != "" && r.Answered != nil && *r.Answered && r.Direction != "OUT"
		missed, measured := []string{}, false
		if r.Wait != nil && (*r.Wait > 0 || atOnce) {
			measured = true
			if *r.Wait > waitTarget {
				missed = append(missed, "wait")
				overWait++
			}
		}
		if r.FirstReply != nil && replyTarget > 0 {
			measured = true
			if *r.FirstReply > replyTarget {
				missed = append(missed, "firstreply")
			}
		}
		switch {
		case !measured && r.Target == nil:
		case r.Target == nil || !measured || r.Target.Within != (len(missed) == 0) || !slices.Equal(r.Target.Missed, missed):
			t.Errorf("%s: target %+v, want missed %v, measured %t", r.Name, r.Target, missed, measured)
		default:
			hits := want["all"]
			hits.Measured++
			if len(missed) == 0 {
				hits.Within++
			}
			want["all"] = hits
		}
	}
	if want["all"].Within == 0 || want["all"].Within == want["all"].Measured || overWait == 0 {
		t.Fatalf("%+v, %d over the wait: the test sees nothing", want, overWait)
	}
	var sum struct{ Targets map[string]hitsJSON }
	m.json(&sum, "summary", "--time", "all")
	if diff := cmp.Diff(want["all"], sum.Targets["all"]); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
	for words, n := range map[string]int{
		"target:yes": want["all"].Within, "target:within": want["all"].Within, "cíl:splněno": want["all"].Within,
		"target:missed": want["all"].Measured - want["all"].Within, "target:wait": overWait, "target:empty": len(all.Rows) - want["all"].Measured,
	} {
		var found struct{ Total int }
		m.json(&found, "list", "--count", "--time", "all", "--query", words)
		if found.Total != n {
			t.Errorf("%s finds %d, want %d", words, found.Total, n)
		}
	}

	m.json(&targets, "targets", "--queue", queue, "--wait", "as-for-all", "--first-reply", "as-for-all")
	if len(targets.Queues) != 0 {
		t.Errorf("a queue without targets of its own is listed: %+v", targets)
	}
	for _, args := range [][]string{
		{"targets", "--wait", "soon"}, {"targets", "--wait", "as-for-all"}, {"targets", "--answered", "101"}, {"targets", "--silence", "0"},
	} {
		m.fails(exitUsage, args...)
	}
	m.fails(exitFailed, "targets", "--queue", "nobody's", "--wait", "1m")
}
