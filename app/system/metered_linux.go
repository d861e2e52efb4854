package system

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// networkKind asks NetworkManager.
func networkKind(ctx context.Context) Network {
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return NetworkUnknown
	}
	defer bus.Close()
	return askNetworkManager(ctx, bus)
}

func askNetworkManager(ctx context.Context, bus *dbus.Conn) Network {
	manager := bus.Object("org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager")
	var value dbus.Variant
	err := manager.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", dbus.FlagNoAutoStart,
		"org.freedesktop.NetworkManager", "Metered").Store(&value)
	if err != nil {
		return NetworkUnknown
	}
	// Of NMMetered: yes and guessed yes are 1 and 3, no and guessed no 2 and 4, 0 is not known.
	switch kind, _ := value.Value().(uint32); kind {
	case 1, 3:
		return Metered
	case 2, 4:
		return Unmetered
	}
	return NetworkUnknown
}
