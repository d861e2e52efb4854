package store

import (
	"context"

	"wapdesk/store/listing"
)

// Left is an interaction that was in the list and no longer is.
type Left struct {
	Cause Cause // CauseRights, CauseRetention or CauseGone
	// Record is what is still stored of one that is gone, until the next sync removes it; its name
	// is empty when nothing is.
	Record listing.Record
}

// Left reports, by id, why interactions are no longer in the list.
func (db *DB) Left(ctx context.Context, ids []int64) (map[int64]Left, error) {
	left := make(map[int64]Left, len(ids))
	err := db.view(ctx, "read what left the list", func(q querier) error {
		for _, id := range ids {
			found := Left{Cause: db.departedFor(id)}
			var state rowState
			if err := state.read(ctx, q, id); err != nil {
				return err
			}
			switch {
			case state.stored && state.hidden:
				found.Cause = CauseRights // whatever it was before
			case state.stored && found.Cause == CauseGone:
				var err error
				if found.Record, err = db.recordOf(ctx, q, id); err != nil {
					return err
				}
			}
			left[id] = found
		}
		return nil
	})
	return left, err
}

// rowState is whether an interaction is stored, and hidden.
type rowState struct{ stored, hidden bool }

func (s *rowState) read(ctx context.Context, q querier, id int64) error {
	rows, err := q.QueryContext(ctx, "SELECT NOT "+inScope+" FROM interactions i WHERE i.id = ?", id)
	return each(rows, err, func(rows rowScanner) error {
		s.stored = true
		return rows.Scan(&s.hidden)
	})
}
