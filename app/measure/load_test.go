package measure

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/app/demo"
	"wapdesk/app/syncer"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"

	"golang.org/x/sync/errgroup"
)

// The first load of years, measured in three processes: the contact centre is one, what loads is
// another, so that the memory and the processor time of each are its own.
const (
	childServes = "MEASURE_SERVES" // demo or replay
	childLoads  = "MEASURE_LOADS"  // the address
	childToken  = "MEASURE_TOKEN"
	childStep   = "MEASURE_STEP" // download, store or all
	childRows   = "MEASURE_ROWS"
)

// loadDays is how far back the interactions go: a million is about 2,500 a day.
const loadDays = 400

var servers = flag.String("servers", "demo,replay", "the contact centres to load from, with commas between")

// sample is how many interactions the plain loops take: their rate does not depend on it.
const sample = 20_000

// BenchmarkLoad prints a table; it is no benchmark of one operation.
func BenchmarkLoad(b *testing.B) {
	t := &table{}
	fmt.Printf("\nfirst load of %d interactions, %d cores%s; rates are interactions a second, processor times, allocations and memory are of one\n",
		*rows, runtime.GOMAXPROCS(0), load())
	for _, server := range strings.Split(*servers, ",") {
		measureLoad(b, t, server)
	}
	t.end()
}

// loaded is what a process that loads tells at its end.
type loaded struct {
	Interactions, Messages   int
	Seconds, CPUMs           float64
	TodayMs                  float64 // from the beginning until today's are in the list, -1 when never
	WindowMs                 []float64
	StartMB, PeakMB, ListsMB float64
	Allocs, KB               float64
	FileMB                   float64
	Missed                   string
}

func (l *loaded) rate() float64 { return float64(l.Interactions) / l.Seconds }

func measureLoad(b *testing.B, t *table, server string) {
	b.Helper()
	small := min(*rows, sample)
	site := startServer(b, server, *rows)
	defer site.stop()
	t.head("from the "+server+" server", "rate", "ours µs", "server µs", "allocs", "kB")
	line := func(name, step string, n int, limits func(*loaded) []limit) *loaded {
		before := site.processorMs()
		l := runLoad(b, site, step, n)
		served := (site.processorMs() - before) * 1000 / float64(l.Interactions)
		var held []limit
		if limits != nil {
			held = limits(l)
		}
		t.line(name, []string{figure(l.rate()), figure(l.CPUMs * 1000 / float64(l.Interactions)), figure(served),
			figure(l.Allocs / float64(l.Interactions)), figure(l.KB / float64(l.Interactions))}, held...)
		return l
	}
	line("only downloaded and decoded", "download", small, nil)
	line("only stored", "store", small, nil)
	whole := line("first load", "all", *rows, func(l *loaded) []limit {
		if server != "replay" {
			return nil // that server takes more than the load
		}
		return []limit{{"ms for 3,000", 3_000_000 / l.rate(), 1000}}
	})
	if whole.Missed != "" {
		b.Fatal(whole.Missed)
	}
	if whole.TodayMs < 0 {
		whole.TodayMs = whole.Seconds * 1000 // there was nothing of today
	}
	added := whole.PeakMB - whole.StartMB - whole.ListsMB
	t.head("… of the first load", "value")
	t.line("messages", []string{strconv.Itoa(whole.Messages)})
	t.line("file, MB", []string{figure(whole.FileMB)})
	t.line("memory added beside the lists, MB", []string{figure(added)}, limit{"MB", added, 150})
	t.line("memory of the lists, MB", []string{figure(whole.ListsMB)})
	t.line("today in the list after, ms", []string{figure(whole.TodayMs)}, limit{"ms", whole.TodayMs, 5000})
	t.line(fmt.Sprintf("200 rows during it, p95 of %d, ms", len(whole.WindowMs)), []string{figure(quantile(whole.WindowMs, 0.95))},
		limit{"p95", quantile(whole.WindowMs, 0.95), 16})
}

// site is a contact centre in a process of its own.
type site struct {
	cmd        *exec.Cmd
	url, token string
}

func startServer(b *testing.B, kind string, n int) *site {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childServes+"="+kind, childRows+"="+strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	hold, err := cmd.StdinPipe() // it ends when this closes
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	s := &site{cmd: cmd}
	if _, err := fmt.Fscan(bufio.NewReader(out), &s.url, &s.token); err != nil {
		_ = hold.Close()
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = hold.Close() })
	return s
}

func (s *site) stop() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// processorMs is what the server's process has used, 0 where the system does not tell.
func (s *site) processorMs() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) * 10 // ticks of a hundredth of a second
}

// serveChild serves until its input ends.
func serveChild(kind string) error {
	n, err := strconv.Atoi(os.Getenv(childRows))
	if err != nil {
		return err
	}
	opts := demo.Options{Interactions: n, Days: loadDays}
	if kind == "replay" {
		opts = demo.Options{Interactions: 2 * replayPatterns, Zone: "UTC"}
	}
	server, err := demo.New(opts)
	if err != nil {
		return err
	}
	handler := server.Handler()
	if kind == "replay" {
		handler = newReplay(server, n, time.Now(), loadDays*24*time.Hour)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://"+listener.Addr().String(), server.Token())
	go func() {
		_, _ = bufio.NewReader(os.Stdin).ReadByte()
		os.Exit(0)
	}()
	return (&http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}).Serve(listener)
}

func runLoad(b *testing.B, s *site, step string, n int) *loaded {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childLoads+"="+s.url, childToken+"="+s.token, childStep+"="+step, childRows+"="+strconv.Itoa(n),
		childFolder+"=", "LIST_ROWS="+strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%s: %v", step, err)
	}
	var l loaded
	if err := json.Unmarshal(out, &l); err != nil {
		b.Fatalf("%s: %v: %s", step, err, out)
	}
	return &l
}

// loadChild does a step and tells what it took.
func loadChild(address string) error {
	n, err := strconv.Atoi(os.Getenv(childRows))
	if err != nil {
		return err
	}
	at, err := daktela.ParseAddress(address)
	if err != nil {
		return err
	}
	client, err := daktela.New(at, daktela.WithToken(os.Getenv(childToken)))
	if err != nil {
		return err
	}
	defer client.Close()
	folder, err := os.MkdirTemp("", "wapdesk-load-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	steps := map[string]func(context.Context, *daktela.Client, store.Folder, int) (*loaded, error){
		"download": onlyDownload, "store": onlyStore, "all": wholeLoad,
	}
	l, err := steps[os.Getenv(childStep)](context.Background(), client, store.Folder(folder), n)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(l)
}

// timed measures what a step takes.
func timed(l *loaded, do func() error) error {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began, cpu := time.Now(), processorMs()
	err := do()
	l.Seconds, l.CPUMs = time.Since(began).Seconds(), processorMs()-cpu
	runtime.ReadMemStats(&after)
	l.Allocs, l.KB = float64(after.Mallocs-before.Mallocs), float64(after.TotalAlloc-before.TotalAlloc)/1000
	return err
}

// onlyDownload reads the newest interactions, their activities, transcripts and processes, four at once, and keeps nothing.
func onlyDownload(ctx context.Context, client *daktela.Client, _ store.Folder, n int) (*loaded, error) {
	l := &loaded{}
	return l, timed(l, func() error {
		newest := []daktela.Sort{{Field: "time", Desc: true}}
		to := time.Now().Add(24 * time.Hour).UTC().Format(time.DateTime)
		messages := make([]int, n)
		for l.Interactions < n {
			page, err := client.Interactions.Page(ctx, daktela.Query{Filter: daktela.Lt("time", to), Sort: newest, Skip: l.Interactions})
			if err != nil {
				return err
			}
			if page.Empty() {
				return errors.New("the contact centre has fewer interactions than were asked for")
			}
			if _, err := client.Activities.Page(ctx, daktela.Query{Filter: daktela.Lt("time", to), Sort: newest, Skip: l.Interactions}); err != nil {
				return err
			}
			work, ctx := errgroup.WithContext(ctx)
			work.SetLimit(4)
			for i, row := range page.Rows[:min(len(page.Rows), n-l.Interactions)] {
				work.Go(func() error {
					lines, err := client.Messages(ctx, row.Name)
					if err != nil {
						return err
					}
					messages[l.Interactions+i] = len(lines)
					_, err = client.Flow(ctx, row.Name)
					return err
				})
			}
			if err := work.Wait(); err != nil {
				return err
			}
			l.Interactions += min(len(page.Rows), n-l.Interactions)
		}
		for _, m := range messages {
			l.Messages += m
		}
		return nil
	})
}

// onlyStore stores conversations that lie ready, as a sync does: first the rows, then what belongs to them.
func onlyStore(ctx context.Context, _ *daktela.Client, folder store.Folder, n int) (*loaded, error) {
	l := &loaded{}
	var ready []batch
	for b := range windows(ctx, 0) {
		ready = append(ready, b)
	}
	db, err := store.Open(ctx, folder, store.Options{NoList: true, Now: clock})
	if err != nil {
		return l, err
	}
	if err := fillDirectory(ctx, db); err != nil {
		return l, err
	}
	err = timed(l, func() error {
		for _, b := range ready {
			rowsOnly := b.window
			rowsOnly.Conversations = slices.Clone(b.window.Conversations)
			for i := range rowsOnly.Conversations {
				rowsOnly.Conversations[i].Messages, rowsOnly.Conversations[i].Process = nil, nil
			}
			if _, err := db.ApplyWindow(ctx, rowsOnly); err != nil {
				return err
			}
			for part := range slices.Chunk(b.window.Conversations, 100) {
				rest := make([]store.Conversation, len(part))
				for i, c := range part {
					rest[i] = store.Conversation{
						Interaction: store.Interaction{Name: c.Interaction.Name, Hash: c.Interaction.Hash}, Messages: c.Messages, Process: c.Process,
					}
				}
				result, err := db.ApplyConversations(ctx, rest, nil)
				if err != nil {
					return err
				}
				l.Messages += result.Messages.Stored
			}
			l.Interactions += len(b.window.Conversations)
		}
		return nil
	})
	return l, errors.Join(err, db.Close())
}

// wholeLoad is the first sync of a new profile whose list is shown meanwhile.
func wholeLoad(ctx context.Context, client *daktela.Client, folder store.Folder, n int) (*loaded, error) {
	l := &loaded{TodayMs: -1}
	db, err := store.Open(ctx, folder, store.Options{})
	if err != nil {
		return l, err
	}
	db.LoadList()
	<-db.ListReady()
	sync := syncer.New(client, db, syncer.Options{Messages: true, FirstDays: loadDays + 1})
	l.StartMB = resting()
	began := time.Now()
	watch := watchLoad(ctx, db, began, l)
	err = timed(l, func() error {
		result, err := sync.Pull(ctx, syncer.PullOptions{}, nil)
		l.Interactions, l.Messages = result.Interactions.Stored, result.Messages.Stored
		return err
	})
	watch()
	l.PeakMB = residentMB("VmHWM")
	if l.Interactions != n {
		l.Missed = fmt.Sprintf("stored %d of %d interactions", l.Interactions, n)
	}
	if err != nil {
		return l, errors.Join(err, db.Close())
	}
	l.ListsMB = listsMB(ctx, db, folder)
	info, err := os.Stat(folder.Database())
	if err == nil {
		l.FileMB = float64(info.Size()) / 1e6
	}
	return l, err
}

// listsMB is what the lists take of the heap, by opening the file again without them.
func listsMB(ctx context.Context, db *store.DB, folder store.Folder) float64 {
	with := heapMB()
	if db.Close() != nil {
		return 0
	}
	without, err := store.Open(ctx, folder, store.Options{NoList: true})
	if err != nil {
		return 0
	}
	defer func() { _ = without.Close() }()
	return with - heapMB()
}

func heapMB() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// resting is the memory of the process when nothing that could be given back is kept.
func resting() float64 {
	debug.FreeOSMemory()
	forgetPeak()
	return residentMB("VmRSS")
}

// watchLoad asks the list for 200 rows from anywhere every tenth of a second, as somebody who scrolls
// meanwhile, until it is told to stop.
func watchLoad(ctx context.Context, db *store.DB, began time.Time, l *loaded) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		today, err := query.Parse("time:today")
		if err != nil {
			return
		}
		for place := 0; ; place++ {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			scope, err := db.Scope(ctx)
			if err != nil {
				continue
			}
			if l.TodayMs < 0 && found(ctx, db.List(), today, scope) > 0 {
				l.TodayMs = milliseconds(time.Since(began))
			}
			start := time.Now()
			snap, err := db.List().View().Search(ctx, query.Query{}, scope)
			if err != nil || snap.Total() == 0 {
				continue
			}
			snap.Window((place*7919)%snap.Total(), 200)
			l.WindowMs = append(l.WindowMs, milliseconds(time.Since(start)))
		}
	})
	return func() {
		cancel()
		watching.Wait()
		if len(l.WindowMs) == 0 {
			l.WindowMs = []float64{0}
		}
	}
}

func found(ctx context.Context, list *listing.Engine, where *query.Node, scope query.Scope) int {
	snap, err := list.View().Search(ctx, query.Query{Where: where}, scope)
	if err != nil {
		return 0
	}
	return snap.Total()
}
