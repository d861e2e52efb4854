package demo

import (
	"net/http"
	"testing"
	"time"
)

func TestTokenTravelsThreeWays(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	nobody := s.as("")
	for name, got := range map[string]reply{
		"header": nobody.get("/api/v6/queues", "X-AUTH-TOKEN", s.Token()),
		"query":  nobody.get(query("/api/v6/queues", "accessToken", s.Token())),
		"cookie": nobody.get("/api/v6/queues", "Cookie", "c_user="+s.Token()),
	} {
		if got.code != http.StatusOK {
			t.Errorf("%s: %d", name, got.code)
		}
	}
	for name, got := range map[string]reply{
		"none": nobody.get("/api/v6/queues"), "wrong": nobody.get("/api/v6/queues", "X-AUTH-TOKEN", "x"),
		"none for a file": nobody.get(downloadPath + "?mapper=activitiesWap&name=1"),
	} {
		if got.code != http.StatusUnauthorized || got.body != "" {
			t.Errorf("%s: %d %q, want 401 without a body", name, got.code, got.body)
		}
	}
	if len(s.Token()) != 40 {
		t.Errorf("token has %d characters, want 40", len(s.Token()))
	}
}

func TestWhoimAnswersWithAndWithoutToken(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	nobody := s.as("").get("/api/v6/whoim.json")
	wantCode(t, "without token", nobody, http.StatusOK)
	if got := nobody.result(t); got["user"] != nil || got["version"] == "" {
		t.Errorf("without token: %v", got)
	}
	user := s.get("/api/v6/whoim.json").result(t)["user"].(map[string]any)
	if user["name"] != loginLead || user["title"] != "Kateřina Vedralová" {
		t.Errorf("user = %v %v", user["name"], user["title"])
	}
	options := user["role"].(map[string]any)["options"].(map[string]any)
	if options["gdprPolicy"] != float64(31) || options["export"] != float64(31) {
		t.Errorf("role options = %v", options)
	}
	if user["profile"].(map[string]any)["name"] != "profile_lead" {
		t.Errorf("profile = %v", user["profile"])
	}
	if user["_sys"].(map[string]any)["accessToken"] != s.Token() {
		t.Error("_sys has another token")
	}
	weak := s.as(s.Tokens().NoErasure.Token).get("/api/v6/whoim").result(t)["user"].(map[string]any)
	if got := weak["role"].(map[string]any)["options"].(map[string]any)["gdprPolicy"]; got != float64(0) {
		t.Errorf("gdprPolicy of the lead without erasure = %v", got)
	}
}

func TestLoginIssuesTokensThatEnd(t *testing.T) {
	t.Parallel()
	now := noon()
	s := open(t, Options{Now: func() time.Time { return now }})
	lead := s.Tokens().Lead
	form := "username=" + lead.Name + "&password=" + lead.Password
	pairs := []string{"username", lead.Name, "password", lead.Password}
	nobody := s.as("")
	for name, got := range map[string]reply{
		"json":  nobody.do("POST", "/api/v6/login.json", `{"username":"`+lead.Name+`","password":"`+lead.Password+`"}`),
		"form":  nobody.do("POST", "/api/v6/login", form, "Content-Type", "application/x-www-form-urlencoded"),
		"query": nobody.do("POST", query("/api/v6/login.json", pairs...), ""),
	} {
		wantCode(t, name, got, http.StatusOK)
		access := got.result(t)["accessToken"].(string)
		if code := s.as(access).get("/api/v6/queues").code; code != http.StatusOK {
			t.Errorf("%s: the token gives %d", name, code)
		}
		if got.result(t)["accessTokenExpirationDate"] != "2026-11-18 16:30:00" {
			t.Errorf("%s: ends %v", name, got.result(t)["accessTokenExpirationDate"])
		}
	}
	only := nobody.do("POST", query("/api/v6/login.json", append(pairs, "only_token", "1")...), "")
	bare, isText := only.object["result"].(string)
	if !isText {
		t.Fatalf("only_token gives %v, want a text", only.object["result"])
	}
	if got := nobody.do("POST", "/api/v6/login.json", `{"username":"lead","password":"no"}`); got.code != 401 {
		t.Errorf("wrong password: %d", got.code)
	}
	now = now.Add(tokenLife)
	if code := s.as(bare).get("/api/v6/queues").code; code != http.StatusUnauthorized {
		t.Errorf("after its life the token gives %d", code)
	}
	if code := s.get("/api/v6/queues").code; code != http.StatusOK {
		t.Errorf("the permanent token gives %d", code)
	}
}

func TestRefreshTokenWorksOnce(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	lead := s.Tokens().Lead
	first := s.as("").do("POST", "/api/v6/login.json", `{"username":"`+lead.Name+`","password":"`+lead.Password+`"}`).result(t)
	refresh := first["refreshToken"].(string)
	if code := s.as(refresh).get("/api/v6/queues").code; code != http.StatusUnauthorized {
		t.Errorf("a refresh token used for access gives %d", code)
	}
	body := `{"refreshToken":"` + refresh + `"}`
	second := s.as("").do("PUT", "/api/v6/login.json", body)
	wantCode(t, "refresh", second, http.StatusOK)
	if second.result(t)["accessToken"] == first["accessToken"] {
		t.Error("the refreshed token is the old one")
	}
	if got := s.as("").do("PUT", "/api/v6/login.json", body); got.code != http.StatusUnauthorized {
		t.Errorf("a used refresh token gives %d", got.code)
	}
}

func TestLoginMayAnswerAnObjectForOnlyToken(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Oddities: Oddities{ObjectToken: true}})
	lead := s.Tokens().Lead
	got := s.as("").do("POST", "/api/v6/login", `{"username":"`+lead.Name+`","password":"`+lead.Password+`","only_token":1}`)
	if got.result(t)["accessToken"] == "" {
		t.Errorf("no token in %v", got.object)
	}
}

func TestExpiredTokensNeedANewLogin(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	s.Expire(s.Token())
	wantCode(t, "expired", s.get("/api/v6/queues"), http.StatusUnauthorized)
	s.Renew(loginLead)
	wantCode(t, "renewed", s.get("/api/v6/queues"), http.StatusOK)
	s.ExpireAll(loginLead)
	wantCode(t, "all expired", s.get("/api/v6/queues"), http.StatusUnauthorized)
}
