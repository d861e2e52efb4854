// Command pagefiles prints, as JSON by name, the files that tell the page and the message
// catalogues what store/query knows of the fields. `go run ./build bindings` writes them to
// frontend/wailsjs.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"wapdesk/store/query"
)

func main() {
	if err := json.NewEncoder(os.Stdout).Encode(files()); err != nil {
		panic(err) // nobody is left to read it
	}
}

// files returns the contents by their path below frontend/wailsjs.
func files() map[string]string {
	return map[string]string{
		"go/fields.ts":      table(),
		"go/fields.en.json": titles(func(f *query.Field) query.Naming { return f.English }),
		"go/fields.cs.json": titles(func(f *query.Field) query.Naming { return f.Czech }),
	}
}

// table is what the page has to know before it can ask.
func table() string {
	var b strings.Builder
	b.WriteString("// Made of store/query by `go run ./build bindings`; do not edit.\n\n")
	fmt.Fprintf(&b, "export const limits = { conditions: %d, depth: %d, sortKeys: %d } as const;\n\n",
		query.MaxConditions, query.MaxDepth, query.MaxSortKeys)
	b.WriteString("/** Every field; a width in px at normal text size, English and Czech, makes it a column of the list. */\n")
	b.WriteString("export const fields = [\n")
	for _, f := range query.Fields() {
		fmt.Fprintf(&b, "  { name: '%s', kind: '%s', usual: %t, sortable: %t, exported: %t, personal: %t, width: [%d, %d] },\n",
			f.Name, f.Kind, f.Column, f.Sortable, f.Exportable, f.Personal, f.Width[0], f.Width[1])
	}
	b.WriteString("] as const;\n")
	return b.String()
}

// titles are the messages that are what the fields are called.
func titles(naming func(*query.Field) query.Naming) string {
	messages := map[string]string{}
	for _, f := range query.Fields() {
		n := naming(&f)
		messages["field."+f.Name] = n.Title
		if f.Exportable {
			messages["export.column."+f.Name] = n.Header()
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	if err := e.Encode(messages); err != nil {
		panic(err) // a map of strings
	}
	return b.String()
}
