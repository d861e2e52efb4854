package profile

import (
	"testing"
	"time"

	"wapdesk/store/query"
)

func TestPlannedReportsComeAtTheirMoments(t *testing.T) {
	t.Parallel()
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	clock := query.Clock{Zone: prague}
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, prague)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	k := KeptReport{Report: Report{Days: []int{1, 7}, At: "02:30"}} // Mondays and Sundays
	for now, want := range map[string]string{
		"2026-11-30 02:29": "2026-11-30 02:30", "2026-11-30 02:30": "2026-12-06 02:30", "2026-12-01 12:00": "2026-12-06 02:30",
		// On the night of the long hour it is the first half past two, in that of the missing one the hour after.
		"2026-10-24 12:00": "2026-10-25 02:30", "2026-03-28 12:00": "2026-03-29 03:30",
	} {
		if got, planned := k.next(clock, at(now)); !planned || !got.Equal(at(want)) {
			t.Errorf("after %s comes %s, want %s", now, got, want)
		}
	}
	for now, want := range map[string]string{
		"2026-11-30 02:29": "2026-11-29 02:30", "2026-11-30 02:30": "2026-11-30 02:30", "2026-12-05 23:00": "2026-11-30 02:30",
	} {
		got, due := k.due(clock, at(now))
		if !due || !got.Equal(at(want)) {
			t.Errorf("at %s due is %s, want %s", now, got, want)
		}
		made := k
		made.Run.DueMs = got.UnixMilli()
		if _, due := made.due(clock, at(now)); due {
			t.Errorf("at %s it is due again", now)
		}
	}
	k.Days = nil
	if _, planned := k.next(clock, at("2026-11-30 02:29")); planned {
		t.Error("a report without days is planned")
	}
	if _, due := k.due(clock, at("2026-11-30 02:29")); due {
		t.Error("a report without days is due")
	}
}

func TestTheSchedulersLineIsQuoted(t *testing.T) {
	t.Parallel()
	r := Report{Title: `100% o'clock`, Days: []int{1, 7}, At: "07:05"}
	command := []string{`/opt/wap desk/wapdesk`, "--data", "/d", "--profile", "acme", "report", r.Title}
	want := `5 7 * * 1,0 '/opt/wap desk/wapdesk' '--data' '/d' '--profile' 'acme' 'report' '100'\%' o'\''clock'`
	if got := scheduleLine("linux", r, command); got != want {
		t.Errorf("cron:\n%s\n%s", got, want)
	}
	command[0] = `C:\Program Files\Wapdesk\wapdesk.exe`
	want = `schtasks /Create /F /TN "Wapdesk 100% o'clock" /SC WEEKLY /D MON,SUN /ST 07:05 /TR "\"C:\Program Files\Wapdesk\wapdesk.exe\" \"--data\" \"/d\" \"--profile\" \"acme\" \"report\" \"100% o'clock\""`
	if got := scheduleLine("windows", r, command); got != want {
		t.Errorf("Task Scheduler:\n%s\n%s", got, want)
	}
	command[4] = DemoName
	if got := scheduleLine("linux", r, command); got != `5 7 * * 1,0 'C:\Program Files\Wapdesk\wapdesk.exe' '--data' '/d' '--demo' 'report' '100'\%' o'\''clock'` {
		t.Errorf("demo: %s", got)
	}
}
