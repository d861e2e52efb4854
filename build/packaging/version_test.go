package packaging

import (
	"testing"
	"time"
)

func TestVersionComesFromTheTagOrIsTheNextNumber(t *testing.T) {
	t.Parallel()
	made := time.Date(2026, 11, 30, 23, 30, 0, 0, time.FixedZone("", -3600))
	for _, c := range []struct {
		describe string
		changed  bool
		want     string
	}{
		{"", false, "0.1.0-dev.20261201.ga6e2e53"},
		{"v1.4.9-0-ga6e2e53", false, "1.4.9"},
		{"v1.4.9-12-ga6e2e53", false, "1.4.10-dev.20261201.ga6e2e53"},
		{"v1.4.9-0-ga6e2e53", true, "1.4.9-dev.20261201.ga6e2e53.changed"},
	} {
		v, err := VersionOf(c.describe, "0.1.0", "a6e2e53", made, c.changed)
		if err != nil || v.String() != c.want {
			t.Errorf("%q: %s (%v), want %s", c.describe, v, err, c.want)
		}
	}
	if _, err := VersionOf("next-3-ga6e2e53", "0.1.0", "a6e2e53", made, false); err == nil {
		t.Error("another tag was taken for a version")
	}
}
