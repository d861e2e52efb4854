package main

import "context"

// errand is work that may go on beside the steps after the one that began it, until a later step
// waits for it.
type errand struct {
	run    func(context.Context, *report) error
	report report
	done   chan struct{} // nil until it was begun
	err    error
}

// begin starts an errand, which ends with whole at the latest.
func (p *project) begin(whole context.Context, e *errand) {
	e.done = make(chan struct{})
	p.beside.Go(func() {
		defer close(e.done)
		e.err = e.run(whole, &e.report)
	})
}

// beginAll is what a step does that starts errands.
func (p *project) beginAll(whole context.Context, errands ...*errand) func(context.Context, *report) error {
	return func(_ context.Context, rep *report) error {
		rep.note = "begun beside the next steps"
		for _, e := range errands {
			p.begin(whole, e)
		}
		return nil
	}
}

// finish waits for an errand and takes over what it told. One that was not begun is run now.
func (e *errand) finish(ctx context.Context, rep *report) error {
	if e.done == nil {
		return e.run(ctx, rep)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-e.done:
		rep.printf("%s", e.report.output())
		rep.note = e.report.note
		return e.err
	}
}
