package app

import (
	"errors"
	"unicode/utf16"

	"wapdesk/store/query"
)

// Pick offers the values of a picker, each with the number of interactions it would give
// under the rest of the draft. Groups come first, then the values, "(none)" last.
// Deactivated values are offered on demand, and always when the draft has chosen them.
func (i *Interactions) Pick(field string, f Filter, deactivated bool) (options []PickOption, err error) {
	defer i.c.guard("Interactions.Pick", &err)
	ctx := i.c.context()
	p, err := i.c.profile()
	if err != nil {
		return nil, err
	}
	engine, err := p.listFor(ctx, f)
	if err != nil {
		return nil, err
	}
	scope, err := p.db.Scope(ctx)
	if err != nil {
		return nil, err
	}
	chosen := map[string]bool{}
	for _, v := range append(append([]string{}, f.Users...), f.Queues...) {
		chosen[v] = true
	}
	q := f.without(field).query()
	facets, err := engine.View().Facets(ctx, field, q, scope)
	if err != nil {
		return nil, err
	}
	var groups, items, none []PickOption
	for _, x := range facets {
		o := PickOption{Value: x.Value, Title: x.Title, Kind: "item", Deactivated: x.Deactivated, Count: x.Count}
		switch {
		case x.Group:
			o.Kind = "group"
			groups = append(groups, o)
		case x.Value == query.NoneValue:
			o.Kind = "none"
			none = append(none, o)
		case x.Deactivated && !deactivated && !chosen[x.Value]:
		default:
			items = append(items, o)
		}
	}
	return append(append(append([]PickOption{}, groups...), items...), none...), nil
}

// without is the filter with the bar's own condition of a field taken out.
func (f Filter) without(field string) Filter {
	switch field {
	case query.FieldUser:
		f.Users = nil
	case query.FieldQueue:
		f.Queues = nil
	}
	return f
}

// Values offers the values of a choice field for the advanced filter, counted over
// everything stored, deactivated ones included.
func (i *Interactions) Values(field string) ([]PickOption, error) {
	return i.Pick(field, Filter{Time: Period{Preset: allTime}}, true)
}

// Parse reads the text form of a whole filter. A mistake is not an error of the call: it
// comes back with its place.
func (i *Interactions) Parse(text, lang string) (parsed ParsedFilter, err error) {
	defer i.c.guard("Interactions.Parse", &err)
	where, err := query.Parse(text)
	if err != nil {
		return ParsedFilter{Error: queryError(text, err)}, nil
	}
	if p, err := i.c.profile(); err == nil {
		dir, err := p.directory(i.c.context())
		if err != nil {
			return ParsedFilter{}, err
		}
		where = mapped(where, dir.named)
	}
	return parsedFilter(where), nil
}

// Format writes a whole filter in its text form, with field names in the language.
func (i *Interactions) Format(f Filter, lang string) (text string, err error) {
	defer i.c.guard("Interactions.Format", &err)
	return i.c.format(f.query().Where, lang)
}

// FormatWhere writes an advanced filter in its text form.
func (i *Interactions) FormatWhere(where query.Node, lang string) (text string, err error) {
	defer i.c.guard("Interactions.FormatWhere", &err)
	return i.c.format(&where, lang)
}

// format writes a filter with the titles of users and queues, which people know, instead of
// their unique names.
func (c *Core) format(where *query.Node, lang string) (string, error) {
	p, ok := c.opened()
	if !ok {
		return query.Format(where, lang), nil
	}
	dir, err := p.directory(c.context())
	if err != nil {
		return "", err
	}
	return query.Format(mapped(where, dir.titled), lang), nil
}

func queryError(text string, err error) *QueryError {
	e := AsError(err)
	s, ok := errors.AsType[*query.SyntaxError](err)
	if !ok {
		return &QueryError{Code: e.Code, Params: map[string]string{}}
	}
	params := s.Params
	if params == nil {
		params = map[string]string{}
	}
	runes := []rune(text)
	from := min(s.RunePos, len(runes))
	to := min(from+s.RuneLen, len(runes))
	// The page counts in UTF-16 units.
	return &QueryError{Code: s.TextCode(), Params: params, Pos: len(utf16.Encode(runes[:from])), Len: len(utf16.Encode(runes[from:to]))}
}
