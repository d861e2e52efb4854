package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wapdesk/store/listing"
)

func conversations(list ...Conversation) iter.Seq2[Conversation, error] {
	return func(yield func(Conversation, error) bool) {
		for _, c := range list {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func sampleConversation() Conversation {
	at := one(0).TimeMs
	return Conversation{Record: one(0), Files: []string{"smlouva.pdf", "podpis\x1b.png"}, Messages: []Message{
		{TimeMs: at, Direction: "IN", Kind: "text", From: "Petr", Text: "Dobrý den,\r\nmám dotaz \x1b[31m"},
		{TimeMs: at + 61_000, Direction: "OUT", Kind: "image", From: "Anna", Text: "Tady", Files: []string{"plan.png"}},
		{TimeMs: at + 86_400_000, Direction: "OUT", Kind: "text", From: "Anna", Text: "?", Delivery: "FAILED", Reason: "131047"},
		{TimeMs: listing.Unknown, Direction: "BOT", Kind: "text", Text: "Děkujeme"},
	}}
}

func TestTextTranscript(t *testing.T) {
	t.Parallel()
	anonymised := Conversation{Record: one(0), Files: []string{"secret"}, Messages: []Message{{Text: "secret", From: "Petr"}}}
	anonymised.Record.State = listing.StateAnonymised
	req := TranscriptRequest{Format: Text, Words: testWords(t, "cs"), Region: RegionCS, Zone: prague(t)}
	var out bytes.Buffer
	result, err := WriteTranscripts(t.Context(), &out, req, conversations(sampleConversation(), anonymised), nil)
	if err != nil {
		t.Fatal(err)
	}
	if result.Rows != 2 || result.Bytes != int64(out.Len()) {
		t.Errorf("result %+v of %d bytes", result, out.Len())
	}
	const want = `Unikátní název: activity_1
Čas: 1. 7. 2026 9:05:07
Fronta: Podpora CZ
Uživatel: Anna Nováková
Kontakt: Petr Dvořák
Kontakt WhatsApp / Externí kontakt: =Petr
Název: Petr Dvořák
Zodpovězeno: Ano
Doba čekání: 0:05:12
Doba trvání: 25:01:01
Ukončení: Zákazník
Konektor: WA
Zmeškané: Kontaktováno zpět
Čas zmeškání: 2. 12. 2026 0:30:00
Směr: Příchozí
Další soubory: smlouva.pdf; podpis�.png
Časové pásmo: Europe/Prague

--- 1. 7. 2026 ---
[9:05:07] Petr (Zákazník): Dobrý den,
    mám dotaz �[31m
[9:06:08] Anna (Operátor): [Obrázek: plan.png] Tady

--- 2. 7. 2026 ---
[9:05:07] Anna (Operátor): ? [nedoručeno: 131047]
[–] Neznámý (Bot): Děkujeme
`
	got := out.String()
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	rest := strings.TrimPrefix(got, want)
	if !strings.Contains(rest, "byly anonymizovány") || strings.Contains(rest, "secret") || strings.Contains(rest, "Petr") {
		t.Errorf("the anonymised conversation reads\n%s", rest)
	}
}

func TestJSONLinesTranscript(t *testing.T) {
	t.Parallel()
	c := sampleConversation()
	c.Messages[1].Anonymised = true
	req := TranscriptRequest{Format: JSONLines, Zone: prague(t)}
	path := filepath.Join(t.TempDir(), "chat.jsonl")
	if _, err := WriteTranscriptFile(t.Context(), path, req, conversations(c), nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) != 5 {
		t.Fatalf("%d lines, want 5", len(lines))
	}
	var got []jsonMessage
	for _, line := range lines {
		var m jsonMessage
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		got = append(got, m)
	}
	if m := got[0]; m.Interaction != "activity_1" || m.Time == nil || *m.Time != "2026-07-01T09:05:07+02:00" ||
		m.Text != "Dobrý den,\r\nmám dotaz \x1b[31m" || m.From != "Petr" || m.Direction != "IN" {
		t.Errorf("first message %+v", m)
	}
	if m := got[1]; !m.Anonymised || m.Text != "" || m.From != "" || len(m.Files) != 0 || m.Title != "" {
		t.Errorf("anonymised message %+v", m)
	}
	if m := got[3]; m.Time != nil || m.Seq != 3 || m.Direction != "BOT" {
		t.Errorf("last message %+v", m)
	}
	if m := got[4]; m.Kind != "files" || m.Time != nil || m.Seq != 4 || !slices.Equal(m.Files, c.Files) {
		t.Errorf("files of no message %+v", m)
	}
}

func TestTranscriptsThatFailLeaveNothing(t *testing.T) {
	t.Parallel()
	broken := errors.New("the store went away")
	folder := t.TempDir()
	req := TranscriptRequest{Format: JSONLines}
	_, err := WriteTranscriptFile(t.Context(), filepath.Join(folder, "chat.jsonl"), req,
		func(yield func(Conversation, error) bool) {
			_ = yield(sampleConversation(), nil) && yield(Conversation{}, broken)
		}, nil)
	if !errors.Is(err, broken) {
		t.Errorf("%v, want the rows' error", err)
	}
	onlyFile(t, folder, "")
	for want, req := range map[error]TranscriptRequest{ErrFormat: {Format: "docx", Words: testWords(t, "en")}, ErrWords: {Format: Text}} {
		if _, err := WriteTranscripts(t.Context(), &bytes.Buffer{}, req, conversations(), nil); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if _, err := WriteTranscripts(t.Context(), &failing{}, req, conversations(sampleConversation()), nil); !errors.Is(err, ErrFull) {
		t.Errorf("%v, want ErrFull", err)
	}
}
