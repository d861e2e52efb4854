//go:build linux && e2e

package e2e

import (
	"os"
	"path/filepath"
	"testing"
)

// TestTheWindowFitsTheScreen opens the window on the screens of small laptops and of projectors: at the first
// start, and where it was kept on a larger screen that is gone. No window manager makes room for it here.
func TestTheWindowFitsTheScreen(t *testing.T) {
	for name, c := range map[string]struct {
		screen, kept  string
		width, height int
	}{
		"small laptop, first start": {screen: "1366x768x24", width: 1366, height: 768},
		"projector, first start":    {screen: "1024x768x24", width: 1024, height: 768},
		"projector, far away before": {
			screen: "1024x768x24", width: 1024, height: 768, kept: `{"x": 2600, "y": 1300, "width": 1600, "height": 1000}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHomeOn(t, c.screen)
			if c.kept != "" {
				if err := os.MkdirAll(h.path("wapdesk"), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(h.path("wapdesk"), "window.json"), []byte(c.kept), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			w := h.open(t, "--demo")
			w.listed()
			var at struct{ X, Y, Width, Height, Bar int }
			waitFor(t, "a window on the screen", func() error {
				w.run(&at, `return {x: screenX, y: screenY, width: outerWidth, height: outerHeight,
					bar: Math.ceil(document.querySelector('[role=contentinfo], footer').getBoundingClientRect().bottom)};`)
				if at.X < 0 || at.Y < 0 || at.X+at.Width > c.width || at.Y+at.Height > c.height {
					return notYet("it is at %+v", at)
				}
				return nil
			})
			const bars = 90 // at least, for the window's title and the system's bar
			if at.Height > c.height-bars {
				t.Errorf("%d of %d high: a task bar would hide its end", at.Height, c.height)
			}
			if at.Bar > at.Height {
				t.Errorf("the status bar ends at %d, below the window's %d", at.Bar, at.Height)
			}
		})
	}
}
