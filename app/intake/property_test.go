package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"wapdesk/app/export"
	"wapdesk/app/intake"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// roundTrips is how many exports of how many combinations are opened again.
const roundTrips = 2000

// tripZones have a clock put back by an hour, by half an hour, and never.
var tripZones = []string{"Europe/Prague", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"}

// trip is one export to be opened again.
type trip struct {
	req     export.Request
	zone    *time.Location
	records []listing.Record
	acts    []export.Activity
	lines   []export.Message
}

// wallMoment is any second, often one in an hour that comes twice.
func wallMoment(rng *rand.Rand, zone *time.Location) int64 {
	at := time.Date(2023, 1, 1, 0, 0, rng.IntN(4*365*86400), 0, time.UTC)
	if _, end := at.In(zone).ZoneBounds(); rng.IntN(3) == 0 && !end.IsZero() {
		at = end.Add(time.Duration(rng.IntN(4*3600)-2*3600) * time.Second)
	}
	return at.UnixMilli()
}

func newTrip(seed uint64) trip {
	rng := rand.New(rand.NewPCG(seed, 15))
	zone, err := time.LoadLocation(tripZones[rng.IntN(len(tripZones))])
	if err != nil {
		panic(err) // the zones are part of the test
	}
	lang := pick(rng, "en", "cs")
	t := trip{zone: zone, req: export.Request{
		Format: pick(rng, export.XLSX, export.CSV, export.CSV), Words: words(lang), Lang: lang, Region: pick(rng, export.RegionEN, export.RegionCS),
		Raw: rng.IntN(3) == 0, Zone: zone,
	}}
	fields := slices.Clone(export.Fields())
	rng.Shuffle(len(fields), func(a, b int) { fields[a], fields[b] = fields[b], fields[a] })
	fields = fields[:1+rng.IntN(len(fields))]
	if !slices.Contains(fields, "time") && rng.IntN(20) > 0 {
		fields[rng.IntN(len(fields))] = "time"
	}
	t.req.Columns = fields
	n := rng.IntN(6)
	if rng.IntN(100) == 0 {
		n = 260 // beyond any sample
	}
	for i := range n {
		r := randomRecord(seed, i)
		r.TimeMs = wallMoment(rng, zone)
		if r.MissedTimeMs != listing.Unknown {
			r.MissedTimeMs = wallMoment(rng, zone)
		}
		figure := func() int32 { return pick(rng, listing.Unknown, 0, 1, 64, 65, 3600, 86400, rng.Int32N(400_000)) }
		r.FocusS, r.FirstReplyS, r.SilenceS = figure(), figure(), figure()
		r.Disruptions, r.Activities, r.Messages, r.Score = figure(), figure(), figure(), figure()
		r.Recipient, r.QA = r.WANumber, rng.IntN(2) == 0
		r.Account, r.Tickets = listing.Ref{Title: text(rng)}, []string{"48213 Router swap"}
		r.Statuses = pick(rng, nil, []listing.Ref{{Title: "Vyřešeno"}}, []listing.Ref{{Title: "Vyřešeno"}, {Title: "=Spam (2)"}})
		r.State |= pick(rng, 0, listing.StateOpen, listing.StateAnomaly, listing.StatePending, listing.StateOpen|listing.StateConflict)
		t.records = append(t.records, r)
	}
	if n > 200 || rng.IntN(2) == 0 { // blank values first, as a list sorted by them is
		slices.SortStableFunc(t.records, func(a, b listing.Record) int { return int(min(a.WaitS, 1) - min(b.WaitS, 1)) })
	}
	if t.req.Format == export.CSV {
		t.req.CSV = export.Dialect{
			Delimiter: pick[byte](rng, ',', ';', '\t', '|'), BOM: rng.IntN(2) == 0, Seconds: rng.IntN(2) == 0, RawText: rng.IntN(2) == 0,
			Dates: pick(rng, export.ISO, export.ISOShort, export.Czech, export.CzechTight),
		}
		return t
	}
	t.req.Summary = rng.IntN(20) == 0
	if rng.IntN(3) == 0 {
		t.addActivities(rng)
	}
	if rng.IntN(3) == 0 {
		t.addMessages(rng)
	}
	return t
}

func (t *trip) addActivities(rng *rand.Rand) {
	for i, r := range t.records {
		for j := range rng.IntN(3) {
			t.acts = append(t.acts, export.Activity{
				Name: fmt.Sprintf("act_%d_%d", i, j), Interaction: r.Name, Title: "x" + text(rng), User: text(rng), Queue: text(rng),
				OpenMs: wallMoment(rng, t.zone), CloseMs: pick(rng, listing.Unknown, wallMoment(rng, t.zone)),
				DurationS: int64(rng.IntN(100_000)), FocusS: int64(pick(rng, listing.Unknown, rng.IntN(1000))), Disruptions: int64(rng.IntN(5)),
				Ticket: pick(rng, "", "48213 Router swap"), Statuses: pick(rng, nil, []string{"A"}, []string{"A", "B"}), Description: text(rng),
			})
		}
	}
	t.req.Activities = func(yield func(export.Activity, error) bool) {
		for _, a := range t.acts {
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (t *trip) addMessages(rng *rand.Rand) {
	for _, r := range t.records {
		for range rng.IntN(4) {
			t.lines = append(t.lines, export.Message{
				Interaction: r.Name, TimeMs: wallMoment(rng, t.zone), Direction: pick(rng, "", "IN", "OUT", "BOT"), Kind: pick(rng, "text", "image", "voice"),
				From: "x" + text(rng), Text: text(rng), Delivery: pick(rng, "", "SENT", "READ", "FAILED"), Reason: pick(rng, "", "131047"),
				Files: pick(rng, nil, []string{"a.jpg"}, []string{"a.jpg", "b.pdf"}),
			})
		}
	}
	t.req.Messages = func(yield func(export.Message, error) bool) {
		for _, m := range t.lines {
			if !yield(m, nil) {
				return
			}
		}
	}
}

// has reports whether the file holds a column.
func (t *trip) has(field string) bool {
	return slices.Contains(t.req.Columns, field) || field == "id" && (t.req.Activities != nil || t.req.Messages != nil)
}

// seen is a record as far as the columns of the file hold it.
func (t *trip) seen(r listing.Record, row int) listing.Record {
	var none listing.Record
	none.WaitS, none.DurationS, none.MissedTimeMs = listing.Unknown, listing.Unknown, listing.Unknown
	none.Name, none.TimeMs = fmt.Sprintf("row_%07d", row+1), r.TimeMs
	keep := func(field string, set func()) {
		if t.has(field) {
			set()
		}
	}
	keep("id", func() { none.Name = r.Name })
	keep("queue", func() { none.Queue = r.Queue })
	keep("user", func() { none.User = r.User })
	keep("contact", func() { none.Contact = r.Contact })
	keep("wa", func() { none.WA = r.WA })
	keep("title", func() { none.Title = r.Title })
	keep("answered", func() { none.Answered = r.Answered })
	keep("wait", func() { none.WaitS = r.WaitS })
	keep("duration", func() { none.DurationS = r.DurationS })
	keep("ended", func() { none.Ended = r.Ended })
	keep("connector", func() { none.Connector = r.Connector })
	keep("missed", func() { none.Missed = r.Missed })
	keep("missed_time", func() { none.MissedTimeMs = r.MissedTimeMs })
	keep("direction", func() { none.Direction = r.Direction })
	keep("recipient", func() { none.WANumber = r.WANumber })
	keep("wa_number", func() { none.WANumber = r.WANumber })
	keep("sender", func() { none.Sender = r.Sender })
	if t.erased(r) {
		none.State = listing.StateAnonymised
		none.Contact, none.WA, none.WANumber, none.Sender, none.Title = listing.Ref{}, "", "", "", ""
	}
	return none
}

// erased reports whether the file tells that a row is anonymised: by its state, or where that is not a
// column by all of its personal cells.
func (t *trip) erased(r listing.Record) bool {
	anonymised := r.State&listing.StateAnonymised != 0
	if t.has("state") {
		return anonymised
	}
	some := false
	for field, value := range map[string]string{
		"contact": r.Contact.Title, "wa": r.WA, "title": r.Title, "wa_number": r.WANumber, "sender": r.Sender, "recipient": r.Recipient,
		"account": r.Account.Title, "ticket": strings.Join(r.Tickets, "; "),
	} {
		if t.has(field) && !anonymised && value != "Anonymised" {
			return false
		}
		some = some || t.has(field)
	}
	return some
}

// given are the figures that the file has to give.
func (t *trip) given(r listing.Record) *store.GivenFigures {
	of := func(field string, value int32) int64 {
		if !t.has(field) || value == listing.Unknown {
			return listing.Unknown
		}
		return int64(value)
	}
	g := store.GivenFigures{
		Activities: of("activities", r.Activities), Messages: of("messages", r.Messages), Disruptions: of("disruptions", r.Disruptions), Score: of("score", r.Score),
		FocusS: of("focus", r.FocusS), FirstReplyS: of("firstreply", r.FirstReplyS), SilenceS: of("silence", r.SilenceS),
	}
	if t.has("qa") {
		g.Reviewed = listing.TriNo
		if r.QA {
			g.Reviewed = listing.TriYes
		}
	}
	if t.has("state") {
		g.Open, g.Anomaly = r.State&listing.StateOpen != 0, r.State&listing.StateAnomaly != 0
	}
	if g == (store.GivenFigures{
		Activities: listing.Unknown, Messages: listing.Unknown, Disruptions: listing.Unknown, Score: listing.Unknown,
		FocusS: listing.Unknown, FirstReplyS: listing.Unknown, SilenceS: listing.Unknown,
	}) {
		return nil
	}
	return &g
}

// Every order of rows and set of columns and sheets, in every dialect, language, region and form of values,
// comes back value by value.
func TestEveryExportOpensAgainWithEveryValue(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for seed := range uint64(roundTrips) {
		trip := newTrip(seed)
		if !trip.check(t, dir) {
			t.Fatalf("seed %d: %+v", seed, trip.req)
		}
	}
}

func (t *trip) check(test *testing.T, dir string) bool {
	var out bytes.Buffer
	_, err := export.Write(context.Background(), &out, t.req, func(yield func(listing.Record, error) bool) {
		for _, r := range t.records {
			if !yield(r, nil) {
				return
			}
		}
	}, nil)
	if err != nil {
		test.Error(err)
		return false
	}
	path := filepath.Join(dir, "trip")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		test.Error(err)
		return false
	}
	f, err := intake.Open(test.Context(), path, intake.Options{TempDir: dir})
	if !t.has("time") {
		return errors.Is(err, intake.ErrNoTime) || errors.Is(err, intake.ErrNoTable)
	}
	if err != nil {
		test.Error(err)
		return false
	}
	var all []store.Conversation
	for c, err := range f.Conversations(test.Context()) {
		if err != nil {
			test.Error(err)
			return false
		}
		all = append(all, c)
	}
	if err := f.Close(); err != nil {
		test.Error(err)
	}
	t.compare(test, all, f.Report())
	return !test.Failed()
}

func (t *trip) compare(test *testing.T, all []store.Conversation, report intake.Report) {
	if len(all) != len(t.records) || len(report.Skipped) > 0 || !report.Own || report.Zone != t.zone.String() {
		test.Errorf("%d of %d rows, report %+v", len(all), len(t.records), report)
		return
	}
	var left []string
	for _, field := range t.req.Columns { // all but those that are compared
		compared := strings.Fields(`id time queue user contact wa title answered wait duration ended connector missed missed_time direction
			recipient wa_number sender focus firstreply silence disruptions activities messages qa score state status`)
		if !slices.Contains(compared, field) && (field != "ticket" || t.req.Activities == nil) {
			left = append(left, t.req.Words("export.column."+field))
		}
	}
	if !slices.Equal(slices.Sorted(slices.Values(report.Unknown)), slices.Sorted(slices.Values(left))) {
		test.Errorf("columns left out %q, want %q", report.Unknown, left)
	}
	for i, c := range all {
		if want := expected(t.seen(t.records[i], i), t.zone); c.Interaction != want {
			test.Errorf("row %d\n got %+v\nwant %+v", i, c.Interaction, want)
		}
		if want := t.given(t.records[i]); !reflect.DeepEqual(c.Given, want) {
			test.Errorf("row %d: figures\n got %+v\nwant %+v", i, c.Given, want)
		}
		if want := t.records[i].Statuses; !slices.EqualFunc(c.Statuses, want, func(a, b listing.Ref) bool { return a.Title == b.Title }) && t.has("status") {
			test.Errorf("row %d: statuses %v, want %v", i, c.Statuses, want)
		}
		t.compareChildren(test, t.records[i].Name, &c)
	}
}

func (t *trip) compareChildren(test *testing.T, name string, c *store.Conversation) {
	var acts []export.Activity
	for _, a := range c.Activities {
		statuses := []string(nil)
		for _, s := range a.Statuses {
			statuses = append(statuses, s.Title)
		}
		acts = append(acts, export.Activity{
			Name: a.Name, Interaction: a.Interaction, Title: a.Title, User: a.User.Title, Queue: a.Queue.Title, OpenMs: a.TimeOpenMs, CloseMs: a.TimeCloseMs,
			DurationS: a.DurationS, FocusS: a.FocusS, Disruptions: a.FocusDisruptions, Ticket: strings.TrimSpace(a.Ticket.Name + " " + a.Ticket.Title),
			Statuses: statuses, Description: a.Description,
		})
	}
	var lines []export.Message
	for _, m := range c.Messages {
		if m.Direction == "OUT" {
			m.From = m.User.Title // an agent wrote it
		}
		var files []string
		for _, a := range m.Attachments {
			files = append(files, a.Title)
		}
		lines = append(lines, export.Message{
			Interaction: c.Interaction.Name, TimeMs: m.TimeMs, Direction: m.Direction, Kind: m.Kind, From: m.From, Text: m.Text,
			Delivery: m.Delivery, Reason: m.Reason, Files: files,
		})
	}
	wantActs := slices.DeleteFunc(slices.Clone(t.acts), func(a export.Activity) bool { return a.Interaction != name })
	wantLines := slices.DeleteFunc(slices.Clone(t.lines), func(m export.Message) bool { return m.Interaction != name })
	if len(acts)+len(wantActs) > 0 && !reflect.DeepEqual(acts, wantActs) {
		test.Errorf("activities of %s\n got %+v\nwant %+v", name, acts, wantActs)
	}
	if len(lines)+len(wantLines) > 0 && !reflect.DeepEqual(lines, wantLines) {
		test.Errorf("messages of %s\n got %+v\nwant %+v", name, lines, wantLines)
	}
}
