package daktela

import (
	"bytes"
	"encoding/json"
	"strings"
)

// nestAll nests the rows of a page; they have the same keys, so that the first one tells for all.
func nestAll(rows []json.RawMessage) []json.RawMessage {
	if len(rows) == 0 || !dotted(rows[0]) {
		return rows
	}
	nested := make([]json.RawMessage, len(rows))
	for i, row := range rows {
		nested[i] = nest(row)
	}
	return nested
}

func dotted(row json.RawMessage) bool {
	for key := range members(row) {
		if bytes.IndexByte(key, '.') >= 0 {
			return true
		}
	}
	return false
}

// nest puts literal dotted keys ("queue.name") into objects, as they come from other servers;
// which of the two a server sends for a dotted field is not published.
func nest(row json.RawMessage) json.RawMessage {
	if !dotted(row) {
		return row
	}
	var flat map[string]json.RawMessage
	if json.Unmarshal(row, &flat) != nil {
		return row
	}
	nested, err := json.Marshal(tree(flat))
	if err != nil { // what was decoded encodes
		return row
	}
	return nested
}

// tree nests the keys of an object, level by level. Parts that are null are left out: an object
// of nothing but nulls is a reference to nothing.
func tree(flat map[string]json.RawMessage) map[string]any {
	out := map[string]any{}
	parts := map[string]map[string]json.RawMessage{}
	for key, value := range flat {
		head, rest, inside := strings.Cut(key, ".")
		if !inside {
			out[key] = value
			continue
		}
		if parts[head] == nil {
			parts[head] = map[string]json.RawMessage{}
		}
		if !isNull(value) {
			parts[head][rest] = value
		}
	}
	for head, inner := range parts {
		var whole map[string]json.RawMessage
		if raw, ok := out[head].(json.RawMessage); ok && isObject(raw) && json.Unmarshal(raw, &whole) == nil {
			for key, value := range whole {
				if _, there := inner[key]; !there {
					inner[key] = value
				}
			}
		}
		out[head] = nil
		if len(inner) > 0 {
			out[head] = tree(inner)
		}
	}
	return out
}
