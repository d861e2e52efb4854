package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
)

const countTo = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) SELECT x FROM n"

func sum(t *testing.T, rows *sql.Rows, err error) int {
	t.Helper()
	total := 0
	check(t, each(rows, err, func(rows rowScanner) error {
		var x int
		err := rows.Scan(&x)
		total += x
		return err
	}))
	return total
}

// TestKeptStatementsMayNest asks the same text while its rows are being read.
func TestKeptStatementsMayNest(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	ctx := t.Context()
	for round := range 3 {
		err := db.view(ctx, "count", func(q querier) error {
			outer := 0
			rows, err := q.QueryContext(ctx, countTo, 4)
			err = each(rows, err, func(rows rowScanner) error {
				var x int
				if err := rows.Scan(&x); err != nil {
					return err
				}
				inner, err := q.QueryContext(ctx, countTo, x)
				if got, want := sum(t, inner, err), x*(x+1)/2; got != want {
					t.Errorf("round %d: the inner count to %d is %d, want %d", round, x, got, want)
				}
				outer += x
				return nil
			})
			if outer != 10 {
				t.Errorf("round %d: the outer count is %d, want 10", round, outer)
			}
			return err
		})
		check(t, err)
	}
}

// TestKeptStatementsMakeRoom asks more texts than are kept, each twice, and then all at once.
func TestKeptStatementsMakeRoom(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	ctx := t.Context()
	text := func(n int) string { return fmt.Sprintf("SELECT x + %d FROM (SELECT 1 AS x UNION ALL SELECT 2)", n) }
	check(t, db.view(ctx, "add", func(q querier) error {
		for n := range 3 * keptStatements {
			for range 2 {
				rows, err := q.QueryContext(ctx, text(n))
				if got := sum(t, rows, err); got != 3+2*n {
					t.Errorf("%s gives %d in all, want %d", text(n), got, 3+2*n)
				}
			}
		}
		var open func(n int) error // reads a text while all before it are open
		open = func(n int) error {
			got := 0
			rows, err := q.QueryContext(ctx, text(n))
			err = each(rows, err, func(rows rowScanner) error {
				var x int
				if err := rows.Scan(&x); err != nil {
					return err
				}
				if got += x; got == x && n+1 < 2*keptStatements {
					return open(n + 1)
				}
				return nil
			})
			if got != 3+2*n {
				t.Errorf("%s of many gives %d in all, want %d", text(n), got, 3+2*n)
			}
			return err
		}
		return open(0)
	}))
}

// TestKeptStatementsOutliveACancel cancels in the midst of a statement and asks it again.
func TestKeptStatementsOutliveACancel(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	for range 5 {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.view(ctx, "count", func(q querier) error {
			rows, err := q.QueryContext(ctx, countTo, 1_000_000_000)
			return each(rows, err, func(rowScanner) error {
				cancel()
				return ctx.Err()
			})
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("a cancelled read ends with %v", err)
		}
		check(t, db.view(t.Context(), "count", func(q querier) error {
			rows, err := q.QueryContext(t.Context(), countTo, 100)
			if got := sum(t, rows, err); got != 5050 {
				t.Errorf("after a cancel the count is %d, want 5050", got)
			}
			return nil
		}))
	}
}

// TestKeptStatementsSeeWhatIsWritten reads the same text before and after a write.
func TestKeptStatementsSeeWhatIsWritten(t *testing.T) {
	t.Parallel()
	db := openTest(t)
	seeAll(t, db)
	for n := range 5 {
		_, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(0, n+1)))
		check(t, err)
		check(t, db.view(t.Context(), "count", func(q querier) error {
			rows, err := q.QueryContext(t.Context(), "SELECT count(*) FROM interactions")
			if got := sum(t, rows, err); got != n+1 {
				t.Errorf("%d interactions, want %d", got, n+1)
			}
			return nil
		}))
	}
}
