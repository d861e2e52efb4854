package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"wapdesk/store/listing"
)

func TestCSVDialects(t *testing.T) {
	t.Parallel()
	columns := []string{"time", "queue", "wa", "wait", "answered", "missed", "direction"}
	for _, test := range []struct {
		name, lang string
		dialect    Dialect
		raw        bool
		want       string
	}{
		{"czech", "cs", CzechCSV(), false,
			"\uFEFFČas (Europe/Prague);Fronta;Kontakt WhatsApp / Externí kontakt;Doba čekání;Zodpovězeno;Zmeškané;Směr\r\n" +
				"01.07.2026 09:05:07;Podpora CZ;'=Petr;0:05:12;Ano;Kontaktováno zpět;Příchozí\r\n"},
		{"english", "en", EnglishCSV(), false,
			"\uFEFFTime (Europe/Prague),Queue,WhatsApp contact / External contact,Wait time,Answered,Missed,Direction\r\n" +
				"2026-07-01 09:05:07,Podpora CZ,'=Petr,0:05:12,Yes,Contacted back,Incoming\r\n"},
		{"for programs, raw", "en", RFC4180(), true,
			"Time (Europe/Prague),Queue,WhatsApp contact / External contact,Wait time,Answered,Missed,Direction\r\n" +
				"2026-07-01 09:05:07,Podpora CZ,'=Petr,0:05:12,1,NO,IN\r\n"},
		{"raw text, seconds, tabs", "en", Dialect{Delimiter: '\t', Seconds: true, RawText: true, Dates: ISOShort}, false,
			"Time (Europe/Prague; raw text)\tQueue\tWhatsApp contact / External contact\tWait time\tAnswered\tMissed\tDirection\r\n" +
				"2026-07-01 9:05:07\tPodpora CZ\t=Petr\t312\tYes\tContacted back\tIncoming\r\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			req := request(t, test.lang, CSV)
			req.CSV, req.Columns, req.Raw = test.dialect, columns, test.raw
			data, _ := write(t, req, 1, one)
			if string(data) != test.want {
				t.Errorf("got\n%q\nwant\n%q", data, test.want)
			}
		})
	}
}

func TestCSVKeepsHostileText(t *testing.T) {
	t.Parallel()
	for _, dialect := range []Dialect{CzechCSV(), EnglishCSV(), RFC4180(), {Delimiter: '|'}, {Delimiter: '\t'}} {
		req := request(t, "en", CSV)
		req.CSV, req.Columns = dialect, []string{"title", "id"}
		data, _ := write(t, req, len(hostile), func(i int) listing.Record {
			return listing.Record{Title: hostile[i], Name: "x"}
		})
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
		r.Comma = rune(dialect.Delimiter)
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatalf("delimiter %q: %v", dialect.Delimiter, err)
		}
		for i, text := range hostile {
			// encoding/csv reads CRLF within quotes as LF.
			want := strings.ReplaceAll(kept(text), "\r\n", "\n")
			got := rows[i+1][0]
			if undo(got) != want {
				t.Errorf("delimiter %q, text %d: got %q, want %q", dialect.Delimiter, i, undo(got), want)
			}
			if strings.ContainsAny(got[:min(1, len(got))], "=+-@\t\r\x00") {
				t.Errorf("a spreadsheet would compute %q", got)
			}
		}
	}
}

func TestCSVWritesALineForEachRow(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{0, 1, csvBatch - 1, csvBatch, csvBatch + 1, 3*csvBatch + 7} {
		req := request(t, "en", CSV)
		req.Columns = []string{"contact"} // often empty, and alone in its row
		data, result := write(t, req, rows, hostileRecord)
		if result.Rows != int64(rows) {
			t.Errorf("result says %d rows of %d", result.Rows, rows)
		}
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
		got, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != rows+1 {
			t.Errorf("%d lines for %d rows", len(got), rows)
		}
	}
}

func TestPlainUndoesInert(t *testing.T) {
	t.Parallel()
	for _, text := range hostile {
		if got := undo(Inert(text)); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
	}
}

func FuzzInert(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		safe := Inert(text)
		if undo(safe) != text {
			t.Errorf("%q came back as %q", text, undo(safe))
		}
		if safe != "" && strings.IndexByte("=+-@\t\r\x00", safe[0]) >= 0 {
			t.Errorf("%q begins like a formula", safe)
		}
	})
}

func TestRefusedRequestsSayWhy(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(r *Request)
		want   error
	}{
		"format":           {func(r *Request) { r.Format = "ods" }, ErrFormat},
		"unknown column":   {func(r *Request) { r.Columns = []string{"time", "password"} }, ErrColumn},
		"column twice":     {func(r *Request) { r.Columns = []string{"time", "time"} }, ErrColumn},
		"no words":         {func(r *Request) { r.Words = nil }, ErrWords},
		"delimiter":        {func(r *Request) { r.CSV.Delimiter = 'x' }, ErrDialect},
		"no delimiter":     {func(r *Request) { r.CSV.Delimiter = 0 }, ErrDialect},
		"sheets in a .csv": {func(r *Request) { r.Summary = true }, ErrSheets},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := request(t, "en", CSV)
			test.change(&req)
			var out bytes.Buffer
			_, err := Write(t.Context(), &out, req, rowsOf(1, one), nil)
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes were written", out.Len())
			}
		})
	}
}

// undo is what a reader does to text that begins like a formula.
func undo(s string) string {
	if len(s) > 1 && s[0] == '\'' && formula(s) {
		return s[1:]
	}
	return s
}
