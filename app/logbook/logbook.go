// Package logbook keeps what the program logs of a profile in files that a person can send: what was
// logged last, without anything personal in it.
package logbook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

const (
	name = "wapdesk.log"
	// kept is how many files there are at most, the one that is written among them.
	kept = 5
	// maxBytes is where a file ends.
	maxBytes = 1 << 20
	// fileMode: whoever may read the profile may read its log.
	fileMode fs.FileMode = 0o600
)

// Book is the log of the open profile; what comes while none is open is not kept. It is safe for
// concurrent use. The libraries that rotate files leave a goroutine behind for each, which a
// program that opens and closes profiles would gather.
type Book struct {
	mu       sync.Mutex
	file     *os.File // nil while no profile is open
	path     string
	crash    string // "" while no crash is caught
	size     int64
	maxBytes int64
}

// New returns a book that is not open.
func New() *Book { return &Book{maxBytes: maxBytes} }

// Handler writes to the book, from Info up.
func (b *Book) Handler() slog.Handler {
	return slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelInfo, ReplaceAttr: Redact})
}

// Open lets the book go on in a folder, which is there, and takes in what programs left there that crashed.
func (b *Book) Open(folder string) error {
	if err := b.open(folder); err != nil {
		return err
	}
	takeCrashes(folder, slog.New(b.Handler()))
	return nil
}

func (b *Book) open(folder string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.release(); err != nil {
		return err
	}
	b.path = path(folder)
	if err := b.begin(); err != nil {
		return err
	}
	caught, err := catchCrashes(folder)
	b.crash = caught
	return err
}

// Close ends writing, so that the folder can be removed. A book that is not open is closed already.
func (b *Book) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return errors.Join(b.release(), b.end())
}

// release ends the catching of crashes.
func (b *Book) release() error {
	caught := b.crash
	b.crash = ""
	if caught == "" {
		return nil
	}
	return releaseCrashes(caught)
}

// begin opens the file of the path at its end.
func (b *Book) begin() error {
	if err := b.end(); err != nil {
		return err
	}
	file, err := os.OpenFile(b.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, fileMode)
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		return errors.Join(fmt.Errorf("look at the log: %w", err), file.Close())
	}
	b.file, b.size = file, info.Size()
	return nil
}

func (b *Book) end() error {
	file := b.file
	b.file = nil
	if file == nil {
		return nil
	}
	return file.Close()
}

// Write takes one line. While no profile is open it is dropped. An error is that of the file; slog
// passes it on to nobody, since there is nowhere left to say it.
func (b *Book) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.file == nil {
		return len(line), nil
	}
	if b.size > 0 && b.size+int64(len(line)) > b.maxBytes {
		if err := b.turn(); err != nil {
			return 0, err
		}
	}
	n, err := b.file.Write(line)
	b.size += int64(n)
	return n, err
}

// turn gives each file the next number, the oldest up, and begins a new one.
func (b *Book) turn() error {
	if err := b.end(); err != nil {
		return err
	}
	for n := kept - 1; n > 0; n-- {
		if err := os.Rename(numbered(b.path, n-1), numbered(b.path, n)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			// Too long a log is better than none.
			return errors.Join(fmt.Errorf("rotate the log: %w", err), b.begin())
		}
	}
	return b.begin()
}

func path(folder string) string { return filepath.Join(folder, name) }

// numbered is the path of the n-th file, the newest being 0.
func numbered(path string, n int) string {
	if n == 0 {
		return path
	}
	return path + "." + strconv.Itoa(n)
}

// Tail returns up to so many last lines of the log in a folder, oldest first; none where there is no
// log. Whoever writes it goes on meanwhile.
func Tail(folder string, lines int) ([]string, error) {
	tail := []string{}
	for n := 0; n < kept && len(tail) < lines; n++ {
		text, err := os.ReadFile(numbered(path(folder), n))
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		var here []string
		for line := range bytes.Lines(text) {
			here = append(here, string(bytes.TrimRight(line, "\r\n")))
		}
		tail = append(here, tail...)
	}
	return tail[max(0, len(tail)-lines):], nil
}
