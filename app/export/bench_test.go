package export

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"wapdesk/store/listing"
)

// benchRows makes a table like a contact centre's from a fixed seed: 14 columns, 40
// queues, 300 users, 200,000 contacts. A few thousand rows are made once and varied, so
// that making them costs next to nothing.
func benchRows(n int) iter.Seq2[listing.Record, error] {
	const kinds = 8192
	rng := rand.New(rand.NewPCG(2026, 11))
	base := make([]listing.Record, kinds)
	for i := range base {
		name := "Kontakt " + strconv.Itoa(rng.IntN(200_000)) + " Dvořák"
		base[i] = listing.Record{
			Name: "activity_" + strconv.Itoa(i), Queue: listing.Ref{Title: "Podpora " + strconv.Itoa(rng.IntN(40))},
			User:    listing.Ref{Title: "Operátor " + strconv.Itoa(rng.IntN(300)) + " Nováková"},
			Contact: listing.Ref{Title: name}, WA: "wa " + name, Title: name + " – dotaz na objednávku",
			Answered: listing.Tri(1 + rng.IntN(2)), WaitS: rng.Int32N(900), DurationS: rng.Int32N(7200),
			Ended: []string{"USER", "CLIENT"}[rng.IntN(2)], Connector: listing.Ref{Title: "WhatsApp " + strconv.Itoa(rng.IntN(6))},
			Missed: []string{"", "YES", "NO", ""}[rng.IntN(4)], MissedTimeMs: listing.Unknown,
			Direction: []string{"IN", "OUT"}[rng.IntN(2)],
		}
		if base[i].Missed != "" {
			base[i].MissedTimeMs = 1
		}
	}
	newest := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).UnixMilli()
	return func(yield func(listing.Record, error) bool) {
		for i := range n {
			r := base[i%kinds]
			r.TimeMs = newest - int64(i)*94_000
			if r.MissedTimeMs == 1 {
				r.MissedTimeMs = r.TimeMs + 61_000
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// BenchmarkExport writes whole files. Beside it run the peers: libxlsxwriter's constant
// memory mode on the same cells, compiled from testdata/peer, and the sqlite3 shell's .csv
// of the same rows joined from their tables. Peers that are not installed are left out.
func BenchmarkExport(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		for _, format := range []Format{XLSX, CSV} {
			b.Run(fmt.Sprintf("%s/%d", format, n), func(b *testing.B) {
				path := filepath.Join(b.TempDir(), "out."+string(format))
				req := request(b, "en", format)
				for b.Loop() {
					result, err := WriteFile(context.Background(), path, req, benchRows(n), nil)
					if err != nil {
						b.Fatal(err)
					}
					b.SetBytes(result.Bytes)
				}
			})
		}
		b.Run(fmt.Sprintf("peer-libxlsxwriter/%d", n), func(b *testing.B) { benchXlsxPeer(b, n) })
		b.Run(fmt.Sprintf("peer-sqlite3/%d", n), func(b *testing.B) { benchSQLitePeer(b, n) })
	}
}

func benchXlsxPeer(b *testing.B, n int) {
	gcc, err := exec.LookPath("gcc")
	if err != nil {
		b.Log("left out: no gcc")
		return
	}
	dir := b.TempDir()
	peer := filepath.Join(dir, "peer")
	if out, err := exec.Command(gcc, "-O2", "-o", peer, "testdata/peer/xlsx_peer.c", "-lxlsxwriter").CombinedOutput(); err != nil {
		b.Logf("left out: libxlsxwriter-dev is not installed: %.200s", out)
		return
	}
	input := filepath.Join(dir, "rows.tsv")
	req := request(b, "en", XLSX)
	writeTSV(b, input, req, n)
	kinds := ""
	for _, c := range req.chosen() {
		kinds += map[kind]string{text: "s", moment: "d", span: "t", count: "t"}[c.kind]
	}
	for b.Loop() {
		if out, err := exec.Command(peer, input, filepath.Join(dir, "peer.xlsx"), kinds).CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
	}
}

// writeTSV writes the cells of a workbook as tab separated values, times as serials.
func writeTSV(b *testing.B, path string, req Request, n int) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriter(f)
	words, clock := newVocabulary(req.Words, false), newClock(req.zone(), ISO)
	columns := req.chosen()
	var line []byte
	for i, title := range headers(columns, req) {
		if i > 0 {
			line = append(line, '\t')
		}
		line = append(line, title...)
	}
	for row := range benchRows(n) {
		line = append(line, '\n')
		for i, column := range columns {
			if i > 0 {
				line = append(line, '\t')
			}
			switch c := column.value(&row, words); {
			case c.blank():
			case c.kind == text:
				line = append(line, c.s...)
			case c.kind == moment:
				days, seconds := clock.wall(c.n)
				line = appendSerial(line, days+unixDay, seconds)
			default:
				line = appendSerial(line, c.n/86400, c.n%86400)
			}
		}
		if _, err := out.Write(line); err != nil {
			b.Fatal(err)
		}
		line = line[:0]
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// benchSchema holds the rows as a store would: names in tables of their own.
const benchSchema = `
CREATE TABLE raw(time, queue, user, contact, wa, title, answered, wait, duration, ended, connector, missed, missed_time, direction);
.mode tabs
.import --skip 1 %s raw
CREATE TABLE queues(id INTEGER PRIMARY KEY, title TEXT UNIQUE);
CREATE TABLE users(id INTEGER PRIMARY KEY, title TEXT UNIQUE);
CREATE TABLE contacts(id INTEGER PRIMARY KEY, title TEXT UNIQUE);
CREATE TABLE accounts(id INTEGER PRIMARY KEY, title TEXT UNIQUE);
CREATE TABLE connectors(id INTEGER PRIMARY KEY, title TEXT UNIQUE);
INSERT INTO queues(title) SELECT DISTINCT queue FROM raw;
INSERT INTO users(title) SELECT DISTINCT user FROM raw;
INSERT INTO contacts(title) SELECT DISTINCT contact FROM raw;
INSERT INTO accounts(title) SELECT DISTINCT wa FROM raw;
INSERT INTO connectors(title) SELECT DISTINCT connector FROM raw;
CREATE TABLE interactions AS
 SELECT CAST((time - 25569) * 86400 AS INTEGER) time, q.id queue, u.id user, c.id contact, a.id wa, r.title, answered,
  CAST(wait * 86400 AS INTEGER) wait, CAST(duration * 86400 AS INTEGER) duration, ended, n.id connector, missed,
  CASE missed_time WHEN '' THEN NULL ELSE CAST((missed_time - 25569) * 86400 AS INTEGER) END missed_time, direction
 FROM raw r JOIN queues q ON q.title = r.queue JOIN users u ON u.title = r.user JOIN contacts c ON c.title = r.contact
  JOIN accounts a ON a.title = r.wa JOIN connectors n ON n.title = r.connector;
DROP TABLE raw;
CREATE INDEX by_time ON interactions(time);
`

const benchSelect = `
.mode csv
.headers on
SELECT datetime(i.time, 'unixepoch') AS "Time", q.title, u.title, c.title, a.title, i.title, i.answered, time(i.wait, 'unixepoch'),
 time(i.duration, 'unixepoch'), i.ended, n.title, i.missed, datetime(i.missed_time, 'unixepoch'), i.direction
FROM interactions i LEFT JOIN queues q ON q.id = i.queue LEFT JOIN users u ON u.id = i.user LEFT JOIN contacts c ON c.id = i.contact
 LEFT JOIN accounts a ON a.id = i.wa LEFT JOIN connectors n ON n.id = i.connector ORDER BY i.time DESC;
`

func benchSQLitePeer(b *testing.B, n int) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Log("left out: no sqlite3")
		return
	}
	dir := b.TempDir()
	rows, db := filepath.Join(dir, "rows.tsv"), filepath.Join(dir, "rows.db")
	writeTSV(b, rows, request(b, "en", XLSX), n)
	run := func(script, out string) {
		b.Helper()
		file := filepath.Join(dir, "script.sql")
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			b.Fatal(err)
		}
		cmd := exec.Command(shell, db, ".read "+file)
		f, err := os.Create(out)
		if err != nil {
			b.Fatal(err)
		}
		cmd.Stdout, cmd.Stderr = f, os.Stderr
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	run(fmt.Sprintf(benchSchema, rows), filepath.Join(dir, "log"))
	for b.Loop() {
		run(benchSelect, filepath.Join(dir, "peer.csv"))
	}
}
