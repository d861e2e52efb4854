package daktela

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// ConfiguredCall is a request that no documentation has and an administrator wrote down.
type ConfiguredCall struct {
	Method    string
	Path      string // below the root address
	Body      string // JSON, "" for none
	NamePlace string // what stands for the name of the record in Path and Body
}

// Configured sends such a request for a record. What the server answers besides yes or no is not read.
func (c *Client) Configured(ctx context.Context, given ConfiguredCall, name Name) error {
	q := call{
		method: given.Method, path: strings.ReplaceAll(given.Path, given.NamePlace, url.PathEscape(string(name))), op: "configured",
	}
	if given.Body != "" {
		quoted, err := json.Marshal(string(name))
		if err != nil {
			return err
		}
		inner := string(quoted[1 : len(quoted)-1])
		q.body = json.RawMessage(strings.ReplaceAll(given.Body, given.NamePlace, inner))
	}
	_, err := c.send(ctx, q)
	if m, ok := errors.AsType[*MalformedError](err); ok && m.Status < http.StatusMultipleChoices {
		return nil
	}
	return err
}
