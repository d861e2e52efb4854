package daktela

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// call is one request to the API, as often as it has to be repeated.
type call struct {
	site   string // of the contact centre, for errors
	method string
	path   string // below the API root, without the suffix, names escaped
	op     string // the path with names masked, for errors
	query  url.Values
	body   any  // encoded as JSON; nil for none
	open   bool // sent without a token
	hasty  bool // a page that is asked for smaller, and not again, when it does not come in time
}

// pathOf joins a model, names and relations; names are escaped ("/" too).
func pathOf(model string, rest ...string) string {
	var b strings.Builder
	b.WriteString(model)
	for _, r := range rest {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(r))
	}
	return b.String()
}

// send carries out a call: waits for a free slot, signs in when needed, sends,
// and repeats as retry allows. On success the envelope of a 2xx is returned.
func (c *Client) send(ctx context.Context, q call) (envelope, error) {
	var e envelope
	err := c.repeat(ctx, q, func(res *http.Response) error {
		body, err := readBody(res.Body, c.bodyLimit+1)
		if err != nil {
			return err
		}
		if int64(len(body)) > c.bodyLimit {
			return &TooLargeError{Call: q.at(res.StatusCode), Limit: c.bodyLimit}
		}
		e, err = c.judge(q, res, body)
		return err
	})
	return e, err
}

// buffers are what bodies are read into: grown for each anew they would take several times their size.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keptBuffer is up to which size, in bytes, a buffer is used again.
const keptBuffer = 4 << 20

// readBody reads at most limit bytes.
func readBody(from io.Reader, limit int64) ([]byte, error) {
	buffer, ok := buffers.Get().(*bytes.Buffer)
	if !ok {
		buffer = new(bytes.Buffer)
	}
	_, err := buffer.ReadFrom(io.LimitReader(from, limit))
	read := buffer.Bytes()
	body := bytes.Clone(read)
	clear(read) // what customers wrote lies about no longer than it is worked with
	buffer.Reset()
	if buffer.Cap() <= keptBuffer {
		buffers.Put(buffer)
	}
	return body, err
}

// repeat sends a call until handle accepts its response or retry gives up. A
// refused login is renewed once.
func (c *Client) repeat(ctx context.Context, q call, handle func(*http.Response) error) error {
	renewed := false
	for attempt := 1; ; attempt++ {
		token, err := c.attempt(ctx, q, handle)
		c.tally.tried(q, err)
		if err == nil {
			return nil
		}
		if _, refused := errors.AsType[*UnauthorisedError](err); refused && !renewed && !q.open && c.auth.renewable() {
			renewed = true
			c.auth.forget(token)
			continue
		}
		wait, again := retry(ctx, q.method, attempt, err)
		if !again || q.hasty && slow(err) {
			return err
		}
		_, limited := errors.AsType[*RateLimitedError](err)
		if limited {
			c.gate.pause(c.now().Add(wait))
		}
		c.tally.waited(wait)
		c.onWait(Wait{For: wait, RateLimited: limited})
		if err := c.sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// attempt makes one request within one slot and one timeout.
func (c *Client) attempt(ctx context.Context, q call, handle func(*http.Response) error) (token string, err error) {
	if !q.open {
		if token, err = c.token(ctx); err != nil {
			return "", err
		}
	}
	if err := c.gate.enter(ctx, c.now, c.sleep); err != nil {
		return token, err
	}
	defer c.gate.leave()
	watched, watch := c.watch(ctx)
	defer watch.end()
	req, err := c.request(watched, q, token)
	if err != nil {
		return token, err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return token, c.networkError(ctx, q, watch.reason(err))
	}
	defer res.Body.Close()
	res.Body = watch.body(res.Body)
	if err := handle(res); err != nil {
		if isAPIError(err) {
			return token, err
		}
		return token, c.networkError(ctx, q, watch.reason(err))
	}
	return token, nil
}

func (c *Client) request(ctx context.Context, q call, token string) (*http.Request, error) {
	target := c.address.String() + q.target()
	if len(q.query) > 0 {
		target += "?" + q.query.Encode()
	}
	var body io.Reader
	if q.body != nil {
		b, err := json.Marshal(q.body)
		if err != nil {
			return nil, errors.New(q.op + ": the request cannot be encoded")
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, q.method, target, body)
	if err != nil {
		return nil, errors.New(q.op + ": the request cannot be built")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.agent)
	if c.language != "" {
		req.Header.Set("Accept-Language", c.language)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("X-AUTH-TOKEN", token)
	}
	return req, nil
}

func (q call) target() string {
	if strings.HasPrefix(q.path, "/") {
		return q.path
	}
	return apiRoot + q.path + ".json"
}

func (q call) at(status int) Call {
	return Call{Site: q.site, Op: q.method + " " + q.op, Status: status}
}
