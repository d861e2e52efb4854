package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wapdesk/app"
)

type echo struct{}

func (echo) Say(text string, n int) (string, error) { return strings.Repeat(text, n), nil }
func (echo) Fail() error                            { return &app.Error{Code: "disk_full"} }

// start serves a page and gives a client that is not signed in yet.
func start(t *testing.T) (*Server, *httptest.Server, *http.Client) {
	t.Helper()
	page := fstest.MapFS{"index.html": {Data: []byte("<title>page</title>")}, "assets/app.js": {Data: []byte("run()")}}
	s := New(page, map[string]any{"Echo": echo{}}, http.NotFoundHandler(), NewHub(), func(string) {})
	ts := httptest.NewServer(s.Handler())
	t.Cleanup(ts.Close)
	t.Cleanup(s.hub.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, ts, &http.Client{Jar: jar}
}

func get(t *testing.T, c *http.Client, url string) (int, string) {
	t.Helper()
	res, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

func TestKeyWorksOnce(t *testing.T) {
	t.Parallel()
	s, ts, first := start(t)
	url := ts.URL + "/?key=" + s.key
	if code, body := get(t, first, url); code != 200 || !strings.Contains(body, "page") {
		t.Fatalf("first use: %d %q", code, body)
	}
	if code, _ := get(t, first, ts.URL+"/"); code != 200 {
		t.Errorf("with the cookie: %d", code)
	}
	if code, _ := get(t, http.DefaultClient, url); code != http.StatusUnauthorized {
		t.Errorf("second use of the key: %d, want 401", code)
	}
	if code, _ := get(t, http.DefaultClient, ts.URL+"/"); code != http.StatusUnauthorized {
		t.Errorf("without key: %d, want 401", code)
	}
}

// TestTheBrowsersLanguageIsTold lets one browser in and turns another away.
func TestTheBrowsersLanguageIsTold(t *testing.T) {
	t.Parallel()
	s, ts, first := start(t)
	var told []string
	s.speaks = func(accepted string) { told = append(told, accepted) }
	ask := func(c *http.Client, accepted string) {
		req, err := http.NewRequest(http.MethodGet, ts.URL+"/?key="+s.key, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Language", accepted)
		res, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
	}
	ask(first, "cs-CZ,cs;q=0.9")
	ask(http.DefaultClient, "de") // the key is spent
	if !slices.Equal(told, []string{"cs-CZ,cs;q=0.9"}) {
		t.Errorf("told %q, want that of the browser that was let in", told)
	}
}

func TestUnknownPathsAreOneAndTheSame404(t *testing.T) {
	t.Parallel()
	s, ts, c := start(t)
	get(t, c, ts.URL+"/?key="+s.key)
	if code, body := get(t, c, ts.URL+"/assets/app.js"); code != 200 || body != "run()" {
		t.Fatalf("a file of the page: %d %q", code, body)
	}
	_, want := get(t, c, ts.URL+"/nothing")
	for _, path := range []string{"/nothing", "/assets", "/assets/", "/assets/nothing", "/assets/app.js/", "/file/", "/call/", "/call/Echo.Say", "/%2e%2e/x"} {
		if code, body := get(t, c, ts.URL+path); code != http.StatusNotFound || body != want {
			t.Errorf("GET %s: %d %q, want 404 %q", path, code, body, want)
		}
	}
	for _, path := range []string{"/assets/", "/nothing"} {
		if code, _ := call(t, c, ts.URL+path, "{}"); code != http.StatusNotFound {
			t.Errorf("POST %s: %d, want 404", path, code)
		}
	}
}

// TestForeignHostsAndOriginsAreRefused sends what pages elsewhere can have a browser send that was let in: under
// a name that points here (DNS rebinding), from another origin, another port of this computer, a sandboxed frame.
func TestForeignHostsAndOriginsAreRefused(t *testing.T) {
	t.Parallel()
	s, ts, c := start(t)
	get(t, c, ts.URL+"/?key="+s.key)
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	headers := func(pairs ...string) func(*http.Request) {
		return func(r *http.Request) {
			for i := 0; i < len(pairs); i += 2 {
				r.Header.Set(pairs[i], pairs[i+1])
			}
		}
	}
	send := func(method, path string, change func(*http.Request)) (int, string) {
		t.Helper()
		r, err := http.NewRequest(method, ts.URL+path, strings.NewReader(`{"args":["ab",2]}`))
		if err != nil {
			t.Fatal(err)
		}
		change(r)
		res, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if allowed := res.Header.Get("Access-Control-Allow-Origin"); allowed != "" {
			t.Errorf("%s %s: answers may be read by %q", method, path, allowed)
		}
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(b)
	}
	for name, change := range map[string]func(*http.Request){
		"host":                    host("evil.example"),
		"host that begins alike":  host("127.0.0.1.evil.example"),
		"host under localhost":    host("localhost.evil.example:80"),
		"host of another network": host("192.168.1.1"),
		"host of nothing":         host("0.0.0.0"),
		"origin":                  headers("Origin", "http://evil.example"),
		"origin of a frame":       headers("Origin", "null"),
		"origin of another port":  headers("Origin", "http://127.0.0.1:1"),
		"secure origin":           headers("Origin", "https://"+strings.TrimPrefix(ts.URL, "http://")),
		"page without cors":       headers("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"),
		"page of another port":    headers("Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"),
		"frame":                   headers("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"),
	} {
		for _, target := range [][2]string{{http.MethodGet, "/"}, {http.MethodGet, "/assets/app.js"}, {http.MethodGet, "/events"}, {http.MethodPost, "/call/Echo.Say"}} {
			if code, body := send(target[0], target[1], change); code != http.StatusForbidden || strings.Contains(body, "abab") {
				t.Errorf("foreign %s, %s %s: %d, want 403", name, target[0], target[1], code)
			}
		}
	}
	// A form, or a request that asks nobody, carries a type that no call has.
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""} {
		if code, body := send(http.MethodPost, "/call/Echo.Say", headers("Content-Type", kind)); code != http.StatusUnsupportedMediaType {
			t.Errorf("a call as %q: %d %s", kind, code, body)
		}
	}
	if code, _ := send(http.MethodOptions, "/call/Echo.Say", headers("Access-Control-Request-Method", "POST")); code < 400 {
		t.Errorf("a question whether a call may be made: %d", code)
	}
	if code, _ := send(http.MethodGet, "/", headers("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document")); code != http.StatusOK {
		t.Errorf("a link to the page: %d", code)
	}
	if code, _ := send(http.MethodGet, "/assets/app.js", headers("Sec-Fetch-Site", "same-origin")); code != http.StatusOK {
		t.Errorf("the page's own request: %d", code)
	}
}

func call(t *testing.T, c *http.Client, url, body string) (int, map[string]any) {
	t.Helper()
	res, err := c.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var reply map[string]any
	_ = json.NewDecoder(res.Body).Decode(&reply) // refusals are plain text
	return res.StatusCode, reply
}

func TestCallsReachBoundMethods(t *testing.T) {
	t.Parallel()
	s, ts, c := start(t)
	get(t, c, ts.URL+"/?key="+s.key)
	if code, reply := call(t, c, ts.URL+"/call/Echo.Say", `{"args":["ab",2]}`); code != 200 || reply["result"] != "abab" {
		t.Errorf("Say: %d %v", code, reply)
	}
	_, reply := call(t, c, ts.URL+"/call/Echo.Fail", `{"args":[]}`)
	if e, ok := reply["error"].(map[string]any); !ok || e["code"] != "disk_full" {
		t.Errorf("Fail: %v, want the code", reply)
	}
	for name, want := range map[string]int{
		"Echo.None": 404, "None.Say": 404, "Echo": 404,
	} {
		if code, _ := call(t, c, ts.URL+"/call/"+name, `{"args":[]}`); code != want {
			t.Errorf("%s: %d, want %d", name, code, want)
		}
	}
	for _, body := range []string{`{"args":["a"]}`, `{"args":[1,"x"]}`, `nonsense`} {
		if code, _ := call(t, c, ts.URL+"/call/Echo.Say", body); code != 400 {
			t.Errorf("arguments %s: %d, want 400", body, code)
		}
	}
}

func TestEventsReachThePage(t *testing.T) {
	t.Parallel()
	s, ts, c := start(t)
	get(t, c, ts.URL+"/?key="+s.key)
	res, err := c.Get(ts.URL + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	lines.Scan() // the opening comment: the page is listening now
	s.hub.Emit("sync:status", map[string]int{"done": 7})
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			if want := `{"event":"sync:status","value":{"done":7}}`; data != want {
				t.Errorf("event = %s, want %s", data, want)
			}
			return
		}
	}
	t.Error("no event came")
}

func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	t.Parallel()
	for _, addr := range []string{"0.0.0.0:0", "192.168.1.1:0", "example.com:0", ":0", "127.0.0.1"} {
		if l, err := Listen(t.Context(), addr); err == nil {
			l.Close()
			t.Errorf("%q was accepted", addr)
		}
	}
}

func TestProfilesAreServedUntilTheEnd(t *testing.T) {
	t.Parallel()
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	Profiles(ctx, l)
	url := "http://" + l.Addr().String() + "/debug/pprof/"
	if code, body := get(t, http.DefaultClient, url+"heap?debug=1"); code != 200 || !strings.Contains(body, "heap profile") {
		t.Errorf("heap: %d %.40q", code, body)
	}
	if code, _ := get(t, http.DefaultClient, url+"cmdline"); code != 404 {
		t.Errorf("the command line, which may name a link, was served: %d", code)
	}
	stop()
	for {
		res, err := http.Get(url)
		if err != nil {
			return
		}
		_ = res.Body.Close()
	}
}

// TestKeysAreTriedTenTimesAMinute guesses keys, and lets whoever was let in before go on.
func TestKeysAreTriedTenTimesAMinute(t *testing.T) {
	t.Parallel()
	s, ts, in := start(t)
	now := time.Now()
	s.tries.now = func() time.Time { return now }
	guess := func(key string) int {
		code, _ := get(t, http.DefaultClient, ts.URL+"/?key="+key)
		return code
	}
	for n := range triesAtMost {
		if code := guess("wrong"); code != http.StatusUnauthorized {
			t.Fatalf("guess %d: %d", n, code)
		}
	}
	if code := guess("wrong"); code != http.StatusTooManyRequests {
		t.Errorf("one guess more: %d", code)
	}
	if code := guess(s.key); code != http.StatusTooManyRequests {
		t.Errorf("the right key among too many: %d", code)
	}
	now = now.Add(triesIn)
	if code, body := get(t, in, ts.URL+"/?key="+s.key); code != http.StatusOK || !strings.Contains(body, "page") {
		t.Errorf("a minute later: %d", code)
	}
	for range 2 * triesAtMost {
		guess("wrong")
	}
	if code, _ := get(t, in, ts.URL+"/"); code != http.StatusOK {
		t.Errorf("who was let in meets %d", code)
	}
}

// TestNoPageShowsThisOneInAFrame holds for every answer, also for those who are not let in.
func TestNoPageShowsThisOneInAFrame(t *testing.T) {
	t.Parallel()
	s, ts, c := start(t)
	for _, path := range []string{"/", "/?key=" + s.key, "/assets/app.js", "/nothing"} {
		res, err := c.Get(ts.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if got := res.Header.Get("Content-Security-Policy"); !strings.Contains(got, "frame-ancestors 'none'") || res.Header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// TestConnectionsEndAfterAnErasure keeps one connection open, over which everything goes until something is erased.
func TestConnectionsEndAfterAnErasure(t *testing.T) {
	t.Parallel()
	s, _, _ := start(t)
	ts := httptest.NewUnstartedServer(s.Handler())
	ts.Config.ConnContext = s.hub.opened
	ts.Start()
	t.Cleanup(ts.Close)
	ends := func() bool {
		res, err := ts.Client().Get(ts.URL + "/")
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			t.Fatal(err)
		}
		return res.Close
	}
	for _, want := range []bool{false, false} {
		if got := ends(); got != want {
			t.Errorf("before the erasure the connection ends: %v", got)
		}
	}
	s.hub.Emit(app.EventErase, nil)
	if !ends() {
		t.Error("the connection from before the erasure goes on")
	}
	if ends() {
		t.Error("a connection from after it ends")
	}
}
