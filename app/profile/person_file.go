package profile

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode"

	"wapdesk/app/export"
	"wapdesk/store"
)

// PersonFile is what a person gets who asks what is stored about them: a .zip with everything as data,
// the conversations to read and the attachments, or a .jsonl with the data alone.
type PersonFile struct {
	p      *Profile
	person Person
	names  []string
	format string
	lang   string

	// Missing is how many attachments are not on this computer; it is known once the file is written.
	Missing int
}

// PreparePerson prepares the file of a person with some interactions. The format is zip or jsonl.
func (p *Profile) PreparePerson(ctx context.Context, key PersonKey, names []string, format, lang string) (*PersonFile, error) {
	if format != "zip" && format != "jsonl" {
		return nil, export.ErrFormat
	}
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return nil, err
	}
	if !rights.MayExport() {
		return nil, ErrNoExportRight
	}
	person, err := p.Person(ctx, key)
	return &PersonFile{p: p, person: person, names: names, format: format, lang: lang}, err
}

// FileName proposes a name without the person in it.
func (f *PersonFile) FileName() string {
	return "person_" + f.p.now().In(f.p.db.Zone()).Format("2006-01-02") + "." + f.format
}

// Write writes the whole file or nothing, and notes it in the log of exports under the name logged.
func (f *PersonFile) Write(ctx context.Context, target, logged string) (export.Result, error) {
	ids, err := f.p.db.IDs(ctx, f.names)
	if err != nil {
		return export.Result{}, err
	}
	result, err := export.WriteWhole(ctx, target, func(w io.Writer) (export.Result, error) {
		if f.format == "jsonl" {
			return export.Result{Rows: int64(len(ids))}, f.writeData(ctx, w)
		}
		return export.Result{Rows: int64(len(ids))}, f.writeArchive(ctx, w, ids)
	})
	if err != nil {
		return result, err
	}
	if info, err := os.Stat(target); err == nil {
		result.Bytes = info.Size()
	}
	entry := store.ExportEntry{AtMs: f.p.now().UnixMilli(), Path: logged, Format: f.format, Rows: result.Rows, By: f.p.Login}
	if err := f.p.db.LogExport(ctx, entry, ids); err != nil {
		f.p.log.Error("export not logged", "error", err.Error()) // the file is whole; only the log lacks it
	}
	return result, nil
}

// writeData writes one JSON object a line: the table of a row under "table", and its values.
func (f *PersonFile) writeData(ctx context.Context, w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return f.p.db.PersonRecords(ctx, f.person.Contact, f.names, func(r store.PersonRecord) error {
		line := map[string]any{"table": r.Table}
		for column, value := range r.Values {
			line[column] = value
		}
		return out.Encode(line)
	})
}

func (f *PersonFile) writeArchive(ctx context.Context, w io.Writer, ids []int64) error {
	z := zip.NewWriter(w)
	data, err := z.Create("data.jsonl")
	if err != nil {
		return err
	}
	if err := f.writeData(ctx, data); err != nil {
		return err
	}
	talk, err := z.Create("conversations.txt")
	if err != nil {
		return err
	}
	x := &Export{profile: f.p}
	conversations, err := x.readConversations(ctx, ids)
	if err != nil {
		return err
	}
	req := f.p.transcriptRequest("txt", f.lang, f.lang)
	if _, err := export.WriteTranscripts(ctx, talk, req, each(conversations), nil); err != nil {
		return err
	}
	if err := f.writeFiles(ctx, z); err != nil {
		return err
	}
	about, err := z.Create("about.txt")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(about, f.about()); err != nil {
		return err
	}
	return z.Close()
}

// about says whom the file is about and what is not in it.
func (f *PersonFile) about() string {
	words := f.p.Words(f.lang)
	lines := []string{words("person.file.title"), ""}
	for _, line := range [][2]string{
		{"person.file.name", f.person.Title}, {"person.file.numbers", strings.Join(f.person.Numbers, ", ")},
		{"person.file.emails", strings.Join(f.person.Emails, ", ")}, {"person.file.interactions", fmt.Sprint(len(f.names))},
		{"person.file.when", f.p.now().In(f.p.db.Zone()).Format("2006-01-02 15:04 MST")}, {"person.file.company", f.p.Company()},
	} {
		if line[1] != "" {
			lines = append(lines, words(line[0])+": "+line[1])
		}
	}
	lines = append(lines, "", words("person.file.parts"))
	if f.Missing > 0 {
		lines = append(lines, words("person.file.missing", "n", fmt.Sprint(f.Missing)))
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}

// writeFiles puts the attachments that are on this computer into the archive, in a folder an
// interaction, and counts those that are not.
func (f *PersonFile) writeFiles(ctx context.Context, z *zip.Writer) error {
	f.Missing = 0
	for _, name := range f.names {
		story, err := f.p.Story(ctx, name)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		attachments := append([]store.Attachment(nil), story.Files...)
		for i := range story.Messages {
			attachments = append(attachments, story.Messages[i].Attachments...)
		}
		for n, a := range attachments {
			switch err := f.writeFile(z, name, n, a); {
			case errors.Is(err, fs.ErrNotExist), errors.Is(err, store.ErrNotFound):
				f.Missing++
			case err != nil:
				return err
			}
		}
	}
	return nil
}

func (f *PersonFile) writeFile(z *zip.Writer, interaction string, n int, a store.Attachment) error {
	stored, err := f.p.db.FilePath(a)
	if err != nil {
		return err
	}
	from, err := os.Open(stored)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	to, err := z.Create(path.Join("files", safeName(interaction), fmt.Sprintf("%d_%s", n+1, fileTitle(a.Title))))
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}

// fileTitle is the title of an attachment as the name of a file: nothing of it leads to a folder.
func fileTitle(title string) string {
	const longest = 100 // characters
	name := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_ ", r) || r == '.' {
			return r
		}
		return '_'
	}, title))
	return strings.Trim(string(name[max(0, len(name)-longest):]), ". ")
}
