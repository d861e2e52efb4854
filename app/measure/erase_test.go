package measure

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Limits of an erasure: a frame for one, and for a window of the list meanwhile.
const (
	frameMs = 16
	// manyErased are erased together, in batches as the profile does.
	manyErased, eraseBatch = 1000, 25
	maxManyMs              = 3000
	// maxOfVacuum is how many times longer than the shell's VACUUM of the same file a compaction may take.
	maxOfVacuum = 2.5
	kills       = 30
)

// childCompact names the folder that a child compacts until it is killed.
const childCompact = "MEASURE_COMPACT"

// erasing is the measurement of erasures on a copy of the file.
type erasing struct {
	b      *testing.B
	folder store.Folder
	t      *table
	names  []string // not erased yet, in any order
	rng    *rand.Rand
}

// BenchmarkErase prints tables; it is no benchmark of one operation.
func BenchmarkErase(b *testing.B) {
	e := &erasing{b: b, t: &table{}, rng: rand.New(rand.NewPCG(seed, 4))}
	e.folder = e.copyOf(dataset(b))
	fmt.Printf("\n%d interactions, seed %d, %d cores%s; times in ms\n", *rows, seed, runtime.GOMAXPROCS(0), load())
	db := e.open()
	e.names = e.visible(db)
	e.one(db)
	e.many(db)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	took := e.compact()
	e.kill(took)
	e.t.end()
}

// copyOf lays a copy of a profile into a data folder of its own.
func (e *erasing) copyOf(from store.Folder) store.Folder {
	cache, err := cacheFolder()
	if err != nil {
		e.b.Fatal(err)
	}
	data, err := os.MkdirTemp(cache, "erase-")
	if err != nil {
		e.b.Fatal(err)
	}
	e.b.Cleanup(func() { _ = os.RemoveAll(data) })
	folder := store.Folder(filepath.Join(data, "profile"))
	if err := folder.Create(); err != nil {
		e.b.Fatal(err)
	}
	copyFile(e.b, from.Database(), folder.Database())
	return folder
}

func copyFile(b *testing.B, from, to string) {
	b.Helper()
	in, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		b.Fatal(err)
	}
}

// open opens the copy with its list, as the window does.
func (e *erasing) open() *store.DB {
	db, err := store.Open(e.b.Context(), e.folder, store.Options{Now: clock})
	if err != nil {
		e.b.Fatal(err)
	}
	db.LoadList()
	<-db.ListReady()
	if err := errors.Join(db.ListErr(), db.List().Warm(e.b.Context())); err != nil {
		e.b.Fatal(err)
	}
	return db
}

// shown is a result with everything that is visible.
func (e *erasing) shown(db *store.DB) *listing.Snapshot {
	scope, err := db.Scope(e.b.Context())
	if err != nil {
		e.b.Fatal(err)
	}
	snap, err := db.List().View().Search(e.b.Context(), query.Query{}, scope)
	if err != nil {
		e.b.Fatal(err)
	}
	return snap
}

func (e *erasing) visible(db *store.DB) []string {
	snap := e.shown(db)
	seen := map[string]bool{}
	for len(seen) < min(manyErased+200+2*kills, snap.Total()/2) {
		seen[snap.At(e.rng.IntN(snap.Total())).Name] = true
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	e.rng.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}

// next takes names that are not erased yet.
func (e *erasing) next(n int) []string {
	taken := e.names[:n]
	e.names = e.names[n:]
	return taken
}

// erase commits and checkpoints the erasure of some.
func (e *erasing) erase(db *store.DB, names []string) float64 {
	start := time.Now()
	report, err := db.Erase(e.b.Context(), names, "lead")
	took := milliseconds(time.Since(start))
	if err != nil || report.Erased != len(names) || !report.Truncated {
		e.b.Fatalf("%d of %d erased, log emptied %v: %v", report.Erased, len(names), report.Truncated, err)
	}
	return took
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (e *erasing) one(db *store.DB) {
	var took []float64
	for range 200 {
		took = append(took, e.erase(db, e.next(1)))
	}
	e.t.head("erasures, committed and checkpointed", "median", "p95", "most")
	e.t.line("one", spread(took), limit{"p95", quantile(took, 0.95), frameMs})
}

func spread(of []float64) []string {
	return []string{figure(quantile(of, 0.5)), figure(quantile(of, 0.95)), figure(quantile(of, 1))}
}

func (e *erasing) many(db *store.DB) {
	var took []float64
	whole := 0.0
	for names := range slices.Chunk(e.next(manyErased), eraseBatch) {
		took = append(took, e.erase(db, names))
		whole += took[len(took)-1]
	}
	e.t.line(fmt.Sprintf("%d, by %d", manyErased, eraseBatch), spread(took), limit{"whole", whole, maxManyMs})
}

// compact measures the rewriting of the file beside the shell's, and the list meanwhile. It returns how long
// the rewriting took.
func (e *erasing) compact() time.Duration {
	var ours, peer, windows, searches []float64
	sh := newShell(e.folder.Database())
	for range 3 {
		if sh != nil {
			copied := e.folder.Database() + ".peer"
			copyFile(e.b, e.folder.Database(), copied)
			peer = append(peer, vacuum(e.b, sh.path, copied))
		}
		db := e.open()
		if !db.CompactionDue() {
			e.erase(db, e.next(1))
		}
		quiet, stop := context.WithCancel(e.b.Context())
		stopped := make(chan struct{})
		go func() {
			defer close(stopped)
			w, s := e.watch(quiet, db)
			windows, searches = append(windows, w...), append(searches, s...)
		}()
		start := time.Now()
		err := db.Compact(e.b.Context(), nil)
		ours = append(ours, milliseconds(time.Since(start)))
		stop()
		<-stopped
		if err := errors.Join(err, db.Close()); err != nil {
			e.b.Fatal(err)
		}
	}
	e.t.head("compaction", "median", "p95", "most")
	if sh != nil {
		e.t.line("the shell's VACUUM", spread(peer))
		e.t.line("compaction", spread(ours), limit{"of VACUUM", quantile(ours, 0.5) / quantile(peer, 0.5), maxOfVacuum})
	} else {
		e.t.line("compaction; sqlite3 is not installed", spread(ours))
	}
	e.t.line("200 rows from any place meanwhile", spread(windows), limit{"p95", quantile(windows, 0.95), frameMs})
	e.t.line("today's list and its first 200 rows meanwhile", spread(searches), limit{"p95", quantile(searches, 0.95), frameMs})
	return time.Duration(quantile(ours, 0.5) * float64(time.Millisecond))
}

// vacuum has the shell rewrite a file and returns how long its statement took; the file is removed.
func vacuum(b *testing.B, program, file string) float64 {
	b.Helper()
	sh := &shell{path: program, file: file}
	took := sh.once(b, "VACUUM")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(file + suffix)
	}
	return took
}

// watch asks for windows of the list as somebody who scrolls and searches does.
func (e *erasing) watch(ctx context.Context, db *store.DB) (windows, searches []float64) {
	snap := e.shown(db)
	scope, err := db.Scope(ctx)
	if err != nil {
		return nil, nil
	}
	rng := rand.New(rand.NewPCG(seed, 5))
	where, err := query.Parse("time:today")
	if err != nil {
		return nil, nil
	}
	for ctx.Err() == nil {
		start := time.Now()
		snap.Window(rng.IntN(snap.Total()), 200)
		windows = append(windows, milliseconds(time.Since(start)))
		start = time.Now()
		today, err := db.List().View().Search(context.WithoutCancel(ctx), query.Query{Where: where}, scope)
		if err != nil {
			continue
		}
		today.Window(0, 200)
		searches = append(searches, milliseconds(time.Since(start)))
		time.Sleep(10 * time.Millisecond)
	}
	return windows, searches
}

// kill ends compactions at random moments, and looks at the file after each.
func (e *erasing) kill(took time.Duration) {
	harmful, before, after := 0, 0, 0
	stored := e.stored()
	for range kills {
		db := e.openFile()
		if !db.CompactionDue() {
			e.erase(db, e.next(1))
		}
		if err := db.Close(); err != nil {
			e.b.Fatal(err)
		}
		e.killOne(time.Duration(e.rng.Int64N(int64(took) * 11 / 10)))
		db = e.openFile()
		if db.CompactionDue() {
			before++
		} else {
			after++
		}
		if err := errors.Join(e.sound(), db.Close()); err != nil {
			fmt.Println("after a kill:", err)
			harmful++
		}
		if now := e.stored(); now != stored {
			fmt.Printf("after a kill: %d interactions stored, %d before\n", now, stored)
			harmful++
		}
	}
	e.t.head("compactions killed at random moments", "kills", "due", "done")
	e.t.line("harm done", []string{fmt.Sprint(kills), fmt.Sprint(before), fmt.Sprint(after)}, limit{"harmful", float64(harmful), 0})
}

// openFile opens the copy without its list.
func (e *erasing) openFile() *store.DB {
	db, err := store.Open(e.b.Context(), e.folder, store.Options{NoList: true, Now: clock})
	if err != nil {
		e.b.Fatal(err)
	}
	return db
}

func (e *erasing) stored() int {
	db := e.openFile()
	n, err := db.Stored(e.b.Context())
	if err = errors.Join(err, db.Close()); err != nil {
		e.b.Fatal(err)
	}
	return n
}

// killOne starts a compaction in another process and kills it after a time.
func (e *erasing) killOne(after time.Duration) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childCompact+"="+string(e.folder))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		e.b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		e.b.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		e.b.Fatal("the child did not begin:", err)
	}
	time.Sleep(after)
	_ = cmd.Process.Kill() // it may have ended
	_ = cmd.Wait()         // it was killed
}

// compactChild compacts a folder and says when it begins.
func compactChild(folder store.Folder) error {
	ctx := context.Background()
	db, err := store.Open(ctx, folder, store.Options{NoList: true, Now: clock})
	if err != nil {
		return err
	}
	fmt.Println("begins")
	return errors.Join(db.Compact(ctx, nil), db.Close())
}

// sound has the shell check the file.
func (e *erasing) sound() error {
	sh := newShell(e.folder.Database())
	if sh == nil {
		return errors.New("sqlite3 is not installed: no file was checked")
	}
	out, err := exec.Command(sh.path, "-batch", sh.file, "PRAGMA quick_check; PRAGMA foreign_key_check;").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if strings.TrimSpace(string(out)) != "ok" {
		return fmt.Errorf("the file is damaged: %.200s", out)
	}
	return nil
}
