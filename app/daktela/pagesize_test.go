package daktela

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
)

// heavy is a network behind which pages of more than so many rows are too much, in one of several ways.
type heavy struct {
	most  int
	how   func(*http.Request) (*http.Response, error)
	asked []int // how many rows at a time
}

func (n *heavy) RoundTrip(r *http.Request) (*http.Response, error) {
	take, _ := strconv.Atoi(r.URL.Query().Get("take"))
	n.asked = append(n.asked, take)
	if take > n.most {
		return n.how(r)
	}
	var rows []string
	for i := range take {
		rows = append(rows, fmt.Sprintf(`{"name":"n%d"}`, i))
	}
	return answering(r, http.StatusOK, `{"error":[],"result":{"data":[`+strings.Join(rows, ",")+`],"total":5000}}`), nil
}

func answering(r *http.Request, status int, text string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(text)), Request: r}
}

// A page that a server or a proxy does not manage is asked for at half the size at once, and what was
// accepted is remembered.
func TestAPageThatIsTooMuchIsHalved(t *testing.T) {
	t.Parallel()
	status := func(code int) func(*http.Request) (*http.Response, error) {
		return func(r *http.Request) (*http.Response, error) { return answering(r, code, ""), nil }
	}
	for name, how := range map[string]func(*http.Request) (*http.Response, error){
		"413": status(http.StatusRequestEntityTooLarge), "504": status(http.StatusGatewayTimeout), "400": status(http.StatusBadRequest),
		"not in time": func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				line := &heavy{most: 300, how: how}
				address, err := ParseAddress("https://acme.daktela.com")
				if err != nil {
					t.Fatal(err)
				}
				c, err := New(address, WithToken(testToken), WithTransport(line))
				if err != nil {
					t.Fatal(err)
				}
				for range 2 {
					if _, err := c.Statuses.Page(t.Context(), Query{}); err != nil {
						t.Fatal(err)
					}
				}
				if got, want := fmt.Sprint(line.asked), "[1000 500 250 250]"; got != want || c.PageSize() != 250 {
					t.Errorf("asked for %s, want %s; remembered %d", got, want, c.PageSize())
				}
			})
		})
	}
}

// What was too much may have been an hour's trouble: now and then a larger page is tried.
func TestThePageSizeGrowsBackSlowly(t *testing.T) {
	t.Parallel()
	s := &pageSize{}
	s.set(200, growAfter)
	limit, tries, refused := 200, 0, 0
	pages := func(n int) {
		for range n {
			take, known := s.next()
			if take > known {
				tries++
			}
			if take > limit {
				refused++
				take = known
			}
			s.filled(take)
		}
	}
	pages(growAfter)
	if tries != 0 {
		t.Errorf("a larger page was tried after fewer than %d", growAfter)
	}
	pages(15 * growAfter)
	if refused != 4 { // after 30, 60, 120 and 240
		t.Errorf("larger pages were tried %d times, want 4", refused)
	}
	limit = MaxPage
	pages(30 * growAfter)
	if take, _ := s.next(); take != MaxPage {
		t.Errorf("%d rows long after the limit was lifted, want %d", take, MaxPage)
	}
}
