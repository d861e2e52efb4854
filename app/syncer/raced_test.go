//go:build race

package syncer

// What the race detector watches is smaller: it takes five times as long. The test command runs the tests
// that count with these without it as well.
const (
	raceDetected  = true
	histories     = 4
	crowd         = 2_000
	crowdedSecond = 300
)
