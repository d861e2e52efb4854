package app

import "slices"

// Bound returns the structs a page may call, by name.
func (a *App) Bound() map[string]any {
	return map[string]any{
		"Session": &Session{a}, "Interactions": &Interactions{a}, "Filters": &Filters{a}, "Views": &Views{a}, "Overviews": &Overviews{a},
		"Details": &Details{a}, "Sync": &Sync{a},
		"Exports": &Exports{a}, "Erasure": &Erasure{a}, "Changes": &Changes{a}, "Preferences": &Preferences{a},
		"People": &People{a}, "Ledger": &Ledger{a}, "Lock": &Lock{a}, "Reports": &Reports{a}, "Sweeps": &Sweeps{a}, "Reviews": &Reviews{a}, "Quick": &Quick{a},
	}
}

// BoundNames lists the bound structs in a fixed order.
func BoundNames() []string {
	names := make([]string, 0, 16)
	for name := range (&App{}).Bound() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
