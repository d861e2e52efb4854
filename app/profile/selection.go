package app

import (
	"context"
	"iter"

	"wapdesk/store/listing"
)

// selected gives the unique names of a selection in the order of its list, at most limit.
func (c *Core) selected(ctx context.Context, sel Selection, limit int) ([]string, error) {
	if sel.Snapshot == "" {
		// From the details: one interaction that need not be in the list on screen.
		return sel.Names[:min(len(sel.Names), limit)], nil
	}
	one, err := c.shots.get(sel.Snapshot)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for r := range sel.records(ctx, one.shot) {
		if len(names) == limit {
			break
		}
		names = append(names, r.Name)
	}
	return names, ctx.Err()
}

// records gives the rows of a selection in the order of the list. The record is reused.
func (s Selection) records(ctx context.Context, shot *listing.Snapshot) iter.Seq[*listing.Record] {
	chosen := set(s.Names)
	if s.All {
		chosen = set(s.Except)
	}
	return func(yield func(*listing.Record) bool) {
		for r := range shot.Records(ctx) {
			if chosen[r.Name] == s.All {
				continue
			}
			if !yield(r) {
				return
			}
		}
	}
}

// size is how many rows a selection has.
func (s Selection) size(shot *listing.Snapshot) int {
	if s.All {
		return max(0, shot.Total()-len(s.Except))
	}
	return len(s.Names)
}

func set(names []string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}
