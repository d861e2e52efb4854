package app

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// maxFile bounds an attachment that is downloaded, in bytes; WhatsApp itself takes 100 MB.
const maxFile = 128 << 20

// Files serves stored attachments under /file/ and finished exports under /download/, to the
// window and to the browser alike, and receives exported files to open under /upload/.
func (c *Core) Files() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /file/{interaction}/{file}", c.serveFile)
	mux.HandleFunc("GET /download/{id}", c.serveExport)
	mux.HandleFunc("POST /upload/{name}", c.receiveFile)
	return mux
}

// serveFile sends an attachment so that nothing in it can act as a page: it is sandboxed,
// its kind is not guessed, and only pictures, sound and video are shown in place.
func (c *Core) serveFile(w http.ResponseWriter, r *http.Request) {
	p, err := c.profile()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	interaction, err1 := url.PathUnescape(r.PathValue("interaction"))
	id, err2 := url.PathUnescape(r.PathValue("file"))
	if errors.Join(err1, err2) != nil {
		http.NotFound(w, r)
		return
	}
	d, err := p.db.Detail(r.Context(), interaction)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	a, ok := attachmentOf(d, id)
	if !ok || a.Path == "" {
		http.NotFound(w, r)
		return
	}
	path, err := p.db.FilePath(a)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer func() { _ = f.Close() }() // read only
	info, err := f.Stat()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	kind, inline := safeKind(a.MimeType)
	h.Set("Content-Type", kind)
	disposition := "attachment"
	if inline {
		disposition = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": a.Title}))
	http.ServeContent(w, r, "", info.ModTime(), f)
}

// safeKind lets only kinds through that cannot carry a script.
func safeKind(mimeType string) (kind string, inline bool) {
	base, _, err := mime.ParseMediaType(mimeType)
	if err != nil {
		return "application/octet-stream", false
	}
	switch base {
	case "image/jpeg", "image/png", "image/gif", "image/webp":
		return base, true
	}
	if strings.HasPrefix(base, "audio/") || strings.HasPrefix(base, "video/") {
		return base, true
	}
	return "application/octet-stream", false
}

func attachmentOf(d store.Detail, id string) (store.Attachment, bool) {
	for _, m := range d.Messages {
		for _, a := range m.Attachments {
			if a.File == id {
				return a, true
			}
		}
	}
	for _, a := range d.Files {
		if a.File == id {
			return a, true
		}
	}
	return store.Attachment{}, false
}

// serveExport hands a finished export to the browser once; the copy inside the profile goes
// with it.
func (c *Core) serveExport(w http.ResponseWriter, r *http.Request) {
	p, err := c.profile()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	path, err := c.exports.take(r.PathValue("id"))
	if err != nil || !strings.HasPrefix(path, p.db.Folder().ExportsTemp()) {
		http.NotFound(w, r)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer func() {
		_ = f.Close()                        // read only
		_ = os.RemoveAll(filepath.Dir(path)) // a leftover goes with the next start
	}()
	info, err := f.Stat()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": filepath.Base(path)}))
	http.ServeContent(w, r, "", info.ModTime(), f)
}

// ownerOf tells the contact centre whose file is wanted.
func ownerOf(a store.Attachment) daktela.Owner {
	if a.Origin == store.FromActivities {
		return daktela.OfActivity
	}
	return daktela.OfInteraction
}

// DownloadFile brings the bytes of an attachment into the profile.
func (d *Details) DownloadFile(interaction, file string) (out File, err error) {
	defer d.c.guard("Details.DownloadFile", &err)
	p, err := d.c.profile()
	if err != nil {
		return File{}, err
	}
	if p.client == nil {
		return File{}, &Error{Code: "sign_in"}
	}
	ctx := d.c.context()
	stored, err := p.db.Detail(ctx, interaction)
	if err != nil {
		return File{}, err
	}
	a, ok := attachmentOf(stored, file)
	if !ok {
		return File{}, store.ErrNotFound
	}
	tmp, err := os.CreateTemp(p.db.Folder().ExportsTemp(), "file-*")
	if err != nil {
		return File{}, err
	}
	defer func() {
		_ = tmp.Close() // its bytes are in the store by then, or worth nothing
		_ = os.Remove(tmp.Name())
	}()
	if _, err := p.client.Download(ctx, ownerOf(a), daktela.Name(a.File), tmp, maxFile); err != nil {
		return File{}, err
	}
	if _, err := tmp.Seek(0, 0); err != nil {
		return File{}, err
	}
	saved, err := p.db.SaveFile(ctx, stored.Interaction.Name, file, tmp, maxFile)
	if err != nil {
		return File{}, err
	}
	return fileOf(stored.Interaction.Name, saved), nil
}
