//go:build !race

package syncer

const (
	raceDetected = false
	// histories is how many the test command lives through; SOAK.md has the figures of 1,000.
	histories = 60
	// crowd is how many interactions a crowded day has, and crowdedSecond a second.
	crowd         = 100_000
	crowdedSecond = 3_000
)
