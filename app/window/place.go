package window

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

const placeFile = "window.json"

// place is where the window was when it was last closed.
type place struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
	known     bool
}

func loadPlace(dir string) place {
	p := place{Width: width, Height: height}
	b, err := os.ReadFile(filepath.Join(dir, placeFile))
	if err != nil {
		return p
	}
	var kept place
	if json.Unmarshal(b, &kept) != nil || kept.Width < minWidth || kept.Height < minHeight {
		return p
	}
	kept.known = true
	return kept
}

// panels is how much of a screen's height the window's title and the system's own bars take, in points: that of
// Windows has 48, a dock of macOS about 80.
const panels = 96

// show puts the window where it was, as far as that is on the screen it opens on, and at the first
// start in its middle. Where a screen is too small for the usual size, the window fills what the system's
// bars leave of it.
func (p place) show(ctx context.Context) {
	defer runtime.WindowShow(ctx)
	screens, err := runtime.ScreenGetAll(ctx)
	if err != nil {
		return // where the library opened it
	}
	for _, s := range screens {
		if s.IsCurrent || len(screens) == 1 {
			p = p.within(s.Size.Width, s.Size.Height)
		}
	}
	runtime.WindowSetMinSize(ctx, min(minWidth, p.Width), min(minHeight, p.Height))
	runtime.WindowSetSize(ctx, p.Width, p.Height)
	if p.known {
		runtime.WindowSetPosition(ctx, p.X, p.Y)
	} else {
		runtime.WindowCenter(ctx)
	}
	if p.Maximised {
		runtime.WindowMaximise(ctx)
	}
}

// within returns the place on a screen of a size in points, which counts from that screen's corner. A place that
// a person chose is changed only where it does not fit.
func (p place) within(w, h int) place {
	switch {
	case !p.known && (p.Width > w || p.Height > h-panels):
		p.Maximised = true
		p.Width, p.Height = min(p.Width, w), min(p.Height, h-panels)
	case p.Width > w || p.Height > h:
		p.Width, p.Height = min(p.Width, w), min(p.Height, h-panels)
	}
	p.X, p.Y = max(0, min(p.X, w-p.Width)), max(0, min(p.Y, h-p.Height))
	return p
}

// savePlace keeps the place of the window; a minimised one has none worth keeping. Not being
// able to is no reason to stop the window from closing.
func savePlace(ctx context.Context, dir string) {
	if runtime.WindowIsMinimised(ctx) {
		return
	}
	var p place
	p.Maximised = runtime.WindowIsMaximised(ctx)
	p.X, p.Y = runtime.WindowGetPosition(ctx)
	p.Width, p.Height = runtime.WindowGetSize(ctx)
	b, err := json.Marshal(p)
	if err != nil || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	_ = os.WriteFile(filepath.Join(dir, placeFile), b, 0o600)
}
