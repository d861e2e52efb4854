package demo

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ErrShape says that a text does not name a shape of the server.
var ErrShape = errors.New("not a shape of the server")

// shape is a habit of the server that can be switched on by name.
type shape struct {
	name  string
	value string // what its value is, "" for a shape that is on or off
	set   func(o *Oddities, value string) error
}

func toggle(field func(*Oddities) *bool) func(*Oddities, string) error {
	return func(o *Oddities, _ string) error {
		*field(o) = true
		return nil
	}
}

func rows(field func(*Oddities) *int) func(*Oddities, string) error {
	return func(o *Oddities, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > maxTake {
			return fmt.Errorf("%w: %q is not a number of rows between 1 and %d", ErrShape, value, maxTake)
		}
		*field(o) = n
		return nil
	}
}

func word(field func(*Oddities) *string) func(*Oddities, string) error {
	return func(o *Oddities, value string) error {
		*field(o) = value
		return nil
	}
}

// shapes are the habits by name, a line each.
func shapes() []shape {
	return []shape{
		{"clamp", "ROWS", rows(func(o *Oddities) *int { return &o.Clamp })},
		{"most-take", "ROWS", rows(func(o *Oddities) *int { return &o.MostTake })},
		{"mute-limit", "", toggle(func(o *Oddities) *bool { return &o.MuteLimit })},
		{"no-total", "", toggle(func(o *Oddities) *bool { return &o.NoTotal })},
		{"text-totals", "", toggle(func(o *Oddities) *bool { return &o.TextTotals })},
		{"data-as-object", "", toggle(func(o *Oddities) *bool { return &o.DataAsObject })},
		{"dotted-keys", "", toggle(func(o *Oddities) *bool { return &o.DottedKeys })},
		{"shuffle-ties", "", toggle(func(o *Oddities) *bool { return &o.ShuffleTies })},
		{"old-errors", "", toggle(func(o *Oddities) *bool { return &o.OldErrors })},
		{"no-messages", "", toggle(func(o *Oddities) *bool { return &o.NoMessages })},
		{"no-flow", "", toggle(func(o *Oddities) *bool { return &o.NoFlow })},
		{"no-anonymised", "", toggle(func(o *Oddities) *bool { return &o.NoAnonymised })},
		{"no-members", "", toggle(func(o *Oddities) *bool { return &o.NoMembers })},
		{"bare-talk", "", toggle(func(o *Oddities) *bool { return &o.BareTalk })},
		{"no-choices", "", toggle(func(o *Oddities) *bool { return &o.NoChoices })},
		{"opaque-masks", "", toggle(func(o *Oddities) *bool { return &o.OpaqueMasks })},
		{"reduced-refs", "", toggle(func(o *Oddities) *bool { return &o.ReducedRefs })},
		{"forbidden", "TEXT", word(func(o *Oddities) *string { return &o.ForbiddenText })},
		{"zone", "TEXT", word(func(o *Oddities) *string { return &o.ZoneText })},
		{"base", "PATH", func(o *Oddities, value string) error {
			o.Base = "/" + strings.Trim(value, "/")
			return nil
		}},
		{"redirect", "URL", word(func(o *Oddities) *string { return &o.Redirect })},
		{"anonymise-call", "done|ignored", setAnonymiseCall},
		{"broken", "LIST:HOW", setBroken},
	}
}

func setAnonymiseCall(o *Oddities, value string) error {
	if value != AnonymiseDone && value != AnonymiseIgnored {
		return fmt.Errorf("%w: a call to anonymise cannot be %q", ErrShape, value)
	}
	o.AnonymiseCall = value
	return nil
}

// setBroken reads "queues:403" or "activitiesWap/messages:null".
func setBroken(o *Oddities, value string) error {
	list, how, _ := strings.Cut(value, ":")
	switch how {
	case BrokenNull, BrokenBare, BrokenEmpty, BrokenMore, "403", "404":
	default:
		return fmt.Errorf("%w: a list cannot be %q", ErrShape, how)
	}
	broken := map[string]string{list: how}
	for other, way := range o.Broken {
		if other != list {
			broken[other] = way
		}
	}
	o.Broken = broken
	return nil
}

// Shapes lists the names of the shapes, with what their value is where they take one ("clamp=ROWS").
func Shapes() []string {
	var names []string
	for _, s := range shapes() {
		if s.value != "" {
			s.name += "=" + s.value
		}
		names = append(names, s.name)
	}
	return names
}

// Shape switches a habit on by its name, "no-total" or "clamp=200".
func (o *Oddities) Shape(text string) error {
	name, value, valued := strings.Cut(strings.TrimSpace(text), "=")
	for _, s := range shapes() {
		if s.name != name {
			continue
		}
		if valued != (s.value != "") || valued && value == "" {
			return fmt.Errorf("%w: %q; one of %s is wanted", ErrShape, text, strings.Join(Shapes(), ", "))
		}
		return s.set(o, value)
	}
	return fmt.Errorf("%w: %q; one of %s is wanted", ErrShape, text, strings.Join(Shapes(), ", "))
}

// clone keeps the switches apart from the map of whoever set them.
func (o Oddities) clone() Oddities {
	o.Broken = maps.Clone(o.Broken)
	return o
}

// broken answers in place of a list that is switched to, or reports that the list goes on.
func (q *ask) broken(list string) (answer, bool) {
	switch how := q.oddities.Broken[list]; how {
	case BrokenNull:
		return q.failed(http.StatusOK, textNoAnswer), true
	case BrokenBare:
		return result(http.StatusOK, nil), true
	case BrokenEmpty:
		body := map[string]any{"data": []any{}}
		if !q.oddities.NoTotal {
			body["total"] = 0
		}
		return result(http.StatusOK, body), true
	case "403":
		return refusal(http.StatusForbidden), true
	case "404":
		return refusal(http.StatusNotFound), true
	}
	return answer{}, false
}

// textNoAnswer is what an error beside an empty result says.
const textNoAnswer = "Dotaz se nezdařil"

// below takes the base path off an address; nil when the address lies outside of it.
func below(r *http.Request, base string) *http.Request {
	if base == "" || base == "/" {
		return r
	}
	path, inside := strings.CutPrefix(r.URL.Path, base)
	if !inside || !strings.HasPrefix(path, "/") {
		return nil
	}
	u := *r.URL
	u.Path, u.RawPath = path, strings.TrimPrefix(r.URL.RawPath, base)
	inner := *r
	inner.URL = &u
	return &inner
}

// flatten writes the parts of dotted fields under literal keys.
func flatten(row map[string]any, sel selection) map[string]any {
	out := make(map[string]any, len(row))
	for key, value := range row {
		kid := sel[key]
		if _, list := value.([]any); kid == nil || list {
			out[key] = value
			continue
		}
		inner, _ := value.(map[string]any)
		for part := range kid {
			if inner == nil {
				inner = map[string]any{}
			}
			if _, there := inner[part]; !there {
				inner[part] = nil
			}
		}
		for part, v := range flatten(inner, kid) {
			out[key+"."+part] = v
		}
	}
	return out
}

// locationOf is the address a redirected request is sent on to.
func locationOf(to string, u *url.URL) string { return strings.TrimSuffix(to, "/") + u.Path }
