package app

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// uploads receives exported files from a page in a browser, which cannot name a path.
type uploads struct {
	mu sync.Mutex
	// asked is the file of the window that waits for the order of its dates.
	askMu sync.Mutex
	asked string
}

// ask remembers a file that waits for an answer; "" forgets it.
func (u *uploads) ask(path string) {
	u.askMu.Lock()
	defer u.askMu.Unlock()
	u.asked = path
}

func (u *uploads) asks() string {
	u.askMu.Lock()
	defer u.askMu.Unlock()
	return u.asked
}

// maxUpload is the largest file that is received, in bytes; intake looks at no larger one.
const maxUpload = 4 << 30

// incoming is where an upload lies until its rows are stored.
func (c *Core) incoming() string { return filepath.Join(c.opts.DataDir, ".incoming") }

// sweepUploads removes what a killed run received and never read.
func (c *Core) sweepUploads() {
	if err := os.RemoveAll(c.incoming()); err != nil {
		c.log.Error("upload not removed", "code", AsError(err).Code)
	}
}

// receiveFile opens an exported file that the page sends: POST /upload/NAME with the file as
// the body, and ?dates=dmy where the page was asked for their order. It answers like a call, with an
// OpenReport.
func (c *Core) receiveFile(w http.ResponseWriter, r *http.Request) {
	// Only a script of our own page can send this type; a form elsewhere cannot.
	if r.Header.Get("Content-Type") != "application/octet-stream" {
		http.Error(w, "want application/octet-stream", http.StatusUnsupportedMediaType)
		return
	}
	report, err := c.receive(w, r)
	reply := struct {
		Result *OpenReport `json:"result,omitempty"`
		Error  *Error      `json:"error,omitempty"`
	}{Result: &report}
	if err != nil {
		reply.Result, reply.Error = nil, AsError(err)
		c.log.Error("upload not opened", "code", reply.Error.Code)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(reply); err != nil {
		return // the browser went away
	}
}

func (c *Core) receive(w http.ResponseWriter, r *http.Request) (OpenReport, error) {
	c.uploads.mu.Lock()
	defer c.uploads.mu.Unlock()
	name, err := url.PathUnescape(r.PathValue("name"))
	if err != nil {
		return OpenReport{}, newError("file_unreadable", err)
	}
	c.sweepUploads()
	defer c.sweepUploads()
	if err := os.MkdirAll(c.incoming(), 0o700); err != nil {
		return OpenReport{}, err
	}
	path := filepath.Join(c.incoming(), uploadName(name))
	if err := save(path, http.MaxBytesReader(w, r.Body, maxUpload)); err != nil {
		return OpenReport{}, err
	}
	return c.openOrAsk(path, r.URL.Query().Get("dates"))
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
	name = strings.Trim(name, ". ")
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
		return newError("too_large", err)
	case errors.Is(err, syscall.ENOSPC):
		return newError("disk_full", err)
	}
	return err
}
