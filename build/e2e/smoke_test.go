//go:build linux && e2e

package e2e

import (
	"syscall"
	"testing"
	"time"
)

// drawn is how many colours a display shows at least once the page is painted: text alone has
// dozens of shades, an empty window and root have two or three.
const drawn = 40

// TestProgramOpensAndEnds starts the very file that ships, with nothing loaded into it: the
// window is painted, and it ends cleanly when asked to.
func TestProgramOpensAndEnds(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	cmd := h.start(t, nil, program(t), "--demo", "--data", h.path("wapdesk"))
	waitFor(t, "a painted window", func() error {
		picture, err := h.picture()
		if err != nil {
			return err
		}
		if got := colors(picture); got < drawn {
			return notYet("%d colours on the screen", got)
		}
		return nil
	})

	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("after SIGTERM: %v, want exit code 0", err)
		}
	case <-time.After(patience):
		t.Error("still running after SIGTERM")
	}
}
