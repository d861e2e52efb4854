package store

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"wapdesk/store/listing"

	"github.com/google/go-cmp/cmp"
	"modernc.org/sqlite"
)

// before0005 is how many steps made the file in which every message had its own words.
const before0005 = 4

// TestMessagesOfAnOlderFileStayAsTheyCame fills a file of the version before, and reads it with this one.
func TestMessagesOfAnOlderFileStayAsTheyCame(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	steps := must(migrations(migrationFiles))(t)
	db := openIn(t, folder, func(o *Options) { o.steps = steps[:before0005] })
	seeAll(t, db)
	c := conversation(0, customerOf(0))
	c.Messages, c.Reviews = nil, nil // their figures are columns that came later
	must(db.ApplyConversations(t.Context(), []Conversation{c}, nil))(t)
	// What fits its text, what does not, and none at all.
	winter, summer := int64(1793494800000), int64(1782900000000)
	pool := db.files.writer()
	must(pool.ExecContext(t.Context(), `INSERT INTO messages (id, name, direction, type, kind, text, time_text, time_ms, user_id, delivery) VALUES
		((1 << 16), 'm0', 'IN', 'PUBLIC', 'text', 'ahoj', ?, ?, NULL, NULL),
		((1 << 16) + 1, 'm1', 'OUT', 'PUBLIC', 'text', 'dobrý den', ?, ?, (SELECT min(id) FROM users), 'READ'),
		((1 << 16) + 2, 'm2', 'NORTH', 'OWN WORD', 'text', 'jinak', '2026-10-31T12:00:00+05:00', 1793430000000, NULL, 'LATE'),
		((1 << 16) + 3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`,
		wallText(defaultZone, winter), winter, wallText(defaultZone, summer), summer))(t)
	must(pool.ExecContext(t.Context(), `INSERT INTO messages (id, name, direction, type, kind, time_text, time_ms, sender, quoted_name, reactions,
		latitude, longitude, place, original_text, reason, template, card_name, card_number, delivery) VALUES
		((1 << 16) + 4, 'm4', 'BOT', 'PUBLIC', 'location', '2026-11-01 09:00:00', 1793520000000, 'COWORKERS', 'm0', '[{"emoji":"👍","from":"Eva"}]',
		50.5, 14.25, 'Praha', 'původně', 'porucha', 'vítejte', 'Jan', '420', 'FAILED')`))(t)
	closeTest(t, db)

	db = openIn(t, folder)
	defer closeTest(t, db)
	want := []Message{
		{Name: "m0", Direction: "IN", Type: "PUBLIC", Kind: "text", Text: "ahoj", Time: wallText(defaultZone, winter), TimeMs: winter},
		{Name: "m1", Seq: 1, Direction: "OUT", Type: "PUBLIC", Kind: "text", Text: "dobrý den", Time: wallText(defaultZone, summer), TimeMs: summer, Delivery: "READ"},
		{Name: "m2", Seq: 2, Direction: "NORTH", Type: "OWN WORD", Kind: "text", Text: "jinak", Time: "2026-10-31T12:00:00+05:00", TimeMs: 1793430000000, Delivery: "LATE"},
		{Seq: 3, TimeMs: listing.Unknown},
		{
			Name: "m4", Seq: 4, Direction: "BOT", Type: "PUBLIC", Kind: "location", Time: "2026-11-01 09:00:00", TimeMs: 1793520000000, From: "COWORKERS",
			QuotedName: "m0", Reactions: []Reaction{{Emoji: "👍", From: "Eva"}}, Latitude: 50.5, Longitude: 14.25, Place: "Praha",
			OriginalText: "původně", Reason: "porucha", Template: "vítejte", CardName: "Jan", CardNumber: "420", Delivery: "FAILED",
		},
	}
	got := must(db.Detail(t.Context(), c.Interaction.Name))(t).Messages
	var failed bool
	check(t, db.files.writer().QueryRowContext(t.Context(), "SELECT has_failed FROM interactions").Scan(&failed))
	if !failed {
		t.Error("the interaction has a failed message, and does not say so")
	}
	if got[1].User.Name == "" {
		t.Error("who wrote a message is lost")
	}
	got[1].User = listing.Ref{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if !db.CompactionDue() {
		t.Error("the room of the old table is not given back")
	}
	var kept int
	check(t, db.files.writer().QueryRowContext(t.Context(), "SELECT count(*) FROM messages WHERE time_text IS NOT NULL").Scan(&kept))
	if kept != 1 {
		t.Errorf("%d messages keep a text that follows from their instant, want the one that does not", kept)
	}
	var secure int
	check(t, db.files.writer().QueryRowContext(t.Context(), "PRAGMA secure_delete").Scan(&secure))
	if secure != 1 {
		t.Error("secure deletion is off after a migration")
	}
}

// TestAWallClockFollowsFromTheInstantOrIsKept stores times of each kind and reads them back, also after the zone has changed.
func TestAWallClockFollowsFromTheInstantOrIsKept(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	texts := []string{"2026-10-25 02:30:00", "2026-03-29 02:30:00", "2026-07-01 12:00:00", "2026-07-01", "", "0000-00-00 00:00:00", "2026-07-01T12:00:00Z"}
	c := conversation(0, customerOf(0))
	c.Messages = nil
	for i, text := range texts {
		ms := int64(1782900000000 + i) // an instant that fits none of them
		switch i {
		case 0:
			ms = 1792888200000 // the first pass
		case 2:
			ms = 1782900000000 // 12:00 in Prague
		case 5:
			ms = listing.Unknown
		}
		c.Messages = append(c.Messages, Message{Seq: i, Kind: "text", Time: text, TimeMs: ms})
	}
	must(db.ApplyConversations(t.Context(), []Conversation{c}, nil))(t)
	check(t, db.SetZone(t.Context(), "Asia/Tokyo"))
	got := must(db.Detail(t.Context(), c.Interaction.Name))(t).Messages
	for i, m := range got {
		if m.Time != texts[i] || m.TimeMs != c.Messages[i].TimeMs {
			t.Errorf("%d: got %q at %d, want %q at %d", i, m.Time, m.TimeMs, texts[i], c.Messages[i].TimeMs)
		}
	}
	var derived int
	check(t, db.files.writer().QueryRowContext(t.Context(), "SELECT count(*) FROM messages JOIN message_shapes s ON s.id = shape_id WHERE zone = 'Europe/Prague'").Scan(&derived))
	if derived != 2 {
		t.Errorf("%d texts follow from their instant, want 2", derived)
	}
}

// TestAMigrationWithoutRoomChangesNothing asks for more room than any disk has.
func TestAMigrationWithoutRoomChangesNothing(t *testing.T) {
	t.Parallel()
	free, known := room(t.TempDir())
	if !known || free == 0 {
		t.Fatalf("room = %d, %v", free, known)
	}
	if err := enoughRoom(free, free/migrationRoom+1); !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "MB are free") {
		t.Errorf("enoughRoom = %v, want ErrFull", err)
	}
	check(t, enoughRoom(free, free/migrationRoom))
}

func TestWallZoneIsAFunctionOfTheDriver(t *testing.T) {
	t.Parallel()
	drv := &sqlite.Driver{}
	check(t, registerWall(drv))
	pool := sql.OpenDB(connector{driver: drv, dsn: ":memory:"})
	defer func() { check(t, pool.Close()) }()
	var fits, other, none string
	check(t, pool.QueryRowContext(t.Context(), `SELECT wapdesk_wall_zone('2026-07-01 12:00:00', 1782900000000, 'Europe/Prague'),
		wapdesk_wall_zone('2026-07-01 12:00:01', 1782900000000, 'Europe/Prague'), wapdesk_wall_zone(NULL, 1, 'Europe/Prague')`).Scan(&fits, &other, &none))
	if fits != defaultZone || other != "" || none != "" {
		t.Errorf("got %q, %q, %q", fits, other, none)
	}
}
