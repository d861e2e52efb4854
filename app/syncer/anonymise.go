package syncer

import (
	"context"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// anonymise asks the contact centre for it by the call that an administrator configured. A second one
// changes nothing there, so that a lost answer needs no look before.
func (s *Syncer) anonymise(ctx context.Context, c store.Change) error {
	call, err := s.db.AnonymiseCall(ctx)
	if err != nil {
		return err
	}
	return s.client.Configured(ctx, daktela.ConfiguredCall{Method: call.Method, Path: call.Path, Body: call.Body, NamePlace: store.NamePlace}, daktela.Name(c.Target))
}

// believe reads an interaction again that was asked to be anonymised: only the contact centre's flag
// confirms it. Without the flag, or when it cannot be read, the next syncs look again.
func (s *Syncer) believe(ctx context.Context, c store.Change) {
	if _, err := s.PullOne(ctx, c.Target); err != nil {
		s.log.Info("an anonymising is not confirmed yet", "code", CodeOf(err))
	}
}
