package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// noon is a Wednesday afternoon in Prague.
func noon() time.Time { return time.Date(2026, 11, 18, 14, 30, 0, 0, time.UTC) }

// site is a server on a real listener and a client of it.
type site struct {
	*Server
	t     *testing.T
	url   string
	token string
}

func open(t *testing.T, opts Options) *site {
	t.Helper()
	if opts.Now == nil {
		opts.Now = noon
	}
	if opts.Interactions == 0 {
		opts.Interactions = 400
	}
	s, err := New(opts)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close)
	return &site{Server: s, t: t, url: web.URL, token: s.Token()}
}

// as is the same site with another token.
func (s *site) as(token string) *site {
	other := *s
	other.token = token
	return &other
}

// reply is what came back.
type reply struct {
	code   int
	header http.Header
	body   string
	object map[string]any // the envelope, nil when the body is none
}

func (s *site) do(method, path, body string, headers ...string) reply {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	if s.token != "" {
		r.Header.Set("X-AUTH-TOKEN", s.token)
	}
	if strings.HasPrefix(body, "{") {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatalf("%s %s: read: %v", method, path, err)
	}
	out := reply{code: res.StatusCode, header: res.Header, body: string(content)}
	if strings.HasPrefix(out.body, "{") {
		if err := json.Unmarshal(content, &out.object); err != nil {
			s.t.Fatalf("%s %s: body is not JSON: %v", method, path, err)
		}
	}
	return out
}

func (s *site) get(path string, headers ...string) reply {
	s.t.Helper()
	return s.do(http.MethodGet, path, "", headers...)
}

// query writes a path with parameters: name, value, name, value …
func query(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return path + "?" + values.Encode()
}

// data is the rows of a list.
func (r reply) data(t *testing.T) []map[string]any {
	t.Helper()
	result, isObject := r.object["result"].(map[string]any)
	if !isObject {
		t.Fatalf("no list in reply %d: %.300s", r.code, r.body)
	}
	rows, isList := result["data"].([]any)
	if !isList {
		t.Fatalf("no data in reply %d: %.300s", r.code, r.body)
	}
	list := make([]map[string]any, len(rows))
	for i, row := range rows {
		list[i] = row.(map[string]any)
	}
	return list
}

func (r reply) total(t *testing.T) int {
	t.Helper()
	result, _ := r.object["result"].(map[string]any)
	total, isNumber := result["total"].(float64)
	if !isNumber {
		t.Fatalf("no total in reply %d: %.300s", r.code, r.body)
	}
	return int(total)
}

func (r reply) result(t *testing.T) map[string]any {
	t.Helper()
	result, isObject := r.object["result"].(map[string]any)
	if !isObject {
		t.Fatalf("no object in reply %d: %.300s", r.code, r.body)
	}
	return result
}

func wantCode(t *testing.T, what string, got reply, want int) {
	t.Helper()
	if got.code != want {
		t.Fatalf("%s: status %d, want %d: %.300s", what, got.code, want, got.body)
	}
}

// names are the unique names of rows.
func names(rows []map[string]any) []string {
	list := make([]string, len(rows))
	for i, row := range rows {
		list[i] = fmt.Sprint(row["name"])
	}
	return list
}

func find[T any](t *testing.T, what string, list []*T, fits func(*T) bool) *T {
	t.Helper()
	for _, row := range list {
		if fits(row) {
			return row
		}
	}
	t.Fatalf("no %s in the data", what)
	return nil
}
