package system

import (
	"context"
	"path/filepath"
	"runtime"

	"github.com/go-ole/go-ole"
	"github.com/go-ole/go-ole/oleutil"
)

// diskEncryption asks the shell for a property of the drive, which needs no administrator: what manages
// BitLocker itself answers to one only.
func diskEncryption(ctx context.Context, folder string) Encryption {
	drive := filepath.VolumeName(folder)
	if len(drive) != len("C:") {
		return EncryptionUnknown // a folder of another computer
	}
	answer := make(chan Encryption, 1)
	go func() {
		// COM belongs to a thread, which ends with this.
		runtime.LockOSThread()
		answer <- driveProtection(drive + `\`)
	}()
	select {
	case <-ctx.Done():
		return EncryptionUnknown
	case found := <-answer:
		return found
	}
}

func driveProtection(drive string) Encryption {
	if err := ole.CoInitializeEx(0, ole.COINIT_APARTMENTTHREADED); err != nil {
		return EncryptionUnknown
	}
	defer ole.CoUninitialize()
	unknown, err := oleutil.CreateObject("Shell.Application")
	if err != nil {
		return EncryptionUnknown
	}
	defer unknown.Release()
	shell, err := unknown.QueryInterface(ole.IID_IDispatch)
	if err != nil {
		return EncryptionUnknown
	}
	defer shell.Release()
	folder, err := oleutil.CallMethod(shell, "NameSpace", drive)
	if err != nil || folder.ToIDispatch() == nil {
		return EncryptionUnknown
	}
	defer folder.Clear()
	item, err := oleutil.GetProperty(folder.ToIDispatch(), "Self")
	if err != nil || item.ToIDispatch() == nil {
		return EncryptionUnknown
	}
	defer item.Clear()
	protection, err := oleutil.CallMethod(item.ToIDispatch(), "ExtendedProperty", "System.Volume.BitLockerProtection")
	if err != nil {
		return EncryptionUnknown
	}
	defer protection.Clear()
	switch value := protection.Value().(type) {
	case int32:
		return bitLocker(int64(value))
	case uint32:
		return bitLocker(int64(value))
	case int64:
		return bitLocker(value)
	}
	return EncryptionUnknown
}
