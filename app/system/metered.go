package system

import "context"

// Network is what the system says of the network that leads out of this computer.
type Network string

// What is known of a network.
const (
	Unmetered      Network = "unmetered"
	Metered        Network = "metered"
	NetworkUnknown Network = "unknown" // the system does not say
)

// NetworkKind returns whether the network is metered: on Linux as NetworkManager says, on Windows as its list of
// networks says. Elsewhere, and where neither answers, it is not known.
func NetworkKind(ctx context.Context) Network { return networkKind(ctx) }
