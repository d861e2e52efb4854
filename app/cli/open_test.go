package cli

import (
	"encoding/json"
	"os"
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

// foreign writes a .csv of rows below the usual headers.
func foreign(t *testing.T, name string, rows ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	text := strings.Join(append([]string{"Unique name,Time,Queue,User,Wait time,Note"}, rows...), "\r\n")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestOwnExportComesBackInAnyOrder(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	sums := func(rows []rowJSON) (wait, lasts, missed int64) {
		for _, r := range rows {
			if r.Wait != nil {
				wait += *r.Wait
			}
			if r.Duration != nil {
				lasts += *r.Duration
			}
			if r.MissedTime != nil {
				missed++
			}
		}
		return wait, lasts, missed
	}
	wait, lasts, missed := sums(listedRows(m, "--time", "all"))
	for _, sort := range []string{"direction:desc", "missed_time:asc", "wait:asc", "duration:desc"} {
		file := filepath.Join(t.TempDir(), "list.xlsx")
		m.ok("export", "--out", file, "--time", "all", "--sort", sort)
		other := bare(t)
		other.ok("open", file)
		if w, l, n := sums(listedRows(other, "--time", "all")); w != wait || l != lasts || n != missed {
			t.Errorf("%s: %d s waited, %d s lasted, %d missed; want %d, %d, %d", sort, w, l, n, wait, lasts, missed)
		}
	}
}

func TestFiguresOfAFileComeBackWithoutTheirActivities(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	const columns = "id,time,focus,disruptions,firstreply,silence,activities,messages,qa,score,state,status"
	first, again := filepath.Join(t.TempDir(), "first.csv"), filepath.Join(t.TempDir(), "again.csv")
	m.ok("export", "--out", first, "--time", "last7days", "--columns", columns)
	other := bare(t)
	other.ok("open", first)
	other.ok("export", "--out", again, "--time", "all", "--columns", columns)
	for _, query := range []string{"status:vyřešeno", "-status:vyřešeno"} {
		var told, found listJSON
		m.json(&told, "list", "--time", "last7days", "--query", query)
		if other.json(&found, "list", "--time", "all", "--query", query); told.Total != found.Total || found.Total == 0 {
			t.Errorf("%s finds %d in the opened file, want %d", query, found.Total, told.Total)
		}
	}
	want, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(again)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\r\n"), strings.Split(string(got), "\r\n")); diff != "" {
		t.Errorf("(-exported +opened and exported):\n%.2000s", diff)
	}
}

func TestOpenAsksForTheOrderOfDates(t *testing.T) {
	t.Parallel()
	file := foreign(t, "list.csv", "a,01/02/2026 08:00,Q,Eva,65,", "b,03/04/2026 08:00,Q,Eva,65,")
	m := bare(t)
	if text := m.fails(exitUsage, "open", file); !strings.Contains(text, "01/02/2026") || !strings.Contains(text, "--dates") {
		t.Errorf("asked with %q", text)
	}
	if found := files(t, m.dir); len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
	m.fails(exitUsage, "open", file, "--dates", "xyz")
	for dates, want := range map[string]string{"dmy": "2026-02-01T08:00:00+01:00", "mdy": "2026-01-02T08:00:00+01:00"} {
		m := bare(t)
		m.ok("open", file, "--dates", dates)
		for _, r := range listedRows(m, "--time", "all") {
			if r.Name == "a" && *r.Time != want {
				t.Errorf("%s: %s, want %s", dates, *r.Time, want)
			}
		}
	}
}

func TestOpenSaysHowAFileWasRead(t *testing.T) {
	t.Parallel()
	file := foreign(t, "list.csv", "a,28/02/2026 08:00,Q,Eva,65,x", "a,01/02/2026 08:00,Q,Eva,soon,", "c,never,Q,Eva,,")
	m := bare(t)
	got := m.run("", "open", file)
	for _, said := range []string{"Note", "28/02/2026", "Europe/Prague", "unique name", "1 row was left out", "1 value was left blank", "Row 3", "Row 4"} {
		if !strings.Contains(got.stderr, said) {
			t.Errorf("does not say %q: %s", said, got.stderr)
		}
	}
	if got.code != exitDone || len(listedRows(m, "--time", "all")) != 2 {
		t.Errorf("exit %d", got.code)
	}
	var opened struct {
		Rows, Left, Values int
		Unknown            []string
		Notices            []struct{ Code string }
	}
	m.json(&opened, "open", file)
	if opened.Rows != 2 || opened.Left != 1 || opened.Values != 1 || len(opened.Unknown) != 1 || len(opened.Notices) != 3 {
		t.Errorf("%+v", opened)
	}
}

func TestOpenOfAFileWithoutOneReadableRowFails(t *testing.T) {
	t.Parallel()
	file := foreign(t, "list.csv", "a,soon,Q,Eva,65,", "b,,Q,Eva,65,", "c,later,Q,Eva,65,")
	m := bare(t)
	if text := m.fails(exitFailed, "open", file); !strings.Contains(text, "2 have a time") || !strings.Contains(text, "1 has none") || !strings.Contains(text, "row 2") {
		t.Errorf("%q", text)
	}
	if found := files(t, m.dir); len(found) != 0 {
		t.Errorf("left behind: %v", found)
	}
}

func TestOpenTakesLongNamesOfAnyLetters(t *testing.T) {
	t.Parallel()
	file := foreign(t, strings.Repeat("ж", 40)+".xlsx", "a,2026-02-01 08:00,Q,Eva,65,")
	m := bare(t)
	m.ok("open", file)
	if rows := listedRows(m, "--time", "all"); len(rows) != 1 {
		t.Errorf("%d rows", len(rows))
	}
}

func TestTimesOfTheRepeatedHourStayApartInFiles(t *testing.T) {
	t.Parallel()
	first := foreign(t, "list.csv", "a,2026-10-25 02:30:00 +0200,Q,Eva,65,", "b,2026-10-25 02:30:00 +0100,Q,Eva,65,")
	want := map[string]string{"a": "2026-10-25T02:30:00+02:00", "b": "2026-10-25T02:30:00+01:00"}
	for _, name := range []string{"again.xlsx", "again.csv"} {
		m, again, other := bare(t), filepath.Join(t.TempDir(), name), bare(t)
		m.ok("open", first)
		m.ok("export", "--out", again, "--time", "all", "--columns", "id,time,queue")
		other.ok("open", again)
		for _, r := range listedRows(other, "--time", "all") {
			if *r.Time != want[r.Name] {
				t.Errorf("%s: %s is at %s, want %s", name, r.Name, *r.Time, want[r.Name])
			}
		}
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
			i.Activities[1], s.web.URL + "/listing/activities/?activityDetail=" + i.Activities[1], i.Name,
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

// TestAnOpenedFileStaysAsItIs opens a file, anonymises what it holds, and looks at the file.
func TestAnOpenedFileStaysAsItIs(t *testing.T) {
	t.Parallel()
	_, synced := synced(t)
	file := filepath.Join(t.TempDir(), "list.xlsx")
	synced.ok("export", "--out", file, "--time", "today")
	m := bare(t)
	before := read(t, file)
	var opened struct {
		Profile string `json:"profile"`
	}
	m.json(&opened, "open", file)
	var listed struct {
		Rows []struct {
			Name string `json:"name"`
		} `json:"rows"`
	}
	m.json(&listed, "--profile", opened.Profile, "list", "--time", "all", "--limit", "3")
	m.ok("--profile", opened.Profile, "anonymise", listed.Rows[0].Name, "--yes")
	if read(t, file) != before {
		t.Error("the opened file was changed")
	}
	var changes struct {
		Changes []json.RawMessage `json:"changes"`
	}
	m.json(&changes, "--profile", opened.Profile, "changes")
	if len(changes.Changes) > 0 {
		t.Errorf("something is to be sent of an opened file: %s", changes.Changes)
	}
	if line := m.fails(exitFailed, "--profile", opened.Profile, "sync"); line == "" {
		t.Error("an opened file was synced")
	}
}
