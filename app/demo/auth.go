package demo

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Login is a person who may sign in.
type Login struct {
	Name     string // the unique name of the user
	Token    string // permanent access token
	Password string
}

// Tokens are the logins of the demo.
type Tokens struct {
	Lead       Login // a team lead with all rights on WhatsApp
	Restricted Login // a lead of two queues and their agents
	NoErasure  Login // as Lead, but without the access gdprPolicy
	NoExport   Login // as Lead, but without the access export
	NoRights   Login // signed in, but without rights on any queue or user, and without accesses
}

// demoPassword is the password of every login of the demo.
const demoPassword = "wapdesk-demo"

// tokenLife is how long a token of a login is valid.
const tokenLife = time.Hour

// Token is the permanent access token of the team lead.
func (s *Server) Token() string { return s.Tokens().Lead.Token }

// Tokens lists the logins.
func (s *Server) Tokens() Tokens {
	login := func(name string) Login {
		return Login{Name: name, Token: s.permanent(name), Password: demoPassword}
	}
	return Tokens{
		Lead:       login(loginLead),
		Restricted: login(loginRestricted),
		NoErasure:  login(loginNoErasure),
		NoExport:   login(loginNoExport),
		NoRights:   login(loginNoRights),
	}
}

// permanent is the fixed token of a login: 40 hexadecimal digits.
func (s *Server) permanent(login string) string {
	return hexName(s.opts.Seed, "token "+login, 0, 40)
}

// seedLogins gives each user of the demo the token and the rights.
func (s *Server) seedLogins() {
	var queues []int64
	var agents []string
	for _, q := range s.world.queues.rows {
		queues = append(queues, q.Name)
	}
	for _, u := range s.world.users.rows {
		if u.Type == "CC" {
			agents = append(agents, u.Name)
		}
	}
	all := newScope(queues, agents)
	s.scopes = map[string]scope{}
	for _, login := range []string{loginLead, loginNoErasure, loginNoExport} {
		s.scopes[login] = all
	}
	s.scopes[loginRestricted] = restrictedScope(s.world)
	s.scopes[loginNoRights] = newScope(nil, nil)
	for login := range s.scopes {
		s.tokens[s.permanent(login)] = login
	}
}

// Expire makes a token invalid; a permanent one as well.
func (s *Server) Expire(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tokens, token)
}

// ExpireAll makes every token of a login invalid, so that only signing in again helps.
func (s *Server) ExpireAll(login string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for token, name := range s.tokens {
		if name == login {
			delete(s.tokens, token)
		}
	}
}

// Renew makes the permanent token of a login valid again.
func (s *Server) Renew(login string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens[s.permanent(login)] = login
}

// token reads a request's token: header, query or cookie.
func token(r *http.Request) string {
	if t := r.Header.Get("X-AUTH-TOKEN"); t != "" {
		return t
	}
	if t := r.URL.Query().Get("accessToken"); t != "" {
		return t
	}
	if c, err := r.Cookie("c_user"); err == nil {
		return c.Value
	}
	return ""
}

// loginOf is whose valid token a request carries, "" without one.
func (s *Server) loginOf(r *http.Request) string {
	t := token(r)
	s.mu.RLock()
	defer s.mu.RUnlock()
	login, found := s.tokens[t]
	if !found || strings.HasPrefix(t, refreshMark) {
		return ""
	}
	if end, limited := s.expiry[t]; limited && !s.opts.Now().Before(end) {
		return ""
	}
	return login
}

// refreshMark keeps refresh tokens from being used for access.
const refreshMark = "r-"

// login answers POST (user name and password) and PUT (refresh token) of login.json.
func (s *Server) login(w http.ResponseWriter, r *http.Request, body []byte) {
	q := s.ask(r)
	form, err := parseBody(r, body)
	if err != nil {
		q.failed(http.StatusBadRequest, "Malformed body").send(w, q)
		return
	}
	for key, values := range r.URL.Query() {
		if form.child(key) == nil && len(values) > 0 {
			form.set(key, values[0])
		}
	}
	s.mu.Lock()
	answer := s.signIn(q, r.Method, form)
	s.mu.Unlock()
	answer.send(w, q)
}

func (s *Server) signIn(q *ask, method string, form *node) answer {
	var login string
	switch method {
	case http.MethodPost:
		name := form.text("username")
		if _, known := s.scopes[name]; !known || form.text("password") != demoPassword {
			return refusal(http.StatusUnauthorized)
		}
		login = name
	case http.MethodPut:
		refresh := form.text("refreshToken")
		name, known := s.tokens[refresh]
		if !known || !strings.HasPrefix(refresh, refreshMark) {
			return refusal(http.StatusUnauthorized)
		}
		delete(s.tokens, refresh)
		login = name
	default:
		return refusal(http.StatusMethodNotAllowed)
	}
	s.issued++
	access := hexName(s.opts.Seed, "login "+login, int64(s.issued), 40)
	refresh := refreshMark + hexName(s.opts.Seed, "refresh "+login, int64(s.issued), 40)
	end := s.opts.Now().Add(tokenLife)
	s.tokens[access], s.tokens[refresh] = login, login
	s.expiry[access] = end
	if truthy(form.text("only_token")) && !s.opts.Oddities.ObjectToken {
		return result(http.StatusOK, access)
	}
	q.viewer = s.viewer(login)
	return result(http.StatusOK, map[string]any{
		"accessToken":               access,
		"refreshToken":              refresh,
		"accessTokenExpirationDate": end.In(q.zone).Format(Layout),
		"user":                      q.self(access),
	})
}

// version is the release the server claims to be.
const version = "2025.2.321800"

// whoim answers 200 with or without a token.
func (s *Server) whoim(w http.ResponseWriter, r *http.Request, q *ask) {
	if r.Method != http.MethodGet {
		q.refuse(w, http.StatusMethodNotAllowed)
		return
	}
	s.mu.RLock()
	var user any
	if q.viewer != nil {
		user = q.self(token(r))
	}
	s.mu.RUnlock()
	http.SetCookie(w, &http.Cookie{Name: "lang", Value: "cs_CZ", Path: "/"})
	result(http.StatusOK, map[string]any{"user": user, "version": version}).send(w, q)
}

// self is the signed-in user as login and whoim give it; q's viewer must be set.
func (q *ask) self(access string) any {
	m := q.models["users"]
	row := m.find(q, q.viewer.login)
	object := q.render(m, row, nil, fullDepth, "")
	object["_sys"] = map[string]any{"model": "users", "hash": nil, "accessToken": access}
	return object
}

// rate writes a failure's rate as ParseFail reads it.
func rate(kind Kind, share float64) string { return fmt.Sprintf("%s=%g", kind, share) }
