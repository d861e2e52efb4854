package intake_test

import (
	"context"
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
	"wapdesk/frontend"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// words are the texts of the program's catalogue.
func words(lang string) export.Words {
	return func(key string, args ...string) string { return frontend.Text(lang, key, args...) }
}

// text makes hostile text: pieces that break careless readers and writers, put together.
func text(rng *rand.Rand) string {
	pieces := []string{
		"=1+1", "+420", "-", "@x", "\t", "\r", "\n", "\r\n", "\x00", "'", `"`, ";", ",", "|", " ", "_x000D_", "<&>", "]]>",
		"\x01", "\x1f", "\uFFFE", "Žluťoučký", "مرحبا", "👩‍👧", "0123", "1e5", "Anonymised", "–", "–x", "\uFEFF", "null",
	}
	var b strings.Builder
	for range rng.IntN(5) {
		b.WriteString(pieces[rng.IntN(len(pieces))])
	}
	return b.String()
}

// pick returns one of the values.
func pick[T any](rng *rand.Rand, values ...T) T { return values[rng.IntN(len(values))] }

// moment is a time that exists once on the clock of Prague: the hour that comes twice in
// autumn cannot be told apart in a table.
func moment(rng *rand.Rand) int64 {
	for {
		at := time.Unix(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC).Unix()+rng.Int64N(4*365*86400), 0).UTC()
		if at.Month() != time.October || at.Day() < 25 || at.Hour() > 2 {
			return at.UnixMilli()
		}
	}
}

func randomRecord(seed uint64, i int) listing.Record {
	rng := rand.New(rand.NewPCG(seed, uint64(i)))
	span := func() int32 { return pick(rng, listing.Unknown, 0, 1, 59, 86399, 86400, 86401, rng.Int32N(1_000_000)) }
	ref := func(s string) listing.Ref { return listing.Ref{Name: s, Title: s} }
	r := listing.Record{
		Name: fmt.Sprintf("activity_%d", i), TimeMs: moment(rng), Queue: ref(text(rng)), User: ref(text(rng)),
		Contact: listing.Ref{Title: text(rng)}, WA: text(rng), WANumber: pick(rng, "", "+420777123456", "00420777123456"),
		Sender: text(rng), Title: text(rng), Answered: listing.Tri(rng.IntN(3)), WaitS: span(), DurationS: span(),
		Ended:     pick(rng, "", "USER", "CLIENT", "TIMEOUT", "NOT_AVAIL", "OUT_OF_TIME", "DECISION_TREE"),
		Connector: ref(text(rng)), Missed: pick(rng, "", "YES", "NO"), MissedTimeMs: pick(rng, listing.Unknown, moment(rng)),
		Direction: pick(rng, "", "IN", "OUT"),
	}
	if rng.IntN(20) == 0 {
		r.State = listing.StateAnonymised
		r.Contact, r.WA, r.WANumber, r.Sender, r.Title = listing.Ref{}, "", "", "", ""
	}
	return r
}

// expected is the interaction a record has to come back as.
func expected(r listing.Record, zone *time.Location) store.Interaction {
	clock := func(ms int64) string {
		if ms == listing.Unknown {
			return ""
		}
		return time.UnixMilli(ms).In(zone).Format(time.DateTime)
	}
	out := store.Interaction{
		Name: r.Name, Title: r.Title, Time: clock(r.TimeMs), TimeMs: r.TimeMs, Queue: r.Queue, User: r.User,
		Contact: r.Contact, Connector: r.Connector, Sender: r.Sender,
		ExternalContact: store.ExternalContact{FullName: r.WA, Number: r.WANumber, Contact: r.Contact.Name},
		Answered:        r.Answered, WaitS: int64(r.WaitS), DurationS: int64(r.DurationS), Direction: r.Direction,
		Disconnection: r.Ended, Missed: r.Missed, MissedTime: clock(r.MissedTimeMs), MissedTimeMs: r.MissedTimeMs,
		Anonymised: r.State&listing.StateAnonymised != 0,
	}
	if r.WA == "" && r.WANumber == "" {
		out.ExternalContact = store.ExternalContact{}
	}
	return out
}

func TestExportsOpenAgainWithEqualRows(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	const rows = 1500
	columns := []string{
		"id", "time", "queue", "user", "contact", "wa", "title", "answered", "wait", "duration", "ended", "connector",
		"missed", "missed_time", "direction", "wa_number", "sender",
	}
	tabs := export.Dialect{Delimiter: '\t', Seconds: true, Dates: export.ISOShort}
	for i, test := range []struct {
		name, lang string
		change     func(r *export.Request)
	}{
		{"workbook", "en", func(r *export.Request) { r.Summary = true }},
		{"czech workbook", "cs", func(r *export.Request) {}},
		{"raw workbook", "en", func(r *export.Request) { r.Raw = true }},
		{"czech csv", "cs", func(r *export.Request) { r.Format, r.CSV = export.CSV, export.CzechCSV() }},
		{"english csv", "en", func(r *export.Request) { r.Format, r.CSV = export.CSV, export.EnglishCSV() }},
		{"raw csv for programs", "cs", func(r *export.Request) { r.Format, r.CSV, r.Raw = export.CSV, export.RFC4180(), true }},
		{"tabs and seconds", "en", func(r *export.Request) { r.Format, r.CSV = export.CSV, tabs }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(100 + i)
			req := export.Request{
				Format: export.XLSX, Columns: slices.Clone(columns), Words: words(test.lang), Region: export.Region(test.lang), Zone: zone,
			}
			test.change(&req)
			rng := rand.New(rand.NewPCG(seed, 0))
			rng.Shuffle(len(req.Columns), func(a, b int) { req.Columns[a], req.Columns[b] = req.Columns[b], req.Columns[a] })
			path := filepath.Join(t.TempDir(), "x."+string(req.Format))
			_, err := export.WriteFile(context.Background(), path, req, func(yield func(listing.Record, error) bool) {
				for i := range rows {
					if !yield(randomRecord(seed, i), nil) {
						return
					}
				}
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			temp := t.TempDir()
			f, err := intake.Open(t.Context(), path, intake.Options{TempDir: temp})
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for c, err := range f.Conversations(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				if got, want := c.Interaction, expected(randomRecord(seed, n), zone); got != want {
					t.Errorf("row %d\n got %+v\nwant %+v", n, got, want)
				}
				if n++; t.Failed() {
					break
				}
			}
			if report := f.Report(); n != rows && !t.Failed() || len(report.Skipped) > 0 || !report.Own || report.Zone != "Europe/Prague" {
				t.Errorf("%d rows, report %+v", n, report)
			}
			if err := f.Close(); err != nil {
				t.Error(err)
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("%d unpacked sheets are left, %v", len(left), err)
			}
		})
	}
}

func TestExtraSheetsComeBackWithTheirInteraction(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	const rows = 300
	record := func(i int) listing.Record { return randomRecord(7, i) }
	for _, sorted := range []bool{true, false} {
		t.Run(fmt.Sprintf("sorted %v", sorted), func(t *testing.T) {
			t.Parallel()
			order, lang := rand.New(rand.NewPCG(1, 1)).Perm(rows), "en"
			if sorted {
				lang = "cs"
				slices.Sort(order)
			}
			message := func(i, j int) export.Message {
				rng := rand.New(rand.NewPCG(uint64(i), uint64(j)))
				return export.Message{
					Interaction: record(i).Name, TimeMs: moment(rng), Direction: pick(rng, "", "IN", "OUT", "BOT"),
					Kind: pick(rng, "text", "image", "video", "voice", "audio", "document", "sticker", "location", "contact", "template",
						"reply", "deleted", "unsupported"),
					From: text(rng), Text: text(rng), Delivery: pick(rng, "", "SENT", "DELIVERED", "READ", "FAILED"), Reason: pick(rng, "", "131047"), Files: []string{"a.jpg", "b.pdf"},
				}
			}
			activity := func(i int) export.Activity {
				rng := rand.New(rand.NewPCG(uint64(i), 99))
				return export.Activity{
					Name: fmt.Sprintf("act_%d", i), Interaction: record(i).Name, Title: "x" + text(rng), User: text(rng), Queue: text(rng),
					OpenMs: moment(rng), CloseMs: moment(rng), DurationS: 460, FocusS: listing.Unknown, Disruptions: 3,
					Ticket: "48213 Router swap", Statuses: []string{"A", "B"}, Description: text(rng),
				}
			}
			req := export.Request{
				Format: export.XLSX, Columns: []string{"time", "queue"}, Words: words(lang), Region: export.Region(lang), Zone: zone,
				Activities: func(yield func(export.Activity, error) bool) {
					for _, i := range order {
						if !yield(activity(i), nil) {
							return
						}
					}
				},
				Messages: func(yield func(export.Message, error) bool) {
					for _, i := range order {
						for j := range i % 4 {
							if !yield(message(i, j), nil) {
								return
							}
						}
					}
					yield(export.Message{Interaction: "nobody", From: "x", Text: "y", TimeMs: listing.Unknown}, nil)
				},
			}
			path := filepath.Join(t.TempDir(), "x.xlsx")
			_, err := export.WriteFile(t.Context(), path, req, func(yield func(listing.Record, error) bool) {
				for i := range rows {
					if !yield(record(i), nil) {
						return
					}
				}
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			f, err := intake.Open(t.Context(), path, intake.Options{TempDir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := f.Close(); err != nil {
					t.Error(err)
				}
			}()
			i := 0
			for c, err := range f.Conversations(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				if len(c.Messages) != i%4 || len(c.Activities) != 1 {
					t.Fatalf("interaction %d has %d messages and %d activities", i, len(c.Messages), len(c.Activities))
				}
				for j, m := range c.Messages {
					want := message(i, j)
					if m.Direction == "OUT" {
						m.From = m.User.Title // an agent wrote it
					}
					got := export.Message{
						Interaction: c.Interaction.Name, TimeMs: m.TimeMs, Direction: m.Direction, Kind: m.Kind, From: m.From, Text: m.Text,
						Delivery: m.Delivery, Reason: m.Reason, Files: []string{m.Attachments[0].Title, m.Attachments[1].Title},
					}
					if !reflect.DeepEqual(got, want) || m.Seq != j || m.Name == "" {
						t.Errorf("message %d of %d\n got %+v\nwant %+v", j, i, got, want)
					}
				}
				a, want := c.Activities[0], activity(i)
				if a.Name != want.Name || a.Title != want.Title || a.User.Title != want.User || a.TimeOpenMs != want.OpenMs ||
					a.TimeCloseMs != want.CloseMs || a.DurationS != 460 || a.FocusS != listing.Unknown || a.FocusDisruptions != 3 ||
					a.Ticket != (listing.Ref{Name: "48213", Title: "Router swap"}) || len(a.Statuses) != 2 || a.Description != want.Description {
					t.Errorf("activity of %d\n got %+v\nwant %+v", i, a, want)
				}
				i++
			}
			report := f.Report()
			if i != rows || report.Left != 1 || report.Skipped[0].Reason != intake.ReasonOrphan || report.Activities != rows {
				t.Errorf("%d rows, report %+v", i, report)
			}
		})
	}
}
