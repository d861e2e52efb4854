package app

import (
	"context"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Answer is a part of a list for the command line.
type Answer struct {
	Total   int
	Records []listing.Record
	Missing []DayRange // parts of the time asked for that are not stored
	AsOfMs  int64      // as SearchResult has it
	// KeptFrom is the first day that is kept, when the filter reaches before it, or "".
	KeptFrom string
	Zone     *time.Location
}

// List answers a filter with the rows from offset on.
func (c *Core) List(ctx context.Context, f Filter, offset, limit int) (Answer, error) {
	p, err := c.profile()
	if err != nil {
		return Answer{}, err
	}
	shot, _, err := c.ask(ctx, p, f)
	if err != nil {
		return Answer{}, err
	}
	missing, err := c.gaps(ctx, p, shot)
	if err != nil {
		return Answer{}, err
	}
	keptFrom, err := c.keptFromDay(ctx, p, f.Time)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Total: shot.Total(), Records: shot.Window(offset, limit), Missing: missing.days, AsOfMs: missing.asOfMs, KeptFrom: keptFrom, Zone: p.db.Zone()}, nil
}

// Facets counts the matches of a filter by each value of a choice field.
func (c *Core) Facets(field string, f Filter) ([]PickOption, error) {
	info, ok := query.FieldByName(field)
	if !ok || info.Kind != query.KindChoice {
		return nil, newError("unknown_column", nil, "column", field)
	}
	return (&Interactions{c}).Pick(info.Name, f, true)
}

// ResolveNames gives the unique names that a person's values of a field mean. A name that
// nobody bears is an error.
func (c *Core) ResolveNames(field string, values []string) ([]string, error) {
	if len(values) == 0 {
		return []string{}, nil
	}
	p, err := c.profile()
	if err != nil {
		return nil, err
	}
	dir, err := p.directory(c.context())
	if err != nil {
		return nil, err
	}
	names := make([]string, len(values))
	for i, v := range values {
		name := dir.named(field, v)
		if _, known := dir.titles[field][name]; !known && v != query.NoneValue {
			return nil, newError("unknown_"+field, nil, "name", v)
		}
		names[i] = name
	}
	return names, nil
}

// CheckNames sees that every queue, user and connector a filter names is there and within the
// rights, so that a slip is an error and not an empty list.
func (c *Core) CheckNames(ctx context.Context, f Filter) error {
	p, err := c.profile()
	if err != nil {
		return err
	}
	engine, err := p.listFor(ctx, f)
	if err != nil {
		return err
	}
	scope, err := p.db.Scope(ctx)
	if err != nil {
		return err
	}
	unknown := engine.View().Unknown(f.query().Where, scope)
	if len(unknown) == 0 {
		return nil
	}
	code := "unknown_name"
	if first := unknown[0]; first.Field == query.FieldUser || first.Field == query.FieldQueue {
		code = "unknown_" + first.Field
	}
	return newError(code, nil, "name", unknown[0].Value)
}

// Story is everything stored of one interaction, for the command line.
type Story struct {
	Detail  store.Detail
	Process []Step
	Zone    *time.Location
}

// Story reads one interaction by its unique name or that of one of its activities.
func (c *Core) Story(ctx context.Context, name string) (Story, error) {
	p, err := c.profile()
	if err != nil {
		return Story{}, err
	}
	d, err := p.db.Detail(ctx, name)
	if err != nil {
		return Story{}, err
	}
	steps, _ := processOf(d)
	return Story{Detail: d, Process: steps, Zone: p.db.Zone()}, nil
}

// PlanErase finds the interactions to anonymise, by name or by filter, and says what would
// go. A name that is not stored is an error, so that a slip is noticed before anything goes.
func (c *Core) PlanErase(ctx context.Context, names []string, f *Filter) (ErasePreview, []string, error) {
	p, err := c.profile()
	if err != nil {
		return ErasePreview{}, nil, err
	}
	if f != nil {
		shot, _, err := c.ask(ctx, p, *f)
		if err != nil {
			return ErasePreview{}, nil, err
		}
		names = nil
		for r := range shot.Records(ctx) {
			names = append(names, r.Name)
		}
	} else {
		for i, name := range names {
			found, err := p.db.Find(ctx, NameFromLink(name))
			if err != nil {
				return ErasePreview{}, nil, newError("unknown_name", err, "name", name)
			}
			names[i] = found.Interaction
		}
	}
	preview, err := c.ErasePreview(ctx, p, names)
	return preview, names, err
}

// EraseOptions are the choices of EraseNow.
type EraseOptions struct {
	HereOnly bool // nothing is asked of the contact centre
	Later    bool // the file is rewritten at the next start
}

// EraseNow anonymises interactions and waits until the file was rewritten. Under a role that
// forbids anonymising it needs HereOnly.
func (c *Core) EraseNow(ctx context.Context, names []string, opts EraseOptions) (EraseResult, error) {
	p, err := c.profile()
	if err != nil {
		return EraseResult{}, err
	}
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return EraseResult{}, err
	}
	if rights.Anonymising() == store.AnonymisingLocal && !opts.HereOnly {
		return EraseResult{}, newError("anonymise_here_only", store.ErrNotPermitted)
	}
	result, err := c.erase(ctx, p, names, opts.HereOnly, func(int) {})
	if err != nil || opts.Later {
		p.leaveCompaction = opts.Later
		return result, err
	}
	return result, p.db.Compact(ctx, func(string) {})
}

// Rights lists what the token's user may see.
func (c *Core) Rights(ctx context.Context) (RightsInfo, error) {
	p, err := c.profile()
	if err != nil {
		return RightsInfo{}, err
	}
	return c.rights(ctx, p)
}

// ProfileName is the name of the open profile, "" without one.
func (c *Core) ProfileName() string {
	p, err := c.profile()
	if err != nil {
		return ""
	}
	return p.Name
}

// Named finds the profile a selection means, without opening it.
func (c *Core) Named(sel Select) (string, error) {
	switch {
	case sel.Profile != "":
		if _, err := c.profiles.read(sel.Profile); !validProfile(sel.Profile) || err != nil {
			return "", newError("unknown_profile", err, "profile", sel.Profile)
		}
		return sel.Profile, nil
	case sel.Demo:
		return DemoProfile, nil
	case sel.URL != "" && sel.Token != "":
		return c.namedByToken(sel)
	}
	pr, err := c.profiles.only()
	return pr.Name, err
}

// WipeNamed removes a profile from this computer.
func (c *Core) WipeNamed(ctx context.Context, name string) error {
	return c.wipeFolder(ctx, name)
}

// ShowAtStart makes the window open the details of an interaction.
func (c *Core) ShowAtStart(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link = name
}

// InBrowser says that the page is served to a browser.
func (c *Core) InBrowser() {
	c.opts.Browser = true
	c.sweepUploads()
}

// FirstSync starts a sync in the background where the program's opening is reason enough:
// the demo that is empty or behind, and a connected profile that syncs by itself.
func (c *Core) FirstSync(ctx context.Context) error {
	p, ok := c.opened()
	if !ok || p.client == nil {
		return nil // the first-run screen and opened files have nothing to sync
	}
	if p.Kind == kindDemo {
		if fresh, err := c.upToDate(ctx, p); err != nil || fresh {
			return err
		}
	}
	if p.Kind == kindDemo || c.settings(p).SyncMinutes > 0 {
		p.runner.start(SyncRequest{})
	}
	return nil
}

// ListChanges gives the queued changes.
func (c *Core) ListChanges(ctx context.Context) ([]Change, error) {
	p, err := c.profile()
	if err != nil {
		return nil, err
	}
	return c.Changes(ctx, p)
}

// queue makes a change for the command line and returns the changes it queued.
func (c *Core) queue(ctx context.Context, do func(p *openProfile) error) ([]Change, error) {
	p, err := c.profile()
	if err != nil {
		return nil, err
	}
	if p.Kind == kindFile {
		return nil, &Error{Code: "read_only"}
	}
	before, err := c.Changes(ctx, p)
	if err != nil {
		return nil, err
	}
	if err := do(p); err != nil {
		return nil, err
	}
	after, err := c.Changes(ctx, p)
	if err != nil {
		return nil, err
	}
	known := map[int64]bool{}
	for _, b := range before {
		known[b.ID] = true
	}
	made := []Change{}
	for _, a := range after {
		if !known[a.ID] {
			made = append(made, a)
		}
	}
	return made, nil
}

// Pair queues the pairing of an activity with a contact.
func (c *Core) Pair(ctx context.Context, activity, contact string) ([]Change, error) {
	return c.queue(ctx, func(p *openProfile) error {
		_, err := p.db.Pair(ctx, activity, contact)
		return err
	})
}

// AddContact queues a new contact, and its pairing when an activity is named.
func (c *Core) AddContact(ctx context.Context, in ContactInput, activity string) ([]Change, error) {
	return c.queue(ctx, func(p *openProfile) error {
		_, err := p.db.AddContact(ctx, in.contact(), activity)
		return err
	})
}

// AttachTicket queues the attaching of an activity to a ticket.
func (c *Core) AttachTicket(ctx context.Context, activity, ticket string) ([]Change, error) {
	return c.queue(ctx, func(p *openProfile) error {
		_, err := p.db.AttachTicket(ctx, activity, ticket)
		return err
	})
}

// AddReview queues a quality review.
func (c *Core) AddReview(ctx context.Context, in QAInput) ([]Change, error) {
	return c.queue(ctx, func(p *openProfile) error {
		_, err := p.db.AddReview(ctx, store.QAReview{Activity: in.Activity, Form: in.Form, Answers: in.Answers})
		return err
	})
}
