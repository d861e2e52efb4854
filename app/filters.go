package app

import (
	"context"
	"errors"
	"unicode/utf16"

	"wapdesk/app/profile"
	"wapdesk/store/query"
)

// Filters answers the filter bar and the advanced filter.
type Filters struct{ a *App }

// FieldInfo describes a field to the page; titles come from the catalogue by Key.
type FieldInfo struct {
	Name      string   `json:"name"`
	Key       string   `json:"key"`
	Kind      string   `json:"kind"` // text, choice, duration, number, date
	Operators []string `json:"operators"`
	Column    bool     `json:"column"`
	Sortable  bool     `json:"sortable"`
	Export    bool     `json:"export"`
	Personal  bool     `json:"personal"`
}

// QueryError points at the place of a mistake in the text form of a filter.
type QueryError struct {
	Code   string            `json:"code"` // key of the catalogue: "query.<code>"
	Params map[string]string `json:"params"`
	Pos    int               `json:"pos"` // in UTF-16 units, as the page counts
	Len    int               `json:"len"`
}

// ParsedFilter is the result of reading a text form; Error is null when it holds.
// Filter has what the bar can hold in the bar; Where is the same as one tree.
type ParsedFilter struct {
	Filter profile.Filter `json:"filter"`
	Where  *query.Node    `json:"where"`
	Error  *QueryError    `json:"error"`
}

// PickOption is one value of a picker.
type PickOption struct {
	Value       string `json:"value"`
	Title       string `json:"title"`
	Kind        string `json:"kind"` // group, item, none
	Deactivated bool   `json:"deactivated"`
	Count       int    `json:"count"` // under the rest of the draft, -1 while unknown
}

// Fields describes every field to the page.
func (f *Filters) Fields() ([]FieldInfo, error) {
	var list []FieldInfo
	for _, f := range query.Fields() {
		ops := make([]string, len(f.Operators))
		for n, op := range f.Operators {
			ops[n] = string(op)
		}
		list = append(list, FieldInfo{
			Name: f.Name, Key: "field." + f.Name, Kind: f.Kind.String(), Operators: ops, Column: f.Column,
			Sortable: f.Sortable, Export: f.Exportable, Personal: f.Personal,
		})
	}
	return list, nil
}

// Pick offers the values of a picker, each with the number of interactions it would give
// under the rest of the draft. Groups come first, then the values, "(none)" last.
// Deactivated values are offered on demand, and always when the draft has chosen them.
func (f *Filters) Pick(field string, draft profile.Filter, deactivated bool) ([]PickOption, error) {
	return ask(f.a, "Filters.Pick", func(ctx context.Context, p *profile.Profile) ([]PickOption, error) {
		facets, err := p.Facets(ctx, field, f.a.veil.lift(draft))
		if err != nil {
			return nil, err
		}
		chosen := map[string]bool{}
		for _, v := range append(append([]string{}, draft.Users...), draft.Queues...) {
			chosen[v] = true
		}
		options := []PickOption{}
		for _, x := range facets {
			if deactivated || !x.Deactivated || x.Group || chosen[x.Value] {
				options = append(options, PickOption{Value: x.Value, Title: x.Title, Kind: profile.FacetKind(x), Deactivated: x.Deactivated, Count: x.Count})
			}
		}
		return options, nil
	})
}

// Values offers the values of a choice field for the advanced filter, counted over
// everything stored, deactivated ones included.
func (f *Filters) Values(field string) ([]PickOption, error) {
	return f.Pick(field, profile.Filter{Time: profile.Period{Preset: profile.AllTime}}, true)
}

// Parse reads the text form of a whole filter. A mistake is not an error of the call: it
// comes back with its place.
func (f *Filters) Parse(text, lang string) (ParsedFilter, error) {
	return ask(f.a, "Filters.Parse", func(ctx context.Context, p *profile.Profile) (ParsedFilter, error) {
		where, err := p.Parse(ctx, text)
		if s, ok := errors.AsType[*query.SyntaxError](err); ok {
			return ParsedFilter{Error: queryError(text, lang, s)}, nil
		}
		if err != nil {
			return ParsedFilter{}, err
		}
		if where == nil {
			return parsedFilter(nil), nil
		}
		return parsedFilter(f.a.veil.lift(profile.Filter{Where: where}).Where), nil
	})
}

// parsedFilter is a condition taken apart for the bar and whole for the advanced filter.
func parsedFilter(where *query.Node) ParsedFilter {
	return ParsedFilter{Filter: profile.FilterOf(query.Query{Where: where}), Where: where}
}

// Format writes a whole filter in its text form, with field names in the language.
func (f *Filters) Format(given profile.Filter, lang string) (string, error) {
	return ask(f.a, "Filters.Format", func(ctx context.Context, p *profile.Profile) (string, error) {
		return f.a.formatShown(ctx, p, given, lang)
	})
}

// FormatWhere writes an advanced filter in its text form.
func (f *Filters) FormatWhere(where query.Node, lang string) (string, error) {
	return ask(f.a, "Filters.FormatWhere", func(ctx context.Context, p *profile.Profile) (string, error) {
		return f.a.formatShown(ctx, p, profile.Filter{Where: &where}, lang)
	})
}

// Shown returns a filter as the page may show it now: in presentation mode with marks in place of
// customers' names, numbers and words, otherwise with what the marks stand for.
func (f *Filters) Shown(given profile.Filter) (profile.Filter, error) {
	return ask(f.a, "Filters.Shown", func(context.Context, *profile.Profile) (profile.Filter, error) {
		return f.a.veil.lift(given), nil
	})
}

// PeriodInfo works a period out as of now, in the contact centre's zone.
func (f *Filters) PeriodInfo(period profile.Period) (profile.PeriodInfo, error) {
	return ask(f.a, "Filters.PeriodInfo", func(_ context.Context, p *profile.Profile) (profile.PeriodInfo, error) {
		return p.Period(period)
	})
}

// ShiftPeriod moves a period by its own length, backwards with negative steps.
func (f *Filters) ShiftPeriod(period profile.Period, steps int) (profile.Period, error) {
	return ask(f.a, "Filters.ShiftPeriod", func(_ context.Context, p *profile.Profile) (profile.Period, error) {
		return p.ShiftPeriod(period, steps)
	})
}

// Calendar returns for each day of some months, the first as "2026-11", how much is stored.
func (f *Filters) Calendar(month string, months int) ([]profile.DayMark, error) {
	return ask(f.a, "Filters.Calendar", func(ctx context.Context, p *profile.Profile) ([]profile.DayMark, error) {
		return p.Calendar(ctx, month, months)
	})
}

// queryError words a mistake in a text for the page in a language.
func queryError(text, lang string, s *query.SyntaxError) *QueryError {
	runes := []rune(text)
	from := min(s.RunePos, len(runes))
	to := min(from+s.RuneLen, len(runes))
	// The page counts in UTF-16 units.
	return &QueryError{Code: s.TextCode(), Params: s.Words(lang), Pos: len(utf16.Encode(runes[:from])), Len: len(utf16.Encode(runes[from:to]))}
}
