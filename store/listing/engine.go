package listing

import (
	"context"
	"iter"
	"time"
)

// WordSource finds interactions by words in their messages. The store implements it with
// its full-text index.
type WordSource interface {
	// MatchWords calls add with the id of every interaction whose messages match an FTS5
	// query. Ids come at most once each, preferably rising; ids the list does not know are
	// ignored. words is made by WordQuery and is safe to bind as it is.
	MatchWords(ctx context.Context, words string, add func(id int64)) error
}

// Options are what an Engine is made with.
type Options struct {
	Zone        *time.Location   // of the contact centre; nil is UTC
	SundayFirst bool             // weeks start on Sunday instead of Monday
	Now         func() time.Time // nil is time.Now
	Words       WordSource       // nil finds no words
}

// Source pushes records into a list that is being loaded, and ends with nil, its own error
// or the one that add returned. The record and its strings may be reused once add returns.
// Rows in rising order of time load fastest and take least memory.
type Source func(ctx context.Context, add func(*Record) error) error

// FromSeq makes a Source of an iterator.
func FromSeq(rows iter.Seq2[Record, error]) Source {
	return func(_ context.Context, add func(*Record) error) error {
		for r, err := range rows {
			if err != nil {
				return err
			}
			if err := add(&r); err != nil {
				return err
			}
		}
		return nil
	}
}

// Entry is a queue or a user of the directory.
type Entry struct {
	Name        string
	Title       string
	Deactivated bool
}

// Group gathers queues or users by their unique names.
type Group struct {
	Name    string
	Title   string
	Members []string
}

// Directory names the queues and users with their groups. Membership counts at the time of
// a query.
type Directory struct {
	Users       []Entry
	Queues      []Entry
	UserGroups  []Group
	QueueGroups []Group
}
