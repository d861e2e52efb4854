package logbook

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
)

// crashes begin the names of the files in which the runtime writes why a program ended that nothing could save. What
// comes from there is raw, so that it goes into the log only once it was read, at the next start.
const crashes = "crash-"

// maxCrash is as much of such a file as is taken: the goroutine at fault comes first.
const maxCrash = 32 << 10

// catchCrashes lets the runtime write its last words into a file of the folder, beside what it writes to standard error:
// a window has none that anybody sees.
func catchCrashes(folder string) (path string, err error) {
	file, err := os.OpenFile(filepath.Join(folder, fmt.Sprintf("%s%d.txt", crashes, os.Getpid())), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, fileMode)
	if err != nil {
		return "", fmt.Errorf("open a file for crashes: %w", err)
	}
	// The runtime keeps the file open itself.
	if err := errors.Join(debug.SetCrashOutput(file, debug.CrashOptions{}), file.Close()); err != nil {
		return "", fmt.Errorf("catch crashes: %w", err)
	}
	return file.Name(), nil
}

// releaseCrashes ends that, and removes the file: nothing has crashed.
func releaseCrashes(path string) error {
	err := debug.SetCrashOutput(nil, debug.CrashOptions{})
	if gone := os.Remove(path); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// takeCrashes moves into the log what earlier programs left behind. Empty files are of programs that run, or were
// killed.
func takeCrashes(folder string, log *slog.Logger) {
	const killed = 30 * 24 * time.Hour                               // no program runs so long
	left, _ := filepath.Glob(filepath.Join(folder, crashes+"*.txt")) // the pattern is well-formed
	for _, path := range left {
		info, err := os.Stat(path)
		if err != nil || info.Size() == 0 && time.Since(info.ModTime()) < killed {
			continue
		}
		if text, err := os.ReadFile(path); err == nil && len(text) > 0 {
			cause, stack := readCrash(text[:min(len(text), maxCrash)])
			log.Error("the program crashed", "at", info.ModTime().UTC().Format(time.RFC3339), "cause", cause, "stack", stack)
		}
		_ = os.Remove(path) // else it is told again
	}
}

// readCrash takes apart what the runtime writes. Of what a panic was given only that is kept which the runtime itself
// says; anything else could be a customer's.
func readCrash(text []byte) (cause, stack string) {
	head, rest, _ := bytes.Cut(text, []byte("\ngoroutine "))
	cause, _, _ = strings.Cut(string(head), "\n")
	if !strings.HasPrefix(cause, "panic: runtime error: ") && !strings.HasPrefix(cause, "fatal error: ") {
		cause = "panic"
	}
	return cause, "goroutine " + string(rest)
}
