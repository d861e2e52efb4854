package main

import "context"

// errand is work that goes on beside the steps after the one that began it, until a later step
// waits for it.
type errand struct {
	report report
	done   chan struct{} // nil until it was begun
	err    error
}

// begin starts the errand, which ends with whole at the latest.
func (p *project) begin(whole context.Context, e *errand, run func(context.Context, *report) error) {
	e.done = make(chan struct{})
	p.beside.Go(func() {
		defer close(e.done)
		e.err = run(whole, &e.report)
	})
}

// wait waits for an errand and takes over what it told. One that was not begun is done.
func (e *errand) wait(ctx context.Context, rep *report) error {
	if e.done == nil {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-e.done:
		rep.printf("%s", e.report.output())
		return e.err
	}
}
