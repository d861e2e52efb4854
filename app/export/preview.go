package export

import (
	"context"
	"iter"
	"time"
	"unicode"

	"wapdesk/store/listing"
)

// Preview returns the header and the cells of rows as the file will show them.
func Preview(req Request, rows []listing.Record) (header []string, cells [][]string, err error) {
	if err := req.validate(); err != nil {
		return nil, nil, err
	}
	columns := req.chosen()
	render := newRenderer(req)
	words := req.tableWords()
	cells = make([][]string, 0, len(rows))
	for i := range rows {
		row := make([]string, len(columns))
		for j := range columns {
			row[j] = string(render.append(nil, columns[j].value(&rows[i], words)))
		}
		cells = append(cells, row)
	}
	return headers(columns, req), cells, nil
}

// EstimateBytes guesses the size of a file of n interactions, without the sheets of
// activities and messages, from what a sample of them takes. It is right to about a fifth
// when the sample is like the rest.
func EstimateBytes(ctx context.Context, req Request, sample []listing.Record, n int64) (int64, error) {
	req.Summary, req.Activities, req.Messages = false, nil, nil
	empty, err := Write(ctx, discard{}, req, records(nil), nil)
	if err != nil {
		return 0, err
	}
	if len(sample) == 0 || n <= 0 {
		return empty.Bytes, nil
	}
	full, err := Write(ctx, discard{}, req, records(sample), nil)
	if err != nil {
		return 0, err
	}
	return empty.Bytes + (full.Bytes-empty.Bytes)*n/int64(len(sample)), nil
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func records(rows []listing.Record) iter.Seq2[listing.Record, error] {
	return func(yield func(listing.Record, error) bool) {
		for i := range rows {
			if !yield(rows[i], nil) {
				return
			}
		}
	}
}

// FileName proposes a name: whatsapp_<company>_<from>_<to>.<format>. From and to are the
// first and the last day, in the zone they carry; zero times are left out, and one day is
// named once. Of the company only letters, digits, dots and hyphens stay.
func FileName(company string, from, to time.Time, format string) string {
	name := "whatsapp"
	clean := make([]rune, 0, len(company))
	for _, r := range company {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-' {
			clean = append(clean, r)
		}
	}
	if len(clean) > 60 {
		clean = clean[:60]
	}
	if len(clean) > 0 {
		name += "_" + string(clean)
	}
	if !from.IsZero() {
		name += "_" + from.Format(time.DateOnly)
	}
	if !to.IsZero() && (from.IsZero() || to.Format(time.DateOnly) != from.Format(time.DateOnly)) {
		name += "_" + to.Format(time.DateOnly)
	}
	return name + "." + format
}
