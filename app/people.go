package app

import (
	"context"

	"wapdesk/app/profile"
)

// People answers for one person: what is stored about them, as a file to hand over, and its erasure.
type People struct{ a *App }

// Find returns whom a name, number, e-mail or unique name of a contact leads to.
func (s *People) Find(text string) ([]profile.PersonHit, error) {
	return ask(s.a, "People.Find", func(ctx context.Context, p *profile.Profile) ([]profile.PersonHit, error) {
		return p.FindPeople(ctx, text)
	})
}

// Open returns a person with every interaction that names it.
func (s *People) Open(key profile.PersonKey) (profile.Person, error) {
	return ask(s.a, "People.Open", func(ctx context.Context, p *profile.Profile) (profile.Person, error) {
		return p.Person(ctx, s.meant(key))
	})
}

// Save asks where to save and writes what is stored about a person, with some interactions: zip or
// jsonl.
func (s *People) Save(key profile.PersonKey, names []string, format, lang string) (ExportProgress, error) {
	return ask(s.a, "People.Save", func(ctx context.Context, p *profile.Profile) (ExportProgress, error) {
		f, err := p.PreparePerson(ctx, s.meant(key), names, format, lang)
		if err != nil {
			return ExportProgress{}, err
		}
		return s.a.save(p, int64(len(names)), f.FileName(), f.Write)
	})
}

// Preview says what erasing interactions of a person would remove and what stays.
func (s *People) Preview(names []string) (profile.ErasePreview, error) {
	return ask(s.a, "People.Preview", func(ctx context.Context, p *profile.Profile) (profile.ErasePreview, error) {
		return p.PreviewErase(ctx, names)
	})
}

// Erase anonymises interactions of a person and removes the contact when no other names it.
func (s *People) Erase(key profile.PersonKey, names []string, hereOnly bool) (profile.PersonErased, error) {
	return ask(s.a, "People.Erase", func(ctx context.Context, p *profile.Profile) (profile.PersonErased, error) {
		defer s.a.veil.forget()
		return p.ErasePerson(ctx, s.meant(key), names, hereOnly)
	})
}

// meant puts back what stood for a number in presentation mode.
func (s *People) meant(key profile.PersonKey) profile.PersonKey {
	if number, ok := s.a.veil.meant(key.Number); ok {
		key.Number = number
	}
	return key
}
