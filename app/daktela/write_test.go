package daktela

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestWritesSendOnlyWhatChanges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, want string
		do         func(*Client) error
	}{
		{"pair", `PUT activities/a1 {"contact":"c_1"}`, func(c *Client) error {
			_, err := c.PairContact(t.Context(), "a1", "c_1")
			return err
		}},
		{"un-pair", `PUT activities/a1 {"contact":null}`, func(c *Client) error {
			_, err := c.PairContact(t.Context(), "a1", "")
			return err
		}},
		{"ticket by its number", `PUT activities/a1 {"ticket":2110}`, func(c *Client) error {
			_, err := c.AttachTicket(t.Context(), "a1", "2110")
			return err
		}},
		{"statuses", `PUT activities/a1 {"statuses":["st_a","st_b"]}`, func(c *Client) error {
			_, err := c.SetStatuses(t.Context(), "a1", []Name{"st_a", "st_b"})
			return err
		}},
		{"no statuses", `PUT activities/a1 {"statuses":[]}`, func(c *Client) error {
			_, err := c.SetStatuses(t.Context(), "a1", nil)
			return err
		}},
		{"contacted back", `PUT activitiesWap/wap_1 {"missed":"NO"}`, func(c *Client) error {
			_, err := c.SetMissed(t.Context(), "wap_1", MissedNo)
			return err
		}},
		{"contact", `POST contacts {"name":"c_9","title":"Jan Kolář","firstname":"Jan","lastname":"Kolář","database":"default","customFields":{"number":["420700000001"]}}`, func(c *Client) error {
			_, err := c.CreateContact(t.Context(), NewContact{
				Name: "c_9", Title: "Jan Kolář", FirstName: "Jan", LastName: "Kolář", Database: "default",
				CustomFields: CustomFields{FieldNumber: {"420700000001"}},
			})
			return err
		}},
		{"review", `POST qaReviews {"activity":"a1","qaform":"f1","user":"novotny.p","qareviewAnswers":{"q1":["5"]}}`, func(c *Client) error {
			_, err := c.CreateQAReview(t.Context(), NewQAReview{Activity: "a1", Form: "f1", User: "novotny.p", Answers: Answers{"q1": {"5"}}})
			return err
		}},
		{"new activity", `POST activities {"type":"WAP","title":"Follow-up","queue":4107,"contact":"c_1"}`, func(c *Client) error {
			_, err := c.CreateActivity(t.Context(), StartWhatsApp("4107", "c_1", "Follow-up"))
			return err
		}},
		{"new activity to a number", `POST activities {"type":"WAP","title":"+420601555018","queue":4107,"options":{"number":"420601555018"}}`, func(c *Client) error {
			wanted, err := StartWhatsAppTo("4107", "00420 601 555-018")
			if err != nil {
				return err
			}
			_, err = c.CreateActivity(t.Context(), wanted)
			return err
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got string
			c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				b, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				got = r.Method + " " + strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, apiRoot), ".json") + " " + string(b)
				if r.Header.Get("Content-Type") != "application/json" {
					t.Errorf("content type: %s", r.Header.Get("Content-Type"))
				}
				w.WriteHeader(http.StatusCreated)
				io.WriteString(w, `{"error":[],"result":{"name":"saved"}}`) //nolint:errcheck // a test's answer
			}))
			if err := tt.do(c); err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestOnlyNumbersCanBeWrittenTo(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"", "+", "12345", "jana@example.org", "+420 601 555 018 999 999", "+420x601555018", "++420601555018"} {
		if _, err := StartWhatsAppTo("4107", number); !errors.Is(err, ErrNumber) {
			t.Errorf("%q: got %v, want ErrNumber", number, err)
		}
	}
}

func TestWriteOutcomes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		handler http.HandlerFunc
		name2   Name
		ok      bool
	}{
		{"saved", body(201, `{"error":[],"result":{"name":"c_1"}}`), "c_1", true},
		{"no content", body(204, ``), "", true},
		{"no record", body(200, `{"error":[],"result":null}`), "", true},
		{"200 with a form is refused", body(200, string(fixture(t, "error_form.json"))), "", false},
		{"400 with an echo is refused", body(400, string(fixture(t, "error_primary.json"))), "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, _ := setup(t, tt.handler)
			reply, err := c.CreateContact(t.Context(), NewContact{Title: "x", LastName: "x", Database: "d"})
			if (err == nil) != tt.ok || reply.Value.Name != tt.name2 {
				t.Errorf("got %q, %v", reply.Value.Name, err)
			}
			if !tt.ok && !isA[*ValidationError](err) {
				t.Errorf("got %v, want a ValidationError", err)
			}
		})
	}
}

func TestDownload(t *testing.T) {
	t.Parallel()
	var query string
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query = r.URL.Path + "?" + r.URL.RawQuery
		w.Write(bytes.Repeat([]byte("x"), 1000)) //nolint:errcheck // a test's answer
	}))
	var out bytes.Buffer
	n, err := c.Download(t.Context(), OfInteraction, "771", &out, 1000)
	if err != nil || n != 1000 || out.Len() != 1000 {
		t.Errorf("got %d bytes, %v", n, err)
	}
	if want := "/file/download.php?download=1&mapper=activitiesWap&name=771"; query != want {
		t.Errorf("got %s, want %s", query, want)
	}
	if _, err := c.Download(t.Context(), OfInteraction, "771", &bytes.Buffer{}, 999); !isA[*TooLargeError](err) {
		t.Errorf("over the limit: got %v", err)
	}
	full := errors.New("disk full")
	if _, err := c.Download(t.Context(), OfInteraction, "771", failingWriter{full}, 1000); !errors.Is(err, full) {
		t.Errorf("failing writer: got %v", err)
	}
	gone, _ := setup(t, body(404, ""))
	if _, err := gone.Download(t.Context(), OfInteraction, "1", &out, 10); !isA[*NotFoundError](err) {
		t.Errorf("missing file: got %v", err)
	}
}

type failingWriter struct{ err error }

func (f failingWriter) Write([]byte) (int, error) { return 0, f.err }

func TestDownloadThatBreaksOffIsNotRepeatedIntoTheSameFile(t *testing.T) {
	t.Parallel()
	calls := 0
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, "half") //nolint:errcheck // a test's answer
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}))
	var out bytes.Buffer
	if _, err := c.Download(t.Context(), OfInteraction, "1", &out, 1000); !isA[*UnreachableError](err) || calls != 1 {
		t.Errorf("got %v after %d calls", err, calls)
	}
}
