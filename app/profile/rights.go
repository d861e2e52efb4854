package profile

import (
	"context"
	"slices"

	"wapdesk/app/syncer"
	"wapdesk/store"
	"wapdesk/store/listing"
)

// Rights returns what the user of the profile may see and do.
func (p *Profile) Rights(ctx context.Context) (store.Rights, error) { return p.db.Rights(ctx) }

// Forbidden lists the kinds of changes that the role takes away: pair, contact, ticket, qa,
// contactedback and start.
func Forbidden(r store.Rights) []string {
	list := []string{}
	for _, change := range []struct{ kind, access string }{
		{"pair", "pActivities"}, {"contact", "contacts"}, {"ticket", "pActivities"}, {"qa", "qaReviews"},
		{"contactedback", "pWaps"}, {"start", "pActivities"},
	} {
		if r.Locks(change.access) {
			list = append(list, change.kind)
		}
	}
	return list
}

// NothingPermitted reports whether a person sees nothing because nothing is listed for them.
func (p *Profile) NothingPermitted(ctx context.Context) (bool, error) {
	if p.IsFile() || !p.everSynced(ctx) {
		return false, nil
	}
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return false, err
	}
	for _, user := range rights.Users {
		if user != rights.Login {
			return false, nil
		}
	}
	lists, err := syncer.LastUnread(ctx, p.db)
	return len(rights.Queues) == 0 && !slices.ContainsFunc(lists, syncer.Unread.Rights), err
}

// everSynced reports whether a sync has ever ended: before that, missing rights mean nothing.
func (p *Profile) everSynced(ctx context.Context) bool {
	runs, err := p.db.Runs(ctx, 1)
	return err == nil && len(runs) > 0 && runs[0].EndedMs != listing.Unknown
}

// unread adds which lists the last sync could not read. Without users or queues that were listed before it
// cannot be told whether the rights have changed, which is a problem and not a remark.
func (p *Profile) unread(ctx context.Context, status *Status) error {
	status.Unread, status.NeverListed = []string{}, []string{}
	lists, err := syncer.LastUnread(ctx, p.db)
	if err != nil {
		return err
	}
	for _, l := range lists {
		if l.Never {
			status.NeverListed = append(status.NeverListed, l.List)
			continue
		}
		status.Unread = append(status.Unread, l.List)
	}
	if rights := syncer.UnreadRights(lists); rights != nil && status.Err == nil && !status.Running && !status.Paused && !status.File && !status.Demo {
		status.Err = rights
	}
	return nil
}
