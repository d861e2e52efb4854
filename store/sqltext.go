package store

import "strings"

// Statements over many columns are made from one list, so that names and values stay in step.

func insertInto(table string, columns []string) string {
	return "INSERT INTO " + table + " (" + strings.Join(columns, ", ") + ") VALUES (" + marks(len(columns)) + ")"
}

// replaceBy is an insert that becomes an update of every column when the key is there.
func replaceBy(table, key string, columns []string) string {
	var b strings.Builder
	b.WriteString(insertInto(table, columns))
	b.WriteString(" ON CONFLICT (" + key + ") DO UPDATE SET ")
	first := true
	for _, column := range columns {
		if column == key {
			continue
		}
		if !first {
			b.WriteString(", ")
		}
		b.WriteString(column + " = excluded." + column)
		first = false
	}
	return b.String()
}

// updateByID sets every column where id is the last parameter.
func updateByID(table string, columns []string) string {
	return "UPDATE " + table + " SET " + strings.Join(columns, " = ?, ") + " = ? WHERE id = ?"
}

func marks(n int) string {
	if n == 0 {
		return ""
	}
	return strings.Repeat("?, ", n-1) + "?"
}

// prefixed puts the table's alias before each column.
func prefixed(alias string, columns []string) string {
	return alias + "." + strings.Join(columns, ", "+alias+".")
}
