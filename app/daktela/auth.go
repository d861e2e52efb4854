package daktela

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"
)

// renewEarly is how long before its end a login token is replaced.
const renewEarly = 60 * time.Second

// authority holds the credentials and the token in use. With a fixed token
// there is nothing to renew; with a login the token comes and goes.
type authority struct {
	username, password string

	renewing sync.Mutex // one sign-in at a time

	mu      sync.Mutex
	token   string
	refresh string
	expires time.Time // zero: not told
}

func (a *authority) renewable() bool { return a.username != "" }

// forget drops a token the server refused, unless it was replaced meanwhile.
func (a *authority) forget(token string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.token == token {
		a.token = ""
	}
}

func (a *authority) current(now time.Time) (token string, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.token == "" || !a.expires.IsZero() && !now.Before(a.expires.Add(-renewEarly)) {
		return "", false
	}
	return a.token, true
}

func (a *authority) set(t tokens, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.token, a.refresh, a.expires = t.access, t.refresh, time.Time{}
	if t.lifetime > 2*renewEarly {
		a.expires = now.Add(t.lifetime)
	}
}

func (a *authority) takeRefresh() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.refresh
	a.refresh = ""
	return r
}

// secrets lists what must never appear in a text.
func (a *authority) secrets() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []string
	for _, s := range []string{a.token, a.refresh, a.password} {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// token returns the token for a request, signing in or renewing when needed.
func (c *Client) token(ctx context.Context) (string, error) {
	if token, ok := c.auth.current(c.now()); ok {
		return token, nil
	}
	c.auth.renewing.Lock()
	defer c.auth.renewing.Unlock()
	if token, ok := c.auth.current(c.now()); ok {
		return token, nil
	}
	t, err := c.signIn(ctx)
	if err != nil {
		return "", err
	}
	c.auth.set(t, c.now())
	return t.access, nil
}

// tokens is what a login hands out; lifetime 0 means not told.
type tokens struct {
	access, refresh string
	lifetime        time.Duration
}

type loginBody struct {
	Username string `json:"username"`
	Password string `json:"password"`
}

type refreshBody struct {
	RefreshToken string `json:"refreshToken"`
}

// signIn renews by the refresh token when there is one, otherwise logs in.
func (c *Client) signIn(ctx context.Context) (tokens, error) {
	if refresh := c.auth.takeRefresh(); refresh != "" {
		t, err := c.requestTokens(ctx, http.MethodPut, refreshBody{refresh})
		if err == nil || ctx.Err() != nil {
			return t, err
		}
	}
	return c.requestTokens(ctx, http.MethodPost, loginBody{c.auth.username, c.auth.password})
}

func (c *Client) requestTokens(ctx context.Context, method string, body any) (tokens, error) {
	q := call{site: c.address.Site(), method: method, path: "login", op: "login", body: body, open: true}
	e, err := c.send(ctx, q)
	if err != nil {
		// Some releases answer wrong credentials with a form error.
		if _, refused := errors.AsType[*ValidationError](err); refused {
			return tokens{}, &UnauthorisedError{q.at(http.StatusUnauthorized)}
		}
		return tokens{}, err
	}
	t := parseTokens(e)
	if t.access == "" {
		return tokens{}, &UnauthorisedError{q.at(http.StatusOK)}
	}
	return t, nil
}

// parseTokens reads a login's result: the bare token, or an object with the
// pair and the access token's local end time.
func parseTokens(e envelope) tokens {
	if s, ok := scalarText(e.result); ok {
		if s == "false" {
			s = ""
		}
		return tokens{access: s}
	}
	var o struct {
		Access  Text `json:"accessToken"`
		Refresh Text `json:"refreshToken"`
		Expires Text `json:"accessTokenExpirationDate"`
	}
	if !isObject(e.result) || json.Unmarshal(e.result, &o) != nil {
		return tokens{}
	}
	t := tokens{access: o.Access.Value, refresh: o.Refresh.Value}
	zone, err := LoadZone(e.clock.Zone)
	if err != nil {
		return t
	}
	end, okEnd := zone.UTC(o.Expires.Value)
	now, okNow := zone.UTC(e.clock.Time)
	if okEnd && okNow && end > now {
		t.lifetime = time.Duration(end-now) * time.Millisecond
	}
	return t
}
