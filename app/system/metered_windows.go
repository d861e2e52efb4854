package system

import (
	"context"
	"runtime"
	"syscall"
	"unsafe"

	"github.com/go-ole/go-ole"
)

// networkKind asks the list of networks for the cost of the one that leads out.
func networkKind(ctx context.Context) Network {
	answer := make(chan Network, 1)
	go func() {
		// COM belongs to a thread, which ends with this.
		runtime.LockOSThread()
		answer <- networkCost()
	}()
	select {
	case <-ctx.Done():
		return NetworkUnknown
	case found := <-answer:
		return found
	}
}

// Flags of NLM_CONNECTION_COST.
const (
	costUnrestricted = 0x1
	costFixed        = 0x2
	costVariable     = 0x4
	costOverLimit    = 0x10000
	costRoaming      = 0x40000
)

func networkCost() Network {
	if err := ole.CoInitializeEx(0, ole.COINIT_APARTMENTTHREADED); err != nil {
		return NetworkUnknown
	}
	defer ole.CoUninitialize()
	networkListManager := ole.NewGUID("{DCB00C01-570F-4A9B-8D69-199FDBA5723B}")
	networkCostManager := ole.NewGUID("{DCB00008-570F-4A9B-8D69-199FDBA5723B}")
	manager, err := ole.CreateInstance(networkListManager, networkCostManager)
	if err != nil {
		return NetworkUnknown
	}
	defer manager.Release()
	// GetCost follows the three methods of every interface.
	methods := (*[4]uintptr)(unsafe.Pointer(manager.RawVTable))
	var cost uint32
	result, _, _ := syscall.SyscallN(methods[3], uintptr(unsafe.Pointer(manager)), uintptr(unsafe.Pointer(&cost)), 0)
	switch {
	case result != 0:
		return NetworkUnknown
	case cost&(costFixed|costVariable|costOverLimit|costRoaming) != 0:
		return Metered
	case cost&costUnrestricted != 0:
		return Unmetered
	}
	return NetworkUnknown
}
