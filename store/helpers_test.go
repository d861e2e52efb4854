package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wapdesk/store/listing"
)

// noon is a fixed moment: 22 November 2026, 12:00 in Prague.
var noon = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)

func openTest(t *testing.T, options ...func(*Options)) *DB {
	t.Helper()
	db := openIn(t, Folder(filepath.Join(t.TempDir(), "profile")), options...)
	t.Cleanup(func() { closeTest(t, db) })
	return db
}

func openIn(t *testing.T, folder Folder, options ...func(*Options)) *DB {
	t.Helper()
	o := Options{Now: func() time.Time { return noon }, NoList: true, image: 1}
	for _, option := range options {
		option(&o)
	}
	db, err := Open(t.Context(), folder, o)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// openLater opens it when the clock has gone on.
func openLater(t *testing.T, folder Folder, by time.Duration) *DB {
	t.Helper()
	return openIn(t, folder, func(o *Options) { o.Now = func() time.Time { return noon.Add(by) } })
}

func closeTest(t *testing.T, db *DB) {
	t.Helper()
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// seeAll lets the test see everything with the access to anonymise, as the rights of a user would.
func seeAll(t testing.TB, db *DB) {
	t.Helper()
	_, err := db.ApplyRights(context.Background(), Rights{
		Queues:   []Name{"4101", "4102", "4103"},
		Users:    []Name{"novak.j", "svoboda.p", "dvorak.k"},
		Accesses: map[string]int64{accessAnonymise: 31},
	})
	check(t, err)
}

func ms(offset time.Duration) int64 { return noon.Add(offset).UnixMilli() }

func wire(offset time.Duration) string {
	return noon.Add(offset + time.Hour).Format("2006-01-02 15:04:05")
}

// person is the customer of a made-up conversation; every value is a marker that tests look for.
type customer struct {
	title, contact, wa, number, account, ticket string
	words                                       []string
}

func customerOf(n int) customer {
	c := customer{
		title:   fmt.Sprintf("Zákaznice Kvapilová%04d", n),
		contact: fmt.Sprintf("contact_%04d", n),
		wa:      fmt.Sprintf("%04dKvapilka", n),
		number:  fmt.Sprintf("42077%07d", n),
		account: fmt.Sprintf("%04dKvapil-stavby", n),
		ticket:  fmt.Sprintf("%04dreklamace-pračky", n),
	}
	for i := range 12 {
		// Digits first: the search index keeps only what differs from the word before.
		c.words = append(c.words, fmt.Sprintf("%d%04dtajemství", 9-i%10, n*16+i))
	}
	return c
}

func (c customer) markers() []string {
	return append([]string{c.title, c.wa, c.number, c.account, c.ticket, "Kvapilka", "Kvapilová"}, c.words...)
}

// conversation makes the n-th interaction, an hour apart from the next, of a customer.
func conversation(n int, c customer) Conversation {
	at := -time.Duration(n) * time.Hour
	name := fmt.Sprintf("wap_%04d", n)
	contact := listing.Ref{Name: c.contact, Title: c.title}
	queue := listing.Ref{Name: "4101", Title: "WA Podpora"}
	user := listing.Ref{Name: "novak.j", Title: "Jan Novák"}
	conv := Conversation{
		Interaction: Interaction{
			Name: name, Title: c.title, Time: wire(at), TimeMs: ms(at), Queue: queue, User: user, Contact: contact,
			Connector: listing.Ref{Name: "wapconn_1", Title: "WA hlavní"}, Sender: c.number,
			ExternalContact: ExternalContact{ID: "ext_" + c.contact, FullName: c.wa, Number: c.number, Contact: c.contact},
			Answered:        listing.TriYes, WaitS: 21, DurationS: 412, Direction: "IN", Disconnection: "CLIENT",
			MissedTimeMs: listing.Unknown, Options: `{"note":"` + c.title + `"}`, Hash: uint64(n)*7 + 1,
		},
		Activities: []Activity{{
			Name: "activities_" + name, Interaction: name, Type: "WAP", Action: "CLOSE", Title: c.title, Description: "<p>" + c.title + "</p>",
			Queue: queue, User: user, Contact: contact, Ticket: listing.Ref{Name: fmt.Sprintf("%d", 48000+n), Title: c.ticket},
			Statuses: []listing.Ref{{Name: "st_done", Title: "Vyřešeno"}}, Time: wire(at), TimeMs: ms(at), TimeWaitMs: ms(at),
			TimeOpenMs: ms(at + 21*time.Second), TimeCloseMs: ms(at + 500*time.Second), BeforeS: 0, AfterS: 18, DurationS: 430, RingingS: 6,
			FocusS: 240, FocusDisruptions: 2, CustomFields: `{"x":["` + c.title + `"]}`, Hash: uint64(n)*7 + 2,
		}},
		Process: []ProcessEvent{
			{Seq: 0, TimeMs: ms(at), Step: "queued", Queue: queue, LastsS: 21, Text: "volá " + c.title},
			{Seq: 1, TimeMs: ms(at + 21*time.Second), Step: "accepted", Queue: queue, User: user, LastsS: 412},
		},
		ItemFiles: []Attachment{
			{File: "i" + name, Title: c.title + "-smlouva.pdf", MimeType: "application/pdf", SizeBytes: 7, DurationS: listing.Unknown},
		},
		Files: []Attachment{{File: "f" + name, Title: c.title + ".pdf", MimeType: "application/pdf", SizeBytes: 9, DurationS: listing.Unknown}},
		Reviews: []QAReview{{
			Name: "qa_" + name, Activity: "activities_" + name, Form: "form_1", User: user, CreatedBy: user, CreatedMs: ms(0), EditedMs: ms(0),
			Score: 8, Answers: map[string][]string{"note": {"mluvil s " + c.title}},
		}},
	}
	for i, word := range c.words {
		m := Message{
			Name: fmt.Sprintf("%s_m%d", name, i), Seq: i, Direction: []string{"IN", "OUT"}[i%2], Type: "PUBLIC", Kind: "text",
			Text: "Dobrý den " + word + " prosím", Time: wire(at + time.Duration(i)*time.Minute), TimeMs: ms(at + time.Duration(i)*time.Minute), From: c.wa,
		}
		if i%2 == 1 {
			m.User, m.Delivery, m.From = user, "READ", ""
		}
		conv.Messages = append(conv.Messages, m)
	}
	conv.Messages[2].Kind = "image"
	conv.Messages[2].Attachments = []Attachment{{
		File: "m" + name, Message: conv.Messages[2].Name, Title: c.title + ".jpg", MimeType: "image/jpeg", SizeBytes: 12, DurationS: listing.Unknown,
	}}
	conv.Messages[3].Reactions = []Reaction{{Emoji: "👍", From: c.wa}}
	conv.Messages[4].Kind, conv.Messages[4].Latitude, conv.Messages[4].Longitude, conv.Messages[4].Place = "location", 50.08, 14.43, "u "+c.title
	conv.Messages[5].Kind, conv.Messages[5].CardName, conv.Messages[5].CardNumber = "contact", c.title, c.number
	return conv
}

func conversations(from, to int) []Conversation {
	var all []Conversation
	for n := from; n < to; n++ {
		all = append(all, conversation(n, customerOf(n)))
	}
	return all
}

// wholeWindow is a window around all made-up conversations.
func wholeWindow(list []Conversation) Window {
	return Window{FromMs: ms(-10000 * time.Hour), ToMs: ms(time.Hour), Full: true, Conversations: list, Cursors: map[string]string{"time": "2026-11-22 12:00:00"}}
}

// bytesHolding names the files below the folder in which a marker is found.
func bytesHolding(t testing.TB, folder Folder, markers []string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(string(folder), func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := string(content)
		for _, marker := range markers {
			if strings.Contains(text, marker) {
				found = append(found, filepath.Base(path)+": "+marker)
			}
		}
		return nil
	})
	check(t, err)
	return found
}
