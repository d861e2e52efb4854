package app

import (
	"context"
	"path/filepath"

	"wapdesk/app/export"
	"wapdesk/app/syncer"
	"wapdesk/store"
)

// SaveTranscript writes one conversation to a file: txt to read, pdf to print, jsonl for programs.
func (d *Details) SaveTranscript(interaction, format, lang string) (progress ExportProgress, err error) {
	defer d.c.guard("Details.SaveTranscript", &err)
	p, err := d.c.profile()
	if err != nil {
		return ExportProgress{}, err
	}
	ctx, cancel := context.WithCancel(d.c.context())
	defer cancel()
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return ExportProgress{}, err
	}
	if !rights.MayExport() {
		return ExportProgress{}, &Error{Code: "no_export_right"}
	}
	stored, err := p.db.Detail(ctx, interaction)
	if err != nil {
		return ExportProgress{}, err
	}
	if !isTranscript(format) {
		return ExportProgress{}, newError("unknown_format", export.ErrFormat)
	}
	id := d.c.exports.start(cancel)
	path, url, err := d.c.whereTo(p, id, "whatsapp_"+safeName(stored.Interaction.Name)+"."+format)
	if err != nil || path == "" {
		d.c.exports.finish(id, "")
		return ExportProgress{ID: id, State: "cancelled", Params: map[string]string{}}, err
	}
	req := d.c.transcriptRequest(p, format, lang, lang)
	result, err := export.WriteTranscriptFile(ctx, path, req, each([]export.Conversation{conversationOf(stored)}), nil)
	if err != nil {
		d.c.exports.finish(id, "")
		return ExportProgress{}, err
	}
	d.c.exports.finish(id, path)
	entry := store.ExportEntry{AtMs: d.c.now().UnixMilli(), Path: d.c.logged(path), Format: format, Rows: 1, By: p.Login}
	if err := p.db.LogExport(ctx, entry, []int64{stored.Record.ID}); err != nil {
		d.c.log.Error("export not logged", "error", err.Error())
	}
	return ExportProgress{ID: id, State: "done", Rows: 1, Total: 1, Bytes: result.Bytes, File: filepath.Base(path), URL: url, Params: map[string]string{}}, nil
}

// DownloadMessages brings the transcript of an interaction that was stored without one.
func (d *Details) DownloadMessages(interaction string) (detail Detail, err error) {
	defer d.c.guard("Details.DownloadMessages", &err)
	p, err := d.c.profile()
	if err != nil {
		return Detail{}, err
	}
	return d.c.download(p, interaction)
}

// Download brings one interaction that is not stored, by its unique name or that of one of its
// activities, with its transcript.
func (d *Details) Download(name string) (detail Detail, err error) {
	defer d.c.guard("Details.Download", &err)
	p, err := d.c.profile()
	if err != nil {
		return Detail{}, err
	}
	return d.c.download(p, name)
}

func (c *Core) download(p *openProfile, name string) (Detail, error) {
	if p.client == nil {
		return Detail{}, &Error{Code: "sign_in"}
	}
	ctx := c.context()
	s := syncer.New(p.client, p.db, syncer.Options{Log: c.log, Messages: true, Now: c.now})
	if _, err := s.PullOne(ctx, name); err != nil {
		return Detail{}, err
	}
	return c.detail(ctx, p, name)
}
