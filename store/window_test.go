package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wapdesk/store/listing"
)

func TestApplyWindowStoresWhatWasRead(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	want := conversation(3, customerOf(3))
	result, err := db.ApplyWindow(t.Context(), wholeWindow([]Conversation{want}))
	check(t, err)
	if diff := cmp.Diff(WindowResult{Interactions: Counts{1, 1, 0}, Activities: Counts{1, 1, 0}, Messages: Counts{12, 12, 0}, Added: 1}, result); diff != "" {
		t.Error(diff)
	}
	got, err := db.Detail(t.Context(), "wap_0003")
	check(t, err)
	if diff := cmp.Diff(want, conversationOf(got)); diff != "" {
		t.Errorf("stored conversation differs (-want +got):\n%s", diff)
	}
	// The same again is read, and nothing is written.
	again, err := db.ApplyWindow(t.Context(), wholeWindow([]Conversation{want}))
	check(t, err)
	if diff := cmp.Diff(WindowResult{Interactions: Counts{1, 0, 0}, Activities: Counts{1, 0, 0}, Messages: Counts{12, 0, 0}}, again); diff != "" {
		t.Error(diff)
	}
}

func conversationOf(d Detail) Conversation {
	c := Conversation{Interaction: d.Interaction, Messages: d.Messages, Process: d.Process, Reviews: d.Reviews}
	for _, file := range d.Files {
		into := &c.Files
		if file.Origin == FromItem {
			into = &c.ItemFiles
		}
		file.Origin = ""
		*into = append(*into, file)
	}
	for _, m := range d.Messages {
		for i := range m.Attachments {
			m.Attachments[i].Origin = ""
		}
	}
	for _, a := range d.Activities {
		c.Activities = append(c.Activities, a.Activity)
	}
	return c
}

func TestUnknownStaysUnknown(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	u := int64(listing.Unknown)
	want := Conversation{
		Interaction: Interaction{Name: "wap_bare", TimeMs: u, WaitS: u, DurationS: u, MissedTimeMs: u, Hash: 1, Queue: listing.Ref{Name: "4101", Title: "WA"}},
		Activities: []Activity{{
			Name: "activities_bare", Interaction: "wap_bare", TimeMs: u, TimeWaitMs: u, TimeOpenMs: u, TimeCloseMs: u, BeforeS: u, AfterS: u,
			DurationS: u, RingingS: u, FocusS: u, FocusDisruptions: u, Hash: 1,
		}},
		Messages: []Message{{TimeMs: u}}, Process: []ProcessEvent{{TimeMs: u, LastsS: u}}, Files: []Attachment{{File: "1", SizeBytes: u, DurationS: u}},
		Reviews: []QAReview{{Name: "qa", Activity: "activities_bare", CreatedMs: u, EditedMs: u, Score: u}},
	}
	_, err := db.ApplyConversations(t.Context(), []Conversation{want}, nil)
	check(t, err)
	got := must(db.Detail(t.Context(), "wap_bare"))(t)
	if diff := cmp.Diff(want, conversationOf(got), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	r := got.Record
	for name, value := range map[string]int64{
		"wait": int64(r.WaitS), "duration": int64(r.DurationS), "missed time": r.MissedTimeMs, "focus": int64(r.FocusS),
		"first reply": int64(r.FirstReplyS), "silence": int64(r.SilenceS), "disruptions": int64(r.Disruptions), "time": r.TimeMs,
	} {
		if value != u {
			t.Errorf("%s = %d, want unknown", name, value)
		}
	}
	if r.Answered != listing.TriUnknown {
		t.Errorf("answered = %v", r.Answered)
	}
}

func TestNilMeansNotRead(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	whole := conversation(1, customerOf(1))
	_, err := db.ApplyConversations(t.Context(), []Conversation{whole}, nil)
	check(t, err)
	row := whole.Interaction
	row.DurationS, row.Hash = 999, 77
	_, err = db.ApplyConversations(t.Context(), []Conversation{{Interaction: row}}, nil)
	check(t, err)
	want := whole
	want.Interaction = row
	if diff := cmp.Diff(want, conversationOf(must(db.Detail(t.Context(), "wap_0001"))(t))); diff != "" {
		t.Error(diff)
	}
	nothing := Conversation{
		Interaction: row, Messages: []Message{}, Process: []ProcessEvent{}, Files: []Attachment{}, ItemFiles: []Attachment{}, Reviews: []QAReview{},
	}
	result, err := db.ApplyConversations(t.Context(), []Conversation{nothing}, nil)
	check(t, err)
	all := ChildMessages | ChildProcess | ChildFiles | ChildItemFiles | ChildReviews
	if diff := cmp.Diff(map[Name]Children{"wap_0001": all}, result.Doubted); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, conversationOf(must(db.Detail(t.Context(), "wap_0001"))(t))); diff != "" {
		t.Errorf("one empty answer took something away:\n%s", diff)
	}
	nothing.Confirmed = all
	result, err = db.ApplyConversations(t.Context(), []Conversation{nothing}, nil)
	check(t, err)
	if len(result.Doubted) != 0 {
		t.Errorf("a confirmed answer was doubted: %v", result.Doubted)
	}
	empty := must(db.Detail(t.Context(), "wap_0001"))(t)
	if len(empty.Messages)+len(empty.Process)+len(empty.Files)+len(empty.Reviews) != 0 || len(empty.Activities) != 1 {
		t.Errorf("an empty list read: %+v", conversationOf(empty))
	}
	if ids := matches(t, db, customerOf(1).words[0]); len(ids) != 0 {
		t.Error("a removed transcript is still found")
	}
}

// TestWindowsInAnyOrderGiveOneState applies windows shuffled, cut otherwise and repeated.
func TestWindowsInAnyOrderGiveOneState(t *testing.T) {
	t.Parallel()
	list := conversations(0, 24)
	for i := range list {
		if i%3 == 0 { // two interactions of one customer
			list[i].Interaction.Contact = list[(i+5)%24].Interaction.Contact
			list[i].Interaction.ExternalContact = list[(i+5)%24].Interaction.ExternalContact
		}
	}
	var want state
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 1))
		db := openTest(t)
		seeAll(t, db)
		size := 1 + random.IntN(8)
		var windows []Window
		for from := 0; from < len(list); from += size {
			to := min(from+size, len(list))
			w := Window{FromMs: ms(-time.Duration(to-1) * time.Hour), ToMs: ms(-time.Duration(from-1) * time.Hour), Full: true, Conversations: slices.Clone(list[from:to])}
			windows = append(windows, w, w)
		}
		random.Shuffle(len(windows), func(i, j int) { windows[i], windows[j] = windows[j], windows[i] })
		for _, w := range windows {
			random.Shuffle(len(w.Conversations), func(i, j int) {
				w.Conversations[i], w.Conversations[j] = w.Conversations[j], w.Conversations[i]
			})
			_, err := db.ApplyWindow(t.Context(), w)
			check(t, err)
		}
		got := stateOf(t, db)
		if seed == 0 {
			want = got
			if len(got.Details) != 24 || len(got.Coverage) != 1 {
				t.Fatalf("%d details, coverage %v", len(got.Details), got.Coverage)
			}
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d (-first +got):\n%s", seed, diff)
		}
	}
}

// state is everything a reader can see, without ids that go by the time of arrival.
type state struct {
	Details  []Detail
	Coverage []Span
	Found    map[string][]Name
}

func stateOf(t testing.TB, db *DB) state {
	t.Helper()
	ctx := context.Background()
	s := state{Coverage: must(db.Coverage(ctx))(t), Found: map[string][]Name{}}
	names := map[int64]Name{}
	for _, name := range must(db.NamesBetween(ctx, Span{FromMs: ms(-10000 * time.Hour), ToMs: ms(10000 * time.Hour)}))(t) {
		d := must(db.Detail(ctx, name))(t)
		names[d.Record.ID] = name
		d.Record.ID = 0
		s.Details = append(s.Details, d)
	}
	for _, word := range []string{"dobry", "prosim", customerOf(4).words[2]} {
		check(t, db.MatchWords(ctx, word, func(id int64) { s.Found[word] = append(s.Found[word], names[id]) }))
		slices.Sort(s.Found[word])
	}
	return s
}

func TestVanishedInteractionsAreGoneAndComeBack(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	list := conversations(0, 6)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(list))
	check(t, err)

	part := wholeWindow(list[:4])
	part.Full = false
	result, err := db.ApplyWindow(t.Context(), part)
	check(t, err)
	if result.Interactions.Gone != 0 {
		t.Error("a window that was not read to its end made interactions vanish")
	}
	listed := Window{FromMs: ms(-10000 * time.Hour), ToMs: ms(time.Hour), Full: true, Names: []Name{"wap_0000", "wap_0001", "wap_0002", "wap_0003"}}
	result, err = db.ApplyWindow(t.Context(), listed)
	check(t, err)
	if result.Interactions.Gone != 2 || must(db.Stored(t.Context()))(t) != 4 {
		t.Errorf("gone = %d, stored = %d", result.Interactions.Gone, must(db.Stored(t.Context()))(t))
	}
	if today, total, err := db.Today(t.Context(), 100); err != nil || len(today) != 4 || total != 4 {
		t.Errorf("today %d of %d with two gone, %v", len(today), total, err)
	}
	if d := must(db.Detail(t.Context(), "wap_0005"))(t); d.GoneMs != noon.UnixMilli() {
		t.Errorf("GoneMs = %d", d.GoneMs)
	}
	if hashes := must(db.Hashes(t.Context(), []Name{"wap_0003", "wap_0005", "nobody"}))(t); !cmp.Equal(hashes, map[Name]uint64{"wap_0003": list[3].Interaction.Hash}) {
		t.Errorf("hashes: %v", hashes)
	}
	_, err = db.ApplyWindow(t.Context(), wholeWindow(list[:5]))
	check(t, err)
	if got := must(db.Stored(t.Context()))(t); got != 5 {
		t.Errorf("stored = %d after one came back, want 5", got)
	}
	dropped := must(db.DropGone(t.Context(), must(db.Gone(t.Context()))(t)))(t)
	if _, err := db.Detail(t.Context(), "wap_0005"); dropped != 1 || !errors.Is(err, ErrNotFound) {
		t.Errorf("dropped %d, Detail = %v", dropped, err)
	}
	listed.Names = append(listed.Names, "wap_0005")
	if _, err := db.ApplyWindow(t.Context(), listed); !errors.Is(err, ErrInvalid) {
		t.Errorf("a window with a name that is not stored = %v, want ErrInvalid", err)
	}
}

func TestAFailedWindowLeavesNothing(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	w := wholeWindow(conversations(0, 3))
	w.Conversations[2].Interaction.Name = ""
	if _, err := db.ApplyWindow(t.Context(), w); !errors.Is(err, ErrInvalid) {
		t.Errorf("ApplyWindow = %v, want ErrInvalid", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.ApplyWindow(cancelled, wholeWindow(conversations(0, 3))); !errors.Is(err, context.Canceled) {
		t.Errorf("ApplyWindow = %v, want context.Canceled", err)
	}
	if s := stateOf(t, db); len(s.Details) != 0 || len(s.Coverage) != 0 || len(s.Found["dobry"]) != 0 {
		t.Errorf("half a window stayed: %+v", s)
	}
}

func TestAFullDiskIsToldAndLeavesWholeWindows(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 3)))
	check(t, err)
	want := stateOf(t, db)
	var pages int
	check(t, db.files.write.QueryRow("PRAGMA page_count").Scan(&pages))
	_, err = db.files.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+2))
	check(t, err)
	if _, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(3, 300))); !errors.Is(err, ErrFull) {
		t.Fatalf("ApplyWindow = %v, want ErrFull", err)
	}
	if diff := cmp.Diff(want, stateOf(t, db)); diff != "" {
		t.Errorf("something of the window stayed:\n%s", diff)
	}
	_, err = db.files.write.Exec("PRAGMA max_page_count = 1000000")
	check(t, err)
	_, err = db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 300)))
	check(t, err)
	if got := must(db.Stored(t.Context()))(t); got != 300 {
		t.Errorf("stored = %d, want 300", got)
	}
	sound(t, db)
}

func TestNamesForTheSync(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	list := conversations(0, 5)
	list[1].Activities[0].Action = "OPEN"
	list[2].Interaction.State = "ROUTING"
	list[3].Interaction.Missed = "YES"
	list[4].Messages = nil
	_, err := db.ApplyWindow(t.Context(), wholeWindow(list))
	check(t, err)
	for what, c := range map[string]struct{ got, want []Name }{
		"open":   {must(db.OpenNames(t.Context()))(t), []Name{"wap_0001", "wap_0002"}},
		"missed": {must(db.MissedNames(t.Context()))(t), []Name{"wap_0003"}},
		"unread": {must(db.UnreadNames(t.Context(), 9))(t), []Name{"wap_0004"}},
	} {
		if !cmp.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", what, c.got, c.want)
		}
	}
	closed := list[1].Activities[0]
	closed.Action, closed.Hash = "CLOSE", 99
	orphan := closed
	orphan.Name, orphan.Interaction = "activities_o", "wap_none"
	result, orphans, err := db.ApplyActivities(t.Context(), []Activity{closed, orphan}, map[string]string{"closed": "x"})
	check(t, err)
	if result.Activities.Stored != 1 || !cmp.Equal(orphans, []Name{"wap_none"}) {
		t.Errorf("ApplyActivities: %+v, orphans %v", result, orphans)
	}
	if got := must(db.OpenNames(t.Context()))(t); !cmp.Equal(got, []Name{"wap_0002"}) {
		t.Errorf("open after closing: %v", got)
	}
	if got := must(db.Cursor(t.Context(), "closed"))(t); got != "x" {
		t.Errorf("cursor = %q", got)
	}
	if got := must(db.InteractionsOf(t.Context(), []Name{"activities_wap_0002", "y"}))(t); !cmp.Equal(got, map[Name]Name{"activities_wap_0002": "wap_0002"}) {
		t.Errorf("InteractionsOf = %v", got)
	}
	if got := must(db.ActivityHashes(t.Context(), []Name{"activities_wap_0001"}))(t); got["activities_wap_0001"] != 99 {
		t.Errorf("ActivityHashes = %v", got)
	}
	if n := must(db.MarkGone(t.Context(), []Name{"wap_0002", "none"}))(t); n != 1 || len(must(db.OpenNames(t.Context()))(t)) != 0 {
		t.Errorf("MarkGone = %d", n)
	}
}

func TestMoreThanAnInteractionCanHoldIsClipped(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	c := conversation(0, customerOf(0))
	first := c.Activities[0]
	for n := range 300 {
		a := first
		a.Name = fmt.Sprintf("activities_%d", n)
		c.Activities = append(c.Activities, a)
		c.Process = append(c.Process, ProcessEvent{Step: "x", TimeMs: listing.Unknown, LastsS: listing.Unknown})
	}
	next := conversation(1, customerOf(1))
	result, err := db.ApplyConversations(t.Context(), []Conversation{c, next}, nil)
	check(t, err)
	if result.Clipped != 301-256+302-255 {
		t.Errorf("clipped = %d", result.Clipped)
	}
	d := must(db.Detail(t.Context(), "wap_0000"))(t)
	if len(d.Activities) != 256 || len(d.Process) != 255 {
		t.Errorf("%d activities, %d steps", len(d.Activities), len(d.Process))
	}
	if diff := cmp.Diff(next, conversationOf(must(db.Detail(t.Context(), "wap_0001"))(t))); diff != "" {
		t.Errorf("the next interaction:\n%s", diff)
	}
}

func TestAnAnswerThatLacksSomeIsDoubtedUnlessTheRowChanged(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	whole := conversation(1, customerOf(1))
	_, err := db.ApplyConversations(t.Context(), []Conversation{whole}, nil)
	check(t, err)
	less := Conversation{Interaction: whole.Interaction, Messages: whole.Messages[1:], Process: whole.Process[:1]}
	result, err := db.ApplyConversations(t.Context(), []Conversation{less}, nil)
	check(t, err)
	got := must(db.Detail(t.Context(), "wap_0001"))(t)
	if result.Doubted["wap_0001"] != ChildMessages|ChildProcess || len(got.Messages) != len(whole.Messages) || len(got.Process) != 2 {
		t.Errorf("doubted %v, %d messages, %d steps", result.Doubted, len(got.Messages), len(got.Process))
	}
	less.Interaction.DurationS, less.Interaction.Hash = 1, 999
	result, err = db.ApplyConversations(t.Context(), []Conversation{less}, nil)
	check(t, err)
	got = must(db.Detail(t.Context(), "wap_0001"))(t)
	if len(result.Doubted) != 0 || len(got.Messages) != len(whole.Messages)-1 || len(got.Process) != 1 {
		t.Errorf("the row changed: doubted %v, %d messages, %d steps", result.Doubted, len(got.Messages), len(got.Process))
	}
}

func TestAFileOfAMessageIsOneFile(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	c := conversation(1, customerOf(1))
	both := "mwap_0001" // the interaction lists what its message shows
	c.ItemFiles = append(c.ItemFiles, Attachment{File: both, Title: "x.jpg", MimeType: "image/jpeg", SizeBytes: 12, DurationS: listing.Unknown})
	bare := c
	bare.Messages = nil
	_, err := db.ApplyConversations(t.Context(), []Conversation{bare}, nil)
	check(t, err)
	saved := must(db.SaveFile(t.Context(), "wap_0001", both, strings.NewReader("twelve bytes"), 100))(t)
	_, err = db.ApplyConversations(t.Context(), []Conversation{c}, nil)
	check(t, err)
	d := must(db.Detail(t.Context(), "wap_0001"))(t)
	if got := d.Messages[2].Attachments[0]; got.File != both || got.Path != saved.Path {
		t.Errorf("the message's file: %+v, want the bytes at %s", got, saved.Path)
	}
	for _, file := range d.Files {
		if file.File == both {
			t.Errorf("the file of a message is shown twice: %+v", d.Files)
		}
	}
	if p := must(db.PreviewErase(t.Context(), []Name{"wap_0001"}))(t); p.Files != 3 {
		t.Errorf("preview counts %d files, want 3", p.Files)
	}
	c.ItemFiles, c.Interaction.Hash = c.ItemFiles[:1], 5
	_, err = db.ApplyConversations(t.Context(), []Conversation{c}, nil)
	check(t, err)
	path := must(db.FilePath(saved))(t)
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the bytes went though a message still has them: %v", err)
	}
}
