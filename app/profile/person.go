package profile

import (
	"context"
	"net/url"

	"wapdesk/store"
)

// maxPeople bounds what a search for a person offers.
const maxPeople = 50

// PersonKey says whom a search for a person found: a contact, or a number that no contact bears. One of
// the two is "".
type PersonKey struct {
	Contact string `json:"contact"`
	Number  string `json:"number" personal:"asked"`
}

// PersonHit is a person that a text leads to.
type PersonHit struct {
	PersonKey
	Title   string   `json:"title" personal:"name"`
	Numbers []string `json:"numbers" personal:"text"`
	Emails  []string `json:"emails" personal:"text"`
}

// PersonInteraction is an interaction that names a person.
type PersonInteraction struct {
	Name   string `json:"name"`
	TimeMs int64  `json:"timeMs"`
	Queue  string `json:"queue"`
	Title  string `json:"title" personal:"text"`
	// Other is the contact it is paired with where that is somebody else, who has the same number.
	Other  string `json:"other" personal:"name"`
	Erased bool   `json:"erased"`
}

// Person is everything that is stored about a person, in short.
type Person struct {
	PersonHit
	Interactions []PersonInteraction `json:"interactions"` // newest first
	Link         string              `json:"link"`         // of the contact in the contact centre, "" without one
}

// Own returns the unique names of the interactions that are surely the person's: not those of somebody
// else who has the same number, and not those that were anonymised.
func (p *Person) Own() []string {
	names := []string{}
	for _, i := range p.Interactions {
		if i.Other == "" && !i.Erased {
			names = append(names, i.Name)
		}
	}
	return names
}

// FindPeople returns whom a name, number, e-mail or unique name of a contact leads to.
func (p *Profile) FindPeople(ctx context.Context, text string) ([]PersonHit, error) {
	found, err := p.db.FindPeople(ctx, text, maxPeople)
	if err != nil {
		return nil, err
	}
	hits := make([]PersonHit, 0, len(found))
	for i := range found {
		hits = append(hits, personHit(&found[i]))
	}
	return hits, nil
}

func personHit(h *store.PersonHit) PersonHit {
	return PersonHit{PersonKey: PersonKey(h.PersonKey), Title: h.Title, Numbers: nonNil(h.Numbers), Emails: nonNil(h.Emails)}
}

// Person returns a person with every interaction that names it.
func (p *Profile) Person(ctx context.Context, key PersonKey) (Person, error) {
	found, err := p.db.Person(ctx, store.PersonKey(key))
	if err != nil {
		return Person{}, err
	}
	person := Person{PersonHit: personHit(&found.PersonHit), Interactions: []PersonInteraction{}}
	if key.Contact != "" {
		person.Link = p.ContactLink(key.Contact)
	}
	for _, i := range found.Interactions {
		one := PersonInteraction{Name: i.Interaction, TimeMs: i.TimeMs, Queue: i.Queue, Title: i.Title, Other: i.Other.Title, Erased: i.Erased}
		if one.Other == "" {
			one.Other = i.Other.Name
		}
		person.Interactions = append(person.Interactions, one)
	}
	return person, nil
}

// ContactLink opens a contact in the contact centre; "" where an opened file knows none.
func (p *Profile) ContactLink(name string) string {
	if p.IsFile() || name == "" {
		return ""
	}
	return p.Site() + "/crm/contacts/update/" + url.PathEscape(name)
}

// Todo is what remains to be done in the contact centre by hand after an erasure.
type Todo struct {
	Kind string `json:"kind"` // contact, interaction
	Name string `json:"name"`
	Link string `json:"link"`
}

// PersonErased is what an erasure of a person did.
type PersonErased struct {
	EraseResult
	// Contact tells whether the contact went: it stays while another interaction names it.
	Contact bool `json:"contact"`
	// Todo is what remains to be done in the contact centre, the contact first.
	Todo []Todo `json:"todo"`
}

// ErasePerson anonymises interactions of a person, and removes the contact when no other names it. It
// returns when the file was rewritten. Under a role that forbids anonymising it needs hereOnly, and
// returns ErrHereOnly without. StopErasing ends it between two interactions.
func (p *Profile) ErasePerson(ctx context.Context, key PersonKey, names []string, hereOnly bool) (PersonErased, error) {
	rights, err := p.db.Rights(ctx)
	if err != nil {
		return PersonErased{}, err
	}
	if rights.Anonymising() == store.AnonymisingLocal && !hereOnly {
		return PersonErased{}, ErrHereOnly
	}
	stoppable, done, err := p.erasing.start(ctx)
	if err != nil {
		return PersonErased{}, err
	}
	defer done()
	person, err := p.db.Person(ctx, store.PersonKey(key))
	if err != nil {
		return PersonErased{}, err
	}
	tell := func(n int, phase string) { p.listen.Erasing(EraseProgress{Done: n, Total: len(names), Phase: phase}) }
	result := PersonErased{Todo: []Todo{}}
	result.EraseResult, err = p.erase(stoppable, names, store.Order{HereOnly: hereOnly}, func(n int) { tell(n, "erasing") })
	if err != nil {
		return result, err
	}
	if key.Contact != "" && !result.Stopped {
		if result.Contact, err = p.contactWent(ctx, key.Contact); err != nil {
			return result, err
		}
		if result.Contact && !hereOnly && !p.IsFile() {
			if err := p.db.ToForget(ctx, key.Contact); err != nil {
				return result, err
			}
		}
	}
	tell(len(names), "compacting")
	busy, err := p.compact(ctx)
	if err != nil {
		return result, err
	}
	result.Busy = nonNil(busy)
	tell(len(names), "done")
	return result, p.addTodo(ctx, &result, &person)
}

// contactWent removes a contact that no interaction names any more, and reports whether it is gone.
func (p *Profile) contactWent(ctx context.Context, contact string) (bool, error) {
	if removed, err := p.db.EraseContact(ctx, contact); removed || err != nil {
		return removed, err
	}
	found, err := p.db.HasContact(ctx, contact) // the last interaction may have taken it along
	return !found, err
}

// addTodo lists what is to be done in the contact centre by hand about a person.
func (p *Profile) addTodo(ctx context.Context, result *PersonErased, person *store.Person) error {
	if p.IsFile() {
		return nil
	}
	if result.Contact {
		result.Todo = append(result.Todo, Todo{Kind: "contact", Name: person.Contact, Link: p.ContactLink(person.Contact)})
	}
	changes, err := p.db.Changes(ctx)
	if err != nil {
		return err
	}
	mine := map[string]bool{}
	for _, i := range person.Interactions {
		mine[i.Interaction] = true
	}
	for i := range changes {
		if c := &changes[i]; c.Kind == store.KindAnonymise && c.State == store.ChangeManual && mine[c.Target] {
			result.Todo = append(result.Todo, Todo{Kind: "interaction", Name: c.Target, Link: p.DeepLink(c.Target)})
		}
	}
	return nil
}
