package measure

import "testing"

func BenchmarkList(b *testing.B) {
	dataset(b)
}
