package app

// Core is what the bound structs share: the open profile, the clock and the host.
type Core struct{}
