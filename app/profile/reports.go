package profile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wapdesk/store/query"
)

// Report is a report that is made again and again: a view over a period that follows the day it is made on.
type Report struct {
	ID      string   `json:"id"` // "" for a new one
	Title   string   `json:"title"`
	View    string   `json:"view"`    // id of a view, whose time gives way to the period
	Period  string   `json:"period"`  // preset of the time control
	Compare string   `json:"compare"` // before, year, or "" for nothing
	Tables  []string `json:"tables"`  // of ReportTables, in their order
	Formats []string `json:"formats"` // xlsx, pdf
	Lang    string   `json:"lang"`    // en, cs
	Region  string   `json:"region"`  // en, cs, or "" for the language's own
	Name    string   `json:"name"`    // of the file, with {title}, {from}, {to} and {company}
	Folder  string   `json:"folder"`  // "": asked for each time
	Days    []int    `json:"days"`    // weekdays it is made on by itself, 1 Monday to 7 Sunday; none: only when asked
	At      string   `json:"at"`      // time of that day in the contact centre's zone, "07:30"
}

// ReportName is the name of a report's file where nobody chose another.
const ReportName = "{title} {from}_{to}"

// ReportTables are the tables a report can have, in their order.
func ReportTables() []string { return []string{"days", "agents", "queues", "hours", "statuses"} }

// ReportRun is what became of a report when it was made last.
type ReportRun struct {
	AtMs   int64             `json:"atMs"`  // when, 0 never
	DueMs  int64             `json:"dueMs"` // the planned moment that it was for
	Files  []string          `json:"files"` // paths
	Code   string            `json:"code"`  // "" when it went well, else what failed
	Params map[string]string `json:"params"`
}

// KeptReport is a report with its last run and the next one.
type KeptReport struct {
	Report
	Run    ReportRun `json:"run"`
	NextMs int64     `json:"nextMs"` // 0: not planned
	Gone   bool      `json:"gone"`   // its view is no longer there
}

// Errors of reports.
var (
	ErrReportTitle    = errors.New("a report needs a title of its own")
	ErrReportView     = errors.New("the view of the report is gone")
	ErrReportPlan     = errors.New("a plan needs days, a time and a folder")
	ErrReportNothing  = errors.New("a report needs a format")
	ErrReportNoFolder = errors.New("the report has no folder")
)

// maxReports bounds the reports of a profile.
const maxReports = 100

const (
	reportsKey   = "reports"
	reportKey    = "report."
	reportRunKey = "report-run."
)

var timeOfDay = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// cleaned returns a report as it is kept, or what it lacks.
func (r Report) cleaned(lang string) (Report, error) {
	r.Title = strings.TrimSpace(r.Title)
	if r.Title == "" || utf8.RuneCountInString(r.Title) > 100 {
		return Report{}, ErrReportTitle
	}
	if _, err := (query.Clock{}).Preset(r.Period); err != nil {
		return Report{}, err
	}
	if r.Compare != WithBefore && r.Compare != WithYear {
		r.Compare = ""
	}
	chosen := r.Tables
	r.Tables = slices.DeleteFunc(ReportTables(), func(t string) bool { return !slices.Contains(chosen, t) })
	formats := r.Formats
	r.Formats = slices.DeleteFunc([]string{"xlsx", "pdf"}, func(f string) bool { return !slices.Contains(formats, f) })
	if len(r.Formats) == 0 {
		return Report{}, ErrReportNothing
	}
	if r.Lang != "en" && r.Lang != "cs" {
		r.Lang = lang
	}
	if r.Region != "en" && r.Region != "cs" {
		r.Region = ""
	}
	if r.Name = strings.TrimSpace(r.Name); r.Name == "" {
		r.Name = ReportName
	}
	r.Folder = strings.TrimSpace(r.Folder)
	days := r.Days
	r.Days = slices.DeleteFunc([]int{1, 2, 3, 4, 5, 6, 7}, func(d int) bool { return !slices.Contains(days, d) })
	if len(r.Days) == 0 {
		r.At = ""
	} else if r.Folder == "" || !timeOfDay.MatchString(r.At) {
		return Report{}, ErrReportPlan
	}
	return r, nil
}

// Reports lists the reports of the profile by title.
func (p *Profile) Reports(ctx context.Context) ([]KeptReport, error) {
	ids, err := p.reportIDs(ctx)
	if err != nil {
		return nil, err
	}
	views, err := p.Views(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]KeptReport, 0, len(ids))
	for _, id := range ids {
		k, found, err := p.report(ctx, id)
		if err != nil {
			return nil, err
		}
		if !found {
			continue // gone with a person whose name it had
		}
		k.Gone = !slices.ContainsFunc(views, func(v SavedView) bool { return v.ID == k.View })
		list = append(list, k)
	}
	slices.SortStableFunc(list, func(a, b KeptReport) int { return strings.Compare(a.Title, b.Title) })
	return list, nil
}

// ReportNamed finds a report by its title, or an *UnknownError.
func (p *Profile) ReportNamed(ctx context.Context, title string) (KeptReport, error) {
	list, err := p.Reports(ctx)
	if err != nil {
		return KeptReport{}, err
	}
	for _, k := range list {
		if strings.EqualFold(k.Title, strings.TrimSpace(title)) {
			return k, nil
		}
	}
	return KeptReport{}, &UnknownError{What: AReport, Name: title}
}

// ReportByID finds a report, or an *UnknownError.
func (p *Profile) ReportByID(ctx context.Context, id string) (KeptReport, error) {
	k, found, err := p.report(ctx, id)
	if err == nil && !found {
		err = &UnknownError{What: AReport, Name: id}
	}
	return k, err
}

// SaveReport adds a report, or replaces the one with its ID. Titles tell reports apart.
func (p *Profile) SaveReport(ctx context.Context, r Report) (KeptReport, error) {
	r, err := r.cleaned(p.Settings().Lang)
	if err != nil {
		return KeptReport{}, err
	}
	if _, err := p.viewOf(ctx, r); err != nil {
		return KeptReport{}, err
	}
	list, err := p.Reports(ctx)
	if err != nil {
		return KeptReport{}, err
	}
	if slices.ContainsFunc(list, func(k KeptReport) bool { return k.ID != r.ID && strings.EqualFold(k.Title, r.Title) }) || r.ID == "" && len(list) >= maxReports {
		return KeptReport{}, ErrReportTitle
	}
	ids, err := p.reportIDs(ctx)
	if err != nil {
		return KeptReport{}, err
	}
	run := ReportRun{}
	if !slices.Contains(ids, r.ID) {
		r.ID = p.freeReportID(ids)
		if err := p.keepJSON(ctx, reportsKey, append(ids, r.ID)); err != nil {
			return KeptReport{}, err
		}
	} else if old, found, err := p.report(ctx, r.ID); err != nil {
		return KeptReport{}, err
	} else if found {
		run = old.Run
	}
	run.DueMs = p.now().UnixMilli() // what was planned before this moment was another plan
	if err := errors.Join(p.keepJSON(ctx, reportKey+r.ID, r), p.keepJSON(ctx, reportRunKey+r.ID, run)); err != nil {
		return KeptReport{}, err
	}
	k, _, err := p.report(ctx, r.ID)
	return k, err
}

// DeleteReport removes a report; its files stay.
func (p *Profile) DeleteReport(ctx context.Context, id string) error {
	ids, err := p.reportIDs(ctx)
	if err != nil {
		return err
	}
	return errors.Join(
		p.keepJSON(ctx, reportsKey, slices.DeleteFunc(ids, func(one string) bool { return one == id })),
		p.db.SetSetting(ctx, reportKey+id, ""), p.db.SetSetting(ctx, reportRunKey+id, ""),
	)
}

func (p *Profile) freeReportID(taken []string) string {
	for n := 1; ; n++ {
		if id := fmt.Sprint(n); !slices.Contains(taken, id) {
			return id
		}
	}
}

func (p *Profile) reportIDs(ctx context.Context) ([]string, error) {
	var ids []string
	_, err := p.readJSON(ctx, reportsKey, &ids)
	return ids, err
}

func (p *Profile) report(ctx context.Context, id string) (k KeptReport, found bool, err error) {
	if found, err = p.readJSON(ctx, reportKey+id, &k.Report); err != nil || !found {
		return k, false, err
	}
	if _, err = p.readJSON(ctx, reportRunKey+id, &k.Run); err != nil {
		return k, false, err
	}
	k.ID, k.Run.Files = id, nonNil(k.Run.Files)
	if k.Run.Params == nil {
		k.Run.Params = map[string]string{}
	}
	if next, planned := k.next(p.Clock(), p.now()); planned {
		k.NextMs = next.UnixMilli()
	}
	return k, true, nil
}

// readJSON reads a setting; one that is empty, or of another version, is not there.
func (p *Profile) readJSON(ctx context.Context, key string, into any) (bool, error) {
	text, found, err := p.db.Setting(ctx, key)
	if err != nil || !found || text == "" {
		return false, err
	}
	return json.Unmarshal([]byte(text), into) == nil, nil
}

func (p *Profile) keepJSON(ctx context.Context, key string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return p.db.SetSetting(ctx, key, string(text))
}

// viewOf finds the view that a report is of, or ErrReportView.
func (p *Profile) viewOf(ctx context.Context, r Report) (SavedView, error) {
	views, err := p.Views(ctx)
	if err != nil {
		return SavedView{}, err
	}
	for _, v := range views {
		if v.ID == r.View {
			return v, nil
		}
	}
	return SavedView{}, ErrReportView
}
