package store

import (
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"time"

	"wapdesk/store/listing"
)

var errUnwritten = errors.New("store: not written yet")

// DB is an open profile. Its methods may be called from several goroutines.
type DB struct{}

// Options are what a profile is opened with.
type Options struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log takes messages without personal data; nil drops them.
	Log *slog.Logger
	// NoList leaves the list engine empty, for commands that do not ask it anything.
	NoList bool
}

// Open opens the profile in the folder, and makes it when it is not there: takes the
// profile's lock, checks that the file is ours and not newer, migrates after a backup,
// finishes what a kill left undone and starts to load the list.
// Errors: ErrBusy, ErrNewer, ErrForeign, ErrDamaged, ErrFull, ErrReadOnly.
func Open(ctx context.Context, folder Folder, options Options) (*DB, error) {
	return nil, errUnwritten
}

// Close ends background work, closes the file and gives the lock back.
func (db *DB) Close() error { return errUnwritten }

// Folder is the profile's folder.
func (db *DB) Folder() Folder { return "" }

// ListReady is closed when the list engine has been loaded; ListErr tells whether it failed.
func (db *DB) ListReady() <-chan struct{} { return nil }

// ListErr is the error that ended loading the list, nil while it loads and when it is fine.
func (db *DB) ListErr() error { return nil }

// Subscribe calls f after every commit that touched something, one call at a time. The
// function it returns ends the subscription.
func (db *DB) Subscribe(f func(Event)) (stop func()) { return nil }

// ---- sync: writes

// ApplyWindow stores a window of conversations, its coverage, its cursors and its search
// text in one transaction.
func (db *DB) ApplyWindow(ctx context.Context, w Window) (WindowResult, error) {
	return WindowResult{}, errUnwritten
}

// ApplyConversations stores conversations read by name, without a window. Orphans (activities
// whose interaction is neither given nor stored) are left out.
func (db *DB) ApplyConversations(ctx context.Context, conversations []Conversation, cursors map[string]string) (WindowResult, error) {
	return WindowResult{}, errUnwritten
}

// MarkGone marks interactions the contact centre no longer has (a read by name found nothing).
func (db *DB) MarkGone(ctx context.Context, names []Name) (int, error) { return 0, errUnwritten }

// ApplyDirectory stores users, queues, groups, connectors, statuses, forms and databases.
func (db *DB) ApplyDirectory(ctx context.Context, d Directory) error { return errUnwritten }

// ApplyCRM adds or replaces contacts, accounts and tickets by name.
func (db *DB) ApplyCRM(ctx context.Context, c CRM) error { return errUnwritten }

// ApplyRights replaces the rights. Rows outside of them are hidden at once.
func (db *DB) ApplyRights(ctx context.Context, r Rights) (RightsChange, error) {
	return RightsChange{}, errUnwritten
}

// DropOutOfScope removes the interactions outside of the rights for good, with their
// messages, files and search text. They come back by a sync when the rights do.
func (db *DB) DropOutOfScope(ctx context.Context) (int, error) { return 0, errUnwritten }

// DropGone removes interactions that were gone before the time (UTC ms).
func (db *DB) DropGone(ctx context.Context, beforeMs int64) (int, error) { return 0, errUnwritten }

// DropOlder removes interactions before the time (UTC ms) and takes it out of the coverage.
func (db *DB) DropOlder(ctx context.Context, beforeMs int64) (int, error) { return 0, errUnwritten }

// SetZone keeps the contact centre's time zone (`_timezone` of a reply). ErrInvalid for an
// unknown one. When it differs from the stored one, the caller re-reads everything.
func (db *DB) SetZone(ctx context.Context, zone string) error { return errUnwritten }

// SetCursor keeps a mark of the sync outside of a window.
func (db *DB) SetCursor(ctx context.Context, key, value string) error { return errUnwritten }

// StartRun and FinishRun keep the log of synchronisations.
func (db *DB) StartRun(ctx context.Context, kind string) (int64, error) { return 0, errUnwritten }

// FinishRun ends a run; run.ID is the one StartRun gave, Code is "" when it went well.
func (db *DB) FinishRun(ctx context.Context, run Run) error { return errUnwritten }

// ---- sync: reads (no personal data, not bound to the rights)

// Hashes gives the stored hash of each interaction that is stored, by name.
// Interactions that are gone are left out, so that they are written again.
func (db *DB) Hashes(ctx context.Context, names []Name) (map[Name]uint64, error) {
	return nil, errUnwritten
}

// ActivityHashes gives the stored hash of each activity that is stored, by name.
func (db *DB) ActivityHashes(ctx context.Context, names []Name) (map[Name]uint64, error) {
	return nil, errUnwritten
}

// OpenNames are interactions that are still changing: one of their activities is not
// closed, or they wait in the routing.
func (db *DB) OpenNames(ctx context.Context) ([]Name, error) { return nil, errUnwritten }

// MissedNames are interactions that wait among the missed ones.
func (db *DB) MissedNames(ctx context.Context) ([]Name, error) { return nil, errUnwritten }

// UnreadNames are interactions whose messages or process were not read yet, newest first.
func (db *DB) UnreadNames(ctx context.Context, limit int) ([]Name, error) { return nil, errUnwritten }

// NamesBetween are the interactions with a time in the span, gone ones left out.
func (db *DB) NamesBetween(ctx context.Context, s Span) ([]Name, error) { return nil, errUnwritten }

// InteractionOf gives for each activity the interaction it is stored under.
func (db *DB) InteractionOf(ctx context.Context, activities []Name) (map[Name]Name, error) {
	return nil, errUnwritten
}

// Cursor reads a mark of the sync; "" when there is none.
func (db *DB) Cursor(ctx context.Context, key string) (string, error) { return "", errUnwritten }

// Runs are the last synchronisations, newest first.
func (db *DB) Runs(ctx context.Context, limit int) ([]Run, error) { return nil, errUnwritten }

// Anonymised tells which of the names are anonymised here.
func (db *DB) Anonymised(ctx context.Context, names []Name) (map[Name]bool, error) {
	return nil, errUnwritten
}

// ---- coverage, rights, directory

// Coverage is what is stored, oldest first.
func (db *DB) Coverage(ctx context.Context) ([]Span, error) { return nil, errUnwritten }

// Missing are the parts of the span that are not stored, oldest first.
func (db *DB) Missing(ctx context.Context, s Span) ([]Span, error) { return nil, errUnwritten }

// Rights are the stored rights.
func (db *DB) Rights(ctx context.Context) (Rights, error) { return Rights{}, errUnwritten }

// Scope is the rights in the list engine's form.
func (db *DB) Scope(ctx context.Context) (listing.Scope, error) { return listing.Scope{}, errUnwritten }

// Zone is the contact centre's time zone; Europe/Prague, the server's default, until a sync
// has brought it (daktela-api.md §5).
func (db *DB) Zone() *time.Location { return nil }

// Users are all known users by title, deactivated ones too.
func (db *DB) Users(ctx context.Context) ([]User, error) { return nil, errUnwritten }

// Queues are all known queues by title, deactivated ones too.
func (db *DB) Queues(ctx context.Context) ([]Queue, error) { return nil, errUnwritten }

// Groups are the groups of users and queues by title.
func (db *DB) Groups(ctx context.Context) ([]Group, error) { return nil, errUnwritten }

// Connectors are the WhatsApp routings.
func (db *DB) Connectors(ctx context.Context) ([]listing.Ref, error) { return nil, errUnwritten }

// Statuses are the labels of activities.
func (db *DB) Statuses(ctx context.Context) ([]Status, error) { return nil, errUnwritten }

// Databases are the databases of the CRM, for a new contact.
func (db *DB) Databases(ctx context.Context) ([]listing.Ref, error) { return nil, errUnwritten }

// Forms are the QA forms of the queue of an activity; all of them when activity is "".
func (db *DB) Forms(ctx context.Context, activity Name) ([]QAForm, error) { return nil, errUnwritten }

// ---- interactions

// Records pushes every interaction in rising order of id, within the rights. It is what the
// list engine loads from. The record may be reused by the next call.
func (db *DB) Records(ctx context.Context, add func(*listing.Record) error) error {
	return errUnwritten
}

// RecordsByID gives the interactions with these ids within the rights, in the ids' order;
// unknown ones are left out.
func (db *DB) RecordsByID(ctx context.Context, ids []int64) ([]listing.Record, error) {
	return nil, errUnwritten
}

// Today is the list of the current day in the contact centre's zone, newest first, straight
// from the file: the first limit records and the exact total.
func (db *DB) Today(ctx context.Context, limit int) ([]listing.Record, int, error) {
	return nil, 0, errUnwritten
}

// Stored is how many interactions are stored and visible.
func (db *DB) Stored(ctx context.Context) (int, error) { return 0, errUnwritten }

// Find tells where the unique name of an interaction or an activity leads; ErrNotFound.
func (db *DB) Find(ctx context.Context, name Name) (Found, error) { return Found{}, errUnwritten }

// Detail reads one interaction by its unique name or that of one of its activities.
// ErrNotFound when it is not stored or outside of the rights; the two look the same.
func (db *DB) Detail(ctx context.Context, name Name) (Detail, error) { return Detail{}, errUnwritten }

// Details reads many by id, in the ids' order, for exports. Ids outside of the rights are left out.
func (db *DB) Details(ctx context.Context, ids []int64) iter.Seq2[Detail, error] { return nil }

// MatchWords implements listing.WordSource.
func (db *DB) MatchWords(ctx context.Context, words string, add func(id int64)) error {
	return errUnwritten
}

// FindContacts gives contacts whose name, number or e-mail holds the text, without regard to case and
// diacritics; those that share the number of the activity's interaction first.
func (db *DB) FindContacts(ctx context.Context, activity Name, text string, limit int) ([]ContactHit, error) {
	return nil, errUnwritten
}

// ContactHit is a contact offered for pairing; Likely ones share a number.
type ContactHit struct {
	Contact Contact
	Likely  bool
}

// FindTickets gives tickets by number or part of the title.
func (db *DB) FindTickets(ctx context.Context, text string, limit int) ([]Ticket, error) {
	return nil, errUnwritten
}

// ---- attachments

// SaveFile stores the bytes of an attachment in the profile and returns it with its path.
// ErrTooLarge when there are more than limit bytes, ErrNotFound when the interaction or the file
// is not stored or was anonymised.
func (db *DB) SaveFile(ctx context.Context, interaction, file Name, bytes io.Reader, limit int64) (Attachment, error) {
	return Attachment{}, errUnwritten
}

// ---- anonymise

// PreviewErase says what Erase would do to interactions of these names.
func (db *DB) PreviewErase(ctx context.Context, names []Name) (ErasePreview, error) {
	return ErasePreview{}, errUnwritten
}

// Erase anonymises interactions at once and for good (design §6). by is the person's login.
// ErrNotPermitted without the access gdprPolicy.
func (db *DB) Erase(ctx context.Context, names []Name, by string) (ErasureReport, error) {
	return ErasureReport{}, errUnwritten
}

// Erasures are the tombstones, newest first.
func (db *DB) Erasures(ctx context.Context) ([]Erasure, error) { return nil, errUnwritten }

// CompactionDue tells whether bytes of erased rows may still be in free space of the file.
func (db *DB) CompactionDue() bool { return false }

// Compact rewrites the file so that no byte of an erased row remains. Reads go on meanwhile,
// writes wait. Safe against a kill at any moment. Does nothing when none is due.
func (db *DB) Compact(ctx context.Context, progress CompactProgress) error { return errUnwritten }

// ---- outbox: what a lead does

// Pair pairs an activity, and with it its interaction, with a stored contact.
func (db *DB) Pair(ctx context.Context, activity, contact Name) (Change, error) {
	return Change{}, errUnwritten
}

// Unpair takes the contact off an activity and its interaction.
func (db *DB) Unpair(ctx context.Context, activity Name) (Change, error) {
	return Change{}, errUnwritten
}

// AddContact creates a contact; with an activity it also pairs it, as a second change.
// LastName is required (ErrInvalid). The contact's name is made here, so that sending it
// twice cannot create two.
func (db *DB) AddContact(ctx context.Context, contact Contact, activity Name) (Contact, error) {
	return Contact{}, errUnwritten
}

// AttachTicket attaches an activity to a stored ticket.
func (db *DB) AttachTicket(ctx context.Context, activity, ticket Name) (Change, error) {
	return Change{}, errUnwritten
}

// AddReview adds a QA review of an activity; the score is worked out as the form says.
func (db *DB) AddReview(ctx context.Context, review QAReview) (QAReview, error) {
	return QAReview{}, errUnwritten
}

// ContactedBack marks a missed interaction as contacted back.
func (db *DB) ContactedBack(ctx context.Context, interaction Name) (Change, error) {
	return Change{}, errUnwritten
}

// Changes lists the outbox, oldest first, within the rights.
func (db *DB) Changes(ctx context.Context) ([]Change, error) { return nil, errUnwritten }

// ChangeCounts counts the outbox by state.
func (db *DB) ChangeCounts(ctx context.Context) (ChangeCounts, error) {
	return ChangeCounts{}, errUnwritten
}

// DiscardChange takes back a waiting, refused, conflicting or manual change: its local effect ends and
// the contact centre's value shows again. In a conflict this keeps the contact centre's value.
func (db *DB) DiscardChange(ctx context.Context, id int64) error { return errUnwritten }

// RetryChange makes a refused or conflicting change wait again. In a conflict this sends
// the lead's value over the contact centre's.
func (db *DB) RetryChange(ctx context.Context, id int64) error { return errUnwritten }

// ---- outbox: what the pusher does

// ClaimChange hands out the next change to send, now in the state sending; false when there
// is none. Changes of one interaction are handed out in their order, and one that needs a
// contact only after that contact was created. anonymise includes requests to anonymise,
// which are sent only where an administrator configured a call.
func (db *DB) ClaimChange(ctx context.Context, anonymise bool) (Change, bool, error) {
	return Change{}, false, errUnwritten
}

// SettleChange ends an attempt.
func (db *DB) SettleChange(ctx context.Context, id int64, outcome Outcome) error {
	return errUnwritten
}

// DropSent forgets changes that were sent or confirmed before the time (UTC ms).
func (db *DB) DropSent(ctx context.Context, beforeMs int64) error { return errUnwritten }

// ---- settings, views, exports

// Setting reads a setting; false when it was never set.
func (db *DB) Setting(ctx context.Context, key string) (string, bool, error) {
	return "", false, errUnwritten
}

// SetSetting keeps a setting.
func (db *DB) SetSetting(ctx context.Context, key, value string) error { return errUnwritten }

// Views are the saved views in the order they were made.
func (db *DB) Views(ctx context.Context) ([]SavedView, error) { return nil, errUnwritten }

// SaveView adds a view, or replaces the one with its ID.
func (db *DB) SaveView(ctx context.Context, view SavedView) (SavedView, error) {
	return SavedView{}, errUnwritten
}

// DeleteView removes a view; ErrNotFound.
func (db *DB) DeleteView(ctx context.Context, id string) error { return errUnwritten }

// LogExport keeps what was exported, with the ids of its interactions, so that an erasure can name
// the files that still hold the person.
func (db *DB) LogExport(ctx context.Context, entry ExportEntry, ids []int64) error {
	return errUnwritten
}

// Exports is the log of exports, newest first.
func (db *DB) Exports(ctx context.Context) ([]ExportEntry, error) { return nil, errUnwritten }
