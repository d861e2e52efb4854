package daktela

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// The date of a Retry-After is told by the clock of whoever wrote it, even where this computer's is off by a day.
func TestARetryAfterByDateIsToldByTheServersClock(t *testing.T) {
	t.Parallel()
	for _, off := range []time.Duration{-24 * time.Hour, 0, 24 * time.Hour} {
		limited := true
		var waits []time.Duration
		c, _ := setup(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			there := time.Now().Add(off).UTC()
			w.Header().Set("Date", there.Format(http.TimeFormat))
			if limited {
				limited = false
				w.Header().Set("Retry-After", there.Add(7*time.Second).Format(http.TimeFormat))
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			io.WriteString(w, `{"error":[],"result":{"data":[],"total":0}}`) //nolint:errcheck // a test's answer
		}), WithWaitHook(func(w Wait) { waits = append(waits, w.For) }))
		if _, err := c.Users.Page(t.Context(), Query{}); err != nil || len(waits) != 1 || waits[0] != 7*time.Second {
			t.Errorf("off by %v: waited %v, %v", off, waits, err)
		}
	}
}

// Two programs with one login at a contact centre that knows only the newest token: each goes on.
func TestTwoProgramsOfOneLoginBothGoOn(t *testing.T) {
	t.Parallel()
	s := &loginServer{password: "secret", refresh: true}
	one := login(t, s, "secret")
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	address, err := ParseAddress(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	two, err := New(address, WithLogin("lead", "secret"))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		for _, c := range []*Client{one, two} {
			if _, err := c.Users.Page(t.Context(), Query{}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The clocks of login and computer may lie a day apart, in both directions: a token lasts as long as it is said to.
func TestALoginWhoseClockIsADayOff(t *testing.T) {
	t.Parallel()
	s := &loginServer{password: "secret", refresh: true, lifetime: time.Hour}
	there := time.Date(2025, 6, 2, 10, 0, 0, 0, time.UTC) // what the server says it is
	for _, off := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		c := login(t, s, "secret")
		now := there.Add(off)
		c.now = func() time.Time { return now }
		before := s.seen()
		for _, later := range []time.Duration{0, 50 * time.Minute} {
			now = now.Add(later)
			if _, err := c.Users.Page(t.Context(), Query{}); err != nil {
				t.Fatal(err)
			}
		}
		if once := strings.TrimSpace(strings.TrimPrefix(s.seen(), before)); once != "POST" {
			t.Errorf("off by %v: signed in by %q, want once", off, once)
		}
	}
}

// An address in numbers of IPv6, with a port and below a folder, is met as it was typed.
func TestAnIPv6AddressWithAPortAndAFolder(t *testing.T) {
	t.Parallel()
	hosts, paths := []string{}, []string{}
	reply := fixture(t, "whoim.json")
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hosts, paths = append(hosts, r.Host), append(paths, r.URL.Path)
		w.Write(reply) //nolint:errcheck // a test's answer
	}))
	t.Cleanup(server.Close)
	address, err := ParseAddress("https://[2001:db8::7]:8443/crm/")
	if err != nil || address.String() != "https://[2001:db8::7]:8443/crm" || address.Site() != "[2001:db8::7]:8443/crm" {
		t.Fatalf("%q, %v", address, err)
	}
	dialled := ""
	roundTrip, ok := server.Client().Transport.(*http.Transport)
	if !ok {
		t.Fatal("another transport")
	}
	through := roundTrip.Clone()
	through.TLSClientConfig.ServerName = "example.com" // whom the certificate of the test is for
	through.DialContext = func(ctx context.Context, network, to string) (net.Conn, error) {
		dialled = to
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	c, err := New(address, WithToken(testToken), WithTransport(through))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Whoim(t.Context()); err != nil || dialled != "[2001:db8::7]:8443" || hosts[0] != "[2001:db8::7]:8443" || paths[0] != "/crm/api/v6/whoim.json" {
		t.Errorf("dialled %q, asked %q for %q, %v", dialled, hosts, paths, err)
	}
}
