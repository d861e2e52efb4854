package daktela

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Attachment describes a file of an interaction, a message or an activity; its bytes come
// from Download.
type Attachment struct {
	File     Name            `json:"file"`   // what Download wants
	Name     Name            `json:"name"`   // the same where a release sends no file
	Inline   Bool            `json:"inline"` // "0" or "1" on the wire
	Title    Text            `json:"title"`
	Type     Text            `json:"type"` // MIME type
	Size     Int             `json:"size"` // bytes
	Duration Int             `json:"duration"`
	Time     Text            `json:"time"` // local
	System   Nested[SysPart] `json:"_sys"`
}

func attachmentFields() []string {
	return []string{"name", "file", "inline", "title", "type", "size", "duration", "time"}
}

// ID is what Download wants.
func (a Attachment) ID() Name {
	if a.File != "" {
		return a.File
	}
	return a.Name
}

// Owner is what a file belongs to; the server wants to know it for a download.
type Owner int

// Owners of files.
const (
	OfInteraction Owner = iota // and of its messages
	OfActivity
)

// kind guesses what a message with this file is.
func (a Attachment) kind() MessageKind {
	major, _, _ := strings.Cut(strings.ToLower(a.Type.Value), "/")
	switch major {
	case "image":
		return KindImage
	case "video":
		return KindVideo
	case "audio":
		return KindAudio
	default:
		return KindDocument
	}
}

// errWrite marks a failure of the writer a download goes to, which is not the
// network's and must not be repeated.
type errWrite struct{ err error }

func (e *errWrite) Error() string        { return "write the file: " + e.err.Error() }
func (e *errWrite) Unwrap() error        { return e.err }
func (e *errWrite) text(s string) string { return s }

// Download streams a file into w and returns its size in bytes. More than
// limit bytes end in a TooLargeError, as soon as they are noticed. Once bytes
// have reached w nothing is repeated: the caller starts over with an empty file.
func (c *Client) Download(ctx context.Context, owner Owner, file Name, w io.Writer, limit int64) (int64, error) {
	if file == "" {
		return 0, ErrNoName
	}
	mapper := c.paths.DownloadMapper
	if owner == OfActivity {
		mapper = c.paths.ActivityMapper
	}
	q := call{
		site: c.address.Site(), method: http.MethodGet, path: c.paths.Download, op: "file",
		query: url.Values{"mapper": {mapper}, "name": {string(file)}, "download": {"1"}},
	}
	var n int64
	err := c.repeat(ctx, q, func(res *http.Response) error {
		at := q.at(res.StatusCode)
		if err := c.statusError(at, res); err != nil {
			return err
		}
		if res.StatusCode != http.StatusOK {
			return &StatusError{at}
		}
		if res.ContentLength > limit {
			return &TooLargeError{at, limit}
		}
		var err error
		n, err = io.Copy(&downloadWriter{w}, io.LimitReader(res.Body, limit+1))
		if err == nil && n > limit {
			return &TooLargeError{at, limit}
		}
		if err != nil && n > 0 {
			if own, ok := errors.AsType[*errWrite](err); ok {
				return own
			}
			return &partialError{c.networkError(ctx, q, err)}
		}
		return err
	})
	if partial, ok := errors.AsType[*partialError](err); ok {
		err = partial.err
	}
	if err != nil {
		return n, fmt.Errorf("download: %w", err)
	}
	return n, nil
}

type downloadWriter struct{ w io.Writer }

func (d *downloadWriter) Write(p []byte) (int, error) {
	n, err := d.w.Write(p)
	if err != nil {
		return n, &errWrite{err}
	}
	return n, nil
}

// partialError hides a network error from retry: part of the file is written.
type partialError struct{ err error }

func (e *partialError) Error() string        { return e.err.Error() }
func (e *partialError) text(s string) string { return s }
