package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// terminal writes the lines of the steps. On a terminal the running time counts up in place;
// into a file or a CI log each line is written once, with a sign of life in long steps.
type terminal struct {
	mu   sync.Mutex
	w    io.Writer
	live bool
}

// signOfLife is how often a long step adds its time to a line that cannot be rewritten.
const signOfLife = 30 * time.Second

func newTerminal(f *os.File) *terminal {
	info, err := f.Stat()
	live := err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
	return &terminal{w: f, live: live}
}

func (t *terminal) printf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintf(t.w, format, args...)
}

// dump shows what a failed step printed.
func (t *terminal) dump(output string, err error) {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimSpace(output)) {
		b.WriteString("    " + strings.TrimRight(line, "\r\n") + "\n")
	}
	t.printf("%s    %v\n", b.String(), err)
}

// line is a step's line while it runs.
type line struct {
	t       *terminal
	text    string
	started time.Time
	done    chan struct{}
	stopped chan struct{}
}

// start opens a line and keeps its time current until end.
func (t *terminal) start(text string) *line {
	l := &line{t: t, text: text, started: time.Now(), done: make(chan struct{}), stopped: make(chan struct{})}
	t.printf("%s", text)
	go l.tick()
	return l
}

func (l *line) tick() {
	defer close(l.stopped)
	every := signOfLife
	if l.t.live {
		every = time.Second
	}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-l.done:
			return
		case <-ticker.C:
			if l.t.live {
				l.t.printf("\r%s %s", l.text, clock(time.Since(l.started)))
			} else {
				l.t.printf(" %s …", clock(time.Since(l.started)))
			}
		}
	}
}

// end closes the line with the time it took, and returns that.
func (l *line) end(note string, err error) time.Duration {
	close(l.done)
	<-l.stopped
	took := time.Since(l.started)
	text := " " + clock(took)
	if note != "" {
		text += ", " + note
	}
	if err != nil {
		text += " – failed"
	}
	if l.t.live {
		l.t.printf("\r%s%s\x1b[K\n", l.text, text)
	} else {
		l.t.printf("%s\n", text)
	}
	return took
}

// clock writes a duration the way the lines show it: 4 s, 2 min 5 s.
func clock(d time.Duration) string {
	s := int(d.Round(time.Second) / time.Second)
	if s < 60 {
		return fmt.Sprintf("%d s", s)
	}
	return fmt.Sprintf("%d min %d s", s/60, s%60)
}

// maxOutput is how much of a step's output is kept, in bytes; of more, the end is.
const maxOutput = 256 << 10

// report is what a step tells: its output, a note for its line, and counts of tests.
// It may be written to by several goroutines.
type report struct {
	mu             sync.Mutex
	buf            bytes.Buffer
	cut            bool
	note           string
	passed, failed int
	names          []string // of tests to look at: failed, left out, or passed only at the second try
	tests          []timed
	skipped        string // why a step could check nothing
}

// Write implements io.Writer.
func (r *report) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.buf.Write(p)
	if over := r.buf.Len() - 2*maxOutput; over > 0 {
		r.buf.Next(r.buf.Len() - maxOutput)
		r.cut = true
	}
	return len(p), nil
}

func (r *report) printf(format string, args ...any) { fmt.Fprintf(r, format, args...) }

// output returns what was written, from its end if it was long.
func (r *report) output() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	text := r.buf.String()
	if len(text) > maxOutput {
		text, r.cut = text[len(text)-maxOutput:], true
	}
	if r.cut {
		text = "[…]\n" + text
	}
	return text
}

// add takes over what another report has, but for its note.
func (r *report) add(other *report) {
	r.printf("%s", other.output())
	r.passed += other.passed
	r.failed += other.failed
	r.names = append(r.names, other.names...)
	r.tests = append(r.tests, other.tests...)
}
