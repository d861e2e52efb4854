package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"wapdesk/app/system"
	"wapdesk/frontend"
)

// TestDiagnosticsTellWhetherTheDiskIsEncrypted has the system give each of its answers.
func TestDiagnosticsTellWhetherTheDiskIsEncrypted(t *testing.T) {
	t.Parallel()
	_, m := synced(t)
	for _, answer := range []system.Encryption{system.EncryptionOn, system.EncryptionOff, system.EncryptionUnknown} {
		var out, errs bytes.Buffer
		asked := ""
		code := here(Program{
			Args: []string{"--data", m.dir, "diagnostics", "--json"}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
			Getenv: func(name string) string { return m.env[name] },
			DiskEncryption: func(_ context.Context, folder string) system.Encryption {
				asked = folder
				return answer
			},
		})
		var told struct {
			Encryption system.Encryption `json:"disk_encryption"`
		}
		if err := json.Unmarshal(out.Bytes(), &told); err != nil || code != exitDone || told.Encryption != answer {
			t.Errorf("%s: exit %d, %v, told %q", answer, code, err, told.Encryption)
		}
		if !strings.HasPrefix(asked, m.dir) {
			t.Errorf("asked about %q", asked)
		}
		warning := ""
		if answer != system.EncryptionOn {
			warning = frontend.Text("en", "settings.data.encryption."+string(answer)) + "\n"
		}
		if errs.String() != warning {
			t.Errorf("%s: standard error %q, want %q", answer, errs.String(), warning)
		}
	}
}
