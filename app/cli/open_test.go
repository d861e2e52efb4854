package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExportedFileOpensForReview(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	want := map[string]rowJSON{}
	for _, r := range listedRows(m, "--time", "last7days") {
		want[r.Name] = r
	}
	for _, name := range []string{"list.xlsx", "list.csv"} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), name)
			m.ok("export", "--out", file, "--time", "last7days", "--columns", allColumns)
			other := bare(t)
			var opened struct {
				Profile string `json:"profile"`
				Rows    int    `json:"rows"`
			}
			other.json(&opened, "open", file)
			if opened.Rows != len(want) || opened.Profile == "" {
				t.Errorf("opened %+v, want %d rows", opened, len(want))
			}
			got := listedRows(other, "--time", "all", "--profile", opened.Profile)
			if len(got) != len(want) {
				t.Fatalf("%d rows, want %d", len(got), len(want))
			}
			for _, r := range got {
				if diff := cmp.Diff(want[r.Name], r); diff != "" {
					t.Fatalf("%s (-exported +opened):\n%s", r.Name, diff)
				}
			}
			other.fails(exitFailed, "contact", "add", "--lastname", "Nová")
			other.fails(exitFailed, "sync", "--json")
		})
	}
}

func TestOpenRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	m := bare(t)
	m.fails(exitFailed, "open", filepath.Join(t.TempDir(), "missing.xlsx"))
	m.fails(exitFailed, "open", "harness_test.go")
	if found := files(t, m.dir); len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
}

func TestShowFollowsDeepLinks(t *testing.T) {
	t.Parallel()
	s, m := synced(t)
	w := truthOf(s)
	for _, i := range w.Interactions {
		if len(i.Activities) < 2 {
			continue
		}
		for _, name := range []string{
			i.Activities[1], "https://acme.daktela.com/listing/activities/?activityDetail=" + i.Activities[1], i.Name,
		} {
			var story showJSON
			m.json(&story, "show", name)
			if story.Interaction.Name != i.Name || len(story.Activities) != len(i.Activities) {
				t.Errorf("show %s gives %s", name, story.Interaction.Name)
			}
		}
		if text := m.ok("show", i.Name); !strings.Contains(text, i.Activities[1]) {
			t.Errorf("show for people: %.300q", text)
		}
		return
	}
	t.Fatal("no interaction with two activities")
}
