package store

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"wapdesk/store/listing"
)

// The file knows NULL where the rows know "" and listing.Unknown.

func textArg(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func numberArg(n int64) any {
	if n == listing.Unknown {
		return nil
	}
	return n
}

func idArg(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func triArg(t listing.Tri) any {
	switch t {
	case listing.TriYes:
		return int64(1)
	case listing.TriNo:
		return int64(0)
	}
	return nil
}

func hashArg(h uint64) int64 { return int64(h) } // SQLite has no unsigned integers

// text scans NULL as "".
type text string

func (t *text) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*t = ""
	case string:
		*t = text(v)
	default:
		return fmt.Errorf("scan text: got %T", v)
	}
	return nil
}

// nullText is a destination for a column that may be NULL.
func nullText(to *string) sql.Scanner { return (*text)(to) }

type number int64

func (n *number) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*n = listing.Unknown
	case int64:
		*n = number(v)
	default:
		return fmt.Errorf("scan number: got %T", v)
	}
	return nil
}

// nullNumber is a destination that turns NULL into listing.Unknown.
func nullNumber(to *int64) sql.Scanner { return (*number)(to) }

type tri listing.Tri

func (t *tri) Scan(v any) error {
	switch v {
	case nil:
		*t = tri(listing.TriUnknown)
	case int64(0):
		*t = tri(listing.TriNo)
	default:
		*t = tri(listing.TriYes)
	}
	return nil
}

func nullTri(to *listing.Tri) sql.Scanner { return (*tri)(to) }

// jsonArg keeps a list or a structure; nothing is NULL.
func jsonArg[T any](v []T) (any, error) {
	if len(v) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return string(b), nil
}

// mapArg keeps the answers of a review; none is NULL.
func mapArg(m map[string][]string) (any, error) {
	if len(m) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(m) // keys are sorted, so that equal answers give equal text
	if err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return string(b), nil
}

func fromJSON(s string, to any) error {
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), to); err != nil {
		// The cause would quote the value.
		return fmt.Errorf("decode a stored value: %w", ErrDamaged)
	}
	return nil
}
