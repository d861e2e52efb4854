// Package serve is the browser twin of the window: the same page and the same bound structs
// over HTTP on a loopback address.
//
// Only programs of this computer can reach it, and only a browser that was given the
// one-time key gets in: the first request with the key sets a cookie that no script can read
// and no other site can send. The Host header must name a loopback address, so that a web
// page elsewhere cannot reach in through a name that points here.
package serve

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const cookieName = "wapdesk"

// Server serves one page to one person.
type Server struct {
	page   fs.FS
	bound  map[string]any
	files  http.Handler
	hub    *Hub
	speaks func(accepted string)
	key    string // "" once used
	cookie string
	mu     sync.Mutex
	tries  tries
}

// New makes a server for the built page, the bound structs by name, and the handler of
// /file/, /download/ and /upload/ requests. speaks is told the Accept-Language of the browser that is let in.
func New(page fs.FS, bound map[string]any, files http.Handler, hub *Hub, speaks func(accepted string)) *Server {
	return &Server{page: page, bound: bound, files: files, hub: hub, speaks: speaks, key: random(), cookie: random(), tries: tries{now: time.Now}}
}

// What is wrong with an address to listen on.
var (
	ErrAddress     = errors.New("not HOST:PORT")
	ErrNotLoopback = errors.New("not a loopback address: only this computer may connect")
)

// Listen opens a listener on addr, which has to name a loopback address. Errors: ErrAddress,
// ErrNotLoopback, or what the system says.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", addr, ErrAddress)
	}
	if !isLoopback(host) {
		return nil, fmt.Errorf("listen on %q: %w", addr, ErrNotLoopback)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	return l, nil
}

// Address is what to open in a browser: the listener's address with the one-time key.
func (s *Server) Address(l net.Listener) string {
	return "http://" + l.Addr().String() + "/?key=" + s.key
}

// Run serves until ctx ends; leaving is called then, while pages still hear of events.
func (s *Server) Run(ctx context.Context, l net.Listener, leaving func()) error {
	srv := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, ConnContext: s.hub.opened}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		leaving()
		s.hub.Close()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 500*time.Millisecond)
		defer cancel()
		if err := srv.Shutdown(grace); err != nil {
			_ = srv.Close() // a request that does not end is cut
		}
	}()
	err := srv.Serve(l)
	if errors.Is(err, http.ErrServerClosed) {
		<-stopped
		return nil
	}
	return err
}

// Handler is the whole server, for tests as well.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /call/{method}", s.call)
	mux.HandleFunc("GET /events", s.hub.serve)
	mux.Handle("GET /file/", s.files)
	mux.Handle("GET /download/", s.files)
	mux.Handle("POST /upload/", s.files)
	mux.Handle("GET /", pageFiles(s.page))
	mux.HandleFunc("/", http.NotFound) // other methods: the same answer for every path
	return s.guard(mux)
}

func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !isLoopback(host) {
			http.Error(w, "only this computer may connect", http.StatusForbidden)
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
			http.Error(w, "foreign origin", http.StatusForbidden)
			return
		}
		// A page of another port of this computer counts as the same site, so that its requests carry the cookie.
		if site := r.Header.Get("Sec-Fetch-Site"); (site == "cross-site" || site == "same-site") && !opensPage(r) {
			http.Error(w, "foreign page", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		// No page of another origin shows this one in a frame; a page's own text cannot ask for that.
		h.Set("Content-Security-Policy", "frame-ancestors 'none'")
		h.Set("X-Frame-Options", "DENY")
		s.hub.renew(w, r)
		if s.known(r) {
			next.ServeHTTP(w, r)
			return
		}
		key, given := r.URL.Query()["key"]
		if given && !s.tries.next() {
			w.Header().Set("Retry-After", strconv.Itoa(int(triesIn/time.Second)))
			http.Error(w, "Too many keys were tried. Wait a minute.", http.StatusTooManyRequests)
			return
		}
		if r.Method == http.MethodGet && r.URL.Path == "/" && given && s.use(key[0]) {
			s.speaks(r.Header.Get("Accept-Language"))
			http.SetCookie(w, &http.Cookie{Name: cookieName, Value: s.cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		http.Error(w, "Open the address that wapdesk printed when it started. Its key works once; start wapdesk serve again for a new one.", http.StatusUnauthorized)
	})
}

// opensPage reports whether somebody follows a link to the page itself, as from a terminal in a browser.
func opensPage(r *http.Request) bool {
	return r.Method == http.MethodGet && r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

func (s *Server) known(r *http.Request) bool {
	c, err := r.Cookie(cookieName)
	return err == nil && same(c.Value, s.cookie)
}

// use spends the one-time key.
func (s *Server) use(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key == "" || !same(key, s.key) {
		return false
	}
	s.key = ""
	return true
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func isLoopback(host string) bool {
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func random() string {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails: crypto/rand stops the program instead
	return base64.RawURLEncoding.EncodeToString(b)
}
