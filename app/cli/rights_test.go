package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wapdesk/app/demo"
)

// TestListsThatAreNotGivenAreNamed asks for a sync of a contact centre that does not give the
// lists of users or queues: everything else is done, nothing is hidden, and the end says so.
func TestListsThatAreNotGivenAreNamed(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 4})
	m := s.lead(t)
	m.ok("sync")
	listed := func() string { return m.ok("list", "--time", "all", "--limit", "0", "--json") }
	before := listed()
	for _, c := range []struct {
		list, how string
		code      int
	}{{"queues", "403", exitNotPermitted}, {"users", "404", exitFailed}, {"queues", demo.BrokenNull, exitFailed}} {
		s.SetOddities(demo.Oddities{Broken: map[string]string{c.list: c.how}})
		got := m.run("", "sync", "--json")
		var result struct {
			Interactions struct{ Read int } `json:"interactions"`
			Unread       []struct{ List, Reason string }
		}
		decodeOne(t, got.stdout, &result)
		if got.code != c.code || result.Interactions.Read == 0 || len(result.Unread) != 1 || result.Unread[0].List != c.list {
			t.Errorf("%s %s: exit %d, %+v", c.list, c.how, got.code, result)
		}
		if !strings.Contains(got.stderr, "list of "+c.list) || strings.Count(got.stderr, "\n") != 1 {
			t.Errorf("%s %s: %q does not name the list in a line", c.list, c.how, got.stderr)
		}
		if after := listed(); after != before {
			t.Errorf("%s %s: the list changed from %.80q to %.80q", c.list, c.how, before, after)
		}
	}
	// A list that is no right is a remark.
	s.SetOddities(demo.Oddities{Broken: map[string]string{"statuses": "403"}})
	if got := m.run("", "sync"); got.code != exitDone || !strings.Contains(got.stderr, "statuses") {
		t.Errorf("statuses: exit %d, %q", got.code, got.stderr)
	}
}

// TestWhatTheRoleNeverListedIsNoFailure syncs for a role that may never list users or queues: all that
// the server lists is there, and each sync says in words what cannot be noticed. Once a list was given,
// its end is a failure.
func TestWhatTheRoleNeverListedIsNoFailure(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 4})
	shape := func(lists ...string) {
		broken := map[string]string{}
		for _, list := range lists {
			broken[list] = "403"
		}
		s.SetOddities(demo.Oddities{Broken: broken})
	}
	m := s.lead(t)
	sync := func(want int, never ...string) {
		t.Helper()
		got := m.run("", "sync", "--json")
		var result struct {
			Unread []struct {
				List  string
				Never bool
			}
		}
		decodeOne(t, got.stdout, &result)
		var found []string
		for _, l := range result.Unread {
			if l.Never {
				found = append(found, l.List)
			}
		}
		if got.code != want || !slices.Equal(found, never) || (want == exitDone) != (got.stderr == "") {
			t.Errorf("exit %d, %q, never listed: %v; want %d and %v", got.code, got.stderr, found, want, never)
		}
	}
	shape("users", "queues")
	for range 2 {
		sync(exitDone, "users", "queues")
	}
	if said := m.run("", "sync").stderr; !strings.Contains(said, "can’t list users") || !strings.Contains(said, "can’t list queues") {
		t.Errorf("the sync says %q", said)
	}
	if got := m.ok("list", "--time", "all", "--count"); got != "60\n" {
		t.Errorf("%q interactions, want 60", got)
	}
	shape("queues")
	sync(exitDone, "queues")
	shape("users", "queues")
	sync(exitNotPermitted, "queues") // the users were given in between
	shape()
	sync(exitDone)
	shape("queues")
	sync(exitNotPermitted)
	s.SetOddities(demo.Oddities{Broken: map[string]string{"users": "404"}})
	sync(exitFailed)
}

// TestRowsWithoutAQueueAreFound has interactions that were lost before they came to a queue.
func TestRowsWithoutAQueueAreFound(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 60, Days: 4})
	lost := 0
	for n, i := range truthOf(s).Interactions {
		if n%7 == 0 && s.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Queue, i.User = 0, "" }) {
			lost++
		}
	}
	m := s.lead(t)
	m.ok("sync")
	for _, options := range [][]string{{"--queue", "(none)"}, {"--query", "queue:empty"}, {"--query", "queue:(none)"}} {
		var got struct {
			Total int
			Rows  []struct{ Queue *string }
		}
		m.json(&got, append([]string{"list", "--time", "all"}, options...)...)
		if got.Total != lost || len(got.Rows) != lost || got.Rows[0].Queue != nil {
			t.Errorf("%v: %d of %d, %+v", options, got.Total, lost, got.Rows)
		}
	}
	if text := m.ok("export", "--time", "all", "--queue", "(none)", "--out", m.dir+"/lost.csv"); !strings.Contains(text, fmt.Sprint(lost)) {
		t.Errorf("exported %q, want %d", text, lost)
	}
}
