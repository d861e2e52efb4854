package system

import (
	"context"
	"os/exec"
)

// diskEncryption asks about the disk with the system, where the data folder lies unless another was named.
func diskEncryption(ctx context.Context, _ string) Encryption {
	status, err := exec.CommandContext(ctx, "/usr/bin/fdesetup", "status").Output()
	if err != nil {
		return EncryptionUnknown
	}
	return fileVault(string(status))
}
