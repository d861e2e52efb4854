package measure

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"wapdesk/app/export"
)

// xlsxPeer is libxlsxwriter with the cells of our own export.
type xlsxPeer struct{ program, input, output string }

// cellKinds are those of the fourteen columns: s text, d a date, t a duration.
const cellKinds = "dssssssttsssds"

// newXlsxPeer compiles the peer; it is nil where there is no compiler or no library. Its input is
// written on the first run.
func newXlsxPeer(b *testing.B, into string) *xlsxPeer {
	b.Helper()
	p := &xlsxPeer{filepath.Join(into, "peer"), filepath.Join(into, "cells.tsv"), filepath.Join(into, "peer.xlsx")}
	out, err := exec.Command("gcc", "-O2", "-o", p.program, "testdata/xlsx_peer.c", "-lxlsxwriter").CombinedOutput()
	if err != nil {
		fmt.Printf("left out: libxlsxwriter, which does not compile here: %v %.200s\n", err, out)
		return nil
	}
	return p
}

// run returns the milliseconds that the peer takes.
func (p *xlsxPeer) run(b *testing.B) float64 {
	b.Helper()
	if _, err := os.Stat(p.input); err != nil {
		if err := p.writeInput(strings.TrimSuffix(p.output, "peer.xlsx") + "ours." + string(export.CSV)); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	if out, err := exec.Command(p.program, p.input, p.output, cellKinds).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return float64(time.Since(start).Microseconds()) / 1000
}

// writeInput turns our .csv into tab separated cells, times as the serial numbers of a workbook.
func (p *xlsxPeer) writeInput(from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	file, err := os.Create(p.input)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(file)
	reader := csv.NewReader(bufio.NewReader(in))
	reader.ReuseRecord = true
	for line := 0; ; line++ {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		for i, cell := range cells {
			if i > 0 {
				_ = out.WriteByte('\t') // kept for Flush
			}
			if line > 0 && cellKinds[i] != 's' && cell != "" {
				if cell, err = serial(cell); err != nil {
					return err
				}
			}
			_, _ = out.WriteString(cell)
		}
		_ = out.WriteByte('\n')
	}
	return errors.Join(out.Flush(), file.Close())
}

// serial writes "2026-11-22 15:04:05" or "1:04:05" as a number of days. The offset of an hour that comes twice has
// no number, and is left out.
func serial(text string) (string, error) {
	if wall := len(time.DateTime); len(text) > wall && text[wall] == ' ' {
		text = text[:wall]
	}
	if t, err := time.Parse(time.DateTime, text); err == nil {
		return strconv.FormatFloat(float64(t.Unix())/86400+25569, 'f', 9, 64), nil
	}
	var h, m, s int
	if _, err := fmt.Sscanf(text, "%d:%d:%d", &h, &m, &s); err != nil {
		return "", fmt.Errorf("neither a time nor a duration: %q", text)
	}
	return strconv.FormatFloat(float64(h*3600+m*60+s)/86400, 'f', 9, 64), nil
}

// csvOfAll is what the shell writes: the same columns, joined from their tables.
const csvOfAll = `.mode csv
.headers on
.output %s
SELECT datetime(i.time_ms / 1000, 'unixepoch') AS "Time", q.title, u.title, c.title, e.full_name, i.title, i.answered,
 time(i.wait_s, 'unixepoch'), time(i.duration_s, 'unixepoch'), i.disconnection, n.title, i.missed,
 datetime(i.missed_time_ms / 1000, 'unixepoch'), i.direction
FROM interactions i LEFT JOIN queues q ON q.id = i.queue_id LEFT JOIN users u ON u.id = i.user_id
 LEFT JOIN contacts c ON c.id = i.contact_id LEFT JOIN external_contacts e ON e.id = i.external_contact_id
 LEFT JOIN connectors n ON n.id = i.connector_id
WHERE i.gone_ms IS NULL ORDER BY i.time_ms DESC;
`

// shellCSV returns the milliseconds that the shell takes for its own .csv.
func shellCSV(b *testing.B, s *shell, into string) float64 {
	b.Helper()
	cmd := exec.Command(s.path, "-batch", s.file)
	cmd.Stdin = strings.NewReader("PRAGMA cache_size = -65536;\n.output /dev/null\n" + fmt.Sprintf(csvOfAll, filepath.Join(into, "peer.csv")))
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		b.Fatalf("sqlite3: %v %s", err, out)
	}
	return float64(time.Since(start).Microseconds()) / 1000
}
