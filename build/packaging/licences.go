package packaging

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Component is a module of somebody else's that is in the program.
type Component struct {
	Ecosystem string // golang or npm
	Name      string
	Version   string
	// Folders hold its files; licences are looked for in each.
	Folders []string
}

// URL is the component's name among all packages, a "purl".
func (c Component) URL() string {
	name := c.Name
	if c.Ecosystem == "npm" {
		name = strings.Replace(name, "@", "%40", 1)
	}
	return "pkg:" + c.Ecosystem + "/" + name + "@" + strings.ReplaceAll(c.Version, "+", "%2B")
}

// licenceFile matches the names of files that say under which terms something may be used.
var licenceFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|notice|copyright)([-._].*)?$`)

// Texts are the licences of a component: the file names of what was found, and their texts.
func (c Component) Texts() (names, texts []string, err error) {
	for _, folder := range c.Folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, nil, fmt.Errorf("licences of %s: %w", c.Name, err)
		}
		for _, e := range entries {
			if !e.Type().IsRegular() || !licenceFile.MatchString(e.Name()) || isCode(e) {
				continue
			}
			b, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return nil, nil, fmt.Errorf("licences of %s: %w", c.Name, err)
			}
			text := strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n"))
			if text == "" || slices.Contains(texts, text) {
				continue // one that says the same in a folder below
			}
			names, texts = append(names, e.Name()), append(texts, text)
		}
	}
	if len(texts) == 0 {
		return nil, nil, fmt.Errorf("%s %s has no licence in %s", c.Name, c.Version, strings.Join(c.Folders, ", "))
	}
	return names, texts, nil
}

// isCode reports whether a file only carries such a name: license.go checks licences.
func isCode(e fs.DirEntry) bool {
	return slices.Contains([]string{".go", ".js", ".ts", ".json", ".mjs", ".svelte"}, filepath.Ext(e.Name()))
}

// LicenceText is one text with the licences of all components, each under its name.
func LicenceText(components []Component) (string, error) {
	var b strings.Builder
	b.WriteString("Wapdesk is built with the software below, each under its own terms.\n")
	for _, c := range components {
		names, texts, err := c.Texts()
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n%s\n%s %s\n", strings.Repeat("=", 100), c.Name, c.Version)
		for i := range texts {
			fmt.Fprintf(&b, "%s\n%s\n\n%s\n", strings.Repeat("-", 100), names[i], texts[i])
		}
	}
	return b.String(), nil
}

// NPMComponent reads a package of npm from its folder.
func NPMComponent(folder string) (Component, error) {
	b, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return Component{}, err
	}
	var p struct{ Name, Version string }
	if err := json.Unmarshal(b, &p); err != nil {
		return Component{}, fmt.Errorf("%s: %w", folder, err)
	}
	return Component{Ecosystem: "npm", Name: p.Name, Version: p.Version, Folders: []string{folder}}, nil
}

// kinds are known licences by words that only they have, the more special ones first.
var kinds = []struct{ id, words string }{
	{"Apache-2.0", "Apache License"},
	{"MPL-2.0", "Mozilla Public License"},
	{"ISC", "Permission to use, copy, modify, and/or distribute this software"},
	{"BSD-3-Clause", "Neither the name"},
	{"BSD-3-Clause", "names of its contributors"},
	{"BSD-2-Clause", "Redistributions of source code must retain"},
	{"MIT", "Permission is hereby granted, free of charge"},
	{"Unlicense", "released into the public domain"},
}

// kindOf is the licence's name among all licences (SPDX), "" for a text that is none of the usual ones.
func kindOf(text string) string {
	plain := strings.Join(strings.Fields(text), " ")
	for _, k := range kinds {
		if strings.Contains(plain, k.words) {
			return k.id
		}
	}
	return ""
}

// LicenceExpression is what a package says it is under, in SPDX's words: Wapdesk itself, for which nobody has stated a
// licence, and all usual ones of what is in it. The few texts of no usual kind, such as a dedication to the public domain, have
// no word there; like all others they are in the package whole.
func LicenceExpression(components []Component) (string, error) {
	var ids []string
	for _, c := range components {
		_, texts, err := c.Texts()
		if err != nil {
			return "", err
		}
		for _, text := range texts {
			if id := kindOf(text); id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return strings.Join(append([]string{"LicenseRef-Unstated"}, ids...), " AND "), nil
}
