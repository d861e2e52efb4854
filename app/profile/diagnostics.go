package profile

import (
	"context"
	"runtime"
	"time"

	"wapdesk/app/logbook"
	"wapdesk/app/syncer"
	"wapdesk/app/system"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// Diagnostics is the state of a profile for whoever helps with it. It holds counts, times and codes, and
// nothing of any person, company or login.
type Diagnostics struct {
	Version string `json:"version"`
	System  string `json:"system"` // linux/amd64
	Go      string `json:"go"`
	Lang    string `json:"lang"`
	Kind    string `json:"kind"` // connected, demo or file
	Zone    string `json:"zone"`
	// Days that are kept, 0 for all.
	KeepDays int `json:"keep_days"`
	// DiskEncryption is on, off or unknown.
	DiskEncryption system.Encryption `json:"disk_encryption"`

	Bytes        int64           `json:"bytes"`
	Interactions int             `json:"interactions"`
	Coverage     []DiagnosticRun `json:"coverage"` // stored time, oldest first
	Changes      map[string]int  `json:"changes"`  // by state
	Erasures     int             `json:"erasures"`
	Compaction   bool            `json:"compaction_due"`
	Visible      map[string]int  `json:"visible"` // users and queues
	Syncs        []DiagnosticRun `json:"syncs"`   // newest first
	Reports      []syncer.Report `json:"sync_reports"`
	Log          []string        `json:"log"` // last lines, oldest first
}

// DiagnosticRun is a stretch of time in UTC, and what a sync did in it.
type DiagnosticRun struct {
	From string `json:"from"`
	To   string `json:"to,omitempty"` // "" while it runs, or when it was killed
	Kind string `json:"kind,omitempty"`
	Code string `json:"code,omitempty"` // why it ended early
	Read int64  `json:"read,omitempty"`
	// Interactions that were stored, those of them that were new, and those that are gone.
	Stored int64 `json:"stored,omitempty"`
	Added  int64 `json:"added,omitempty"`
	Gone   int64 `json:"gone,omitempty"`
}

const (
	shownRuns  = 20
	shownLines = 200
)

// Diagnostics describes the profile without personal data.
func (p *Profile) Diagnostics(ctx context.Context) (d Diagnostics, err error) {
	settings := p.Settings()
	d = Diagnostics{
		Version: p.opts.Version, System: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), Lang: settings.Lang,
		Kind: p.Kind, Zone: p.db.Zone().String(), Compaction: p.db.CompactionDue(),
		DiskEncryption: p.DiskEncryption(ctx),
		Coverage:       []DiagnosticRun{}, Syncs: []DiagnosticRun{},
	}
	if _, d.Bytes, err = p.Folder(); err != nil {
		return d, err
	}
	if d.Interactions, err = p.db.Stored(ctx); err != nil {
		return d, err
	}
	kept, err := p.Retention(ctx)
	if err != nil {
		return d, err
	}
	d.KeepDays = kept.Days
	counts, err := p.db.ChangeCounts(ctx)
	if err != nil {
		return d, err
	}
	d.Changes = map[string]int{
		"waiting": counts.Waiting, "sending": counts.Sending, "sent": counts.Sent, "refused": counts.Refused,
		"conflict": counts.Conflict, "manual": counts.Manual, "confirmed": counts.Confirmed,
	}
	erasures, err := p.db.Erasures(ctx)
	if err != nil {
		return d, err
	}
	d.Erasures = len(erasures)
	visible, err := p.Visible(ctx)
	if err != nil {
		return d, err
	}
	d.Visible = map[string]int{"users": len(visible.Users), "queues": len(visible.Queues)}
	if err := p.diagnoseSyncs(ctx, &d); err != nil {
		return d, err
	}
	d.Log, err = logbook.Tail(string(p.db.Folder()), shownLines)
	return d, err
}

func (p *Profile) diagnoseSyncs(ctx context.Context, d *Diagnostics) error {
	spans, err := p.db.Coverage(ctx)
	if err != nil {
		return err
	}
	for _, s := range spans {
		d.Coverage = append(d.Coverage, DiagnosticRun{From: instant(s.FromMs), To: instant(s.ToMs)})
	}
	runs, err := p.db.Runs(ctx, shownRuns)
	if err != nil {
		return err
	}
	for _, r := range runs {
		d.Syncs = append(d.Syncs, diagnosed(r))
	}
	d.Reports, err = syncer.Reports(ctx, p.db)
	return err
}

func diagnosed(r store.Run) DiagnosticRun {
	return DiagnosticRun{
		From: instant(r.StartedMs), To: instant(r.EndedMs), Kind: r.Kind, Code: r.Code,
		Read: r.Read, Stored: r.Stored, Added: r.Added, Gone: r.Gone,
	}
}

// instant writes a time in UTC, "" for an unknown one.
func instant(ms int64) string {
	if ms == listing.Unknown {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}
