package profile

import (
	"context"
	"strings"

	"wapdesk/store"
)

// AnonymiseCall is the request by which the contact centre anonymises an interaction, as an administrator
// configured it; without a method there is none.
type AnonymiseCall struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Body   string `json:"body"`
}

// AnonymiseCall returns what is configured for this profile.
func (p *Profile) AnonymiseCall(ctx context.Context) (AnonymiseCall, error) {
	call, err := p.db.AnonymiseCall(ctx)
	return AnonymiseCall(call), err
}

// SetAnonymiseCall configures the request, or removes it when all of it is empty. What waits in the contact
// centre is sent soon. ErrAnonymiseCall for one that cannot be sent or names no interaction.
func (p *Profile) SetAnonymiseCall(ctx context.Context, c AnonymiseCall) (AnonymiseCall, error) {
	c = AnonymiseCall{Method: strings.ToUpper(strings.TrimSpace(c.Method)), Path: strings.TrimSpace(c.Path), Body: strings.TrimSpace(c.Body)}
	if c.Path == "" && c.Body == "" {
		c.Method = ""
	}
	call := store.AnonymiseCall(c)
	if !call.None() && !call.Valid() {
		return AnonymiseCall{}, ErrAnonymiseCall
	}
	if err := p.db.SetAnonymiseCall(ctx, call); err != nil {
		return AnonymiseCall{}, err
	}
	p.background.pushSoon()
	return c, nil
}

// ParseAnonymiseCall reads "METHOD PATH [BODY]"; "off" is none.
func ParseAnonymiseCall(text string) (AnonymiseCall, error) {
	text = strings.TrimSpace(text)
	if strings.EqualFold(text, "off") {
		return AnonymiseCall{}, nil
	}
	method, rest, _ := strings.Cut(text, " ")
	path, body, _ := strings.Cut(strings.TrimSpace(rest), " ")
	c := AnonymiseCall{Method: strings.ToUpper(method), Path: path, Body: strings.TrimSpace(body)}
	if !store.AnonymiseCall(c).Valid() {
		return AnonymiseCall{}, ErrAnonymiseCall
	}
	return c, nil
}
