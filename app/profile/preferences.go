package app

import (
	"encoding/json"
	"regexp"
	"slices"

	"wapdesk/store/query"
)

const settingsKey = "settings"

// defaults are the settings of a new profile.
func (c *Core) defaults() Settings {
	return Settings{
		Lang: c.opts.Lang, Theme: "system", Density: "standard", TextSize: 100, SingleKeys: true, Shortcuts: map[string]string{},
		Columns: []ColumnSetting{}, DetailWidth: 480, DetailTab: "wap", StripOpen: true,
		SyncMinutes: 15, SyncMessages: true, TargetWaitS: 120, WeekStart: 1, ExportTemplates: []ExportTemplate{},
	}
}

// settings gives the profile's settings as they hold now.
func (c *Core) settings(p *openProfile) Settings {
	s := c.keptSettings(p)
	if s.Lang == "" || c.opts.LangAsked && !c.langChosen.Load() {
		s.Lang = c.opts.Lang
	}
	return s
}

// keptSettings reads the profile's settings, without a language where none was chosen; what
// cannot be read falls back to the defaults, so that a newer version's choices never keep the
// page from opening.
func (c *Core) keptSettings(p *openProfile) Settings {
	d := c.defaults()
	d.Lang = ""
	s := d
	text, found, err := p.db.Setting(c.context(), settingsKey)
	if err != nil || !found {
		return s
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return d
	}
	return s.clean(d)
}

// clean replaces values outside of what the settings page offers and columns that no longer
// exist, instead of dropping the whole layout.
func (s Settings) clean(d Settings) Settings {
	oneOf := func(v *string, fallback string, allowed ...string) {
		if !slices.Contains(allowed, *v) {
			*v = fallback
		}
	}
	oneOf(&s.Lang, d.Lang, "en", "cs")
	oneOf(&s.Region, d.Region, "", "en", "cs")
	oneOf(&s.Theme, d.Theme, "system", "light", "dark")
	oneOf(&s.Density, d.Density, "compact", "standard", "roomy")
	oneOf(&s.DetailTab, d.DetailTab, "wap", "activity")
	s.TextSize = min(max(s.TextSize, 80), 200)
	s.DetailWidth = min(max(s.DetailWidth, 380), 4000)
	s.SyncMinutes = min(max(s.SyncMinutes, 0), 24*60)
	s.TargetWaitS = min(max(s.TargetWaitS, 0), 24*3600)
	if s.WeekStart != 0 {
		s.WeekStart = 1
	}
	s.Shortcuts = cleanShortcuts(s.Shortcuts)
	s.ExportTemplates = cleanTemplates(s.ExportTemplates)
	s.Columns = slices.DeleteFunc(s.Columns, func(col ColumnSetting) bool {
		f, ok := query.FieldByName(col.Field)
		return !ok || !f.Listable()
	})
	if s.Columns == nil {
		s.Columns = []ColumnSetting{}
	}
	for i := range s.Columns {
		if w := &s.Columns[i].Width; *w > 0 {
			*w = min(max(*w, 40), 1200)
		} else {
			*w = 0
		}
	}
	return s
}

// A shortcut's name and its keys. Which there are is the page's to know.
var (
	shortcutName = regexp.MustCompile(`^[a-zA-Z]{1,30}$`)
	shortcutKeys = regexp.MustCompile(`^(Ctrl\+)?(Alt\+)?(Shift\+)?([A-Z0-9]|F[1-9]|F1[0-2])$`)
)

// cleanShortcuts keeps what can be shortcuts, and never gives nil.
func cleanShortcuts(given map[string]string) map[string]string {
	const most = 100 // more than there are keys for
	kept := map[string]string{}
	for name, keys := range given {
		if len(kept) < most && shortcutName.MatchString(name) && shortcutKeys.MatchString(keys) {
			kept[name] = keys
		}
	}
	return kept
}

// Get returns the settings of the open profile, or those a new one would have.
func (p *Preferences) Get() (s Settings, err error) {
	defer p.c.guard("Preferences.Get", &err)
	open, ok := p.c.opened()
	if !ok {
		return p.c.defaults(), nil
	}
	return p.c.settings(open), nil
}

// Set keeps the settings and returns them as they were kept.
func (p *Preferences) Set(s Settings) (kept Settings, err error) {
	defer p.c.guard("Preferences.Set", &err)
	kept = s.clean(p.c.defaults())
	open, ok := p.c.opened()
	if !ok {
		return kept, nil // on the first-run screen there is nowhere to keep them yet
	}
	before, file := p.c.settings(open), kept
	if kept.Lang == before.Lang { // the page sends all settings, also a language nobody chose
		file.Lang = p.c.keptSettings(open).Lang
	}
	b, err := json.Marshal(file)
	if err != nil {
		return Settings{}, err
	}
	if err := open.db.SetSetting(p.c.context(), settingsKey, string(b)); err != nil {
		return Settings{}, err
	}
	if before.Lang != kept.Lang {
		p.c.langChosen.Store(true)
	}
	if before.WeekStart != kept.WeekStart {
		open.db.List().SetZone(open.db.Zone(), kept.WeekStart == 0)
	}
	if before.SyncMinutes != kept.SyncMinutes {
		open.runner.replan()
	}
	return kept, nil
}

// Data describes what lies on this computer.
func (p *Preferences) Data() (info DataInfo, err error) {
	defer p.c.guard("Preferences.Data", &err)
	open, err := p.c.profile()
	if err != nil {
		return DataInfo{}, err
	}
	ctx := p.c.context()
	info.Folder = string(open.db.Folder())
	if info.Bytes, err = open.db.Folder().Bytes(); err != nil {
		return DataInfo{}, err
	}
	if info.Interactions, err = open.stored(ctx); err != nil {
		return DataInfo{}, err
	}
	info.Exports, err = exportLog(ctx, open.db)
	return info, err
}
