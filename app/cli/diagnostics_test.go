package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"wapdesk/app/system"
	"wapdesk/frontend"
)

// TestDiagnosticsTellWhetherTheDiskIsEncrypted has the system give each of its answers.
func TestDiagnosticsTellWhetherTheDiskIsEncrypted(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	for _, answer := range []system.Encryption{system.EncryptionOn, system.EncryptionOff, system.EncryptionUnknown} {
		var out, errs bytes.Buffer
		asked := ""
		code := here(Program{
			Args: []string{"--data", m.dir, "diagnostics", "--json"}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
			Getenv: func(name string) string { return m.env[name] },
			DiskEncryption: func(_ context.Context, folder string) system.Encryption {
				asked = folder
				return answer
			},
		})
		var told struct {
			Encryption system.Encryption `json:"disk_encryption"`
		}
		if err := json.Unmarshal(out.Bytes(), &told); err != nil || code != exitDone || told.Encryption != answer {
			t.Errorf("%s: exit %d, %v, told %q", answer, code, err, told.Encryption)
		}
		if !strings.HasPrefix(asked, m.dir) {
			t.Errorf("asked about %q", asked)
		}
		warning := ""
		if answer != system.EncryptionOn {
			warning = frontend.Text("en", "settings.data.encryption."+string(answer)) + "\n"
		}
		if errs.String() != warning {
			t.Errorf("%s: standard error %q, want %q", answer, errs.String(), warning)
		}
	}
}

// TestTheSyncReportsPausesAndSaysHowItStands asks for the reports, pauses and goes on, and plants names.
func TestTheSyncReportsPausesAndSaysHowItStands(t *testing.T) {
	t.Parallel()
	site, m := synced(t)
	type report struct {
		Kind     string         `json:"kind"`
		Requests map[string]int `json:"requests"`
		After    []spanJSON     `json:"coverage_after"`
	}
	var one report
	m.json(&one, "sync", "--report")
	if one.Kind != "usual" || one.Requests["GET activitiesWap"] == 0 || len(one.After) != 1 {
		t.Errorf("the report says %+v", one)
	}
	var kept struct {
		Reports []report `json:"reports"`
	}
	m.json(&kept, "sync", "--reports")
	if len(kept.Reports) != 2 {
		t.Errorf("%d reports, want those of both syncs", len(kept.Reports))
	}
	var status struct {
		Interactions int          `json:"interactions"`
		LastSync     string       `json:"last_sync"`
		Paused       bool         `json:"paused"`
		Coverage     []storedDays `json:"coverage"`
	}
	for _, paused := range []bool{true, false} {
		m.ok("sync", map[bool]string{true: "--pause", false: "--resume"}[paused])
		m.json(&status, "status")
		if status.Paused != paused || status.Interactions == 0 || status.LastSync == "" || len(status.Coverage) != 1 {
			t.Errorf("the status is %+v", status)
		}
		if said := strings.Contains(m.ok("status"), frontend.Text("en", "cli.syncPaused")); said != paused {
			t.Errorf("paused: %v, said: %v", paused, said)
		}
	}
	m.fails(exitUsage, "sync", "--pause", "--resume")
	m.fails(exitUsage, "sync", "--report", "--reports")

	told := m.ok("sync", "--reports") + m.run("", "diagnostics").stdout
	d := site.Data()
	planted := []string{site.Token(), site.Tokens().Lead.Name}
	for _, i := range d.Interactions {
		planted = append(planted, i.Name, i.Title)
	}
	for _, c := range d.Contacts {
		planted = append(planted, c.Name, c.Title, c.LastName)
	}
	for _, u := range d.Users {
		if u.Name != "system" { // which is a key of the answer as well
			planted = append(planted, u.Name, u.Title)
		}
	}
	for _, p := range planted {
		if len(p) > 3 && strings.Contains(told, p) {
			t.Errorf("the reports or the diagnostics hold %q", p)
		}
	}
}
