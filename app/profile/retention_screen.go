package app

// Retention tells how long interactions stay on this computer.
func (p *Preferences) Retention() (r Retention, err error) {
	defer p.c.guard("Preferences.Retention", &err)
	return p.c.CurrentRetention(p.c.context())
}

// PreviewRetention counts what keeping so many days would remove or anonymise.
func (p *Preferences) PreviewRetention(days int, anonymise bool) (r Retention, err error) {
	defer p.c.guard("Preferences.PreviewRetention", &err)
	return p.c.PreviewRetention(p.c.context(), days, anonymise)
}

// SetRetention chooses how long interactions stay and acts on it at once.
func (p *Preferences) SetRetention(days int, anonymise bool) (r Retention, err error) {
	defer p.c.guard("Preferences.SetRetention", &err)
	r, _, err = p.c.SetRetention(p.c.context(), days, anonymise)
	return r, err
}
