package lock

// A PIN costs a moment so that trying many takes long; tests try a few, with the race detector.
func init() { cost.Memory, cost.Iterations = 64, 1 }
