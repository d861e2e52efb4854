package app

import (
	"context"
	"strings"

	"wapdesk/app/profile"
)

// Lock keeps people out of the screens until they give the PIN.
type Lock struct{ a *App }

// On reports whether the stored data ask for a PIN at each start.
func (l *Lock) On() (bool, error) { return l.a.profiles.HasPIN(), nil }

// Open compares the PIN and opens what the screens start with.
func (l *Lock) Open(pin string) (err error) {
	defer l.a.guard("Lock.Open", &err)
	if err := l.a.profiles.Unlock(pin); err != nil {
		return err
	}
	l.a.mu.RLock()
	begin := l.a.begin
	l.a.mu.RUnlock()
	defer l.a.emit(EventLock, nil)
	return begin(l.a.Context())
}

// Now closes what is open and shows the page nothing until the PIN is given again.
func (l *Lock) Now() (err error) {
	defer l.a.guard("Lock.Now", &err)
	if err := l.a.profiles.LockNow(); err != nil {
		return err
	}
	l.a.veil.forget()
	l.a.emit(EventLock, nil)
	return nil
}

// Set asks for a PIN at each start from now on. old is the one so far, "" without one.
func (l *Lock) Set(old, pin string) (err error) {
	defer l.a.guard("Lock.Set", &err)
	return l.a.whileOpen(func() error { return l.a.profiles.SetPIN(old, pin) })
}

// Remove asks for no PIN any more.
func (l *Lock) Remove(pin string) (err error) {
	defer l.a.guard("Lock.Remove", &err)
	return l.a.whileOpen(func() error { return l.a.profiles.RemovePIN(pin) })
}

// whileOpen runs do unless the lock is shut: a page that shows nothing changes nothing.
func (a *App) whileOpen(do func() error) error {
	if a.profiles.Locked() {
		return AsError(profile.ErrLocked)
	}
	return do()
}

// WipeAll removes everything stored and the lock with it, for who does not know the PIN. The name of the program has to
// be typed, so that nobody does it by a slip.
func (l *Lock) WipeAll(confirmation string) (err error) {
	defer l.a.guard("Lock.WipeAll", &err)
	if !strings.EqualFold(strings.TrimSpace(confirmation), "Wapdesk") {
		return &Error{Code: "wrong_word"}
	}
	ctx := context.WithoutCancel(l.a.Context()) // what has begun is finished
	if err := l.a.profiles.WipeLocked(ctx); err != nil {
		return err
	}
	l.a.emit(EventLock, nil)
	return nil
}
