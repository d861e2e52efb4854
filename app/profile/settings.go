package profile

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"

	"wapdesk/store/query"
)

// Settings are the choices, kept for the profile. Changes apply at once.
type Settings struct {
	Lang         string `json:"lang"`     // en, cs
	Region       string `json:"region"`   // en, cs, or "" for the language's own
	Theme        string `json:"theme"`    // system, light, dark
	Density      string `json:"density"`  // compact, standard, roomy
	TextSize     int    `json:"textSize"` // percent, 80–200
	ReduceMotion bool   `json:"reduceMotion"`
	SingleKeys   bool   `json:"singleKeys"` // single letters act in the grid and the details
	// Shortcuts are keys other than the usual ones by what they do: "export": "Ctrl+B".
	Shortcuts    map[string]string `json:"shortcuts"`
	StartView    string            `json:"startView"` // id of a saved view, "" for Today
	Columns      []ColumnSetting   `json:"columns"`
	DetailWidth  int               `json:"detailWidth"` // px
	DetailTab    string            `json:"detailTab"`   // wap, activity
	StripOpen    bool              `json:"stripOpen"`
	SyncMinutes  int               `json:"syncMinutes"` // 0: only when asked
	SyncMessages bool              `json:"syncMessages"`
	SyncMetered  string            `json:"syncMetered"` // what goes over metered networks by itself: all, new, asked
	Targets      Targets           `json:"targets"`
	Presentation bool              `json:"presentation"`
	WeekStart    int               `json:"weekStart"` // 1 Monday, 0 Sunday
	Export       string            `json:"export"`    // the page's last export choice, JSON
	// ExportTemplates are choices kept under a name.
	ExportTemplates []ExportTemplate `json:"exportTemplates"`
}

// ColumnSetting is the place and width of a column; order is the order in the list.
type ColumnSetting struct {
	Field  string `json:"field"`
	Width  int    `json:"width"` // px, 0 for the usual width
	Hidden bool   `json:"hidden"`
}

// What goes over a metered network by itself; what somebody asks for always does.
const (
	MeteredAll   = "all"
	MeteredNew   = "new"   // older days and reading again wait
	MeteredAsked = "asked" // nothing
)

const settingsKey = "settings"

// DefaultSettings returns the settings of a new profile.
func (o Options) DefaultSettings() Settings {
	return Settings{
		Lang: o.Lang(), Theme: "system", Density: "standard", TextSize: 100, SingleKeys: true, Shortcuts: map[string]string{},
		Columns: []ColumnSetting{}, DetailWidth: 480, DetailTab: "wap", StripOpen: true,
		SyncMinutes: 15, SyncMessages: true, SyncMetered: MeteredNew, Targets: Targets{All: Goals{WaitS: 120}, Queues: []QueueGoals{}}, WeekStart: 1, ExportTemplates: []ExportTemplate{},
	}
}

// Settings returns the profile's settings as they hold now.
func (p *Profile) Settings() Settings {
	s := p.keptSettings()
	if s.Lang == "" || p.opts.LangAsked && !p.langChosen.Load() {
		s.Lang = p.opts.Lang()
	}
	return s
}

// keptSettings reads the profile's settings, without a language where none was chosen; what
// cannot be read falls back to the defaults, so that a newer version's choices never keep the
// page from opening.
func (p *Profile) keptSettings() Settings {
	d := p.opts.DefaultSettings()
	d.Lang = ""
	s := d
	text, found, err := p.db.Setting(p.run, settingsKey)
	if err != nil || !found {
		return s
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return d
	}
	s.Targets = oldTarget(text, s.Targets)
	return s.Clean(d)
}

// oldTarget takes over the one target that there was before there were several.
func oldTarget(text string, now Targets) Targets {
	var kept struct {
		Targets *Targets `json:"targets"`
		WaitS   *int64   `json:"targetWaitS"`
	}
	if err := json.Unmarshal([]byte(text), &kept); err == nil && kept.Targets == nil && kept.WaitS != nil {
		now.All.WaitS = *kept.WaitS
	}
	return now
}

// Clean replaces values outside of what the settings page offers and columns that no longer
// exist, instead of dropping the whole layout.
func (s Settings) Clean(d Settings) Settings {
	oneOf := func(v *string, fallback string, allowed ...string) {
		if !slices.Contains(allowed, *v) {
			*v = fallback
		}
	}
	oneOf(&s.Lang, d.Lang, "en", "cs")
	oneOf(&s.Region, d.Region, "", "en", "cs")
	oneOf(&s.Theme, d.Theme, "system", "light", "dark")
	oneOf(&s.Density, d.Density, "compact", "standard", "roomy")
	oneOf(&s.SyncMetered, d.SyncMetered, MeteredAll, MeteredNew, MeteredAsked)
	oneOf(&s.DetailTab, d.DetailTab, "wap", "activity")
	s.TextSize = min(max(s.TextSize, 80), 200)
	s.DetailWidth = min(max(s.DetailWidth, 380), 4000)
	s.SyncMinutes = min(max(s.SyncMinutes, 0), 24*60)
	s.Targets = s.Targets.clean()
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

// SetSettings keeps the settings and returns them as they were kept.
func (p *Profile) SetSettings(ctx context.Context, s Settings) (Settings, error) {
	kept := s.Clean(p.opts.DefaultSettings())
	before, file := p.Settings(), kept
	if kept.Lang == before.Lang { // the page sends all settings, also a language nobody chose
		file.Lang = p.keptSettings().Lang
	}
	b, err := json.Marshal(file)
	if err != nil {
		return Settings{}, err
	}
	if err := p.db.SetSetting(ctx, settingsKey, string(b)); err != nil {
		return Settings{}, err
	}
	if before.Lang != kept.Lang {
		p.langChosen.Store(true)
	}
	if before.WeekStart != kept.WeekStart {
		p.db.List().SetZone(p.db.Zone(), kept.WeekStart == 0)
	}
	if !before.Targets.equal(kept.Targets) {
		if err := p.db.SetWorkingHours(ctx, kept.Targets.workingHours()); err != nil {
			return Settings{}, err
		}
		p.measureBy(kept.Targets)
		p.background.countSoon()
		p.listen.DataChanged() // what is on the screen was measured by others
	}
	if before.SyncMinutes != kept.SyncMinutes || before.SyncMetered != kept.SyncMetered {
		p.background.replan()
	}
	return kept, nil
}
