package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode"

	"wapdesk/store/query"
)

// What a lead kept about a person outside of the records: searches saved as views, settings, and the
// filters of logged exports.

// minMention is the length from which a value is taken for a name or a number.
const minMention = 4

// eraseMentions removes saved views and settings that hold one of the words, and the filters of logged exports.
// A lead may have kept a search for the person.
func (t *tx) eraseMentions(ctx context.Context, words []string) (int, error) {
	words = slices.DeleteFunc(slices.Clone(words), func(word string) bool { return len(word) < minMention })
	slices.Sort(words)
	removed := 0
	for _, word := range slices.Compact(words) {
		for _, step := range []string{
			"DELETE FROM saved_views WHERE instr(lower(title), ?1) OR instr(lower(body), ?1) OR instr(title, ?2) OR instr(body, ?2)",
			"DELETE FROM settings WHERE key NOT LIKE '.%' AND (instr(lower(value), ?1) OR instr(value, ?2))",
		} {
			// lower folds ASCII only, so the word is also looked for as it is.
			n, err := t.changed(ctx, step, asciiLower(word), word)
			if err != nil {
				return removed, err
			}
			removed += n
		}
		if err := t.run(ctx, "UPDATE exports SET filter = NULL WHERE instr(lower(filter), ?1) OR instr(filter, ?2)", asciiLower(word), word); err != nil {
			return removed, err
		}
	}
	return removed, nil
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// eraseQuotes removes saved views that look for part of a name or for words of the transcript, and such
// filters of logged exports, where nothing that stays has them: they would be a trace of the person
// alone. Common names and words stay.
func (t *tx) eraseQuotes(ctx context.Context, who person) (int, error) {
	type kept struct {
		table, clear string
		id           any
		values       []string
	}
	var all []kept
	rows, err := t.query(ctx, "SELECT id, body FROM saved_views")
	err = each(rows, err, func(rows rowScanner) error {
		var id, body string
		err := rows.Scan(&id, &body)
		all = append(all, kept{clear: "DELETE FROM saved_views WHERE id = ?", id: id, values: soughtBy(body)})
		return err
	})
	if err != nil {
		return 0, err
	}
	rows, err = t.query(ctx, "SELECT id, filter FROM exports WHERE filter IS NOT NULL")
	err = each(rows, err, func(rows rowScanner) error {
		var id int64
		var filter string
		err := rows.Scan(&id, &filter)
		all = append(all, kept{table: "exports", clear: "UPDATE exports SET filter = NULL WHERE id = ?", id: id, values: wordsOf(filter)})
		return err
	})
	if err != nil || len(all) == 0 {
		return 0, err
	}
	erased := fold(strings.Join(append(slices.Clone(who.words), who.said), "\n"))
	views := 0
	for _, k := range all {
		for _, value := range k.values {
			trace, err := t.onlyIn(ctx, erased, value)
			if err != nil {
				return views, err
			}
			if !trace {
				continue
			}
			if err := t.run(ctx, k.clear, k.id); err != nil {
				return views, err
			}
			if k.table == "" {
				views++
			}
			break
		}
	}
	return views, nil
}

// errEnough ends the reading of rows of which one was looked for.
var errEnough = errors.New("found")

// soughtBy returns what a saved view looks for in customers. A view is the page's own JSON, of which
// this knows conditions and the two text fields of the filter bar.
func soughtBy(body string) []string {
	var parsed any
	if json.Unmarshal([]byte(body), &parsed) != nil {
		return wordsOf(body) // of another version
	}
	var values []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		case map[string]any:
			name, _ := v["field"].(string)
			if field, ok := query.FieldByName(name); ok && field.Personal {
				list, _ := v["values"].([]any)
				for _, value := range list {
					if text, ok := value.(string); ok {
						values = append(values, text)
					}
				}
			}
			for key, inner := range v {
				if text, ok := inner.(string); ok && (key == "contact" || key == "sender") {
					values = append(values, text)
				}
				walk(inner)
			}
		}
	}
	walk(parsed)
	return values
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// onlyIn reports whether a value is part of what is being erased and of nothing else that is stored.
func (t *tx) onlyIn(ctx context.Context, erased, value string) (bool, error) {
	wanted, digits := fold(strings.TrimSpace(value)), digitsOf(value)
	number := len(digits) >= minNumber && len(digits)+4 >= len(wanted)
	named := strings.Contains(erased, wanted) || number && strings.Contains(erased, digits)
	if len(wanted) < minMention || !named {
		return false, nil
	}
	said, err := t.saidElsewhere(ctx, wanted)
	if err != nil || said {
		return false, err
	}
	found := false
	for _, names := range []string{
		"SELECT title FROM contacts", "SELECT numbers FROM contacts", "SELECT emails FROM contacts", "SELECT full_name FROM external_contacts", "SELECT number FROM external_contacts", "SELECT title FROM accounts",
		"SELECT title FROM tickets", "SELECT title FROM interactions WHERE title IS NOT NULL", "SELECT sender FROM interactions WHERE sender IS NOT NULL",
	} {
		rows, err := t.query(ctx, names)
		err = each(rows, err, func(rows rowScanner) error {
			var name string
			if err := rows.Scan(nullText(&name)); err != nil {
				return err
			}
			if found = strings.Contains(fold(name), wanted) || number && strings.Contains(name, digits); found {
				return errEnough
			}
			return nil
		})
		if found {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// saidElsewhere reports whether a conversation that stays has the words. Those that this transaction takes
// out of the index leave it at its end.
func (t *tx) saidElsewhere(ctx context.Context, words string) (bool, error) {
	leaving := []int64{}
	for id, d := range t.documents {
		if d.fresh == "" {
			leaving = append(leaving, id)
		}
	}
	phrase := `"` + strings.ReplaceAll(words, `"`, `""`) + `" *`
	var one int
	return t.one(ctx, "SELECT 1 FROM search WHERE search MATCH ? AND rowid NOT IN (SELECT value FROM json_each(?)) LIMIT 1", []any{phrase, idList(leaving)}, &one)
}
