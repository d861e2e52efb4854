package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// errDrift means the generated files are not those the Go side makes.
var errDrift = errors.New("frontend/wailsjs differs from the Go side: go run ./build bindings")

// writeBindings makes frontend/wailsjs anew.
func (p *project) writeBindings(ctx context.Context, rep *report) error {
	made, err := p.generate(ctx, rep)
	if err != nil {
		return err
	}
	committed := p.path("frontend", "wailsjs")
	if err := os.RemoveAll(committed); err != nil {
		return fmt.Errorf("removing the old bindings: %w", err)
	}
	for name, content := range made {
		file := filepath.Join(committed, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("writing the bindings: %w", err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return fmt.Errorf("writing the bindings: %w", err)
		}
	}
	rep.note = fmt.Sprintf("%d files", len(made))
	return nil
}

// checkBindings compares frontend/wailsjs with what the Go side makes.
func (p *project) checkBindings(ctx context.Context, rep *report) error {
	made, err := p.generate(ctx, rep)
	if err != nil {
		return err
	}
	committed, err := readTree(p.path("frontend", "wailsjs"))
	if err != nil {
		return err
	}
	if differing := differences(made, committed); len(differing) > 0 {
		for _, line := range differing {
			rep.printf("%s\n", line)
		}
		return errDrift
	}
	rep.note = fmt.Sprintf("%d files", len(made))
	return nil
}

// differences names the files that two trees do not share in name and content.
func differences(made, committed map[string][]byte) []string {
	var lines []string
	for name, content := range made {
		switch old, ok := committed[name]; {
		case !ok:
			lines = append(lines, "missing:  "+name)
		case string(old) != string(content):
			lines = append(lines, "outdated: "+name)
		}
	}
	for name := range committed {
		if _, ok := made[name]; !ok {
			lines = append(lines, "left over: "+name)
		}
	}
	slices.Sort(lines)
	return lines
}

// generate builds the program in Wails' binding mode and runs it in a folder of its own: it
// writes below the wails.json it finds in the working directory, and must not find the user's
// configuration.
func (p *project) generate(ctx context.Context, rep *report) (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "wapdesk-bindings-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	config, err := os.ReadFile(p.path("wails.json"))
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, "wails.json"), config, 0o600); err != nil {
		return nil, err
	}
	program := filepath.Join(dir, "bindings")
	build := command{args: []string{"go", "build", "-tags", "bindings", "-o", program, "."}}
	if err := p.run(ctx, rep, build); err != nil {
		return nil, err
	}
	env := []string{"tsoutputtype=interfaces", "HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "AppData=" + dir}
	if err := p.run(ctx, rep, command{dir: dir, env: env, args: []string{program}}); err != nil {
		return nil, err
	}
	made, err := readTree(filepath.Join(dir, "frontend", "wailsjs"))
	if err != nil {
		return nil, err
	}
	return made, p.addFields(ctx, rep, made)
}

// addFields adds what the page has to know of the fields of interactions.
func (p *project) addFields(ctx context.Context, rep *report, to map[string][]byte) error {
	printed, err := p.output(ctx, rep, command{args: []string{"go", "run", "./store/query/pagefiles"}})
	if err != nil {
		return err
	}
	var files map[string]string
	if err := json.Unmarshal([]byte(printed), &files); err != nil {
		return fmt.Errorf("reading what the fields' files hold: %w", err)
	}
	for name, content := range files {
		to[name] = []byte(content)
	}
	return nil
}

// readTree reads the files below dir by their path in it, with slashes.
func readTree(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = content
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading generated files: %w", err)
	}
	return files, nil
}
