package profile

import (
	"context"
	"errors"
	"sync/atomic"

	"wapdesk/app/lock"
)

// Errors of the lock.
var (
	// ErrLocked is what every verb answers until the PIN was given.
	ErrLocked = errors.New("the stored data are locked")
	// ErrNoLock says that there is no PIN to lock with.
	ErrNoLock = errors.New("no PIN is set")
)

// gate stands before all profiles of the data folder. While it is shut nothing stored is open.
type gate struct {
	lock *lock.Lock
	shut atomic.Bool
}

func newGate(l *lock.Lock) *gate {
	g := &gate{lock: l}
	g.shut.Store(l.On())
	return g
}

// pass returns ErrLocked while the gate is shut.
func (g *gate) pass() error {
	if g.shut.Load() {
		return ErrLocked
	}
	return nil
}

// Locked reports whether a PIN has to be given before anything can be opened.
func (m *Manager) Locked() bool { return m.gate.shut.Load() }

// HasPIN reports whether this data folder asks for a PIN at each start.
func (m *Manager) HasPIN() bool { return m.gate.lock.On() }

// Unlock lets profiles be opened. Errors are those of lock.Check.
func (m *Manager) Unlock(pin string) error {
	if !m.Locked() {
		return nil
	}
	if err := m.gate.lock.Check(pin); err != nil {
		return err
	}
	m.gate.shut.Store(false)
	return nil
}

// LockNow closes what is open, with its running work, and asks for the PIN from now on. ErrNoLock without one.
func (m *Manager) LockNow() error {
	if !m.HasPIN() {
		return ErrNoLock
	}
	m.gate.shut.Store(true)
	return m.Close()
}

// SetPIN asks for a PIN at each start from now on. old is the one that holds so far, and is not looked at where there is
// none. Errors are those of lock.Set and lock.Check.
func (m *Manager) SetPIN(old, pin string) error {
	if err := m.prove(old); err != nil {
		return err
	}
	return m.gate.lock.Set(pin)
}

// RemovePIN asks for none any more. Errors are those of lock.Check and lock.Remove.
func (m *Manager) RemovePIN(pin string) error {
	if err := m.prove(pin); err != nil {
		return err
	}
	return m.gate.lock.Remove()
}

// prove returns nil when the PIN is the one that holds, or when there is none.
func (m *Manager) prove(pin string) error {
	if !m.HasPIN() {
		return nil
	}
	return m.gate.lock.Check(pin)
}

// WipeLocked removes every profile of this computer and then the lock: the way out for who forgot the PIN, since
// interactions come back with the next sign-in. What was not sent yet is lost. Lists of erasures stay. ErrNoLock where nothing is locked.
func (m *Manager) WipeLocked(ctx context.Context) error {
	if !m.Locked() {
		return ErrNoLock
	}
	list, err := m.disk.all()
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := m.Wipe(ctx, d.Name); err != nil {
			return err
		}
	}
	if err := m.gate.lock.Remove(); err != nil {
		return err
	}
	m.gate.shut.Store(false)
	return nil
}
