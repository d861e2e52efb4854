package daktela

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// envAsk makes this binary ask an address who it is and print what it met: proxy and authorities are read from the
// environment once a process.
const envAsk = "WAPDESK_TEST_ASK"

func TestMain(m *testing.M) {
	if site := os.Getenv(envAsk); site != "" {
		fmt.Println(asked(site)) // the parent reads it
		return
	}
	os.Exit(m.Run())
}

func asked(site string) string {
	address, err := ParseAddress(site)
	if err != nil {
		return err.Error()
	}
	c, err := New(address, WithToken(testToken), WithSleep(func(ctx context.Context, _ time.Duration) error { return ctx.Err() }))
	if err != nil {
		return err.Error()
	}
	_, err = c.Whoim(context.Background())
	if out, ok := errors.AsType[*UnreachableError](err); ok {
		return fmt.Sprintf("%s, sent: %v", string(out.Proxy), out.Sent)
	}
	return fmt.Sprint(err)
}

// A proxy that HTTPS_PROXY names is used, with its name and password, and SSL_CERT_FILE adds authorities. The proxy
// never sees the token.
func TestAProxyAndACompanysOwnAuthority(t *testing.T) {
	t.Parallel()
	ours := newIssuer(t)
	authorities := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(authorities, ours.pem(), 0o600); err != nil {
		t.Fatal(err)
	}
	reply := fixture(t, "whoim.json")
	server := ours.serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(reply) }), //nolint:errcheck // a test's answer
		"acme.example", -time.Hour, time.Hour)
	var passed atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, password, _ := (&http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}).BasicAuth()
		switch {
		case strings.Contains(fmt.Sprint(r.Header), testToken):
			t.Error("the proxy was told the token")
		case r.Method != http.MethodConnect || name != "lead" || password != "p@ss":
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		case r.Host != "acme.example:443":
			w.WriteHeader(http.StatusForbidden)
			return
		}
		passed.Add(1)
		w.WriteHeader(http.StatusOK)
		from, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer from.Close()
		to, err := (&net.Dialer{}).DialContext(r.Context(), "tcp", server.Listener.Addr().String())
		if err != nil {
			t.Error(err)
			return
		}
		defer to.Close()
		go io.Copy(to, from) //nolint:errcheck // it ends with the connections
		io.Copy(from, to)    //nolint:errcheck // it ends with the connections
	}))
	t.Cleanup(proxy.Close)
	at := proxy.Listener.Addr().String()
	for name, tt := range map[string]struct{ site, proxy, want string }{
		"right":          {"acme.example", "http://lead:p%40ss@" + at, "<nil>"},
		"wrong password": {"acme.example", "http://lead:no@" + at, "sign-in, sent: false"},
		"no password":    {"acme.example", "http://" + at, "sign-in, sent: false"},
		"another host":   {"other.example", "http://lead:p%40ss@" + at, "refused, sent: false"},
		"away":           {"acme.example", "http://lead:p%40ss@127.0.0.1:1", "away, sent: false"},
	} {
		t.Run(name, func(t *testing.T) {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
			child.Env = append(os.Environ(), envAsk+"=https://"+tt.site, "HTTPS_PROXY="+tt.proxy, "https_proxy=", "NO_PROXY=", "no_proxy=", "SSL_CERT_FILE="+authorities)
			out, err := child.CombinedOutput()
			if err != nil || strings.TrimSpace(string(out)) != tt.want {
				t.Errorf("got %q (%v), want %q", out, err, tt.want)
			}
		})
	}
	if passed.Load() != 1 {
		t.Errorf("the proxy let %d connections through", passed.Load())
	}
}
