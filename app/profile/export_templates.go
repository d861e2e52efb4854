package profile

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"wapdesk/store/query"
)

// ExportTemplate is a choice of the export dialog kept under a name.
type ExportTemplate struct {
	Name   string `json:"name"`
	Choice string `json:"choice"` // the dialog's choice, JSON
}

// Bounds of templates.
const (
	maxTemplates     = 50
	maxTemplateName  = 60 // characters
	maxTemplateBytes = 4096
)

// exportChoice is what the command line reads of the dialog's choice. Only the dialog
// writes it.
type exportChoice struct {
	Format    string         `json:"format"`
	Columns   string         `json:"columns"` // list, all, pick
	Picked    []pickedColumn `json:"picked"`
	Sheets    []string       `json:"sheets"`
	Lang      string         `json:"lang"`
	Region    string         `json:"region"`
	Raw       bool           `json:"raw"`
	RawText   bool           `json:"rawText"`
	Delimiter string         `json:"delimiter"`
	BOM       bool           `json:"bom"`
	Seconds   bool           `json:"seconds"`
}

type pickedColumn struct {
	Field string `json:"field"`
	On    bool   `json:"on"`
}

// cleanTemplates drops what could not be shown or chosen: templates without a name, of a
// name that is there already, or too long.
func cleanTemplates(templates []ExportTemplate) []ExportTemplate {
	kept := make([]ExportTemplate, 0, len(templates))
	for _, t := range templates {
		t.Name = strings.TrimSpace(t.Name)
		if t.Name == "" || utf8.RuneCountInString(t.Name) > maxTemplateName || len(t.Choice) > maxTemplateBytes ||
			!json.Valid([]byte(t.Choice)) || len(kept) == maxTemplates || findTemplate(kept, t.Name) >= 0 {
			continue
		}
		kept = append(kept, t)
	}
	return kept
}

func findTemplate(templates []ExportTemplate, name string) int {
	return slices.IndexFunc(templates, func(t ExportTemplate) bool { return strings.EqualFold(t.Name, strings.TrimSpace(name)) })
}

// ExportFromTemplate returns the request that a template of the profile stands for, without what
// is to be exported.
func (p *Profile) ExportFromTemplate(name string) (ExportRequest, error) {
	s := p.Settings()
	at := findTemplate(s.ExportTemplates, name)
	if at < 0 {
		return ExportRequest{}, &UnknownError{What: ATemplate, Name: name}
	}
	var choice exportChoice
	if err := json.Unmarshal([]byte(s.ExportTemplates[at].Choice), &choice); err != nil {
		return ExportRequest{}, &UnknownError{What: ATemplate, Name: name, cause: err}
	}
	r := ExportRequest{
		Format: choice.Format, Sheets: choice.Sheets, Lang: choice.Lang, Region: choice.Region, Raw: choice.Raw,
		RawText: choice.RawText, Delimiter: choice.Delimiter, BOM: choice.BOM, Seconds: choice.Seconds,
	}
	switch choice.Columns {
	case "pick":
		for _, col := range choice.Picked {
			if f, known := query.FieldByName(col.Field); col.On && known && f.Exportable {
				r.Columns = append(r.Columns, col.Field)
			}
		}
	case "list":
		for _, col := range s.Columns {
			if !col.Hidden {
				r.Columns = append(r.Columns, col.Field)
			}
		}
	}
	return r, nil
}
