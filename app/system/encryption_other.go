//go:build !linux && !windows && !darwin

package system

import "context"

func diskEncryption(context.Context, string) Encryption { return EncryptionUnknown }
