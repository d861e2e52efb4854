package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"wapdesk/store"
)

// mutants is how many broken files are opened, and what each may take.
const (
	mutants     = 5000
	mutantTime  = 30 * time.Second
	mutantBytes = 1 << 30
)

// mutationSeeds are good files of many kinds to be broken: the odd ones of testdata and a workbook of our own shape.
func mutationSeeds(t *testing.T) [][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "*.*"))
	must(t, err)
	seeds := [][]byte{
		workbook(t, map[string][][]any{
			"A": {titles(english, ","), xlsxRow("yyyy-mm-dd h:mm:ss", "[h]:mm:ss")},
			"B": {{"Interaction", "Activity", "Opened", "User"}, {"row_0000001", "x", "2026-11-22 14:05:00", "Eva"}},
			"C": {{"Interaction", "Time", "From", "Text"}, {"row_0000001", "2026-11-22 14:05:00", "Eva", "Hi"}},
		}, nil),
		lines(czech, czechRow), lines(english, englishRow, englishRow),
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		must(t, err)
		if len(data) < 12<<10 { // the larger ones add time and no shapes
			seeds = append(seeds, data)
		}
	}
	return seeds
}

// junk are pieces that break readers.
var junk = []string{
	"<", ">", "</row>", "<row>", `<row r="0">`, `<row r="1048577">`, "<c>", `<c r="ZZZZ1">`, `<c r="A1" t="s"><v>99999</v></c>`, "<v>1E309</v>",
	"<v>-1</v>", "<v>NaN</v>", "&", "&lol;", "&#0;", "\x00", "\xFF", "\xED\xA0\x80", "_xD800_", "]]>", "<!DOCTYPE a [<!ENTITY b \"c\">]>",
	"<!--", "<?xml version=\"1.1\" encoding=\"utf-7\"?>", `s="-1"`, `s="999999"`, `t="d"`, `t="inlineStr"`, "<is><t>", "\"", "\\\"", ";", ",", "\r", "\n",
	"1e9999", "99/99/9999", "2026-02-30", "25:61:61", "13/13/13", "0.000000001", "-0", "'", "''=", "\u202E", "Time", "Interaction", "hidden", "../../x",
	"99999999999999999999", "(UTC+99)", "[ss]", "state=\"hidden\"", "1,234,56", "1.234,5.6",
}

// mutate breaks bytes: it changes, cuts, repeats, moves and inserts.
func mutate(rng *rand.Rand, data []byte) []byte {
	data = bytes.Clone(data)
	for range 1 + rng.IntN(6) {
		if len(data) == 0 {
			return data
		}
		at := rng.IntN(len(data))
		end := min(len(data), at+1+rng.IntN(60))
		switch rng.IntN(7) {
		case 0:
			data[at] ^= 1 << rng.IntN(8)
		case 1:
			data = slices.Delete(data, at, end)
		case 2:
			data = slices.Insert(data, at, data[at:end]...)
		case 3, 4:
			data = slices.Insert(data, at, []byte(junk[rng.IntN(len(junk))])...)
		case 5:
			data[at] = byte(rng.IntN(256))
		case 6:
			if rng.IntN(4) == 0 {
				data = data[:at]
			}
		}
	}
	return data
}

// mutant breaks a file at one of its levels: its bytes, the archive, or the XML and text within.
func mutant(rng *rand.Rand, seed []byte) []byte {
	z, err := zip.NewReader(bytes.NewReader(seed), int64(len(seed)))
	if err != nil || rng.IntN(5) == 0 {
		return mutate(rng, seed)
	}
	broken := rng.IntN(len(z.File))
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i, f := range z.File {
		rc, err := f.Open()
		if err != nil {
			return mutate(rng, seed)
		}
		var content bytes.Buffer
		_, err = content.ReadFrom(rc)
		if err = errors.Join(err, rc.Close()); err != nil {
			return mutate(rng, seed)
		}
		name, part := f.Name, content.Bytes()
		if i == broken || rng.IntN(4) == 0 {
			part = mutate(rng, part)
		}
		switch rng.IntN(80) {
		case 0:
			continue // a part is missing
		case 1:
			name = strings.ToUpper(name)
		case 2:
			name = "x/" + name
		}
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if rng.IntN(8) == 0 {
			h.Method = zip.Store
		}
		p, err := w.CreateHeader(h)
		if err != nil {
			return mutate(rng, seed)
		}
		_, _ = p.Write(part) // to memory
	}
	_ = w.Close()
	return out.Bytes()
}

// Files as they come out of crashes, bad transfers and careless programs are read or refused with a
// reason, in bounded time and memory.
func TestBrokenFilesEndWithAReason(t *testing.T) {
	t.Parallel()
	seeds, dir, zone := mutationSeeds(t), t.TempDir(), prague(t)
	opened := 0
	for i := range uint64(mutants) {
		rng := rand.New(rand.NewPCG(i, 22))
		data := mutant(rng, seeds[rng.IntN(len(seeds))])
		path := filepath.Join(dir, "mutant")
		must(t, os.WriteFile(path, data, 0o600))
		ok, err := openMutant(t, path, Options{Zone: zone, TempDir: dir, Dates: pick(rng, "", DayFirst)})
		if err != nil {
			t.Errorf("mutant %d (%d bytes): %v", i, len(data), err)
		}
		if ok {
			opened++
		}
		if t.Failed() {
			break
		}
	}
	// Enough of them get past the first check to reach what lies behind it, and enough do not.
	if opened < mutants/10 || opened > mutants*9/10 {
		t.Errorf("%d of %d were read", opened, mutants)
	}
	var m runtime.MemStats
	if runtime.ReadMemStats(&m); m.Sys > mutantBytes {
		t.Errorf("%d MB of memory", m.Sys>>20)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

func pick[T any](rng *rand.Rand, values ...T) T { return values[rng.IntN(len(values))] }

// openMutant reads a file; an error is a fault.
func openMutant(t *testing.T, path string, opts Options) (opened bool, fault error) {
	ctx, cancel := context.WithTimeout(t.Context(), mutantTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			fault = fmt.Errorf("panic: %v", p)
		}
	}()
	refused := func(err error) error {
		if _, asks := errors.AsType[*DatesError](err); asks {
			return nil
		}
		// Anything else would end in "Something went wrong".
		if slices.ContainsFunc(Refusals(), func(r error) bool { return errors.Is(err, r) }) {
			return nil
		}
		return err
	}
	f, err := Open(ctx, path, opts)
	if err != nil {
		return false, refused(err)
	}
	defer func() { fault = errors.Join(fault, f.Close()) }()
	names := map[store.Name]bool{}
	rows := int64(0)
	for c, err := range f.Conversations(ctx) {
		if err != nil {
			return false, refused(err)
		}
		rows++
		if i := c.Interaction; i.Name == "" || names[i.Name] || i.TimeMs <= 0 || i.WaitS < unknown || i.DurationS < unknown {
			return true, fmt.Errorf("interaction %+v", i)
		}
		names[c.Interaction.Name] = true
	}
	if report := f.Report(); report.Rows != rows {
		return true, fmt.Errorf("%d rows, the report says %d", rows, report.Rows)
	}
	return true, nil
}
