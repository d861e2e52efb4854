package profile

import (
	"context"
	"errors"
)

// Known is a profile of this computer as people choose it.
type Known struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`    // connected, demo, file
	Company string `json:"company"` // or the name of the opened file
	Login   string `json:"login"`   // "" for a file
	Open    bool   `json:"open"`
}

// Known lists the profiles of this computer, by name.
func (m *Manager) Known() ([]Known, error) {
	if err := m.gate.pass(); err != nil {
		return nil, err
	}
	all, err := m.disk.all()
	if err != nil {
		return nil, err
	}
	open := m.OpenName()
	list := make([]Known, 0, len(all))
	for _, d := range all {
		list = append(list, Known{Name: d.Name, Kind: d.Kind, Company: d.Company(), Login: d.Login, Open: d.Name == open})
	}
	return list, nil
}

// SwitchTo opens another profile and lets it sync by itself. When it cannot be opened, the one that
// was open before is open again.
func (m *Manager) SwitchTo(ctx context.Context, name string) error {
	was, err := m.Open()
	if errors.Is(err, ErrNoProfile) {
		return m.useOnScreen(ctx, name)
	}
	if err != nil || name == was.Name {
		return err
	}
	err = m.useOnScreen(ctx, name)
	if err != nil && m.OpenName() != was.Name {
		return errors.Join(err, m.useOnScreen(ctx, was.Name))
	}
	if err == nil {
		m.cover(was.Name, was.IsFile()) // closing a file that is open now leads back to it
	}
	return err
}

// useOnScreen opens a profile as the page does.
func (m *Manager) useOnScreen(ctx context.Context, name string) error {
	if name == DemoName {
		_, err := m.UseDemo(ctx)
		return err
	}
	p, err := m.Use(ctx, Select{Profile: name})
	if err != nil {
		return err
	}
	p.Background()
	return p.FirstSync(ctx)
}
