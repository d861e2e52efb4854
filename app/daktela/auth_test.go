package daktela

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// loginServer hands out numbered tokens and accepts only the newest.
type loginServer struct {
	mu       sync.Mutex
	issued   int
	logins   []string // "POST" or "PUT", in order
	password string
	refresh  bool // hand out refresh tokens
	lifetime time.Duration
	revoked  bool
}

func (s *loginServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path != "/api/v6/login.json" {
		if s.revoked || r.Header.Get("X-AUTH-TOKEN") != s.token() {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		io.WriteString(w, `{"error":[],"result":{"data":[],"total":0}}`) //nolint:errcheck // a test's answer
		return
	}
	s.logins = append(s.logins, r.Method)
	b, _ := io.ReadAll(r.Body) // a short body is answered with 401
	ok := r.Method == http.MethodPost && strings.Contains(string(b), `"password":"`+s.password+`"`) ||
		r.Method == http.MethodPut && strings.Contains(string(b), fmt.Sprintf(`"refreshToken":"refresh-%d"`, s.issued))
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	s.issued++
	s.revoked = false
	refresh, expires := "", ""
	if s.refresh {
		refresh = fmt.Sprintf("refresh-%d", s.issued)
	}
	start := time.Date(2025, 6, 2, 10, 0, 0, 0, time.UTC)
	if s.lifetime > 0 {
		expires = start.Add(s.lifetime).Format(wireLayout)
	}
	fmt.Fprintf(w, `{"error":[],"result":{"accessToken":%q,"refreshToken":%q,"accessTokenExpirationDate":%q},"_time":%q,"_timezone":"UTC"}`,
		s.token(), refresh, expires, start.Format(wireLayout))
}

func (s *loginServer) token() string { return fmt.Sprintf("token-%d", s.issued) }

func (s *loginServer) revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
}

func (s *loginServer) seen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.logins, " ")
}

func login(t *testing.T, s *loginServer, password string) *Client {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	address, err := ParseAddress(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(address, WithLogin("lead", password))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoginOnceForManyRequests(t *testing.T) {
	t.Parallel()
	s := &loginServer{password: "secret"}
	c := login(t, s, "secret")
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if _, err := c.Users.Page(t.Context(), Query{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got, want := s.seen(), "POST"; got != want {
		t.Errorf("logins: got %s, want %s", got, want)
	}
}

func TestRefusedTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	for name, refresh := range map[string]bool{"by login": false, "by refresh token": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &loginServer{password: "secret", refresh: refresh}
			c := login(t, s, "secret")
			for range 2 {
				if _, err := c.Users.Page(t.Context(), Query{}); err != nil {
					t.Fatal(err)
				}
				s.revoke()
			}
			if _, err := c.SetMissed(t.Context(), "wap_1", MissedNo); err != nil {
				t.Errorf("a write that was refused with 401 was not done, so it is repeated: %v", err)
			}
			want := "POST POST POST"
			if refresh {
				want = "POST PUT PUT"
			}
			if got := s.seen(); got != want {
				t.Errorf("logins: got %s, want %s", got, want)
			}
		})
	}
}

func TestTokenIsRenewedBeforeItExpires(t *testing.T) {
	t.Parallel()
	s := &loginServer{password: "secret", refresh: true, lifetime: time.Hour}
	c := login(t, s, "secret")
	now := time.Now()
	c.now = func() time.Time { return now }
	for _, later := range []time.Duration{0, 58 * time.Minute, 90 * time.Second} {
		now = now.Add(later)
		if _, err := c.Users.Page(t.Context(), Query{}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := s.seen(), "POST PUT"; got != want {
		t.Errorf("logins: got %s, want %s", got, want)
	}
}

func TestWrongPassword(t *testing.T) {
	t.Parallel()
	s := &loginServer{password: "secret"}
	c := login(t, s, "wrong-password")
	_, err := c.Users.Page(t.Context(), Query{})
	if _, ok := errors.AsType[*UnauthorisedError](err); !ok {
		t.Fatalf("got %v, want an UnauthorisedError", err)
	}
	if strings.Contains(err.Error(), "wrong-password") {
		t.Errorf("the text of the error tells the password: %v", err)
	}
	if got := s.seen(); len(strings.Fields(got)) > 2 {
		t.Errorf("logins: got %s, want at most two", got)
	}
}

func TestFixedTokenIsNotRenewed(t *testing.T) {
	t.Parallel()
	calls := 0
	c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.WriteHeader(http.StatusUnauthorized)
	}))
	_, err := c.Users.Page(t.Context(), Query{})
	if _, ok := errors.AsType[*UnauthorisedError](err); !ok || calls != 1 {
		t.Errorf("got %v after %d calls", err, calls)
	}
}

func TestParseTokens(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		want tokens
	}{
		{"login.json", tokens{"login-token-1", "refresh-1", time.Hour}},
		{"login_only_token.json", tokens{access: "login-token-2"}},
		{"null_result.json", tokens{}},
	}
	for _, tt := range tests {
		e, why, _ := parseEnvelope(fixture(t, tt.file))
		if got := parseTokens(e); why != "" || got != tt.want {
			t.Errorf("%s: got %v %s, want %v", tt.file, got, why, tt.want)
		}
	}
}
