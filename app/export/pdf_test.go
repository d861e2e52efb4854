package export

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-fonts/dejavu/dejavusans"

	"wapdesk/store/listing"
)

func pdfRequest(t *testing.T, lang string) TranscriptRequest {
	t.Helper()
	return TranscriptRequest{
		Format: PDF, Words: testWords(t, lang), Region: Region(lang), Zone: prague(t), When: time.Date(2026, 11, 22, 8, 5, 7, 0, time.UTC),
	}
}

// pdfText is what a reader of PDF that shares no code with the writer finds on the pages.
func pdfText(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "chat.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var problems bytes.Buffer
	cmd := exec.Command("pdftotext", "-layout", path, "-")
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil || problems.Len() > 0 {
		t.Fatalf("pdftotext (Debian: poppler-utils): %v %s", err, problems.String())
	}
	return string(out)
}

func TestPDFHoldsTheConversation(t *testing.T) {
	t.Parallel()
	c := sampleConversation()
	c.Messages = append(c.Messages,
		Message{TimeMs: one(0).TimeMs, Direction: "IN", From: "Petr 👨‍👩‍👧", Text: "Žluťoučký kůň 👍🏽 مرحبا\nnext line"},
		Message{TimeMs: one(0).TimeMs, Direction: "IN", From: "Petr", Text: "secret", Anonymised: true})
	gone := Conversation{Record: one(0), Messages: []Message{{Text: "hidden", From: "Eve"}}}
	gone.Record.State = listing.StateAnonymised
	var out bytes.Buffer
	result, err := WriteTranscripts(t.Context(), &out, pdfRequest(t, "cs"), conversations(c, gone), nil)
	if err != nil {
		t.Fatal(err)
	}
	if result.Rows != 2 || result.Bytes != int64(out.Len()) {
		t.Errorf("result %+v of %d bytes", result, out.Len())
	}
	text := pdfText(t, out.Bytes())
	for _, want := range []string{
		"Petr Dvořák", "Doba čekání", "0:05:12", "1. 7. 2026", "9:05:07 Petr (Zákazník)", "Dobrý den,", "mám dotaz", "Anna (Operátor)",
		"[Obrázek: plan.png] Tady", "[nedoručeno: 131047]", "Neznámý (Bot)", "Žluťoučký kůň □", "next line", "Petr □ (Zákazník)",
		"Anonymizováno", "byly anonymizovány", "1/2", "2/2", "nahrazuje znak",
	} {
		if !strings.Contains(squeezed(text), want) {
			t.Errorf("%q is not on the pages", want)
		}
	}
	for _, personal := range []string{"secret", "hidden", "Eve"} {
		if strings.Contains(text, personal) {
			t.Errorf("%q is on the pages", personal)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// squeezed joins runs of white space, which tell how a page is set.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestPDFTakesHostileAndLongChats(t *testing.T) {
	t.Parallel()
	c := Conversation{Record: one(0)}
	c.Record.Title = strings.Repeat("W", 3000)
	for i := range 400 {
		c.Messages = append(c.Messages, Message{
			TimeMs: one(0).TimeMs + int64(i)*3_600_000, Direction: []string{"IN", "OUT", ""}[i%3], From: hostile[i%len(hostile)],
			Text: hostile[i%len(hostile)], Files: []string{hostile[(i+7)%len(hostile)]},
		})
	}
	c.Messages = append(c.Messages,
		Message{TimeMs: -1, Text: strings.Repeat("no spaces", 5000)},
		Message{TimeMs: -1, Text: strings.Repeat("👩‍👩‍👧‍👦", 3000)},
		Message{TimeMs: -1, Text: strings.Repeat("line\n", 500)},
		Message{TimeMs: -1, Text: strings.Repeat("\u0301", 2000)},
		Message{TimeMs: -1, Text: strings.Repeat("漢字", 2000)},
		Message{TimeMs: -1})
	var out bytes.Buffer
	if _, err := WriteTranscripts(t.Context(), &out, pdfRequest(t, "en"), conversations(c), nil); err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, out.Bytes())
	if n := strings.Count(squeezed(strings.ReplaceAll(text, "\n", "")), "no spaces"); n < 4000 {
		t.Errorf("%d of 5,000 pieces of a long line are on the pages", n)
	}
	if strings.ContainsAny(text, "\u202e\x1b") {
		t.Error("marks that steer text are on the pages")
	}
}

func TestPDFOfNothingAndOfTooMuch(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if _, err := WriteTranscripts(t.Context(), &out, pdfRequest(t, "en"), conversations(), nil); err != nil {
		t.Fatal(err)
	}
	pdfText(t, out.Bytes())
	folder := t.TempDir()
	many := func(yield func(Conversation, error) bool) {
		for i := 0; i <= MaxPDF && yield(Conversation{Record: one(0)}, nil); i++ {
		}
	}
	_, err := WriteTranscriptFile(t.Context(), filepath.Join(folder, "x.pdf"), pdfRequest(t, "en"), many, nil)
	if !errors.Is(err, ErrTooMany) {
		t.Errorf("%v, want ErrTooMany", err)
	}
	onlyFile(t, folder, "")
	if _, err := WriteTranscripts(t.Context(), &failing{left: 2000}, pdfRequest(t, "en"), conversations(sampleConversation()), nil); !errors.Is(err, ErrFull) {
		t.Errorf("%v, want ErrFull", err)
	}
}

func TestWhatAFontLacksGetsOnePlaceholder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Příliš žluťoučký kůň": "Příliš žluťoučký kůň",
		"Pr\u030ci\u0301lis":   "Přílis",
		"a👨‍👩‍👧b":              "a□b",
		"👍🏽👍":                  "□□",
		"❤\uFE0F":              "❤",
		"漢":                    "□",
		"a\tb\x1bc":            "a b\uFFFDc",
		"\u202Egnp.exe":        "gnp.exe",
		"привет αβγ €":         "привет αβγ €",
	} {
		g, err := newGlyphs(dejavusans.TTF)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.drawable(text); got != want {
			t.Errorf("%q is drawn as %q, want %q", text, got, want)
		}
		if g.missed != strings.ContainsRune(want, placeholder) {
			t.Errorf("%q: missed is %v", text, g.missed)
		}
	}
}

func FuzzPDF(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		c := Conversation{Record: one(0), Messages: []Message{{Text: text, From: title}}}
		c.Record.Title = title
		var out bytes.Buffer
		if _, err := WriteTranscripts(t.Context(), &out, pdfRequest(t, "en"), conversations(c), nil); err != nil {
			t.Fatal(fmt.Errorf("%q %q: %w", title, text, err))
		}
		if !utf8.ValidString(out.String()[:5]) || !strings.HasPrefix(out.String(), "%PDF-") {
			t.Fatalf("begins with %q", out.String()[:5])
		}
	})
}
