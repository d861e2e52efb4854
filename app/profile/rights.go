package app

import (
	"context"

	"wapdesk/app/daktela"
	"wapdesk/app/syncer"
	"wapdesk/store"
)

// forbidden lists the kinds of changes that the role takes away.
func forbidden(r store.Rights) []string {
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

// countVisible asks how many users and WhatsApp queues the contact centre lists. A list that it
// does not give is named in the report and counts as -1.
func countVisible(ctx context.Context, client *daktela.Client, report *ConnectionReport) error {
	report.Missing = []string{}
	for _, list := range []struct {
		name  string
		into  *int
		count func() (int, daktela.Clock, error)
	}{
		{syncer.ListUsers, &report.VisibleUsers, func() (int, daktela.Clock, error) { return client.Users.Count(ctx, daktela.Filter{}) }},
		{syncer.ListQueues, &report.VisibleQueues, func() (int, daktela.Clock, error) {
			return client.Queues.Count(ctx, daktela.Eq("type", daktela.QueueWhatsApp))
		}},
	} {
		n, _, err := list.count()
		if syncer.NotGiven(err) {
			*list.into = -1
			report.Missing = append(report.Missing, list.name)
			continue
		}
		if err != nil {
			return err
		}
		*list.into = n
	}
	return nil
}

// unread says which lists the last sync could not read. Without the users or the queues it
// cannot be told whether the rights have changed, which is a problem and not a remark.
func (p *openProfile) unread(ctx context.Context, status *SyncStatus) error {
	status.Unread = []string{}
	lists, err := syncer.LastUnread(ctx, p.db)
	if err != nil {
		return err
	}
	for _, l := range lists {
		status.Unread = append(status.Unread, l.List)
	}
	if rights := syncer.UnreadRights(lists); rights != nil && status.ErrorCode == "" && status.State == syncIdle {
		status.State, status.ErrorCode = syncProblem, AsError(rights).Code
	}
	return nil
}

// unreadError is the text of a sync that read everything but the rights.
func unreadError(e *syncer.UnreadError) *Error {
	code := "unread_rights"
	switch users, queues := e.Lacks(syncer.ListUsers), e.Lacks(syncer.ListQueues); {
	case users && !queues:
		code = "unread_users"
	case queues && !users:
		code = "unread_queues"
	}
	return newError(code, e)
}

// noRights reports whether a person sees nothing because nothing is listed for them.
func (c *Core) noRights(ctx context.Context, p *openProfile) (bool, error) {
	if p.Kind == kindFile || !c.everSynced(ctx, p) {
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
	return len(rights.Queues) == 0 && syncer.UnreadRights(lists) == nil, err
}
