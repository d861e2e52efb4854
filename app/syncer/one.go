package syncer

import (
	"context"
	"fmt"
	"time"

	"wapdesk/app/daktela"
	"wapdesk/store"
)

// PullOne reads one interaction with all that belongs to it, whatever periods are stored: by its unique
// name or that of one of its activities. It gives the interaction's name, and store.ErrNotFound
// when the contact centre knows neither. What the rights do not cover, or was anonymised here, is not
// stored, as in every pull.
func (s *Syncer) PullOne(ctx context.Context, name store.Name) (store.Name, error) {
	found, at, err := s.whereIs(ctx, name)
	if is[*daktela.NotFoundError](err) {
		err = store.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("read one interaction: %w", err)
	}
	// A deep read of its own second brings everything that belongs to it.
	_, err = s.Pull(ctx, PullOptions{From: at, To: at.Add(time.Second), Deep: true, single: true}, nil)
	return found, err
}

// whereIs asks which interaction a name leads to, and for its time.
func (s *Syncer) whereIs(ctx context.Context, name store.Name) (store.Name, time.Time, error) {
	reply, err := s.client.Interactions.Get(ctx, daktela.Name(name))
	if is[*daktela.NotFoundError](err) {
		var activity daktela.Reply[daktela.Activity]
		if activity, err = s.client.Activities.Get(ctx, daktela.Name(name)); err != nil {
			return "", time.Time{}, err
		}
		if activity.Value.Type.Value != daktela.TypeWhatsApp || activity.Value.Item.Name == "" {
			return "", time.Time{}, store.ErrNotFound // a call, a mail, a chat of another kind
		}
		reply, err = s.client.Interactions.Get(ctx, activity.Value.Item.Name)
	}
	if err != nil {
		return "", time.Time{}, err
	}
	zone, _, err := zoneOf(ctx, s.db, reply.Clock.Zone)
	if err != nil {
		return "", time.Time{}, err
	}
	ms, ok := zone.UTC(reply.Value.Time.Value)
	if !ok {
		return "", time.Time{}, fmt.Errorf("an interaction without a time: %w", store.ErrInvalid)
	}
	return store.Name(reply.Value.Name), time.UnixMilli(ms), nil
}
