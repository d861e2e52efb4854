package syncer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// PushResult counts changes: sent and refused (or in conflict) by this push,
// and still waiting after it.
type PushResult struct {
	Sent    int `json:"sent"`
	Refused int `json:"refused"`
	Waiting int `json:"waiting"`
}

const (
	firstRetry   = 10 * time.Second
	longestRetry = 30 * time.Minute
	// troubleToStop is how many changes in a row may meet a server in trouble
	// before the push leaves the rest for later.
	troubleToStop = 3
)

// Push sends the waiting changes in their order. A change that is refused or
// in conflict does not stop the others; no network, an expired sign-in and a
// rate limit do, with their error. Nothing is sent twice: what may have arrived
// without an answer is looked up first.
func (s *Syncer) Push(ctx context.Context) (PushResult, error) {
	var result PushResult
	call, err := s.db.AnonymiseCall(ctx)
	trouble := 0
	for err == nil && trouble < troubleToStop {
		var change store.Change
		var more bool
		if change, more, err = s.db.ClaimChange(ctx, !call.None()); err != nil || !more {
			break
		}
		outcome, sendErr := s.deliver(ctx, change)
		// The outcome is kept even when the person cancelled meanwhile.
		if err = s.db.SettleChange(context.WithoutCancel(ctx), change.ID, outcome); err != nil {
			break
		}
		switch outcome.State {
		case store.ChangeSent, store.ChangeConfirmed:
			result.Sent++
			trouble = 0
			if change.Kind == store.KindAnonymise {
				s.believe(ctx, change)
			}
		case store.ChangeRefused, store.ChangeConflict:
			result.Refused++
			trouble = 0
		default:
			trouble++
			if stops(sendErr) {
				err = sendErr
			}
		}
	}
	counts, countErr := s.db.ChangeCounts(context.WithoutCancel(ctx))
	result.Waiting = counts.Waiting + counts.Sending
	if err == nil {
		err = countErr
	}
	if err != nil {
		return result, fmt.Errorf("push: %w", err)
	}
	return result, nil
}

// stops reports errors that every further change would meet as well.
func stops(err error) bool {
	switch CodeOf(err) {
	case CodeCancelled, CodeSignIn, CodeOffline, CodeLimited, CodeCertificate:
		return true
	}
	return false
}

// errConflict carries the contact centre's newer value.
type errConflict struct{ theirs store.ChangeValue }

func (e *errConflict) Error() string { return "changed in the contact centre meanwhile" }

// deliver makes one attempt and says what became of it.
func (s *Syncer) deliver(ctx context.Context, c store.Change) (store.Outcome, error) {
	name, err := s.send(ctx, c)
	conflict, conflicting := errors.AsType[*errConflict](err)
	switch {
	case err == nil:
		return store.Outcome{State: store.ChangeSent, Name: name}, nil
	case conflicting:
		return store.Outcome{State: store.ChangeConflict, Code: CodeConflict, Theirs: &conflict.theirs}, err
	case permanent(err):
		return store.Outcome{State: store.ChangeRefused, Code: CodeOf(err), Reason: s.reason(ctx, c, err)}, err
	}
	s.log.Info("a change waits", "kind", string(c.Kind), "code", CodeOf(err), "attempt", c.Attempts)
	return store.Outcome{
		State: store.ChangeWaiting, Code: CodeOf(err), NextMs: s.opts.Now().Add(retryIn(c.Attempts)).UnixMilli(),
		// A cancel may have come between the request and its answer. What was
		// unknown stays so until somebody looks.
		Unknown: c.Unknown || daktela.OutcomeUnknown(err) || CodeOf(err) == CodeCancelled,
	}, err
}

// permanent reports answers that a repetition would only get again.
func permanent(err error) bool {
	switch CodeOf(err) {
	case CodeRefused, CodeForbidden, CodeNotFound, CodeNotOffered:
		return true
	}
	return false
}

// retryIn doubles the wait with each attempt.
func retryIn(attempts int) time.Duration {
	wait := firstRetry
	for range min(attempts-1, 10) {
		wait = min(2*wait, longestRetry)
	}
	return wait
}
