package daktela

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestRelationsDegrade(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 405} {
		c, _ := setup(t, body(status, ""))
		if _, err := c.Messages(t.Context(), "wap_1"); !errors.Is(err, ErrNotAvailable) {
			t.Errorf("%d: got %v, want ErrNotAvailable", status, err)
		}
	}
	c, _ := setup(t, body(404, ""))
	if reviews, err := c.ActivityReviews(t.Context(), "a"); err != nil || reviews != nil {
		t.Errorf("an activity without reviews: got %v, %v", reviews, err)
	}
	refused, _ := setup(t, body(403, ""))
	if _, err := refused.Messages(t.Context(), "wap_1"); errors.Is(err, ErrNotAvailable) || !isA[*ForbiddenError](err) {
		t.Errorf("403: got %v, want a ForbiddenError", err)
	}
}

func TestPathsAreConfigurable(t *testing.T) {
	t.Parallel()
	var got string
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r.URL.Path
		io.WriteString(w, `{"error":[],"result":{"data":[],"total":0}}`) //nolint:errcheck // a test's answer
	})
	c, _ := setup(t, handler, WithPaths(Paths{Messages: "/wapItems/{name}/lines.json"}))
	if _, err := c.Messages(t.Context(), "x"); err != nil || got != "/api/v6/wapItems/x/lines.json" {
		t.Errorf("got %s, %v", got, err)
	}
	for _, bad := range []string{"messages", "{name}/{name}", "../{name}", "x/{name}?a=1", "http://evil/{name}"} {
		if _, err := DefaultPaths().merge(Paths{Messages: bad}); err == nil {
			t.Errorf("path %q was accepted", bad)
		}
	}
}

func TestRelationsAreReadToTheEnd(t *testing.T) {
	t.Parallel()
	for _, honours := range []bool{true, false} {
		c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			skip, err := strconv.Atoi(r.URL.Query().Get("skip"))
			if err != nil || !honours {
				skip = 0
			}
			var rows []string
			for i := skip; i < min(skip+MaxPage, 2300); i++ {
				rows = append(rows, fmt.Sprintf(`{"name":"m%d"}`, i))
			}
			fmt.Fprintf(w, `{"error":[],"result":{"data":[%s],"total":2300}}`, strings.Join(rows, ","))
		}))
		rows, err := c.Messages(t.Context(), "wap_1")
		if honours && (err != nil || len(rows) != 2300) {
			t.Errorf("got %d rows, %v", len(rows), err)
		}
		if !honours && !isA[*IncompleteError](err) {
			t.Errorf("a thousand of 2,300 counted as all: %v", err)
		}
	}
}
