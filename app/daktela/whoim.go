package daktela

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

// Role says what a user may do, module by module.
type Role struct {
	Name    Name   `json:"name"`
	Title   Text   `json:"title"`
	Type    Text   `json:"type"`
	Options Access `json:"options"`
}

// Access maps a module ("pWaps", "gdprPolicy", "export") to its bits; 0 is
// none. A module the role does not list is absent.
type Access map[string]int64

// UnmarshalJSON never fails; [] is no module.
func (a *Access) UnmarshalJSON(b []byte) error {
	*a = nil
	var raw map[string]json.RawMessage
	if !isObject(b) || json.Unmarshal(b, &raw) != nil {
		return nil
	}
	*a = make(Access, len(raw))
	for module, value := range raw {
		var bits Int
		var yes Bool
		if bits.UnmarshalJSON(value) == nil && bits.Known {
			(*a)[module] = bits.Value
		} else if yes.UnmarshalJSON(value) == nil && yes.Known {
			(*a)[module] = 0
			if yes.Value {
				(*a)[module] = 1
			}
		}
	}
	return nil
}

// Whoim is who the server takes us for.
type Whoim struct {
	User    User
	Version string // release of the instance, "" if it does not tell
	Clock   Clock
}

// Whoim checks the connection. The server answers 200 with no user when it
// does not know the token; that too is an UnauthorisedError.
func (c *Client) Whoim(ctx context.Context) (Whoim, error) {
	w, err := c.whoim(ctx)
	if _, refused := isUnauthorised(err); refused && c.auth.renewable() {
		token, _ := c.auth.current(c.now())
		c.auth.forget(token)
		return c.whoim(ctx)
	}
	return w, err
}

func (c *Client) whoim(ctx context.Context) (Whoim, error) {
	type result struct {
		User    Nested[User] `json:"user"`
		Version Text         `json:"version"`
	}
	q := call{site: c.address.Site(), method: http.MethodGet, path: "whoim", op: "whoim"}
	reply, err := record[result](ctx, c, q)
	if notFound, ok := errors.AsType[*NotFoundError](err); ok { // every release has it
		return Whoim{}, &MalformedError{Call: notFound.Call, Why: "there is no API at this address"}
	}
	if err != nil {
		return Whoim{}, err
	}
	w := Whoim{User: reply.Value.User.Value, Version: reply.Value.Version.Value, Clock: reply.Clock}
	if w.User.Name == "" {
		return w, &UnauthorisedError{q.at(http.StatusOK)}
	}
	return w, nil
}

// UserRole reads a user's role with its accesses, for releases whose whoim does not carry it.
func (c *Client) UserRole(ctx context.Context, user Name) (Role, error) {
	if user == "" {
		return Role{}, ErrNoName
	}
	values := url.Values{}
	encodeFields(values, []string{"name", "role.name", "role.title", "role.type", "role.options"})
	reply, err := record[User](ctx, c, call{
		site: c.address.Site(), method: http.MethodGet, path: pathOf("users", string(user)), op: "users/*", query: values,
	})
	return reply.Value.Role.Value, err
}
