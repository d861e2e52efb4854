package window

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestTheWindowStaysOnlyToSayWhatWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var f farewell
		quits := 0
		quit := func() { quits++ }
		if f.holds(func() int { return 0 }, quit) {
			t.Error("nothing waits, and the window stays")
		}
		f = farewell{}
		if !f.holds(func() int { return 3 }, quit) {
			t.Error("3 changes wait, and the window closes without a word")
		}
		if f.holds(func() int { return 3 }, quit) {
			t.Error("closing once more does not close the window")
		}
		time.Sleep(readable)
		synctest.Wait()
		if quits != 1 {
			t.Errorf("the window was closed %d times by itself, want once", quits)
		}
	})
}
