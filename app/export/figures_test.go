package export

import (
	"fmt"
	"slices"
	"testing"

	"wapdesk/store/listing"
)

func TestQuantileIsTheNearestRank(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values      []int32
		median, p90 int64
	}{
		{nil, listing.Unknown, listing.Unknown},
		{[]int32{7}, 7, 7},
		{[]int32{1, 2}, 1, 2},
		{[]int32{1, 2, 3}, 2, 3},
		{[]int32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 5, 9},
		{[]int32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 6, 10},
	} {
		if got := quantile(test.values, 50); got != test.median {
			t.Errorf("median of %v = %d, want %d", test.values, got, test.median)
		}
		if got := quantile(test.values, 90); got != test.p90 {
			t.Errorf("90 %% of %v = %d, want %d", test.values, got, test.p90)
		}
	}
}

func TestSummaryAgreesWithTheRows(t *testing.T) {
	t.Parallel()
	req := request(t, "en", XLSX)
	req.Summary = true
	users := []string{"Anna", "Anna", "Petr", ""}
	data, _ := write(t, req, 4, func(i int) listing.Record {
		r := one(0)
		r.User = listing.Ref{Title: users[i]}
		r.WaitS, r.DurationS = int32(10*(i+1)), listing.Unknown
		r.Answered = []listing.Tri{listing.TriYes, listing.TriNo, listing.TriUnknown, listing.TriYes}[i]
		r.Missed = []string{"", "YES", "NO", ""}[i]
		r.MissedTimeMs = []int64{-1, r.TimeMs, r.TimeMs, -1}[i]
		return r
	})
	rows, err := open(t, data).GetRows("Summary")
	if err != nil {
		t.Fatal(err)
	}
	const s = 1.0 / 86400
	want := [][]string{
		{"By agent", "Interactions", "Answered", "Answered share", "Unanswered", "Missed", "Missed, waiting", "Wait, median", "Wait, 90 %",
			"Duration, median", "Duration, 90 %"},
		{"Anna", "2", "1", "0.5", "1", "1", "1", fmt.Sprint(10 * s), fmt.Sprint(20 * s)},
		{"(none)", "1", "1", "1", "0", "0", "0", fmt.Sprint(40 * s), fmt.Sprint(40 * s)},
		{"Petr", "1", "0", "", "0", "1", "0", fmt.Sprint(30 * s), fmt.Sprint(30 * s)},
	}
	for i, row := range want {
		if !slices.EqualFunc(rows[i], row, sameNumber) {
			t.Errorf("row %d\n got %q\nwant %q", i, rows[i], row)
		}
	}
	labels := map[string]bool{}
	for _, row := range rows {
		if len(row) > 1 && row[1] == "4" {
			labels[row[0]] = true
		}
	}
	for _, label := range []string{"Podpora CZ", "2026-07-01", "9:00"} {
		if !labels[label] {
			t.Errorf("no line of 4 interactions for %s in %v", label, labels)
		}
	}
}

// sameNumber compares cells as text, or as numbers to the digits a reader keeps.
func sameNumber(a, b string) bool {
	var x, y float64
	if n, _ := fmt.Sscan(a, &x); n == 1 {
		if n, _ := fmt.Sscan(b, &y); n == 1 {
			return x-y < 1e-12 && y-x < 1e-12
		}
	}
	return a == b
}
