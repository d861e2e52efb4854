//go:build !unix

package listing_test

import "testing"

// cpuTime is not known here; the benchmarks then report 0.
func cpuTime(*testing.B) int64 { return 0 }
