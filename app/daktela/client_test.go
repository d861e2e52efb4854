package daktela

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const testToken = "0123456789abcdef0123456789abcdef01234567"

// setup serves handler and returns a client of it whose waits pass at once.
func setup(t *testing.T, handler http.Handler, opts ...Option) (*Client, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	address, err := ParseAddress(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(address, append([]Option{WithToken(testToken)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	c.sleep = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	// Without real waits a pause would turn the gate into a busy loop.
	skew := time.Duration(0)
	var mu sync.Mutex
	c.now = func() time.Time { mu.Lock(); defer mu.Unlock(); skew += time.Minute; return time.Now().Add(skew) }
	return c, server
}

func body(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, text) //nolint:errcheck // a test's answer
	}
}

func TestErrorsAreTyped(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		handler http.HandlerFunc
		want    error
	}{
		{"401 empty", body(401, ""), &UnauthorisedError{}},
		{"403 empty", body(403, ""), &ForbiddenError{}},
		{"403 text", body(403, string(fixture(t, "error_text.json"))), &ForbiddenError{}},
		{"404 empty", body(404, ""), &NotFoundError{}},
		{"405", body(405, ""), &MethodNotAllowedError{}},
		{"400 list", body(400, string(fixture(t, "error_list.json"))), &FailedError{}},
		{"400 empty", body(400, ""), &FailedError{}},
		{"422 violations", body(422, string(fixture(t, "error_violations.json"))), &FailedError{}},
		{"500", body(500, ""), &ServerError{}},
		{"502 page", body(502, string(fixture(t, "proxy.html"))), &ServerError{}},
		{"200 page", body(200, string(fixture(t, "proxy.html"))), &MalformedError{}},
		{"200 empty", body(200, ""), &MalformedError{}},
		{"200 half", body(200, `{"error":[],"result":{"data":[{"na`), &MalformedError{}},
		{"200 text", body(200, `"hello"`), &MalformedError{}},
		{"200 null", body(200, `{"error":["No"],"result":null}`), &FailedError{}},
		{"200 false", body(200, `{"error":"No","result":false}`), &FailedError{}},
		{"200 null without a word", body(200, `{"error":[],"result":null}`), &MalformedError{}},
		{"200 no list", body(200, `{"error":[],"result":{}}`), &MalformedError{}},
		{"200 total without rows", body(200, `{"error":[],"result":{"data":null,"total":5}}`), &MalformedError{}},
		{"200 scalar result", body(200, `{"error":[],"result":7}`), &MalformedError{}},
		{"302", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", 302) }, &RedirectError{}},
		{"409", body(409, ""), &StatusError{}},
		{"dropped", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, &UnreachableError{}},
		{"long wait", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(429)
		}, &RateLimitedError{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, _ := setup(t, tt.handler)
			_, err := c.Interactions.Page(t.Context(), Query{Filter: Eq("sender", "420777123456")})
			if got, want := fmt.Sprintf("%T", err), fmt.Sprintf("%T", tt.want); got != want {
				t.Fatalf("got %s (%v), want %s", got, err, want)
			}
			for _, private := range []string{testToken, "420777123456"} {
				if strings.Contains(err.Error(), private) {
					t.Errorf("the text of the error tells %q: %v", private, err)
				}
			}
		})
	}
}

func TestAForbiddenErrorKeepsTheServersWords(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		`{"error":"Access denied to ` + testToken + `","result":null}`:              {"Access denied to " + scrubbed},
		`{"error":{"primary":["No"],"form":{"stage":["Not yours"]}},"result":null}`: {"No", "stage: Not yours"},
		"":                                    nil,
		"<html><body>Forbidden</body></html>": nil,
	}
	for text, want := range tests {
		c, _ := setup(t, body(403, text))
		_, err := c.CreateContact(t.Context(), NewContact{Title: "X", LastName: "X", Database: "default"})
		forbidden, ok := errors.AsType[*ForbiddenError](err)
		if !ok || !slices.Equal(forbidden.Messages, want) || strings.Contains(err.Error(), "denied") {
			t.Errorf("%s: got %v %q", text, err, forbidden.Messages)
		}
	}
}

func TestValidationKeepsTheServersWordsOutOfItsText(t *testing.T) {
	t.Parallel()
	c, _ := setup(t, body(400, strings.Replace(string(fixture(t, "error_form.json")), "Required", "Required "+testToken, 1)))
	_, err := c.CreateContact(t.Context(), NewContact{Title: "X", LastName: "X", Database: "default"})
	refused, ok := errors.AsType[*ValidationError](err)
	if !ok {
		t.Fatalf("got %v, want a ValidationError", err)
	}
	want := map[string][]string{
		"lastname": {"Required " + scrubbed}, "account": {"Foreign key error"}, "customFields.email": {"Not a valid address"},
	}
	if diff := cmp.Diff(want, refused.Form); diff != "" {
		t.Errorf("form (-want +got):\n%s", diff)
	}
	if got, want := err.Error(), "POST contacts: refused because of account, customFields.email, lastname (status 400)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRequestCarriesWhatTheAPIExpects(t *testing.T) {
	t.Parallel()
	var got *http.Request
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		io.WriteString(w, `{"error":[],"result":{"name":"a/b"}}`) //nolint:errcheck // a test's answer
	}), WithUserAgent("Wapdesk/1.2"), WithLanguage("cs"))
	if _, err := c.Contacts.Get(t.Context(), "a/b č"); err != nil {
		t.Fatal(err)
	}
	if want := "/api/v6/contacts/a%2Fb%20%C4%8D.json"; got.URL.EscapedPath() != want {
		t.Errorf("path: got %s, want %s", got.URL.EscapedPath(), want)
	}
	for key, want := range map[string]string{
		"X-Auth-Token": testToken, "User-Agent": "Wapdesk/1.2", "Accept-Language": "cs",
		"Accept": "application/json", "Accept-Encoding": "gzip",
	} {
		if got.Header.Get(key) != want {
			t.Errorf("%s: got %q, want %q", key, got.Header.Get(key), want)
		}
	}
	if strings.Contains(got.URL.RawQuery, testToken) {
		t.Error("the token travels in the address")
	}
}

// Every list and record must name its fields, and none may ask for more of a
// connector than its name and title: the rest are access tokens.
func TestFieldsAreAlwaysNamedAndSpareSecrets(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	asked := map[string][]string{}
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		for key, v := range r.URL.Query() {
			if strings.HasPrefix(key, "fields[") {
				asked[r.URL.Path] = append(asked[r.URL.Path], v...)
			}
		}
		mu.Unlock()
		io.WriteString(w, `{"error":[],"result":{"data":[],"total":0}}`) //nolint:errcheck // a test's answer
	}))
	ctx := t.Context()
	reads := map[string]func() error{
		"activitiesWap":              func() error { _, err := c.Interactions.Page(ctx, Query{}); return err },
		"activities":                 func() error { _, err := c.Activities.Page(ctx, Query{}); return err },
		"users":                      func() error { _, err := c.Users.Page(ctx, Query{}); return err },
		"queues":                     func() error { _, err := c.Queues.Page(ctx, Query{}); return err },
		"groups":                     func() error { _, err := c.Groups.Page(ctx, Query{}); return err },
		"statuses":                   func() error { _, err := c.Statuses.Page(ctx, Query{}); return err },
		"contacts":                   func() error { _, err := c.Contacts.Page(ctx, Query{}); return err },
		"accounts":                   func() error { _, err := c.Accounts.Page(ctx, Query{}); return err },
		"crmDatabases":               func() error { _, err := c.Databases.Page(ctx, Query{}); return err },
		"tickets":                    func() error { _, err := c.Tickets.Page(ctx, Query{}); return err },
		"ticketsCategories":          func() error { _, err := c.Categories.Page(ctx, Query{}); return err },
		"qaforms":                    func() error { _, err := c.QAForms.Page(ctx, Query{}); return err },
		"qaReviews":                  func() error { _, err := c.QAReviews.Page(ctx, Query{}); return err },
		"activitiesWap/x/messages":   func() error { _, err := c.Messages(ctx, "x"); return err },
		"activitiesWap/x/flow":       func() error { _, err := c.Flow(ctx, "x"); return err },
		"activitiesWap/x/activities": func() error { _, err := c.InteractionActivities(ctx, "x"); return err },
		"activities/x/attachments":   func() error { _, err := c.ActivityAttachments(ctx, "x"); return err },
		"activities/x/qaReviews":     func() error { _, err := c.ActivityReviews(ctx, "x"); return err },
		"users/x/groups":             func() error { _, err := c.UserGroups(ctx, "x"); return err },
		"queues/x/groups":            func() error { _, err := c.QueueGroups(ctx, "x"); return err },
		"queues/x/qaforms":           func() error { _, err := c.QueueForms(ctx, "x"); return err },
	}
	for path, read := range reads {
		if err := read(); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		fields := asked[apiRoot+path+".json"]
		if !slices.Contains(fields, "name") && !slices.Contains(fields, "file") {
			t.Errorf("%s: asked without fields: %v", path, fields)
		}
		for _, f := range fields {
			if strings.HasPrefix(f, "connector") && f != "connector.name" && f != "connector.title" {
				t.Errorf("%s asks for %s", path, f)
			}
		}
	}
}

func TestReadsAreRepeatedAndWritesAreNot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		first        http.HandlerFunc
		reads, write int32
	}{
		{"502 page", body(502, string(fixture(t, "proxy.html"))), 2, 1},
		{"503", body(503, ""), 2, 1},
		{"dropped", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 2, 1},
		{"cut", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, `{"error":`) //nolint:errcheck // a test's answer
			panic(http.ErrAbortHandler)
		}, 2, 1},
		{"429", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(429)
		}, 2, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var reads, writes atomic.Int32
			c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				count := &reads
				if r.Method != http.MethodGet {
					count = &writes
				}
				if count.Add(1) == 1 {
					tt.first(w, r)
					return
				}
				io.WriteString(w, `{"error":[],"result":{"data":[],"total":0}}`) //nolint:errcheck // a test's answer
			}))
			if _, err := c.Interactions.Page(t.Context(), Query{}); err != nil {
				t.Errorf("read: %v", err)
			}
			_, err := c.SetMissed(t.Context(), "wap_1", MissedNo)
			if (err == nil) != (tt.write == 2) {
				t.Errorf("write: got %v after %d attempts", err, writes.Load())
			}
			if err != nil && !OutcomeUnknown(err) {
				t.Errorf("write: %v must leave the outcome unknown", err)
			}
			if reads.Load() < tt.reads || writes.Load() != tt.write {
				t.Errorf("got %d reads and %d writes, want %d and %d", reads.Load(), writes.Load(), tt.reads, tt.write)
			}
		})
	}
}

func TestUnreachableBeforeSendingIsAKnownOutcome(t *testing.T) {
	t.Parallel()
	c, server := setup(t, body(200, ""))
	server.Close()
	_, err := c.SetMissed(t.Context(), "wap_1", MissedNo)
	if u, ok := errors.AsType[*UnreachableError](err); !ok || u.Sent || OutcomeUnknown(err) {
		t.Errorf("got %v, want unreachable and not sent", err)
	}
}

func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(body(200, ""))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	address, err := ParseAddress(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(address, WithToken(testToken))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Whoim(t.Context()); !isA[*CertificateError](err) {
		t.Errorf("got %v, want a CertificateError", err)
	}
}

func isA[E error](err error) bool { _, ok := errors.AsType[E](err); return ok }

func TestTimeoutIsUnreachableAndCancelIsNot(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	stuck := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	c, _ := setup(t, stuck, WithTimeout(20*time.Millisecond))
	_, err := c.SetMissed(t.Context(), "wap_1", MissedNo)
	if u, ok := errors.AsType[*UnreachableError](err); !ok || !u.Timeout || !u.Sent {
		t.Errorf("got %v, want a timeout of a sent request", err)
	}
	slow, _ := setup(t, stuck)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := slow.Whoim(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestAtMostFourRequestsAtOnce(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int32
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(2 * time.Millisecond)
		now.Add(-1)
		io.WriteString(w, `{"error":[],"result":{"data":[],"total":0}}`) //nolint:errcheck // a test's answer
	}))
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			if _, err := c.Users.Page(t.Context(), Query{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() > 4 { // the number is a promise to the contact centre
		t.Errorf("got %d requests at once, want at most 4", most.Load())
	}
}

func TestRateLimitHoldsBackEveryRequest(t *testing.T) {
	t.Parallel()
	g := newGate(2)
	clock := time.Unix(1000, 0)
	g.pause(clock.Add(10 * time.Second))
	g.pause(clock.Add(5 * time.Second))
	var slept time.Duration
	err := g.enter(t.Context(), func() time.Time { return clock }, func(_ context.Context, d time.Duration) error {
		slept += d
		clock = clock.Add(d)
		return nil
	})
	if err != nil || slept != 10*time.Second {
		t.Errorf("got %v after %v, want entry after 10s", err, slept)
	}
}

func TestAnswersOverTheLimitAreNotRead(t *testing.T) {
	t.Parallel()
	packed := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, `{"error":[],"result":{"data":[],"x":"`) //nolint:errcheck // a test's answer
		z.Write(bytes.Repeat([]byte("0"), 1<<20))                  //nolint:errcheck // a test's answer
		io.WriteString(z, `"}}`)                                   //nolint:errcheck // a test's answer
		z.Close()
	})
	c, _ := setup(t, packed)
	if _, err := c.Users.Page(t.Context(), Query{}); err != nil {
		t.Errorf("packed answer: %v", err)
	}
	c.bodyLimit = 1 << 16
	if _, err := c.Users.Page(t.Context(), Query{}); !isA[*TooLargeError](err) {
		t.Errorf("got %v, want a TooLargeError", err)
	}
}

// TestHostileAnswersEndWithAnError has the contact centre answer what is no answer.
func TestHostileAnswersEndWithAnError(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 5_000_000)
	for name, text := range map[string]string{
		"nested without end":    `{"error":[],"result":{"data":` + deep + strings.Repeat("]", len(deep)) + `}}`,
		"objects without end":   `{"result":` + strings.Repeat(`{"a":`, 1_000_000),
		"never ends":            `{"error":[],"result":{"data":[{"name":"` + strings.Repeat("x", 1<<20),
		"a page":                "<!doctype html><title>Sign in</title><script>location='https://evil.example'</script>",
		"a number":              `42`,
		"a list":                `[[],[]]`,
		"rows that are a text":  `{"error":[],"result":{"data":"rows","total":1}}`,
		"a total of everything": `{"error":[],"result":{"data":[],"total":1e400}}`,
		"bytes":                 "\x00\xff\xfe\x80",
	} {
		c, _ := setup(t, body(200, text))
		if rows, err := c.Users.Page(t.Context(), Query{}); err == nil && len(rows.Rows) > 0 {
			t.Errorf("%s was taken for %d rows", name, len(rows.Rows))
		} else if err != nil && strings.Contains(err.Error(), "evil.example") {
			t.Errorf("%s: the error quotes the answer: %.100s", name, err)
		}
	}
}

func TestWhoim(t *testing.T) {
	t.Parallel()
	c, _ := setup(t, body(200, string(fixture(t, "whoim.json"))))
	w, err := c.Whoim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if w.User.Name != "lead" || w.Version != "2025.2.321800" {
		t.Errorf("got %q %q", w.User.Name, w.Version)
	}
	want := Access{"pWaps": 31, "gdprPolicy": 0, "export": 1}
	if diff := cmp.Diff(want, w.User.Role.Value.Options); diff != "" {
		t.Errorf("accesses (-want +got):\n%s", diff)
	}
	nobody, _ := setup(t, body(200, string(fixture(t, "whoim_nobody.json"))))
	if _, err := nobody.Whoim(t.Context()); !isA[*UnauthorisedError](err) {
		t.Errorf("no user: got %v, want an UnauthorisedError", err)
	}
}

func TestNewNeedsCredentials(t *testing.T) {
	t.Parallel()
	address, err := ParseAddress("acme")
	if err != nil {
		t.Fatal(err)
	}
	for name, opt := range map[string]Option{
		"no option": func(*Client) error { return nil }, "empty token": WithToken(" "), "token of two lines": WithToken("a\nb"),
		"no password": WithLogin("lead", ""),
	} {
		if _, err := New(address, opt); !errors.Is(err, ErrCredentials) {
			t.Errorf("%s: got %v, want ErrCredentials", name, err)
		}
	}
	if _, err := New(Address{}, WithToken(testToken)); !errors.Is(err, ErrAddress) {
		t.Errorf("no address: got %v, want ErrAddress", err)
	}
}
