package query

import (
	"slices"
	"strconv"
	"strings"
)

// ParseSort reads sort keys as people write them, "missed_time, wait:desc"; no text gives none. The
// error is a *SyntaxError without a place.
func ParseSort(text string) ([]SortKey, error) {
	keys := []SortKey{}
	if strings.TrimSpace(text) == "" {
		return keys, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		name, dir, _ := strings.Cut(strings.TrimSpace(part), ":")
		f, ok := FieldByName(name)
		if !ok || !f.Sortable {
			return nil, &SyntaxError{Code: ErrUnknownSort, Params: map[string]string{"name": name}}
		}
		if dir != "" && dir != "asc" && dir != "desc" {
			return nil, &SyntaxError{Code: ErrBadSort, Params: map[string]string{"value": part}}
		}
		keys = append(keys, SortKey{Field: f.Name, Desc: dir == "desc"})
	}
	if len(keys) > MaxSortKeys {
		return nil, &SyntaxError{Code: ErrTooManySorts, Params: map[string]string{"max": strconv.Itoa(MaxSortKeys)}}
	}
	return keys, nil
}

// FormatSort writes sort keys as ParseSort reads them.
func FormatSort(keys []SortKey) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k.Field
		if k.Desc {
			parts[i] += ":desc"
		}
	}
	return strings.Join(parts, ", ")
}

// NormaliseSort checks sort keys and gives the default order for none. A key that repeats an earlier one says nothing and is left out.
// The error is a *SyntaxError without a place.
func NormaliseSort(keys []SortKey) ([]SortKey, error) {
	if len(keys) > MaxSortKeys {
		return nil, &SyntaxError{Code: ErrTooManySorts, Params: map[string]string{"max": strconv.Itoa(MaxSortKeys)}}
	}
	var out []SortKey
	for _, k := range keys {
		f := fieldNamed(k.Field)
		if f == nil || !f.Sortable {
			return nil, &SyntaxError{Code: ErrUnknownSort, Params: map[string]string{"name": k.Field}}
		}
		if !slices.ContainsFunc(out, func(o SortKey) bool { return o.Field == k.Field }) {
			out = append(out, k)
		}
	}
	if len(out) == 0 {
		out = []SortKey{{Field: FieldTime, Desc: true}}
	}
	return out, nil
}
