package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Budgets of what the first screen loads, gzip, in bytes (a kilobyte is 1,000).
const (
	maxScript = 150_000
	maxStyle  = 30_000
)

// checkSize adds up the scripts and styles that index.html names and those that they import
// before the first screen can show. What is imported on demand does not count.
func (p *project) checkSize(_ context.Context, rep *report) error {
	dist := p.path("frontend", "dist")
	page, err := os.ReadFile(filepath.Join(dist, "index.html"))
	if err != nil {
		return fmt.Errorf("the front end is not built: %w", err)
	}
	files, err := firstScreen(dist, string(page))
	if err != nil {
		return err
	}
	script, style := 0, 0
	for _, file := range files {
		size, err := gzipSize(filepath.Join(dist, filepath.FromSlash(file)))
		if err != nil {
			return err
		}
		rep.printf("%8d  %s\n", size, file)
		if strings.HasSuffix(file, ".css") {
			style += size
		} else {
			script += size
		}
	}
	rep.note = fmt.Sprintf("%d kB script, %d kB style", (script+500)/1000, (style+500)/1000)
	switch {
	case script == 0 || style == 0:
		return errors.New("index.html names no script or no style")
	case script > maxScript:
		return fmt.Errorf("%d bytes of script, the budget is %d", script, maxScript)
	case style > maxStyle:
		return fmt.Errorf("%d bytes of style, the budget is %d", style, maxStyle)
	}
	return nil
}

var (
	namedInPage  = regexp.MustCompile(`(?:src|href)="\.?/?([^"]+\.(?:js|css))"`)
	staticImport = regexp.MustCompile(`(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{][^'"();]*?from\s*)?["'](\.[^"']+\.js)["']`)
)

// firstScreen lists the files that page needs, as paths in dist.
func firstScreen(dist, page string) ([]string, error) {
	var files []string
	seen := map[string]bool{}
	var add func(file string) error
	add = func(file string) error {
		if seen[file] {
			return nil
		}
		seen[file] = true
		files = append(files, file)
		if !strings.HasSuffix(file, ".js") {
			return nil
		}
		source, err := os.ReadFile(filepath.Join(dist, filepath.FromSlash(file)))
		if err != nil {
			return fmt.Errorf("reading a script of the first screen: %w", err)
		}
		for _, m := range staticImport.FindAllStringSubmatch(string(source), -1) {
			if err := add(filepath.ToSlash(filepath.Join(filepath.Dir(file), m[1]))); err != nil {
				return err
			}
		}
		return nil
	}
	for _, m := range namedInPage.FindAllStringSubmatch(page, -1) {
		if err := add(m[1]); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// gzipSize is how many bytes a file takes compressed.
func gzipSize(name string) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var count counter
	zip := gzip.NewWriter(&count)
	if _, err := io.Copy(zip, f); err != nil {
		return 0, fmt.Errorf("measuring %s: %w", name, err)
	}
	if err := zip.Close(); err != nil {
		return 0, fmt.Errorf("measuring %s: %w", name, err)
	}
	return int(count), nil
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
