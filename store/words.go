package store

import (
	"context"
	"database/sql"
	"math"
	"strconv"
	"strings"
)

// wordStep is how many ids one statement looks for words among: a text of at most half a
// million bytes comes out of it.
const wordStep = 1 << 16

// MatchWords implements listing.WordSource: the ids of interactions whose messages match an
// FTS5 query, in rising order. It is not bound to the rights, which the list engine applies.
func (db *DB) MatchWords(ctx context.Context, words string, add func(id int64)) error {
	return db.MatchWordsIn(ctx, words, 0, math.MaxInt64, add)
}

// MatchWordsIn implements listing.WordRangeSource: the same among the ids from fromID to
// toID, both included. The index is read for that part alone.
func (db *DB) MatchWordsIn(ctx context.Context, words string, fromID, toID int64, add func(id int64)) error {
	if words == "" {
		return nil
	}
	return db.view(ctx, "search messages", func(q querier) error {
		var last int64
		if err := q.QueryRowContext(ctx, "SELECT ifnull(max(id), 0) FROM interactions").Scan(&last); err != nil {
			return err
		}
		fromID, toID = max(fromID, markerID+1), min(toID, last)
		step := int64(wordStep)
		if strings.Contains(words, "*") {
			// The index gathers all words of a beginning before it gives the first id.
			step = toID
		}
		return matchSteps(ctx, q, words, fromID, toID, step, add)
	})
}

// matchSteps finds ids a step at a time. SQLite joins the ids of a step to one text, which is
// read here: a call into Go for each id takes a lock of the driver that all connections share,
// and two that search at the same time take longer than one.
func matchSteps(ctx context.Context, q querier, words string, from, to, step int64, add func(id int64)) error {
	const statement = "SELECT group_concat(rowid) FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
	for ; from <= to; from += step {
		var ids sql.NullString
		if err := q.QueryRowContext(ctx, statement, words, from, min(to, from+step-1)).Scan(&ids); err != nil {
			return err
		}
		if !ids.Valid {
			continue
		}
		for text := range strings.SplitSeq(ids.String, ",") {
			id, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return err
			}
			add(id)
		}
	}
	return nil
}
