package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wapdesk/app/demo"
	"wapdesk/app/profile"
)

type syncJSON struct {
	Interactions countsJSON `json:"interactions"`
	Activities   countsJSON `json:"activities"`
	Messages     countsJSON `json:"messages"`
	Changes      struct {
		Sent    int `json:"sent"`
		Refused int `json:"refused"`
		Waiting int `json:"waiting"`
	} `json:"changes"`
	Coverage   []spanJSON `json:"coverage"`
	ServerTime string     `json:"server_time"`
}

type countsJSON struct {
	Read   int `json:"read"`
	Stored int `json:"stored"`
	Gone   int `json:"gone"`
}

func TestSyncStoresEveryFieldOfEveryRecord(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 10_000, Burst: 1200})
	m := s.lead(t)
	var first syncJSON
	m.json(&first, "sync")
	want := truthOf(s)
	mostPerDay, mostPerSecond := crowds(want)
	if mostPerDay <= 1000 || mostPerSecond < 1200 {
		t.Fatalf("the contact centre is not crowded: %d a day, %d a second", mostPerDay, mostPerSecond)
	}
	checkList(t, m, want)
	checkResult(t, first, want, checkStories(t, s, m, want))

	var second syncJSON
	m.json(&second, "sync")
	if second.Interactions.Stored != 0 || second.Activities.Stored != 0 || second.Interactions.Gone != 0 {
		// Chats that are still open are read again; nothing of them has changed.
		t.Errorf("second sync: %+v, want nothing stored", second)
	}
	checkList(t, m, want)
}

// crowds is how many interactions the busiest day and second have.
func crowds(w *truth) (perDay, perSecond int) {
	days, seconds := map[string]int{}, map[demo.Stamp]int{}
	for _, i := range w.Interactions {
		day := i.Time.In(w.Zone).Format("2006-01-02")
		days[day]++
		seconds[i.Time]++
		perDay, perSecond = max(perDay, days[day]), max(perSecond, seconds[i.Time])
	}
	return perDay, perSecond
}

func checkResult(t *testing.T, got syncJSON, want *truth, messages int) {
	t.Helper()
	all := len(want.Interactions)
	if got.Interactions != (countsJSON{Read: all, Stored: all}) {
		t.Errorf("interactions: %+v, want %d read and stored", got.Interactions, all)
	}
	if n := len(want.Activities); got.Activities != (countsJSON{Read: n, Stored: n}) {
		t.Errorf("activities: %+v, want %d read and stored", got.Activities, n)
	}
	if got.Messages.Read < messages || got.Messages.Stored < messages || got.Messages.Gone != 0 {
		t.Errorf("messages: %+v, want %d read and stored", got.Messages, messages)
	}
	if len(got.Coverage) != 1 || got.Coverage[0].To != "2026-11-18T15:30:00+01:00" || got.ServerTime != "2026-11-18T15:30:00+01:00" {
		t.Errorf("coverage %v, server time %q, want both to end now", got.Coverage, got.ServerTime)
	}
}

// checkList compares every row of the list with what the contact centre holds.
func checkList(t *testing.T, m *machine, want *truth) {
	t.Helper()
	var got listJSON
	m.json(&got, "list", "--time", "all", "--limit", "1000000")
	if got.Total != len(want.Interactions) || len(got.Rows) != got.Total || len(got.Missing) != 0 {
		t.Fatalf("list: total %d, %d rows, missing %v; want %d rows", got.Total, len(got.Rows), got.Missing, len(want.Interactions))
	}
	rows := map[string]rowJSON{}
	for _, r := range got.Rows {
		rows[r.Name] = r
	}
	for _, i := range want.Interactions {
		if diff := cmp.Diff(want.row(i), rows[i.Name]); diff != "" {
			t.Fatalf("list, %s (-contact centre +command line):\n%s", i.Name, diff)
		}
	}
}

// checkStories compares every record's details and gives the number of messages.
func checkStories(t *testing.T, s *site, m *machine, want *truth) int {
	t.Helper()
	stories, messages := allStories(t, s, m, want), 0
	for _, i := range want.Interactions {
		w := want.show(i)
		// The contract promises no order of reviews.
		anyOrder := cmpopts.SortSlices(func(a, b reviewJSON) int { return strings.Compare(a.Name, b.Name) })
		if diff := cmp.Diff(w, stories[i.Name], anyOrder); diff != "" {
			t.Fatalf("show, %s (-contact centre +command line):\n%s", i.Name, diff)
		}
		messages += len(w.Messages)
	}
	if messages == 0 {
		t.Fatal("no message was compared")
	}
	return messages
}

// allStories returns what `show --json` prints for each record. A run of the command for each
// would open the profile thousands of times; so the profile is opened once, and the command
// itself shows a sample.
func allStories(t *testing.T, s *site, m *machine, want *truth) map[string]showJSON {
	t.Helper()
	stories := map[string]showJSON{}
	for n := 0; n < len(want.Interactions); n += 200 {
		name := want.Interactions[n].Name
		var story showJSON
		m.json(&story, "show", name)
		stories[name] = story
	}
	_, p, profiles := openHere(t, s, m)
	decoded := make([]showJSON, len(want.Interactions))
	var readers sync.WaitGroup
	const parts = 2
	for part := range parts {
		readers.Go(func() {
			for n := part; n < len(decoded) && !t.Failed(); n += parts {
				readStory(t, p, want.Interactions[n].Name, &decoded[n])
			}
		})
	}
	readers.Wait()
	for n, i := range want.Interactions {
		if printed, both := stories[i.Name]; both {
			if diff := cmp.Diff(printed, decoded[n]); diff != "" {
				t.Fatalf("%s: the command prints something else (-command +story):\n%s", i.Name, diff)
			}
		}
		stories[i.Name] = decoded[n]
	}
	if err := profiles.Close(); err != nil {
		t.Fatal(err)
	}
	return stories
}

// readStory reads an interaction and what the command would print of it.
func readStory(t *testing.T, p *profile.Profile, name string, into *showJSON) {
	story, err := p.Story(t.Context(), name)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	text, err := json.Marshal(showOf(story))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func TestOutputHasTheKeysOfTheContract(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	var result map[string]json.RawMessage
	m.json(&result, "sync")
	if diff := cmp.Diff([]string{"activities", "changes", "coverage", "interactions", "messages", "server_time"}, keysOf(t, mustJSON(t, result))); diff != "" {
		t.Errorf("sync (-want +got):\n%s", diff)
	}
	for part, want := range map[string][]string{
		"interactions": {"gone", "read", "stored"}, "activities": {"gone", "read", "stored"}, "messages": {"gone", "read", "stored"},
		"changes": {"refused", "sent", "waiting"},
	} {
		if diff := cmp.Diff(want, keysOf(t, result[part])); diff != "" {
			t.Errorf("sync, %s (-want +got):\n%s", part, diff)
		}
	}
	var listed struct {
		Rows []json.RawMessage `json:"rows"`
	}
	m.json(&listed, "list", "--limit", "1", "--time", "all")
	columns := []string{
		"name", "time", "queue", "user", "contact", "wa", "title", "answered", "wait", "duration", "ended", "connector",
		"missed", "missed_time", "direction", "anonymised",
	}
	slices.Sort(columns)
	if diff := cmp.Diff(columns, keysOf(t, listed.Rows[0])); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	var name struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(listed.Rows[0], &name); err != nil {
		t.Fatal(err)
	}
	var story json.RawMessage
	m.json(&story, "show", name.Name)
	keys := slices.DeleteFunc(keysOf(t, story), func(key string) bool { return key == "files" }) // only where there are some
	if diff := cmp.Diff([]string{"account", "activities", "contact", "interaction", "messages", "process", "qa_reviews", "tickets"}, keys); diff != "" {
		t.Errorf("show (-want +got):\n%s", diff)
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
