package profile

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

// ExportRequest says what a file is to hold and in which form.
type ExportRequest struct {
	Filter    Filter    `json:"filter"`
	Selection Selection `json:"selection"` // used when Selected is true
	Selected  bool      `json:"selected"`
	Format    string    `json:"format"`    // xlsx, csv; txt, pdf, jsonl for the conversations
	Columns   []string  `json:"columns"`   // field names in order; empty means all 14
	Sheets    []string  `json:"sheets"`    // summary, activities, messages
	Lang      string    `json:"lang"`      // en, cs: headers and values
	Region    string    `json:"region"`    // en, cs: dates, delimiter
	Raw       bool      `json:"raw"`       // wire values instead of words
	RawText   bool      `json:"rawText"`   // csv: leave = + - @ as they are
	Dialect   string    `json:"dialect"`   // csv: czech, rfc4180, or "" for the region's
	Delimiter string    `json:"delimiter"` // csv: "," ";" or "\t", "" from the region
	BOM       bool      `json:"bom"`
	Seconds   bool      `json:"seconds"` // durations as seconds
}

// Export is an export with its rows: a request put together with the result it stands on.
type Export struct {
	Rows    int64
	Missing []DayRange // parts of the time asked for that are not stored
	AsOfMs  int64      // as in Result
	// KeptFrom is as in Result: days before it are past keeping, and so missing too.
	KeptFrom string

	profile *Profile
	request ExportRequest
	result  *Result
	single  *single // one conversation, instead of result
	write   export.Request
	// transcript is meant instead of write when the format is one of conversations.
	transcript export.TranscriptRequest
	period     PeriodInfo
	filter     string // text form, for the log
}

// PrepareExport checks the rights, runs the filter and turns the request into the writer's.
func (p *Profile) PrepareExport(ctx context.Context, r ExportRequest) (*Export, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return nil, err
	}
	if !rights.MayExport() {
		return nil, ErrNoExportRight
	}
	x := &Export{profile: p, request: r}
	if r.Selected {
		if x.result, err = p.results.get(r.Selection.Snapshot); err != nil {
			return nil, err
		}
	} else {
		if x.result, err = p.Search(ctx, r.Filter); err != nil {
			return nil, err
		}
		x.result.shot = nil // the dialog may stay open for long
	}
	rows, err := p.reading(ctx, x.result)
	if err != nil {
		return nil, err
	}
	n, err := rows.Count(ctx, x.takes())
	if err != nil {
		return nil, err
	}
	x.Rows = int64(n)
	missing, err := p.gaps(ctx, x.result.rows)
	if err != nil {
		return nil, err
	}
	x.Missing, x.AsOfMs = missing.days, missing.asOfMs
	if x.KeptFrom, err = p.keptFromOf(ctx, x.result.rows.Range()); err != nil {
		return nil, err
	}
	if x.period, err = p.Period(r.Filter.Time); err != nil {
		return nil, err
	}
	where := r.Filter.Query().Where
	if x.filter, err = p.FormatWhere(ctx, where, "en"); err != nil {
		return nil, err
	}
	if isTranscript(r.Format) {
		x.transcript = p.transcriptRequest(r.Format, r.Lang, r.Region)
		return x, nil
	}
	return x, x.fillRequest(ctx, where)
}

// fillRequest makes the request of a table.
func (x *Export) fillRequest(ctx context.Context, where *query.Node) error {
	r, p := x.request, x.profile
	words := p.Words(r.Lang)
	x.write = export.Request{
		Format: export.Format(r.Format), Columns: r.Columns, Words: words, Lang: r.Lang, Region: export.Region(r.Region),
		Raw: r.Raw, Targets: p.Targets().ofList(), Zone: p.db.Zone(), CSV: dialectOf(r),
	}
	for _, sheet := range r.Sheets {
		switch sheet {
		case "summary":
			x.write.Summary = true
		case "activities":
			x.write.Activities = x.activities(ctx)
		case "messages":
			x.write.Messages = x.messages(ctx)
		default:
			return &UnknownError{What: ASheet, Name: sheet}
		}
	}
	coverage, err := p.db.Coverage(ctx)
	if err != nil {
		return err
	}
	text, err := p.FormatWhere(ctx, where, r.Lang)
	if err != nil {
		return err
	}
	x.write.About = export.About{
		Company: p.Company(), Filter: text, Sort: sortText(r.Filter.Sort, words), When: p.now().In(p.db.Zone()),
		By: p.UserTitle(ctx), Version: p.opts.Version, Demo: p.IsDemo(),
		Coverage: rangeLines(DayRanges(coverage, p.db.Zone())), Missing: rangeLines(x.Missing),
	}
	if x.KeptFrom != "" {
		x.write.About.PastKeeping = words("export.about.pastKeeping.text", "day", x.KeptFrom)
	}
	return nil
}

// dialectOf returns the region's dialect with what the dialog changed.
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
	if r.Delimiter != "" || r.BOM {
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

// records returns the rows of the file in the order of the list.
func (x *Export) records(ctx context.Context) iter.Seq2[listing.Record, error] {
	return func(yield func(listing.Record, error) bool) {
		rows, err := x.each(ctx)
		if err != nil {
			yield(listing.Record{}, err)
			return
		}
		for r := range rows {
			if !yield(*r, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(listing.Record{}, err)
		}
	}
}

// takes returns whether a row goes into the file, by its unique name; nil takes all.
func (x *Export) takes() func(name string) bool {
	if x.request.Selected {
		return x.request.Selection.takes()
	}
	return nil
}

// each returns the rows as they are now: since the file was prepared some may have left.
func (x *Export) each(ctx context.Context) (iter.Seq[*listing.Record], error) {
	rows, err := x.profile.reading(ctx, x.result)
	if err != nil {
		return nil, err
	}
	return rows.Records(ctx, x.takes()), nil
}

// ids are the store's keys of the rows, for the log of exports.
func (x *Export) ids(ctx context.Context) ([]int64, error) {
	if x.single != nil {
		return []int64{x.single.id}, nil
	}
	rows, err := x.each(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, 0, x.Rows)
	for r := range rows {
		ids = append(ids, r.ID)
	}
	return ids, ctx.Err()
}

// sheetBatch is how many interactions are read at once for a sheet.
const sheetBatch = 500

// batches reads what belongs to the rows from the store, some rows at a time.
func batches[From, To any](
	ctx context.Context, x *Export, read func(context.Context, []int64) ([]From, error), convert func(*From) To,
) iter.Seq2[To, error] {
	return func(yield func(To, error) bool) {
		var none To
		ids, err := x.ids(ctx)
		if err != nil {
			yield(none, err)
			return
		}
		for batch := range slices.Chunk(ids, sheetBatch) {
			all, err := read(ctx, batch)
			if err != nil {
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

func (x *Export) activities(ctx context.Context) iter.Seq2[export.Activity, error] {
	return batches(ctx, x, x.profile.db.ActivitiesOf, exportActivity)
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
		Statuses: statuses, Description: PlainText(a.Description), Anonymised: a.Erased,
	}
}

func (x *Export) messages(ctx context.Context) iter.Seq2[export.Message, error] {
	return batches(ctx, x, x.profile.db.MessagesOf, func(m *store.SheetMessage) export.Message {
		return exportMessage(m.Interaction, &m.Message, m.Erased)
	})
}

func exportMessage(interaction string, m *store.Message, erased bool) export.Message {
	from := m.From
	if m.User.Title != "" {
		from = m.User.Title
	}
	return export.Message{
		Interaction: interaction, TimeMs: m.TimeMs, Direction: m.Direction, Kind: m.Kind, From: from, Text: m.Text,
		Delivery: m.Delivery, Reason: m.Reason, Files: titles(m.Attachments), Anonymised: erased,
	}
}

func titles(files []store.Attachment) []string {
	titles := make([]string, len(files))
	for i, f := range files {
		titles[i] = f.Title
	}
	return titles
}

// FileName proposes the name of the file.
func (x *Export) FileName() string {
	if x.single != nil {
		return "whatsapp_" + safeName(x.single.name) + "." + x.request.Format
	}
	zone := x.profile.db.Zone()
	var from, to time.Time
	if x.period.FromMs != 0 {
		from = time.UnixMilli(x.period.FromMs).In(zone)
	}
	if x.period.ToMs != 0 {
		to = time.UnixMilli(x.period.ToMs - 1).In(zone)
	}
	return export.FileName(x.profile.Company(), from, to, x.request.Format)
}
