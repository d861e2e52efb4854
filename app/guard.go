package app

import (
	"context"
	"fmt"
	"runtime/debug"

	"wapdesk/app/profile"
)

// ask answers a call of the page with the open profile. In presentation mode the veil lies over the
// answer.
func ask[T any](a *App, method string, do func(ctx context.Context, p *profile.Profile) (T, error)) (answer T, err error) {
	defer a.guard(method, &err)
	p, err := a.profiles.Open()
	if err != nil {
		return answer, err
	}
	answer, err = do(a.Context(), p)
	return covered(a.veil.over(p), answer), err
}

// tell is ask for a call that has no answer.
func tell(a *App, method string, do func(ctx context.Context, p *profile.Profile) error) error {
	_, err := ask(a, method, func(ctx context.Context, p *profile.Profile) (struct{}, error) { return struct{}{}, do(ctx, p) })
	return err
}

// guard ends every bound method: a panic becomes an error, since a page's promise would
// otherwise never settle, and every error gets a code. The cause is logged without values.
func (a *App) guard(method string, err *error) {
	if p := recover(); p != nil {
		a.log.Error("panic in a bound method", "method", method, "stack", string(debug.Stack()))
		*err = newError("internal", fmt.Errorf("panic: %T", p))
		return
	}
	if *err == nil {
		return
	}
	e := AsError(*err)
	if e.Code == "internal" {
		a.log.Error("bound method failed", "method", method, "error", errorText(*err))
	}
	*err = e
}
