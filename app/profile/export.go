package app

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"wapdesk/app/export"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// exportJob is an export with its rows: a request of the dialog or the command line put
// together with the result it stands on.
type exportJob struct {
	profile *openProfile
	request ExportRequest
	shot    *listing.Snapshot
	write   export.Request
	// transcript is meant instead of write when the format is one of conversations.
	transcript export.TranscriptRequest
	rows       int64
	period     PeriodInfo
	missing    []DayRange
	asOfMs     int64
	filter     string // text form, for the log
}

// prepareExport checks the rights, runs the filter and turns the request into the writer's.
func (c *Core) prepareExport(ctx context.Context, p *openProfile, r ExportRequest) (*exportJob, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return nil, err
	}
	if !rights.MayExport() {
		return nil, &Error{Code: "no_export_right"}
	}
	j := &exportJob{profile: p, request: r}
	if r.Selected {
		one, err := c.shots.get(r.Selection.Snapshot)
		if err != nil {
			return nil, err
		}
		j.shot, j.rows = one.shot, int64(r.Selection.size(one.shot))
	} else {
		if j.shot, _, err = c.ask(ctx, p, r.Filter); err != nil {
			return nil, err
		}
		j.rows = int64(j.shot.Total())
	}
	if j.period, err = c.periodInfo(p, r.Filter.Time); err != nil {
		return nil, err
	}
	missing, err := c.gaps(ctx, p, j.shot)
	if err != nil {
		return nil, err
	}
	j.missing, j.asOfMs = missing.days, missing.asOfMs
	if j.filter, err = c.format(r.Filter.query().Where, "en"); err != nil {
		return nil, err
	}
	return j, c.fillRequest(ctx, j)
}

func (c *Core) fillRequest(ctx context.Context, j *exportJob) error {
	r, p := j.request, j.profile
	if isTranscript(r.Format) {
		j.transcript = c.transcriptRequest(p, r.Format, r.Lang, r.Region)
		return nil
	}
	words := c.words(r.Lang)
	j.write = export.Request{
		Format: export.Format(r.Format), Columns: r.Columns, Words: words, Lang: r.Lang, Region: export.Region(r.Region),
		Raw: r.Raw, Zone: p.db.Zone(), CSV: dialectOf(r),
	}
	for _, sheet := range r.Sheets {
		switch sheet {
		case "summary":
			j.write.Summary = true
		case "activities":
			j.write.Activities = j.activities(ctx)
		case "messages":
			j.write.Messages = j.messages(ctx)
		default:
			return newError("unknown_sheet", nil, "sheet", sheet)
		}
	}
	coverage, err := p.db.Coverage(ctx)
	if err != nil {
		return err
	}
	text, err := c.format(r.Filter.query().Where, r.Lang)
	if err != nil {
		return err
	}
	j.write.About = export.About{
		Company: p.company(), Filter: text, Sort: sortText(r.Filter.Sort, words), When: c.now().In(p.db.Zone()),
		By: c.userTitle(ctx, p), Version: c.opts.Version, Demo: p.Kind == kindDemo,
		Coverage: rangeLines(dayRanges(coverage, p.db.Zone())), Missing: rangeLines(j.missing),
	}
	return nil
}

// dialectOf is the region's dialect with what the dialog changed.
func dialectOf(r ExportRequest) export.Dialect {
	d := export.EnglishCSV()
	switch {
	case r.Dialect == "rfc4180":
		d = export.RFC4180()
	case r.Dialect == "czech" || r.Dialect == "" && r.Region == "cs":
		d = export.CzechCSV()
	}
	if r.Delimiter != "" {
		d.Delimiter = r.Delimiter[0]
	}
	if r.Decimal != "" {
		d.Decimal = r.Decimal[0]
	}
	if r.Delimiter != "" || r.Decimal != "" || r.BOM {
		d.BOM = r.BOM
	}
	d.Seconds, d.RawText = r.Seconds, r.RawText
	return d
}

func sortText(keys []query.SortKey, words export.Words) string {
	if len(keys) == 0 {
		keys = []query.SortKey{{Field: query.FieldTime, Desc: true}}
	}
	parts := make([]string, len(keys))
	for i, k := range keys {
		arrow := "↑"
		if k.Desc {
			arrow = "↓"
		}
		parts[i] = words("field."+k.Field) + " " + arrow
	}
	return strings.Join(parts, ", ")
}

func rangeLines(days []DayRange) []string {
	lines := make([]string, len(days))
	for i, d := range days {
		lines[i] = d.From
		if d.To != d.From {
			lines[i] += " – " + d.To
		}
	}
	return lines
}

// records gives the rows of the file in the order of the list.
func (j *exportJob) records(ctx context.Context) iter.Seq2[listing.Record, error] {
	return func(yield func(listing.Record, error) bool) {
		for r := range j.each(ctx) {
			if !yield(*r, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(listing.Record{}, err)
		}
	}
}

func (j *exportJob) each(ctx context.Context) iter.Seq[*listing.Record] {
	if j.request.Selected {
		return j.request.Selection.records(ctx, j.shot)
	}
	return j.shot.Records(ctx)
}

// ids are the store's keys of the rows, for the log of exports.
func (j *exportJob) ids(ctx context.Context) []int64 {
	ids := make([]int64, 0, j.rows)
	for r := range j.each(ctx) {
		ids = append(ids, r.ID)
	}
	return ids
}

// sheetBatch is how many interactions are read at once for a sheet.
const sheetBatch = 500

// batches reads what belongs to the rows from the store, some rows at a time.
func batches[From, To any](
	ctx context.Context, j *exportJob, read func(context.Context, []int64) ([]From, error), convert func(*From) To,
) iter.Seq2[To, error] {
	return func(yield func(To, error) bool) {
		for batch := range slices.Chunk(j.ids(ctx), sheetBatch) {
			all, err := read(ctx, batch)
			if err != nil {
				var none To
				yield(none, err)
				return
			}
			for i := range all {
				if !yield(convert(&all[i]), nil) {
					return
				}
			}
		}
	}
}

func (j *exportJob) activities(ctx context.Context) iter.Seq2[export.Activity, error] {
	return batches(ctx, j, j.profile.db.ActivitiesOf, exportActivity)
}

func exportActivity(a *store.SheetActivity) export.Activity {
	statuses := make([]string, len(a.Statuses))
	for i, s := range a.Statuses {
		statuses[i] = s.Title
	}
	return export.Activity{
		Name: a.Name, Interaction: a.Interaction, Title: a.Title, User: a.User.Title, Queue: a.Queue.Title,
		OpenMs: a.TimeOpenMs, CloseMs: a.TimeCloseMs, DurationS: a.DurationS, FocusS: a.FocusS,
		Disruptions: a.FocusDisruptions, Anomaly: a.Anomaly, Ticket: strings.TrimSpace(a.Ticket.Name + " " + a.Ticket.Title),
		Statuses: statuses, Description: plainText(a.Description), Anonymised: a.Erased,
	}
}

func (j *exportJob) messages(ctx context.Context) iter.Seq2[export.Message, error] {
	return batches(ctx, j, j.profile.db.MessagesOf, func(m *store.SheetMessage) export.Message {
		return exportMessage(m.Interaction, &m.Message, m.Erased)
	})
}

func exportMessage(interaction string, m *store.Message, erased bool) export.Message {
	from := m.From
	if m.User.Title != "" {
		from = m.User.Title
	}
	files := make([]string, len(m.Attachments))
	for i, a := range m.Attachments {
		files[i] = a.Title
	}
	return export.Message{
		Interaction: interaction, TimeMs: m.TimeMs, Direction: m.Direction, Kind: m.Kind, From: from, Text: m.Text,
		Delivery: m.Delivery, Reason: m.Reason, Files: files, Anonymised: erased,
	}
}

// fileName proposes the name of the file.
func (j *exportJob) fileName() string {
	zone := j.profile.db.Zone()
	var from, to time.Time
	if j.period.FromMs != 0 {
		from = time.UnixMilli(j.period.FromMs).In(zone)
	}
	if j.period.ToMs != 0 {
		to = time.UnixMilli(j.period.ToMs - 1).In(zone)
	}
	return export.FileName(j.profile.company(), from, to, j.request.Format)
}
