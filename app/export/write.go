package export

import (
	"context"
	"io"
	"iter"

	"wapdesk/store/listing"
)

// checkRows is how many rows pass between two looks at the context and the progress.
const checkRows = 1024

// Write writes the rows to w in the form of req. Progress, which may be nil, hears the
// number of interactions written now and then and at the end. After an error what w got
// is worth nothing; WriteFile takes care of that for files.
// Errors: the refusals of Request, ErrCancelled, ErrTooLarge, and what w and rows report.
func Write(
	ctx context.Context, w io.Writer, req Request, rows iter.Seq2[listing.Record, error], progress func(rows int64),
) (Result, error) {
	if err := req.validate(); err != nil {
		return Result{}, err
	}
	defer beLean()()
	seen := &tally{report: progress}
	var result Result
	var err error
	if req.Format == CSV {
		result, err = writeCSV(ctx, w, req, rows, seen)
	} else {
		result, err = writeWorkbook(ctx, w, req, rows, seen)
	}
	if err != nil {
		return Result{}, classify(err)
	}
	result.Rows = seen.rows
	seen.tell()
	return result, nil
}

// tally counts rows and reports them now and then.
type tally struct {
	rows   int64
	report func(rows int64)
}

func (t *tally) add() {
	if t.rows++; t.rows%checkRows == 0 {
		t.tell()
	}
}

func (t *tally) tell() {
	if t.report != nil {
		t.report(t.rows)
	}
}

func writeWorkbook(
	ctx context.Context, w io.Writer, req Request, rows iter.Seq2[listing.Record, error], seen *tally,
) (Result, error) {
	b, err := newBook(w, req)
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = b.file.Close() }() // frees memory only; nothing of it reaches w
	var figures *figures
	if req.Summary {
		figures = newFigures(req.zone())
	}
	see := func(r *listing.Record) {
		seen.add()
		if figures != nil {
			figures.add(r)
		}
	}
	if err := writeTable(ctx, b, "interactions", req.Words(keySheetInteractions), req.chosen(), rows, see); err != nil {
		return Result{}, err
	}
	if figures != nil {
		if err := b.addSummary(figures); err != nil {
			return Result{}, err
		}
	}
	if req.Activities != nil {
		err := writeTable(ctx, b, "activities", req.Words(keySheetActivities), activityColumns(), req.Activities, func(*Activity) {})
		if err != nil {
			return Result{}, err
		}
	}
	if req.Messages != nil {
		err := writeTable(ctx, b, "messages", req.Words(keySheetMessages), messageColumns(), req.Messages, func(*Message) {})
		if err != nil {
			return Result{}, err
		}
	}
	if err := b.addAbout(seen.rows); err != nil {
		return Result{}, err
	}
	if err := b.describe(); err != nil {
		return Result{}, err
	}
	if err := b.finish(); err != nil {
		return Result{}, err
	}
	return Result{Bytes: b.out.n, Cut: b.cut}, nil
}
