package packaging

import (
	"encoding/json"
	"strings"
	"time"
)

// bom is a bill of materials of CycloneDX, as far as ours goes.
type bom struct {
	Format     string        `json:"bomFormat"`
	Spec       string        `json:"specVersion"`
	Version    int           `json:"version"`
	Metadata   bomMetadata   `json:"metadata"`
	Components []bomMaterial `json:"components"`
}

type bomMetadata struct {
	Timestamp string      `json:"timestamp"`
	Component bomMaterial `json:"component"`
}

type bomMaterial struct {
	Type     string       `json:"type"`
	Ref      string       `json:"bom-ref"`
	Name     string       `json:"name"`
	Version  string       `json:"version"`
	URL      string       `json:"purl,omitempty"`
	Licences []bomLicence `json:"licenses,omitempty"`
}

type bomLicence struct {
	Licence struct {
		ID   string `json:"id,omitempty"`
		Name string `json:"name,omitempty"`
	} `json:"license"`
}

// BillOfMaterials lists the components in the form of CycloneDX.
func BillOfMaterials(v Version, components []Component) ([]byte, error) {
	out := bom{
		Format: "CycloneDX", Spec: "1.5", Version: 1, Components: []bomMaterial{},
		Metadata: bomMetadata{
			Timestamp: v.Time.Format(time.RFC3339),
			Component: bomMaterial{Type: "application", Ref: "wapdesk", Name: "Wapdesk", Version: v.String()},
		},
	}
	for _, c := range components {
		names, texts, err := c.Texts()
		if err != nil {
			return nil, err
		}
		m := bomMaterial{Type: "library", Ref: c.URL(), Name: c.Name, Version: c.Version, URL: c.URL()}
		for i := range texts {
			var l bomLicence
			if l.Licence.ID = kindOf(texts[i]); l.Licence.ID == "" {
				l.Licence.Name = names[i]
			}
			m.Licences = append(m.Licences, l)
		}
		out.Components = append(out.Components, m)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	err := enc.Encode(out)
	return []byte(b.String()), err
}
