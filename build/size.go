package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Budgets of what the first screen loads, gzip, in bytes (a kilobyte is 1,000).
const (
	maxScript = 152_000 // of it 60 kB are the words of one language
	maxStyle  = 30_000
)

// checkSize adds up the scripts and styles that the page loads before its first screen can show.
// What is imported on demand does not count.
func (p *project) checkSize(_ context.Context, rep *report) error {
	data, err := os.ReadFile(p.manifest())
	if err != nil {
		return fmt.Errorf("the front end is not built: %w", err)
	}
	files, err := firstScreen(data)
	if err != nil {
		return err
	}
	dist := p.path("frontend", "dist")
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
		return errors.New("the first screen has no script or no style")
	case script > maxScript:
		return fmt.Errorf("%d bytes of script, the budget is %d", script, maxScript)
	case style > maxStyle:
		return fmt.Errorf("%d bytes of style, the budget is %d", style, maxStyle)
	}
	return nil
}

// firstScreen lists the files, as paths in dist, that index.html needs according to Vite's
// manifest.
func firstScreen(manifest []byte) ([]string, error) {
	var chunks map[string]struct {
		File         string
		CSS, Imports []string // those imported on demand stand elsewhere
	}
	if err := json.Unmarshal(manifest, &chunks); err != nil {
		return nil, fmt.Errorf("reading Vite's manifest: %w", err)
	}
	var files []string
	for next := []string{"index.html"}; len(next) > 0; next = next[1:] {
		chunk, ok := chunks[next[0]]
		if !ok {
			return nil, fmt.Errorf("%s is not in Vite's manifest", next[0])
		}
		if slices.Contains(files, chunk.File) {
			continue
		}
		files = append(files, chunk.File)
		for _, style := range chunk.CSS {
			if !slices.Contains(files, style) {
				files = append(files, style)
			}
		}
		next = append(next, chunk.Imports...)
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
