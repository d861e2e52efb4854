package intake

import (
	"context"
	"errors"
	"io"
	"strings"
)

// openWorkbook finds the tables of a workbook.
func (f *File) openWorkbook(ctx context.Context, path, temp string) error {
	b, err := openBook(ctx, path, temp)
	if err != nil {
		return err
	}
	f.book = b
	var hidden, other []string
	for _, s := range b.sheets {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.hidden { // what its owner put aside is not part of the list
			hidden = append(hidden, s.name)
			continue
		}
		t, err := b.table(ctx, s)
		if err != nil {
			return err
		}
		if t == nil {
			other = append(other, s.name)
			continue
		}
		f.tables = append(f.tables, t)
	}
	f.report.Own = b.about[ownFormat] != ""
	f.report.notice(NoticeHidden, int64(len(hidden)), strings.Join(hidden, ", "))
	if !f.report.Own { // of ours the sheets About and Summary are known
		f.report.notice(NoticeOther, int64(len(other)), strings.Join(other, ", "))
	}
	if len(f.tables) == 0 && len(hidden) > 0 {
		return ErrHidden
	}
	return nil
}

// table looks for the header of a sheet; nil when there is none.
func (b *book) table(ctx context.Context, s sheetPart) (*table, error) {
	rows, err := b.rows(ctx, s)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.close() }() // only read from
	t := &table{name: s.name, start: func(ctx context.Context, _ dialect) (source, error) { return b.rows(ctx, s) }}
	t.clock.shift = b.shift
	for range headerRows {
		cells, row, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if about, columns := b.own(s.name); row == 1 && t.describe(cells, about, columns) {
			t.clock.zone = b.ownZone()
			return t, nil
		}
		if h, ok := readHeader(cells, row); ok {
			t.header = h
			return t, nil
		}
	}
	return nil, nil
}
