//go:build linux && e2e

package e2e

import (
	_ "embed"
	"errors"
	"regexp"
	"strconv"
)

// find looks for an element by role and accessible name, as a person who listens would.
//
//go:embed testdata/find.js
var find string

// element waits for the visible element of a role whose name matches the regular expression.
func (w *window) element(role, name string) *Element {
	w.t.Helper()
	var found *Element
	waitFor(w.t, role+" "+strconv.Quote(name), func() error {
		var err error
		found, err = w.Element(w.ctx, find, role, name)
		return err
	})
	return found
}

// missing waits until there is no such element.
func (w *window) missing(role, name string) {
	w.t.Helper()
	waitFor(w.t, "no "+role+" "+strconv.Quote(name), func() error {
		_, err := w.Element(w.ctx, find, role, name)
		switch {
		case errors.Is(err, ErrNoElement):
			return nil
		case err == nil:
			return notYet("it is still there")
		}
		return err
	})
}

// click clicks an element, found anew when the page replaced it meanwhile.
func (w *window) click(role, name string) {
	w.t.Helper()
	waitFor(w.t, "a click on "+role+" "+strconv.Quote(name), func() error {
		found, err := w.Element(w.ctx, find, role, name)
		if err != nil {
			return err
		}
		return found.Click(w.ctx)
	})
}

// fill types text into a field.
func (w *window) fill(role, name, text string) {
	w.t.Helper()
	if err := w.element(role, name).Type(w.ctx, text); err != nil {
		w.t.Fatalf("typing into %s %q: %v", role, name, err)
	}
}

func (w *window) press(keys ...string) {
	w.t.Helper()
	if err := w.Press(w.ctx, keys...); err != nil {
		w.t.Fatalf("pressing %q: %v", keys, err)
	}
}

// run runs a script and decodes its result into into.
func (w *window) run(into any, script string, args ...any) {
	w.t.Helper()
	if err := w.Run(w.ctx, into, script, args...); err != nil {
		w.t.Fatalf("script: %v\n%s", err, script)
	}
}

// rows returns the text of the list's visible rows and the grid's row count without its header.
func (w *window) rows() (texts []string, total int) {
	w.t.Helper()
	var grid struct {
		Total int
		Rows  []string
	}
	w.run(&grid, `
		const grid = document.querySelector('[role=grid]');
		if (!grid) return {total: -1, rows: []};
		const rows = [...grid.querySelectorAll('[role=row]')].filter((row) => row.querySelector('[role=gridcell]'));
		return {total: Number(grid.getAttribute('aria-rowcount')) - 1, rows: rows.map((row) => row.innerText)};`)
	return grid.Rows, grid.Total
}

// listed waits until the list shows rows, and returns how many there are in all.
func (w *window) listed() int {
	w.t.Helper()
	count := 0
	waitFor(w.t, "rows in the list", func() error {
		rows, total := w.rows()
		if len(rows) == 0 || total < 1 {
			return notYet("%d of %d rows", len(rows), total)
		}
		count = total
		return nil
	})
	return count
}

// title waits until the page's title matches.
func (w *window) title(pattern string) {
	w.t.Helper()
	want := regexp.MustCompile(pattern)
	waitFor(w.t, "the title "+pattern, func() error {
		var got string
		w.run(&got, "return document.title")
		if !want.MatchString(got) {
			return notYet("it is %q", got)
		}
		return nil
	})
}

// text is the visible text of the first element that a CSS selector finds.
func (w *window) text(selector string) string {
	w.t.Helper()
	var text string
	w.run(&text, "return document.querySelector(arguments[0])?.innerText ?? ''", selector)
	return text
}
