package listing

import (
	"context"
	"errors"
	"iter"
	"time"
)

var errUnwritten = errors.New("listing: not written yet")

// Engine holds the list. All its methods may be called at once from several goroutines.
type Engine struct{}

// New gives an empty list.
func New(o Options) *Engine { return &Engine{} }

// Load replaces all rows by those of the parts, which are read at the same time (two parts
// use two cores). When a part fails or ctx ends, the list stays as it was.
func (e *Engine) Load(ctx context.Context, parts ...Source) error { return errUnwritten }

// Apply takes a commit over: rows new or changed by ID, and rows that are gone. The views
// made before stay as they are.
func (e *Engine) Apply(upserts []Record, removed []int64) {}

// SetDirectory takes the queues, users and groups. Titles in it win over those of records.
func (e *Engine) SetDirectory(d Directory) {}

// SetZone changes the contact centre's zone and the first day of its weeks.
func (e *Engine) SetZone(zone *time.Location, sundayFirst bool) {}

// Compact builds the list anew without the rows and texts that are gone. Call it after an
// erasure: until then erased texts stay in memory, out of reach of every question.
func (e *Engine) Compact(ctx context.Context) error { return errUnwritten }

// Warm builds what sorting by text needs, so that the first such search does not wait.
func (e *Engine) Warm(ctx context.Context) error { return errUnwritten }

// View gives the list as it is now.
func (e *Engine) View() *View { return &View{} }

// View is the list at one moment.
type View struct{}

// Version rises with every change of the list.
func (v *View) Version() uint64 { return 0 }

// Clock gives the clock that presets and dates are read with.
func (v *View) Clock() Clock { return Clock{} }

// Search answers a query. Errors: *SyntaxError for a filter or sort that is not valid, the
// error of ctx, or that of the WordSource.
func (v *View) Search(ctx context.Context, q Query, scope Scope) (*Snapshot, error) {
	return nil, errUnwritten
}

// Count gives the exact number of interactions that match, without ordering them.
func (v *View) Count(ctx context.Context, q Query, scope Scope) (int, error) {
	return 0, errUnwritten
}

// Facets counts the matches by each value of a choice field. A picker passes the query
// without its own condition. Users, queues and connectors come by title, then groups;
// values without interactions are included with 0 when the directory or the field names them
// and the scope permits them.
func (v *View) Facets(ctx context.Context, field string, q Query, scope Scope) ([]Facet, error) {
	return nil, errUnwritten
}

// TimeRange gives the span of time that a filter can match at most.
func (v *View) TimeRange(where *Node) Range { return Range{} }

// Unknown lists the values of a filter that name nothing the scope permits.
func (v *View) Unknown(where *Node, scope Scope) []UnknownValue { return nil }

// Snapshot is the answer of a search: an order of rows that never changes.
type Snapshot struct{}

// Total is the exact number of rows.
func (s *Snapshot) Total() int { return 0 }

// Query gives the question.
func (s *Snapshot) Query() Query { return Query{} }

// Version is that of the view it was made from.
func (s *Snapshot) Version() uint64 { return 0 }

// Range gives the span of time that the filter can match at most, as of the search.
func (s *Snapshot) Range() Range { return Range{} }

// At gives row i, counted from 0. It panics when there is no such row.
func (s *Snapshot) At(i int) Record { return Record{} }

// IDs gives the ids of up to limit rows from offset on; what is out of range is left out.
func (s *Snapshot) IDs(offset, limit int) []int64 { return nil }

// Window gives up to limit rows from offset on; what is out of range is left out.
func (s *Snapshot) Window(offset, limit int) []Record { return nil }

// Records gives every row in order. The record is reused: copy what outlives a step. Its
// strings may be kept. It stops early when ctx ends; the caller then finds ctx.Err() set.
func (s *Snapshot) Records(ctx context.Context) iter.Seq[*Record] {
	return func(func(*Record) bool) {}
}

// IndexOf gives the place of an id, or -1.
func (s *Snapshot) IndexOf(id int64) int { return -1 }

// Compare tells how the same question would be answered by a newer view: rows that would
// join and rows that would leave.
func (s *Snapshot) Compare(ctx context.Context, now *View) (Change, error) {
	return Change{}, errUnwritten
}

// Changed tells which of up to limit rows from offset on differ in a newer view: their
// places, and the places of those that are gone from it.
func (s *Snapshot) Changed(now *View, offset, limit int) (changed, gone []int) { return nil, nil }

// Summary gives the figures above the list.
func (s *Snapshot) Summary(ctx context.Context) (Summary, error) { return Summary{}, errUnwritten }

// Users gives the figures by user, most interactions first.
func (s *Snapshot) Users(ctx context.Context) ([]Aggregate, error) { return nil, errUnwritten }

// Queues gives the figures by queue, most interactions first.
func (s *Snapshot) Queues(ctx context.Context) ([]Aggregate, error) { return nil, errUnwritten }

// Parse reads the text form of a filter. An empty text gives nil: everything. Every error
// is a *SyntaxError.
func Parse(text string) (*Node, error) { return nil, errUnwritten }

// Format writes a filter in its text form, with field names in a language ("en" or "cs").
// Parse of the result gives Normalise of the filter.
func Format(where *Node, lang string) string { return "" }

// Normalise brings a filter to its plain form: no group of one, no doubled negation,
// canonical operators, presets and choices. The error is a *SyntaxError without a place.
func Normalise(where *Node) (*Node, error) { return nil, errUnwritten }

// WordQuery turns a user's words into an FTS5 query: every word must be there, "…" is a
// phrase, a trailing * is a prefix. It is "" when there is no word in it.
func WordQuery(words string) string { return "" }
