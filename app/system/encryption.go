package system

import (
	"context"
	"strings"
	"time"
)

// Encryption says whether the system encrypts a disk.
type Encryption string

const (
	EncryptionOn  Encryption = "on"
	EncryptionOff Encryption = "off"
	// EncryptionUnknown is a system that does not tell, a disk of a kind that is not known here, and a
	// folder on another computer.
	EncryptionUnknown Encryption = "unknown"
)

// systemPatience is how long a program of the system may take to answer.
const systemPatience = 5 * time.Second

// DiskEncryption returns whether the system encrypts the disk on which a folder lies: LUKS and what else dm-crypt
// reads, or an encrypted folder, on Linux, BitLocker on Windows, FileVault on macOS. It needs no
// administrator and does not fail: what cannot be told is unknown. A disk that encrypts by itself, and one of
// a virtual machine whose host does, count as not encrypted.
func DiskEncryption(ctx context.Context, folder string) Encryption {
	ctx, cancel := context.WithTimeout(ctx, systemPatience)
	defer cancel()
	return diskEncryption(ctx, folder)
}

// fileVault reads what "fdesetup status" prints, in any language but for the name and the words On and Off.
func fileVault(status string) Encryption {
	first, _, _ := strings.Cut(status, "\n")
	switch {
	case strings.Contains(first, "FileVault is On"):
		return EncryptionOn
	case strings.Contains(first, "FileVault is Off"):
		return EncryptionOff
	}
	return EncryptionUnknown
}

// bitLocker reads the shell's property System.Volume.BitLockerProtection. While a disk is being encrypted or
// decrypted, a part of it is readable; while protection is suspended, the key lies beside the data.
func bitLocker(protection int64) Encryption {
	switch protection {
	case 1, 6: // on; on, and locked
		return EncryptionOn
	case 2, 3, 4, 5: // off, being encrypted, being decrypted, suspended
		return EncryptionOff
	}
	return EncryptionUnknown // 0: a disk that cannot have it
}
