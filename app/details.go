package app

import (
	"context"

	"wapdesk/app/profile"
)

// Details answers the interaction details.
type Details struct{ a *App }

// Open reads one interaction by its unique name or that of one of its activities.
func (d *Details) Open(name string) (Detail, error) {
	return ask(d.a, "Details.Open", func(ctx context.Context, p *profile.Profile) (Detail, error) { return detail(ctx, p, name) })
}

// Find returns where a pasted deep link or unique name leads. What is not stored comes back
// with the link to try in the contact centre.
func (d *Details) Find(text string) (profile.Found, error) {
	return ask(d.a, "Details.Find", func(ctx context.Context, p *profile.Profile) (profile.Found, error) { return p.Find(ctx, text) })
}

// DownloadMessages brings the transcript of an interaction that was stored without one.
func (d *Details) DownloadMessages(interaction string) (Detail, error) {
	return d.download("Details.DownloadMessages", interaction)
}

// Download brings one interaction that is not stored, by its unique name or that of one of its
// activities, with its transcript.
func (d *Details) Download(name string) (Detail, error) { return d.download("Details.Download", name) }

func (d *Details) download(method, name string) (Detail, error) {
	return ask(d.a, method, func(ctx context.Context, p *profile.Profile) (Detail, error) {
		if err := p.DownloadStory(ctx, name); err != nil {
			return Detail{}, err
		}
		return detail(ctx, p, name)
	})
}

// DownloadFile brings the bytes of an attachment into the profile.
func (d *Details) DownloadFile(interaction, file string) (File, error) {
	return ask(d.a, "Details.DownloadFile", func(ctx context.Context, p *profile.Profile) (File, error) {
		name, saved, err := p.DownloadAttachment(ctx, interaction, file)
		if err != nil {
			return File{}, err
		}
		return fileOf(name, saved), nil
	})
}

// SaveTranscript writes one conversation to a file: txt to read, pdf to print, jsonl for programs.
func (d *Details) SaveTranscript(interaction, format, lang string) (ExportProgress, error) {
	return ask(d.a, "Details.SaveTranscript", func(ctx context.Context, p *profile.Profile) (ExportProgress, error) {
		x, err := p.PrepareTranscript(ctx, interaction, format, lang)
		if err != nil {
			return ExportProgress{}, err
		}
		return d.a.export(p, x)
	})
}
