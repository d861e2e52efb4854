package store

import (
	"slices"
	"testing"
)

// TestAPersonsRecordsComeFromEveryTable fails when a new table holds something of a customer that a
// person who asks would not get.
func TestAPersonsRecordsComeFromEveryTable(t *testing.T) {
	t.Parallel()
	// Of agents, or of the person at this computer.
	others := []string{"users", "rights", "group_members", "settings", "saved_views", "exports", "erasures"}
	// The words of messages, which are in the messages.
	others = append(others, "search")
	// What few messages have is in the messages too.
	others = append(others, "message_extras")
	given := map[string]bool{}
	for _, table := range personTables() {
		given[table[0]] = true
	}
	for table, columns := range sensitivities() {
		for _, s := range columns {
			if s == personal && !given[table] && !slices.Contains(others, table) {
				t.Errorf("%s holds something of a person and is not among their records", table)
				break
			}
		}
	}
}
