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

// show puts the window where it was, if that is still on a screen.
func (p place) show(ctx context.Context) {
	if !p.known {
		return
	}
	defer runtime.WindowShow(ctx)
	if p.Maximised {
		runtime.WindowMaximise(ctx)
		return
	}
	screens, err := runtime.ScreenGetAll(ctx)
	if err != nil {
		return
	}
	var w, h int
	for _, s := range screens {
		w, h = w+s.Size.Width, max(h, s.Size.Height)
	}
	if p.X < -p.Width/2 || p.Y < 0 || p.X > w-100 || p.Y > h-100 {
		runtime.WindowCenter(ctx)
		return
	}
	runtime.WindowSetPosition(ctx, p.X, p.Y)
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
