package store

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"wapdesk/store/listing"
)

var benchRows = flag.Int("interactions", 100_000, "how many interactions the benchmarks store, with ten messages each")

// generator makes conversations of one seed: 60,000 words by Zipf's law, ten messages on
// average, three years, 300 users, 40 queues, a contact for every five interactions.
type generator struct {
	random *rand.Rand
	words  []string
	zipf   *rand.Zipf
	next   int
	of     int
}

func newGenerator(of int) *generator {
	random := rand.New(rand.NewPCG(42, 1))
	g := &generator{random: random, of: of, zipf: rand.NewZipf(random, 1.1, 4, 59_999)}
	syllables := []string{"ka", "no", "vě", "tra", "ři", "sou", "dek", "lo", "mi", "žá", "pro", "st"}
	for n := range 60_000 {
		var b strings.Builder
		for rest := n; ; rest /= len(syllables) {
			b.WriteString(syllables[rest%len(syllables)])
			if rest < len(syllables) {
				break
			}
		}
		g.words = append(g.words, b.String())
	}
	return g
}

func (g *generator) sentence(words int) string {
	parts := make([]string, words)
	for i := range parts {
		parts[i] = g.words[g.zipf.Uint64()]
	}
	return strings.Join(parts, " ")
}

func (g *generator) window(size int) []Conversation {
	list := make([]Conversation, 0, size)
	for range min(size, g.of-g.next) {
		list = append(list, g.conversation())
	}
	return list
}

func (g *generator) conversation() Conversation {
	n := g.next
	g.next++
	at := time.Duration(n-g.of) * (3 * 365 * 24 * time.Hour / time.Duration(g.of))
	c := conversation(0, customerOf(g.random.IntN(1+g.of/5)))
	queue := listing.Ref{Name: fmt.Sprint(4100 + g.random.IntN(40)), Title: "Fronta"}
	user := listing.Ref{Name: fmt.Sprintf("user%d", g.random.IntN(300)), Title: "Agent"}
	name := fmt.Sprintf("wap_%08x", n)
	i, a := &c.Interaction, &c.Activities[0]
	i.Name, i.TimeMs, i.Queue, i.User, i.Hash = name, ms(at), queue, user, g.random.Uint64()
	a.Name, a.Interaction, a.TimeMs, a.Queue, a.User, a.Hash = "activities_"+name, name, ms(at), queue, user, g.random.Uint64()
	a.Ticket = listing.Ref{}
	c.Messages = nil
	for m := range 5 + g.random.IntN(11) {
		c.Messages = append(c.Messages, Message{
			Name: fmt.Sprintf("%s_%d", name, m), Direction: []string{"IN", "OUT"}[m%2], Type: "PUBLIC", Kind: "text",
			Text: g.sentence(4 + g.random.IntN(12)), TimeMs: ms(at + time.Duration(m)*time.Minute),
		})
	}
	c.Reviews, c.Files = nil, nil
	return c
}

// BenchmarkStore fills one profile and measures on it. The budgets: detail in 5 ms, Today 100 ms after
// the start, the list ready in 1.5 s at a million (listing/ENGINE.md).
func BenchmarkStore(b *testing.B) {
	folder := Folder(b.TempDir())
	db := benchOpen(b, folder)
	fill(b, db)
	b.Run("detail", func(b *testing.B) { benchDetail(b, db) })
	b.Run("today", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := db.Today(context.Background(), 200); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("load", func(b *testing.B) { benchLoad(b, db) })
	b.Run("resync", func(b *testing.B) { benchResync(b, db) })
	b.Run("erase", func(b *testing.B) { benchErase(b, db) })
	b.Run("compact", func(b *testing.B) {
		for b.Loop() {
			db.due.Store(true)
			check(b, db.Compact(context.Background(), nil))
		}
	})
	check(b, db.Close())
	b.Run("open to today", func(b *testing.B) {
		for b.Loop() {
			db := benchOpen(b, folder)
			if _, _, err := db.Today(context.Background(), 200); err != nil {
				b.Fatal(err)
			}
			check(b, db.Close())
		}
	})
}

func benchOpen(b *testing.B, folder Folder) *DB {
	b.Helper()
	return must(Open(context.Background(), folder, Options{NoList: true, Now: func() time.Time { return noon }}))(b)
}

func fill(b *testing.B, db *DB) {
	b.Helper()
	ctx := context.Background()
	must(db.ApplyRights(ctx, Rights{All: true}))(b)
	g := newGenerator(*benchRows)
	messages := 0
	spent := time.Duration(0)
	for g.next < g.of {
		list := g.window(1000)
		start := time.Now()
		result := must(db.ApplyWindow(ctx, Window{Conversations: list}))(b)
		spent += time.Since(start)
		messages += result.Messages.Stored
	}
	size := must(os.Stat(db.Folder().Database()))(b).Size()
	b.Logf("stored %d interactions with %d messages in %.1f s: %.0f interactions/s; %d MB", g.of, messages, spent.Seconds(),
		float64(g.of)/spent.Seconds(), size>>20)
}

func benchDetail(b *testing.B, db *DB) {
	random := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		d, err := db.Detail(context.Background(), fmt.Sprintf("wap_%08x", random.IntN(*benchRows)))
		if err != nil || len(d.Messages) == 0 {
			b.Fatal(err)
		}
	}
}

func benchLoad(b *testing.B, db *DB) {
	for b.Loop() {
		_, parts, err := db.listParts(context.Background())
		check(b, err)
		ended := make(chan error, len(parts))
		for _, part := range parts {
			go func() { ended <- part(context.Background(), func(*listing.Row) error { return nil }) }()
		}
		for range parts {
			check(b, <-ended)
		}
	}
}

// benchResync writes a window of a thousand again in which one conversation in ten grew.
func benchResync(b *testing.B, db *DB) {
	g := newGenerator(*benchRows)
	list := g.window(1000)
	for b.Loop() {
		for i := 0; i < len(list); i += 10 {
			c := &list[i]
			c.Interaction.Hash++
			c.Messages = append(c.Messages, Message{Name: "m", Text: g.sentence(8), TimeMs: c.Interaction.TimeMs})
		}
		must(db.ApplyWindow(context.Background(), Window{Conversations: list}))(b)
	}
}

func benchErase(b *testing.B, db *DB) {
	n := 0
	for b.Loop() {
		report := must(db.Erase(context.Background(), []Name{fmt.Sprintf("wap_%08x", n%*benchRows)}, "bench"))(b)
		if n++; report.Erased != 1 && n < *benchRows {
			b.Fatalf("erased %d", report.Erased)
		}
	}
}
