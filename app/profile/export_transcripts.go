package profile

import (
	"bytes"
	"context"
	"io"
	"iter"
	"slices"
	"strings"

	"wapdesk/app/export"
	"wapdesk/store"
)

// isTranscript reports whether a format writes conversations instead of a table.
func isTranscript(format string) bool {
	return slices.Contains(export.Transcripts(), export.Format(format))
}

// rowLimit returns how many interactions a format takes, 0 for no limit.
func rowLimit(format string) int64 {
	if format == string(export.PDF) {
		return export.MaxPDF
	}
	return 0
}

// CheckLimit refuses, before anybody is asked where to save, what the format does not take.
func (x *Export) CheckLimit() error {
	if limit := rowLimit(x.request.Format); limit > 0 && x.Rows > limit {
		return &TooManyError{What: "conversations", Max: limit, cause: export.ErrTooMany}
	}
	return nil
}

func (p *Profile) transcriptRequest(format, lang, region string) export.TranscriptRequest {
	return export.TranscriptRequest{
		Format: export.Format(format), Words: p.Words(lang), Region: export.Region(region), Zone: p.db.Zone(),
		When: p.now().In(p.db.Zone()),
	}
}

func (x *Export) conversations(ctx context.Context) iter.Seq2[export.Conversation, error] {
	if x.single != nil {
		return func(yield func(export.Conversation, error) bool) {
			d, err := x.profile.db.Detail(ctx, x.single.name)
			yield(conversationOf(d), err)
		}
	}
	return batches(ctx, x, x.readConversations, func(c *export.Conversation) export.Conversation { return *c })
}

// readConversations reads interactions by id with their transcripts, in the ids' order.
func (x *Export) readConversations(ctx context.Context, ids []int64) ([]export.Conversation, error) {
	records, err := x.profile.db.RecordsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	messages, err := x.profile.db.MessagesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	files, err := x.profile.db.FilesApartOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	of := map[string][]export.Message{}
	for i := range messages {
		m := &messages[i]
		of[m.Interaction] = append(of[m.Interaction], exportMessage(m.Interaction, &m.Message, m.Erased))
	}
	all := make([]export.Conversation, len(records))
	for i := range records {
		all[i] = export.Conversation{Record: records[i], Messages: of[records[i].Name], Files: titles(files[records[i].ID])}
	}
	return all, nil
}

// Bounds of the preview of transcripts.
const (
	sampleConversations = 5
	previewLines        = 14
	previewWidth        = 400 // characters of a line
)

// previewTranscript shows the beginning of the first conversation and guesses the size.
func (x *Export) previewTranscript(ctx context.Context, preview *ExportPreview) error {
	sample, err := x.sampleConversations(ctx)
	if err != nil {
		return err
	}
	shown := x.transcript
	if shown.Format == export.PDF {
		shown.Format = export.Text // the same words, without the pages
	}
	var text bytes.Buffer
	if _, err := export.WriteTranscripts(ctx, &text, shown, each(sample[:min(len(sample), 1)]), nil); err != nil {
		return err
	}
	preview.Text = firstLines(text.String())
	size := func(conversations []export.Conversation) (int64, error) {
		result, err := export.WriteTranscripts(ctx, io.Discard, x.transcript, each(conversations), nil)
		return result.Bytes, err
	}
	empty, err := size(nil)
	if err != nil || len(sample) == 0 {
		preview.Bytes = empty
		return err
	}
	full, err := size(sample)
	preview.Bytes = empty + max(full-empty, 0)*x.Rows/int64(len(sample))
	return err
}

func (x *Export) sampleConversations(ctx context.Context) ([]export.Conversation, error) {
	var ids []int64
	rows, err := x.each(ctx)
	if err != nil {
		return nil, err
	}
	for r := range rows {
		if ids = append(ids, r.ID); len(ids) == sampleConversations {
			break
		}
	}
	return x.readConversations(ctx, ids)
}

func firstLines(text string) string {
	lines := strings.SplitN(strings.TrimRight(text, "\n"), "\n", previewLines+1)
	lines = lines[:min(len(lines), previewLines)]
	for i, line := range lines {
		if runes := []rune(line); len(runes) > previewWidth {
			lines[i] = string(runes[:previewWidth]) + "…"
		}
	}
	return strings.Join(lines, "\n")
}

func each[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func conversationOf(d store.Detail) export.Conversation {
	c := export.Conversation{Record: d.Record, Files: titles(d.Files)}
	for _, m := range d.Messages {
		c.Messages = append(c.Messages, exportMessage(d.Interaction.Name, &m, d.Erasure != nil))
	}
	return c
}

// single names the interaction of a transcript, which is read when it is written: somebody may take
// long to say where.
type single struct {
	name string
	id   int64
}

// PrepareTranscript prepares the export of one conversation, by the name of its interaction.
func (p *Profile) PrepareTranscript(ctx context.Context, interaction, format, lang string) (*Export, error) {
	if !isTranscript(format) {
		return nil, export.ErrFormat
	}
	stored, err := p.db.Detail(ctx, interaction)
	if err != nil {
		return nil, err
	}
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return nil, err
	}
	if !rights.MayExport() {
		return nil, ErrNoExportRight
	}
	return &Export{
		Rows: 1, profile: p, request: ExportRequest{Format: format, Lang: lang, Region: lang}, single: &single{name: stored.Interaction.Name, id: stored.Record.ID},
		transcript: p.transcriptRequest(format, lang, lang),
	}, nil
}
