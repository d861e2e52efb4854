package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestAReportEqualsTheSummary makes a report from the command line and compares what a reader finds with the figures of
// the same filter.
func TestAReportEqualsTheSummary(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	folder := filepath.Join(t.TempDir(), "reports")
	var saved reportReply
	m.json(&saved, "report", "Týden: podpora", "--save", "--period", "lastweek", "--compare", "before", "--folder", folder, "--formats", "xlsx,pdf", "--report-lang", "en")
	if saved.Period != "lastweek" || saved.Compare == nil || saved.Next != nil {
		t.Errorf("saved as %+v", saved)
	}
	var made struct{ Files []string }
	m.json(&made, "report", "týden: PODPORA")
	if len(made.Files) != 2 || filepath.Base(made.Files[0]) != "Týden_ podpora 2026-11-09_2026-11-15.xlsx" {
		t.Fatalf("made %q", made.Files)
	}
	var summary struct{ Total, Answered, Unanswered, Waiting int }
	m.json(&summary, "summary", "--time", "lastweek")
	book, err := excelize.OpenFile(made.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	cover := map[string]string{}
	rows, err := book.GetRows("Cover")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if len(row) > 1 {
			cover[row[0]] = row[1]
		}
	}
	for label, want := range map[string]int{
		"Interactions": summary.Total, "Answered": summary.Answered, "Unanswered": summary.Unanswered, "Missed, waiting": summary.Waiting,
	} {
		if cover[label] != strconv.Itoa(want) || want == 0 {
			t.Errorf("%s is %q, the summary says %d", label, cover[label], want)
		}
	}
	for _, sheet := range []string{"By day", "By agent", "By queue", "By hour", "By status"} {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if last := rows[len(rows)-1]; last[0] != "Total" || last[1] != strconv.Itoa(summary.Total) {
			t.Errorf("%s ends with %q", sheet, last)
		}
	}

	// Made again it takes its own place, and that of nobody else.
	m.json(&made, "report", "Týden: podpora")
	if left, err := os.ReadDir(folder); err != nil || len(left) != 2 {
		t.Errorf("made twice: %v, %v", left, err)
	}
	m.json(&saved, "report", "Týden: podpora", "--save", "--file-name", "x")
	if err := os.WriteFile(filepath.Join(folder, "x.xlsx"), []byte("somebody's"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.json(&made, "report", "Týden: podpora")
	if got := read(t, filepath.Join(folder, "x.xlsx")); got != "somebody's" || filepath.Base(made.Files[0]) != "x (2).xlsx" {
		t.Errorf("a file that was there: %.20q, made %q", got, made.Files)
	}

	out := filepath.Join(t.TempDir(), "one.pdf")
	m.json(&made, "report", "Týden: podpora", "--out", out)
	m.fails(exitFailed, "report", "Týden: podpora", "--out", out)
	m.fails(exitUsage, "report", "Týden: podpora", "--out", "one.csv")
	m.ok("report", "Týden: podpora", "--delete")
	if got := m.ok("report"); !strings.Contains(got, "no reports") {
		t.Errorf("after deleting: %q", got)
	}
}

func TestReportsThatCannotBe(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	m.fails(exitFailed, "report", "nobody’s")
	m.fails(exitFailed, "report", "x", "--save", "--view", "none such")
	m.fails(exitFailed, "report", "x", "--save", "--days", "mon", "--at", "07:30") // and no folder
	m.fails(exitFailed, "report", "x", "--save", "--days", "mon", "--at", "25:00", "--folder", t.TempDir())
	for _, args := range [][]string{
		{"report", "--save"}, {"report", "x", "--save", "--delete"}, {"report", "x", "--save", "--period", "sometimes"},
		{"report", "x", "--save", "--days", "noday"}, {"report", "x", "--save", "--formats", "csv"}, {"report", "x", "--save", "--compare", "team"},
	} {
		m.fails(exitUsage, args...)
	}
	m.ok("report", "x", "--save")
	m.fails(exitFailed, "report", "x") // no folder
	m.fails(exitFailed, "report", "x", "--schedule")
}

// TestAMissedReportIsMadeAtTheNextStart plans a report, lets its moment pass while nothing runs, and opens the screens.
func TestAMissedReportIsMadeAtTheNextStart(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // a process cannot send Ctrl+C to another there
	}
	_, m := synced(t)
	m.env["WAPDESK_URL"], m.env["WAPDESK_TOKEN"] = "", "" // the profile alone: nothing syncs meanwhile
	folder := t.TempDir()
	m.ok("report", "missed", "--save", "--period", "yesterday", "--folder", folder, "--days", "mon,tue,wed,thu,fri,sat,sun", "--at", "00:00", "--formats", "pdf")
	due := func() reportReply {
		var got struct{ Reports []reportReply }
		m.json(&got, "report")
		return got.Reports[0]
	}
	if got := due(); got.Next == nil || got.Made != nil {
		t.Fatalf("planned as %+v", got)
	}
	// As if it had been planned two days ago.
	name := filepath.Base(m.profileDir())
	execute(t, filepath.Join(m.dir, name, "wapdesk.db"), `UPDATE settings SET value = '{"dueMs":1}' WHERE key LIKE 'report-run.%'`)
	end := m.screens()
	deadline := time.Now().Add(30 * time.Second)
	for due().Made == nil && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
	}
	end()
	got := due()
	if got.Made == nil || got.Failed != nil || len(got.Files) != 1 {
		t.Fatalf("after the start: %+v", got)
	}
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().In(prague).AddDate(0, 0, -1).Format(time.DateOnly) // a profile of its own goes by the real clock
	if !strings.Contains(got.Files[0], yesterday) {
		t.Errorf("%s is not of %s", got.Files[0], yesterday)
	}
	if text, err := os.ReadFile(got.Files[0]); err != nil || !strings.HasPrefix(string(text), "%PDF-") {
		t.Errorf("%.20q, %v", text, err)
	}
}
