package demo

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestParseFail(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		kind Kind
		rate float64
	}{
		"429=0.05": {Fail429, .05}, " slow=20% ": {FailSlow, .2}, "cut=1": {FailCut, 1}, "expired=0": {FailExpired, 0},
	} {
		kind, rate, err := ParseFail(text)
		if err != nil || kind != want.kind || rate != want.rate {
			t.Errorf("ParseFail(%q) = %v, %v, %v", text, kind, rate, err)
		}
	}
	for _, text := range []string{"", "slow", "rain=0.1", "429=2", "429=-1", "429=x", "429=NaN", "=0.1"} {
		if _, _, err := ParseFail(text); !errors.Is(err, ErrFailure) {
			t.Errorf("ParseFail(%q) = %v, want ErrFailure", text, err)
		}
	}
}

func TestFailuresAnswerInTheServersPlace(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 20})
	for kind, check := range map[Kind]func(reply) bool{
		Fail429:     func(r reply) bool { return r.code == 429 && r.header.Get("Retry-After") != "" },
		Fail5xx:     func(r reply) bool { return (r.code == 502 || r.code == 503) && strings.Contains(r.body, "<html>") },
		FailExpired: func(r reply) bool { return r.code == 401 && r.body == "" },
		FailHTML:    func(r reply) bool { return r.code == 200 && strings.Contains(r.body, "<html>") },
	} {
		s.SetFail(kind, 1)
		if got := s.get("/api/v6/queues"); !check(got) {
			t.Errorf("%s: %d %v %.100s", kind, got.code, got.header, got.body)
		}
		s.SetFail(kind, 0)
	}
	wantCode(t, "afterwards", s.get("/api/v6/queues"), http.StatusOK)
	log := s.Requests()
	if log[0].Failed == "" || log[len(log)-1].Failed != "" {
		t.Errorf("failures in the log: %q … %q", log[0].Failed, log[len(log)-1].Failed)
	}
}

func TestRetryAfterComesAsSecondsAndAsDate(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 20, Fail: map[Kind]float64{Fail429: 1}})
	seconds, dates := 0, 0
	for range 40 {
		after := s.get("/api/v6/queues").header.Get("Retry-After")
		if _, err := http.ParseTime(after); err == nil {
			dates++
		} else if after == "1" {
			seconds++
		}
	}
	if seconds == 0 || dates == 0 || seconds+dates != 40 {
		t.Errorf("%d seconds, %d dates", seconds, dates)
	}
}

// raw makes a request whose reply may break off.
func (s *site) raw(method, path, body string) error {
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("X-AUTH-TOKEN", s.token)
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, err = io.ReadAll(res.Body)
	return err
}

func TestCutRepliesDidTheirWorkAndDroppedOnesDidNot(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 20})
	contact := func(name string) string {
		return `{"name":"` + name + `","title":"T","lastname":"L","database":"default"}`
	}
	s.SetFail(FailCut, 1)
	if err := s.raw("POST", "/api/v6/contacts", contact("cut_1")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut: %v, want an unexpected end", err)
	}
	s.SetFail(FailCut, 0)
	s.SetFail(FailDrop, 1)
	if err := s.raw("POST", "/api/v6/contacts", contact("drop_1")); err == nil {
		t.Error("drop: no error")
	}
	s.SetFail(FailDrop, 0)
	wantCode(t, "cut write", s.get("/api/v6/contacts/cut_1"), http.StatusOK)
	wantCode(t, "dropped write", s.get("/api/v6/contacts/drop_1"), http.StatusNotFound)
	if log := s.Requests(); log[0].Status != 0 || log[0].Failed != FailCut {
		t.Errorf("log of the cut = %+v", log[0])
	}
}

func TestFailuresComeAtTheirRate(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 20, Fail: map[Kind]float64{FailExpired: .25}})
	failed := 0
	for range 400 {
		failed += btoi(s.get("/api/v6/whoim").code == http.StatusUnauthorized)
	}
	if failed < 60 || failed > 140 {
		t.Errorf("%d of 400 failed, want about 100", failed)
	}
}

func TestSlowRepliesStillCome(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 20, Slow: time.Millisecond, Latency: time.Millisecond, Fail: map[Kind]float64{FailSlow: 1}})
	wantCode(t, "slow", s.get("/api/v6/queues"), http.StatusOK)
	if got := s.Requests()[0].Failed; got != FailSlow {
		t.Errorf("logged as %q", got)
	}
}

func TestLateRepeatedAndRefusedWrites(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 20, Slow: 20 * time.Millisecond})
	contact := func(name string) string {
		return `{"name":"` + name + `","title":"T","lastname":"L","database":"default"}`
	}
	s.SetFail(FailLate, 1)
	if err := s.raw("POST", "/api/v6/contacts", contact("late_1")); err == nil {
		t.Error("late: an answer came")
	}
	s.SetFail(FailLate, 0)
	for wait := time.Now(); s.get("/api/v6/contacts/late_1").code != http.StatusOK; time.Sleep(5 * time.Millisecond) {
		if time.Since(wait) > 5*time.Second {
			t.Fatal("late: it was never done")
		}
	}
	s.SetFail(FailRepeat, 1)
	if err := s.raw("POST", "/api/v6/contacts", contact("twice_1")); err != nil {
		t.Errorf("repeat: %v", err)
	}
	s.SetFail(FailRepeat, 0)
	s.SetFail(FailRefuse, 1)
	if err := s.raw("POST", "/api/v6/contacts", contact("refused_1")); err != nil {
		t.Errorf("refuse: %v", err)
	}
	wantCode(t, "a read while writes are refused", s.get("/api/v6/contacts/twice_1"), http.StatusOK)
	wantCode(t, "refused write", s.get("/api/v6/contacts/refused_1"), http.StatusNotFound)
	if got := s.Writes(); len(got) != 2 || !strings.Contains(got[0].Body, "late_1") || !strings.Contains(got[1].Body, "twice_1") {
		t.Errorf("writes: %+v", got)
	}
}
