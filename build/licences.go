package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wapdesk/build/packaging"
)

// licencesFile is what the program shows as its licences.
func (p *project) licencesFile() string { return p.path("app", "licences", "licences.txt") }

// bundledPackages is the list of the npm packages that the built page holds, which Vite writes.
func (p *project) bundledPackages() string { return p.path("build", "bin", "frontend-packages.json") }

// writeLicences writes the licences of what is in the program anew.
func (p *project) writeLicences(ctx context.Context, rep *report) error {
	text, err := p.licenceText(ctx, rep)
	if err != nil {
		return err
	}
	return os.WriteFile(p.licencesFile(), []byte(text), 0o644)
}

// checkLicences fails where the licences kept are not those of what is in the program.
func (p *project) checkLicences(ctx context.Context, rep *report) error {
	text, err := p.licenceText(ctx, rep)
	if err != nil {
		return err
	}
	kept, err := os.ReadFile(p.licencesFile())
	if err != nil {
		return err
	}
	if string(kept) != text {
		return errors.New("app/licences/licences.txt is not of what is in the program now: go run ./build licences")
	}
	return nil
}

func (p *project) licenceText(ctx context.Context, rep *report) (string, error) {
	components, err := p.components(ctx, rep)
	if err != nil {
		return "", err
	}
	rep.note = fmt.Sprintf("%d modules", len(components))
	return packaging.LicenceText(components)
}

// components are the modules of others that the program holds on any system, in the order of their names.
func (p *project) components(ctx context.Context, rep *report) ([]packaging.Component, error) {
	goroot, err := p.output(ctx, rep, command{args: []string{"go", "env", "GOROOT"}})
	if err != nil {
		return nil, err
	}
	needed, err := p.goDirective()
	if err != nil {
		return nil, err
	}
	found := []packaging.Component{{Ecosystem: "golang", Name: "std", Version: "go" + needed.String(), Folders: []string{goroot}}}
	modules := map[string]*packaging.Component{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		cgo := pick(system == "windows", "0", "1")
		listed, err := p.output(ctx, rep, command{env: []string{"GOOS=" + system, "GOARCH=amd64", "CGO_ENABLED=" + cgo},
			args: []string{"go", "list", "-deps", "-tags", windowTags(system),
				"-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", "."}})
		if err != nil {
			return nil, fmt.Errorf("list what is in the program: %w", err)
		}
		for line := range strings.Lines(listed) {
			part := strings.Split(strings.TrimSpace(line), "\t")
			if len(part) != 4 {
				continue
			}
			c := modules[part[0]]
			if c == nil {
				c = &packaging.Component{Ecosystem: "golang", Name: part[0], Version: part[1], Folders: []string{part[2]}}
				modules[part[0]] = c
			}
			if !slices.Contains(c.Folders, part[3]) {
				c.Folders = append(c.Folders, part[3])
			}
		}
	}
	for _, c := range modules {
		slices.Sort(c.Folders)
		found = append(found, *c)
	}
	names, err := os.ReadFile(p.bundledPackages())
	if err != nil {
		return nil, fmt.Errorf("the front end is not built: %w", err)
	}
	var folders []string
	if err := json.Unmarshal(names, &folders); err != nil {
		return nil, fmt.Errorf("list of npm packages: %w", err)
	}
	for _, folder := range folders {
		c, err := packaging.NPMComponent(p.path("frontend", filepath.FromSlash(folder)))
		if err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b packaging.Component) int {
		return strings.Compare(a.Ecosystem+a.Name, b.Ecosystem+b.Name)
	})
	return found, nil
}
