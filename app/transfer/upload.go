package transfer

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"wapdesk/app"
	"wapdesk/app/profile"
)

// maxUpload is the largest file that is received, in bytes; intake looks at no larger one.
const maxUpload = 4 << 30

// sweep removes what was received and is read, or never will be.
func (f *Handler) sweep() {
	if err := os.RemoveAll(f.profiles.Incoming()); err != nil {
		f.profiles.Options().Log.Error("upload not removed", "code", app.AsError(err).Code)
	}
}

// receive opens an exported file that the page sends: POST /upload/NAME with the file as
// the body, and ?dates=dmy where the page was asked for their order. It answers like a call, with a
// profile.OpenReport.
func (f *Handler) receive(w http.ResponseWriter, r *http.Request) {
	// Only a script of our own page can send this type; a form elsewhere cannot.
	if r.Header.Get("Content-Type") != "application/octet-stream" {
		http.Error(w, "want application/octet-stream", http.StatusUnsupportedMediaType)
		return
	}
	report, err := f.open(w, r)
	reply := struct {
		Result *profile.OpenReport `json:"result,omitempty"`
		Error  *app.Error          `json:"error,omitempty"`
	}{Result: &report}
	if err != nil {
		reply.Result, reply.Error = nil, app.AsError(err)
		f.profiles.Options().Log.Error("upload not opened", "code", reply.Error.Code)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(reply); err != nil {
		return // the browser went away
	}
}

func (f *Handler) open(w http.ResponseWriter, r *http.Request) (profile.OpenReport, error) {
	f.uploads.Lock()
	defer f.uploads.Unlock()
	name, err := url.PathUnescape(r.PathValue("name"))
	if err != nil {
		return profile.OpenReport{}, app.NewError("file_unreadable", err)
	}
	f.sweep()
	defer f.sweep()
	if err := f.profiles.MakeIncoming(); err != nil {
		return profile.OpenReport{}, err
	}
	path := filepath.Join(f.profiles.Incoming(), uploadName(name))
	if err := save(path, http.MaxBytesReader(w, r.Body, maxUpload)); err != nil {
		return profile.OpenReport{}, err
	}
	return f.screens.OpenOrAsk(path, r.URL.Query().Get("dates"))
}

// uploadName is the last part of a name a browser gives, fit to be a file's name here.
func uploadName(name string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = profile.PortableName(strings.Trim(name, ". "))
	for len(name) > 120 {
		name = string([]rune(name)[1:]) // the ending is what tells
	}
	if name == "" {
		return "file"
	}
	return name
}

func save(path string, from io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	err = errors.Join(err, f.Close())
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return app.NewError("too_large", err)
	case errors.Is(err, syscall.ENOSPC):
		return app.NewError("disk_full", err)
	}
	return err
}
