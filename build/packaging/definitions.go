package packaging

import (
	"bytes"
	"embed"
	"fmt"
	"text/template"
)

// definitions are the files that packages are described by, with places for what changes.
//
//go:embed Info.plist app.manifest nfpm.yaml wapdesk.desktop winres.json
var definitions embed.FS

// Definition is one of the files with its places filled.
func Definition(name string, values any) ([]byte, error) {
	b, err := definitions.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t, err := template.New(name).Option("missingkey=error").Parse(string(b))
	if err != nil {
		return nil, fmt.Errorf("definition: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, values); err != nil {
		return nil, fmt.Errorf("definition: %w", err)
	}
	return out.Bytes(), nil
}

// LinuxPackage is what nfpm.yaml needs to know.
type LinuxPackage struct {
	Version Version
	Arch    string
	Licence string // see LicenceExpression
	Files   []PackageFile
	Depends Dependencies
}

// PackageFile is one file of a package, from where it was made to where it goes.
type PackageFile struct {
	Source, Target string
	Mode           int
}
