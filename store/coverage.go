package store

import (
	"context"
	"math"
)

// Span is a stretch of time in UTC milliseconds, ToMs exclusive.
type Span struct {
	FromMs int64 `json:"fromMs"`
	ToMs   int64 `json:"toMs"`
}

// Coverage is what is stored, oldest first; spans do not touch.
func (db *DB) Coverage(ctx context.Context) ([]Span, error) {
	return db.covered(ctx, Span{FromMs: math.MinInt64, ToMs: math.MaxInt64})
}

// Missing are the parts of the span that are not stored, oldest first.
func (db *DB) Missing(ctx context.Context, s Span) ([]Span, error) {
	stored, err := db.covered(ctx, s)
	if err != nil {
		return nil, err
	}
	missing := []Span{}
	from := s.FromMs
	for _, have := range stored {
		if have.FromMs > from {
			missing = append(missing, Span{FromMs: from, ToMs: have.FromMs})
		}
		from = max(from, have.ToMs)
	}
	if from < s.ToMs {
		missing = append(missing, Span{FromMs: from, ToMs: s.ToMs})
	}
	return missing, nil
}

func (db *DB) covered(ctx context.Context, s Span) ([]Span, error) {
	var spans []Span
	err := db.view(ctx, "read the coverage", func(q querier) error {
		rows, err := q.QueryContext(ctx, "SELECT from_ms, to_ms FROM coverage WHERE to_ms > ? AND from_ms < ? ORDER BY from_ms", s.FromMs, s.ToMs)
		spans, err = collect(rows, err, scanSpan)
		return err
	})
	return spans, err
}

func scanSpan(rows rowScanner, s *Span) error { return rows.Scan(&s.FromMs, &s.ToMs) }

// cover adds a span and joins it with those it meets.
func (t *tx) cover(ctx context.Context, s Span) error {
	if s.FromMs >= s.ToMs {
		return nil
	}
	rows, err := t.query(ctx, "SELECT from_ms, to_ms FROM coverage WHERE to_ms >= ? AND from_ms <= ?", s.FromMs, s.ToMs)
	met, err := collect(rows, err, scanSpan)
	if err != nil {
		return err
	}
	if len(met) == 1 && met[0].FromMs <= s.FromMs && met[0].ToMs >= s.ToMs {
		return nil
	}
	for _, other := range met {
		if err := t.run(ctx, "DELETE FROM coverage WHERE from_ms = ?", other.FromMs); err != nil {
			return err
		}
		s.FromMs, s.ToMs = min(s.FromMs, other.FromMs), max(s.ToMs, other.ToMs)
	}
	t.event.Coverage = true
	return t.run(ctx, "INSERT INTO coverage (from_ms, to_ms) VALUES (?, ?)", s.FromMs, s.ToMs)
}

// uncover takes everything before a time out of the coverage.
func (t *tx) uncover(ctx context.Context, beforeMs int64) error {
	t.event.Coverage = true
	// The stretch that goes on past the time begins there from now on.
	if err := t.run(ctx, `INSERT INTO coverage (from_ms, to_ms)
		SELECT ?1, to_ms FROM coverage WHERE from_ms < ?1 AND to_ms > ?1`, beforeMs); err != nil {
		return err
	}
	return t.run(ctx, "DELETE FROM coverage WHERE from_ms < ?", beforeMs)
}
