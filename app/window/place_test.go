package window

import "testing"

// TestThePlaceIsOnTheScreen opens the window on screens of usual sizes.
func TestThePlaceIsOnTheScreen(t *testing.T) {
	t.Parallel()
	first := place{Width: width, Height: height}
	for name, c := range map[string]struct {
		kept place
		w, h int
		want place
	}{
		"first on a large screen":    {kept: first, w: 1920, h: 1080, want: first},
		"first on a small laptop":    {kept: first, w: 1366, h: 768, want: place{Width: 1280, Height: 672, Maximised: true}},
		"first on a projector":       {kept: first, w: 1024, h: 768, want: place{Width: 1024, Height: 672, Maximised: true}},
		"first below the least size": {kept: first, w: 800, h: 600, want: place{Width: 800, Height: 504, Maximised: true}},
		"kept as it was": {
			kept: place{X: 200, Y: 40, Width: 1100, Height: 700, known: true}, w: 1366, h: 768,
			want: place{X: 200, Y: 40, Width: 1100, Height: 700, known: true},
		},
		"of a screen that is gone": {
			kept: place{X: 2500, Y: 900, Width: 1280, Height: 720, known: true}, w: 1366, h: 768,
			want: place{X: 86, Y: 48, Width: 1280, Height: 720, known: true},
		},
		"left of the screen": {
			kept: place{X: -1900, Y: -30, Width: 1280, Height: 720, known: true}, w: 1366, h: 768,
			want: place{X: 0, Y: 0, Width: 1280, Height: 720, known: true},
		},
		"of a larger screen": {
			kept: place{X: 300, Y: 100, Width: 1800, Height: 1000, known: true}, w: 1366, h: 768,
			want: place{X: 0, Y: 96, Width: 1366, Height: 672, known: true},
		},
		"maximised on a larger screen": {
			kept: place{Width: 2560, Height: 1400, Maximised: true, known: true}, w: 1024, h: 768,
			want: place{Width: 1024, Height: 672, Maximised: true, known: true},
		},
	} {
		got := c.kept.within(c.w, c.h)
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
