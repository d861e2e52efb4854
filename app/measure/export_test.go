package measure

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"wapdesk/app/export"
	"wapdesk/frontend"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// exportRounds is how many times each writer writes its file, in turns.
const exportRounds = 3

// childExport is the folder for the files of an export that a process of its own writes, so that its
// memory is nobody else's.
const childExport = "MEASURE_EXPORT"

// exported is what the export of one format took: the whole way from the question to the file.
type exported struct {
	Format  export.Format
	Ms      float64
	CPUMs   float64
	PeakMB  float64 // of the process, above what it had before
	FileMB  float64
	Rows    int64
	Message string
}

// exportChild opens the file as Wapdesk does, waits for its list, and exports all of it.
func exportChild(folder store.Folder, into string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, folder, store.Options{Now: clock})
	if err != nil {
		return err
	}
	db.LoadList()
	<-db.ListReady()
	if err := db.ListErr(); err != nil {
		return err
	}
	if err := db.List().Warm(ctx); err != nil {
		return err
	}
	var all []exported
	for _, format := range []export.Format{export.XLSX, export.CSV} {
		debug.FreeOSMemory()
		idle := residentMB("VmRSS")
		forgetPeak()
		start, used := time.Now(), processorMs()
		snap, err := db.List().View().Search(ctx, query.Query{}, query.Scope{})
		if err != nil {
			return err
		}
		result, err := export.WriteFile(ctx, filepath.Join(into, "ours."+string(format)), exportRequest(format, db.Zone()), records(ctx, snap), nil)
		if err != nil {
			return err
		}
		all = append(all, exported{
			Format: format, Ms: float64(time.Since(start).Microseconds()) / 1000, CPUMs: processorMs() - used,
			PeakMB: residentMB("VmHWM") - idle, FileMB: float64(result.Bytes) / 1e6, Rows: result.Rows,
		})
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		return err
	}
	return db.Close()
}

// records gives the rows of a list to a writer, as an export of the program does.
func records(ctx context.Context, snap *listing.Snapshot) iter.Seq2[listing.Record, error] {
	return func(yield func(listing.Record, error) bool) {
		for r := range snap.Records(ctx) {
			if !yield(*r, nil) {
				return
			}
		}
	}
}

func exportRequest(format export.Format, zone *time.Location) export.Request {
	return export.Request{
		Format: format, Zone: zone, Region: export.RegionEN, CSV: export.RFC4180(),
		Words: func(key string, args ...string) string { return frontend.Text("en", key, args...) },
		About: export.About{Company: "example", When: clock(), Version: "0"},
	}
}

// residentMB reads one of the sizes that the system keeps of this process; 0 where it keeps none.
func residentMB(name string) float64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		var kB float64
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			if _, err := fmt.Sscan(rest, &kB); err == nil {
				return kB / 1000
			}
		}
	}
	return 0
}

// forgetPeak makes the largest size be counted from now on.
func forgetPeak() {
	runtime.GC()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // other systems do without
}

func measureExport(b *testing.B, folder store.Folder, into string) []exported {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childFolder+"="+string(folder), childExport+"="+into)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	var all []exported
	if err := json.Unmarshal(out, &all); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return all
}

// BenchmarkExport prints a table; it is no benchmark of one operation. Our two formats and their
// peers are written in turns: libxlsxwriter writes the same cells in its constant memory mode, the
// shell the same rows joined from the same file. A peer that is not installed is left out.
func BenchmarkExport(b *testing.B) {
	folder, into := dataset(b), b.TempDir()
	fmt.Printf("\n%d interactions × 14 columns, seed %d, %d cores%s; times in ms, of %d rounds\n", *rows, seed, runtime.GOMAXPROCS(0), load(), exportRounds)
	xlsx, shell := newXlsxPeer(b, into), newShell(folder.Database())
	took, used, peak, size := map[export.Format][]float64{}, map[export.Format][]float64{}, map[export.Format][]float64{}, map[export.Format]float64{}
	peers := map[export.Format][]float64{}
	for range exportRounds {
		for _, e := range measureExport(b, folder, into) {
			if e.Rows != int64(*rows) {
				b.Fatalf("%s holds %d rows, want %d", e.Format, e.Rows, *rows)
			}
			took[e.Format], used[e.Format] = append(took[e.Format], e.Ms), append(used[e.Format], e.CPUMs)
			peak[e.Format], size[e.Format] = append(peak[e.Format], e.PeakMB), e.FileMB
		}
		if xlsx != nil {
			peers[export.XLSX] = append(peers[export.XLSX], xlsx.run(b))
		}
		if shell != nil {
			peers[export.CSV] = append(peers[export.CSV], shellCSV(b, shell, into))
		}
	}
	t := &table{}
	t.head("whole path from the list", "best", "median", "CPU", "file MB", "peak MB", "peer", "ratio")
	for _, format := range []export.Format{export.XLSX, export.CSV} {
		most := 0.4
		if *rows > 100_000 { // with fewer, what every file costs weighs more
			most = map[export.Format]float64{export.CSV: 0.25, export.XLSX: 0.15}[format]
		}
		ratio, peer, limits := "–", "–", []limit{{"MB", quantile(peak[format], 0.5), 80}}
		if p := peers[format]; len(p) > 0 {
			value := quantile(took[format], 0.5) / quantile(p, 0.5)
			peer, ratio, limits = figure(quantile(p, 0.5)), figure(value), append(limits, limit{"ratio", value, most})
		}
		t.line("."+string(format), []string{figure(quantile(took[format], 0)), figure(quantile(took[format], 0.5)), figure(quantile(used[format], 0.5)),
			figure(size[format]), figure(quantile(peak[format], 0.5)), peer, ratio}, limits...)
	}
	t.end()
}
