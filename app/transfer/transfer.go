// Package transfer hands files between an open profile and the page, in the window and in a browser
// alike: attachments, finished exports, and exported files that a browser sends to be opened.
package transfer

import (
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"wapdesk/app"
	"wapdesk/app/profile"
)

// Handler serves what the page fetches and receives what it sends.
type Handler struct {
	screens  *app.App
	profiles *profile.Manager
	uploads  sync.Mutex
}

// New returns the handler of /file/, /download/ and /upload/. What a killed run received and never
// read is removed.
func New(screens *app.App) *Handler {
	f := &Handler{screens: screens, profiles: screens.Profiles()}
	f.sweep()
	return f
}

// ServeHTTP serves stored attachments under /file/ and finished exports under /download/, and
// receives exported files to open under /upload/.
func (f *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /file/{interaction}/{file}", f.attachment)
	mux.HandleFunc("GET /download/{id}", f.export)
	mux.HandleFunc("POST /upload/{name}", f.receive)
	mux.ServeHTTP(w, r)
}

// attachment sends a file of an interaction so that nothing in it can act as a page: it is
// sandboxed, its kind is not guessed, and only pictures, sound and video are shown in place.
func (f *Handler) attachment(w http.ResponseWriter, r *http.Request) {
	p, err := f.profiles.Open()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	interaction, err1 := url.PathUnescape(r.PathValue("interaction"))
	id, err2 := url.PathUnescape(r.PathValue("file"))
	if err1 != nil || err2 != nil {
		http.NotFound(w, r)
		return
	}
	file, a, err := p.OpenAttachment(r.Context(), interaction, id)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer func() { _ = file.Close() }() // read only
	info, err := file.Stat()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	kind, inline := safeKind(a.MimeType)
	h.Set("Content-Type", kind)
	disposition := "attachment"
	if inline {
		disposition = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": a.Title}))
	http.ServeContent(w, r, "", info.ModTime(), file)
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

// export hands a finished export to the browser once; the copy inside the profile goes with it.
func (f *Handler) export(w http.ResponseWriter, r *http.Request) {
	p, err := f.profiles.Open()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	path, err := p.TakeExported(r.PathValue("id"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	file, err := os.Open(path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer func() {
		_ = file.Close()                     // read only
		_ = os.RemoveAll(filepath.Dir(path)) // a leftover goes with the next start
	}()
	info, err := file.Stat()
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": filepath.Base(path)}))
	http.ServeContent(w, r, "", info.ModTime(), file)
}
