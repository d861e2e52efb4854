package store

import (
	"context"
	"strings"
)

// batchRows are how many rows one statement adds: database/sql and the driver take longer to hand over a
// statement than SQLite takes to add a row.
const batchRows = 16

// batch adds new rows of one table, some at a time. Rows that are left at the end are added by
// flush, in statements of eight, four, two and one, so that a transaction prepares few.
type batch struct {
	table   string
	columns []string
	args    []any
}

func newBatch(table string, columns []string) *batch {
	return &batch{table: table, columns: columns}
}

func (b *batch) add(ctx context.Context, t *tx, values ...any) error {
	b.args = append(b.args, values...)
	if len(b.args) < batchRows*len(b.columns) {
		return nil
	}
	return b.write(ctx, t, batchRows)
}

func (b *batch) flush(ctx context.Context, t *tx) error {
	for rows := batchRows / 2; rows > 0; rows /= 2 {
		for len(b.args) >= rows*len(b.columns) {
			if err := b.write(ctx, t, rows); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *batch) write(ctx context.Context, t *tx, rows int) error {
	n := rows * len(b.columns)
	if err := t.run(ctx, t.insertRows(b.table, b.columns, rows), b.args[:n]...); err != nil {
		return err
	}
	b.args = append(b.args[:0], b.args[n:]...)
	return nil
}

// inserts is the text of a statement for a number of rows.
type inserts struct {
	table string
	rows  int
}

func (t *tx) insertRows(table string, columns []string, rows int) string {
	key := inserts{table, rows}
	text, known := t.inserts[key]
	if !known {
		text = insertInto(table, columns) + strings.Repeat(", ("+marks(len(columns))+")", rows-1)
		t.inserts[key] = text
	}
	return text
}
