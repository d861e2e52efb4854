package query

import (
	"slices"
	"strconv"
)

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
