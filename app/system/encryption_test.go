package system

import "testing"

func TestAnswersOfFileVaultAndBitLockerAreRead(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]Encryption{
		"FileVault is On.\n":                                EncryptionOn,
		"FileVault is Off.\n":                               EncryptionOff,
		"FileVault is Off.\nFileVault is On for nothing.\n": EncryptionOff,
		"FileVault is On.\nDecryption in progress: Percent completed = 12.00\n": EncryptionOn,
		"": EncryptionUnknown,
		"Error: a service could not be reached.\n": EncryptionUnknown,
	} {
		if got := fileVault(status); got != want {
			t.Errorf("%q means %s, want %s", status, got, want)
		}
	}
	for protection, want := range map[int64]Encryption{
		0: EncryptionUnknown, 1: EncryptionOn, 2: EncryptionOff, 3: EncryptionOff, 4: EncryptionOff, 5: EncryptionOff,
		6: EncryptionOn, 7: EncryptionUnknown, -1: EncryptionUnknown,
	} {
		if got := bitLocker(protection); got != want {
			t.Errorf("%d means %s, want %s", protection, got, want)
		}
	}
}

// TestThisComputersDiskIsAsked shows that asking ends with one of the answers, here too.
func TestThisComputersDiskIsAsked(t *testing.T) {
	t.Parallel()
	switch got := DiskEncryption(t.Context(), t.TempDir()); got {
	case EncryptionOn, EncryptionOff, EncryptionUnknown:
	default:
		t.Errorf("answer %q", got)
	}
	if got := DiskEncryption(t.Context(), "/there/is/no/such/folder"); got == EncryptionOn {
		t.Errorf("a folder that is not there is encrypted: %q", got)
	}
}
