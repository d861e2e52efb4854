package syncer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"wapdesk/app/daktela"
	"wapdesk/store"
	"wapdesk/store/listing"
)

var (
	errUnknownKind = errors.New("a change of an unknown kind")
	errNotKept     = errors.New("the contact centre answered yes but kept another value")
)

// send carries out one change; the name is that of what was created.
func (s *Syncer) send(ctx context.Context, c store.Change) (store.Name, error) {
	switch c.Kind {
	case store.KindPair, store.KindUnpair:
		return "", s.pair(ctx, c)
	case store.KindTicket:
		return "", s.attachTicket(ctx, c)
	case store.KindContactedBack:
		return "", s.contactedBack(ctx, c)
	case store.KindContact:
		return s.createContact(ctx, c)
	case store.KindReview:
		return s.createReview(ctx, c)
	case store.KindAnonymise:
		return "", s.anonymise(ctx, c)
	default:
		return "", fmt.Errorf("%w: %s", errUnknownKind, c.Kind)
	}
}

// Changes of a value read the contact centre's first. Equal to ours, it is
// done, be it by an earlier attempt whose answer was lost; different from what
// the lead saw, it is a conflict.

func (s *Syncer) pair(ctx context.Context, c store.Change) error {
	now, err := s.client.Activities.Get(ctx, daktela.Name(c.Target))
	if err != nil {
		return err
	}
	want, theirs := c.Value.Contact.Name, ref(now.Value.Contact)
	switch {
	case theirs.Name == want && (c.Unknown || c.Base.Contact.Name != want || c.Base.Whole.Name == want):
		return nil // otherwise it is the interaction that differs, and pairing goes through the activity
	case theirs.Name != c.Base.Contact.Name:
		return &errConflict{store.ChangeValue{Contact: theirs, Whole: theirs}}
	}
	saved, err := s.client.PairContact(ctx, daktela.Name(c.Target), daktela.Name(want))
	if err != nil {
		return err
	}
	return kept(saved, want, func(a daktela.Activity) daktela.Name { return a.Contact.Name })
}

func (s *Syncer) attachTicket(ctx context.Context, c store.Change) error {
	now, err := s.client.Activities.Get(ctx, daktela.Name(c.Target))
	if err != nil {
		return err
	}
	want, theirs := c.Value.Ticket.Name, ref(now.Value.Ticket)
	switch {
	case theirs.Name == want:
		return nil
	case theirs.Name != c.Base.Ticket.Name:
		return &errConflict{store.ChangeValue{Ticket: theirs}}
	}
	saved, err := s.client.AttachTicket(ctx, daktela.Name(c.Target), daktela.Name(want))
	if err != nil {
		return err
	}
	return kept(saved, want, func(a daktela.Activity) daktela.Name { return a.Ticket.Name })
}

func (s *Syncer) contactedBack(ctx context.Context, c store.Change) error {
	now, err := s.client.Interactions.Get(ctx, daktela.Name(c.Target))
	if err != nil {
		return err
	}
	want, theirs := c.Value.Missed, now.Value.Missed.Value
	switch theirs {
	case want:
		return nil
	case c.Base.Missed:
	default:
		return &errConflict{store.ChangeValue{Missed: theirs}}
	}
	saved, err := s.client.SetMissed(ctx, daktela.Name(c.Target), want)
	if err != nil {
		return err
	}
	return kept(saved, want, func(i daktela.Interaction) daktela.Name { return daktela.Name(i.Missed.Value) })
}

// kept checks the echo of a write: a server may ignore a field it does not let
// this user change and still answer with success.
func kept[T any](saved daktela.Reply[T], want string, field func(T) daktela.Name) error {
	if saved.Raw == nil || string(field(saved.Value)) == want {
		return nil
	}
	return errNotKept
}

// createContact relies on the name chosen here: a second attempt finds the
// contact of the first.
func (s *Syncer) createContact(ctx context.Context, c store.Change) (store.Name, error) {
	person := c.Value.Person
	if person == nil {
		return "", fmt.Errorf("%w: no person", errUnknownKind)
	}
	name := daktela.Name(c.Target)
	if c.Unknown {
		if done, err := s.contactExists(ctx, name); done || err != nil {
			return "", err
		}
	}
	fields := daktela.CustomFields{}
	if len(person.Numbers) > 0 {
		fields[daktela.FieldNumber] = person.Numbers
	}
	if len(person.Emails) > 0 {
		fields[daktela.FieldEmail] = person.Emails
	}
	database, err := s.database(ctx, person.Database)
	if err != nil {
		return "", err
	}
	saved, err := s.client.CreateContact(ctx, daktela.NewContact{
		Name: name, Title: person.Title, FirstName: person.FirstName, LastName: person.LastName, Database: database,
		Account: daktela.Name(person.Account.Name), User: daktela.Name(person.User.Name),
		Description: person.Description, CustomFields: fields,
	})
	if is[*daktela.ValidationError](err) {
		// Refused because it is there already means it is done.
		if done, lookErr := s.contactExists(ctx, name); done || lookErr != nil {
			return "", lookErr
		}
	}
	if err != nil {
		return "", err
	}
	return created(saved.Value.Name, name), nil
}

func (s *Syncer) contactExists(ctx context.Context, name daktela.Name) (bool, error) {
	_, err := s.client.Contacts.Get(ctx, name)
	if is[*daktela.NotFoundError](err) {
		return false, nil
	}
	return err == nil, err
}

// database is the one chosen, or the contact centre's default.
func (s *Syncer) database(ctx context.Context, chosen listing.Ref) (daktela.Name, error) {
	if chosen.Name != "" {
		return daktela.Name(chosen.Name), nil
	}
	known, err := s.db.Databases(ctx) // the default comes first
	if err != nil || len(known) == 0 {
		return "", err
	}
	return daktela.Name(known[0].Name), nil
}

// createReview chooses the name as createContact does. That servers accept one is not published
// (app/daktela/WIRE.md), so an attempt that may have arrived is also looked up by its content.
func (s *Syncer) createReview(ctx context.Context, c store.Change) (store.Name, error) {
	review := c.Value.Review
	if review == nil {
		return "", fmt.Errorf("%w: no review", errUnknownKind)
	}
	if c.Unknown {
		if name, err := s.reviewThere(ctx, c); name != "" || err != nil {
			return created(name, daktela.Name(review.Name)), err
		}
	}
	saved, err := s.client.CreateQAReview(ctx, daktela.NewQAReview{
		Name: daktela.Name(review.Name), Activity: daktela.Name(c.Target), Form: daktela.Name(review.Form), User: daktela.Name(review.User.Name),
		Answers: review.Answers,
	})
	if is[*daktela.ValidationError](err) {
		// Refused because it is there already means it is done.
		if name, lookErr := s.reviewThere(ctx, c); name != "" || lookErr != nil {
			return created(name, daktela.Name(review.Name)), lookErr
		}
	}
	if err != nil {
		return "", err
	}
	return created(saved.Value.Name, daktela.Name(review.Name)), nil
}

// reviewThere looks for a review in the contact centre: by the name chosen here, or, when an
// attempt may have arrived, by its content. One that another change has made is not it. "" for none.
func (s *Syncer) reviewThere(ctx context.Context, c store.Change) (daktela.Name, error) {
	there, err := s.client.ActivityReviews(ctx, daktela.Name(c.Target))
	if errors.Is(err, daktela.ErrNotAvailable) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	mine := c.Value.Review
	for _, r := range there {
		if string(r.Name) == mine.Name {
			return r.Name, nil
		}
	}
	if !c.Unknown {
		return "", nil
	}
	changes, err := s.db.Changes(ctx)
	if err != nil {
		return "", err
	}
	for _, r := range there {
		known := slices.ContainsFunc(changes, func(other store.Change) bool {
			return other.ID != c.ID && other.Kind == store.KindReview && other.Value.Review.Name == string(r.Name)
		})
		if !known && string(r.Form.Name) == mine.Form && maps.EqualFunc(r.Answers, mine.Answers, slices.Equal[[]string]) {
			return r.Name, nil
		}
	}
	return "", nil
}

// created is the server's name where it did not take ours.
func created(theirs, ours daktela.Name) store.Name {
	if theirs == ours {
		return ""
	}
	return store.Name(theirs)
}
