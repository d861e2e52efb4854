package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// minNode is the oldest Node that Vite 8 runs on.
var minNode = version{20, 19, 0}

// version is a release number: major, minor, patch.
type version [3]int

func (v version) String() string { return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]) }

func (v version) before(w version) bool {
	for i := range v {
		if v[i] != w[i] {
			return v[i] < w[i]
		}
	}
	return false
}

var versionPattern = regexp.MustCompile(`(\d+)\.(\d+)(?:\.(\d+))?`)

// parseVersion finds the first release number in text: "v20.20.2", "go1.26.0", "go 1.26".
func parseVersion(text string) (version, bool) {
	m := versionPattern.FindStringSubmatch(text)
	if m == nil {
		return version{}, false
	}
	var v version
	for i, part := range m[1:] {
		v[i], _ = strconv.Atoi(part) // digits only; "" stays 0
	}
	return v, true
}

// checkVersions says in one sentence what is too old or missing.
func (p *project) checkVersions(ctx context.Context, rep *report) error {
	needed, err := p.goDirective()
	if err != nil {
		return err
	}
	// A development build of Go ("devel …") has no number and is taken as new enough.
	if got, ok := parseVersion(runtime.Version()); ok && got.before(needed) {
		return fmt.Errorf("this is Go %s, Wapdesk needs Go %s or newer: https://go.dev/dl/", got, needed)
	}

	if !have("node") || !have("npm") {
		return fmt.Errorf("node and npm are not installed: Wapdesk needs Node %s or newer, with npm: https://nodejs.org/", minNode)
	}
	text, err := p.output(ctx, rep, command{args: []string{"node", "--version"}})
	if err != nil {
		return err
	}
	node, ok := parseVersion(text)
	if !ok {
		return fmt.Errorf("node --version printed %q, no version", text)
	}
	if node.before(minNode) {
		return fmt.Errorf("this is Node %s, Wapdesk needs Node %s or newer: https://nodejs.org/", node, minNode)
	}
	rep.note = fmt.Sprintf("%s, Node %s", strings.Replace(runtime.Version(), "go", "Go ", 1), node)
	return nil
}

// goDirective reads the go line of go.mod.
func (p *project) goDirective() (version, error) {
	mod, err := os.ReadFile(p.path("go.mod"))
	if err != nil {
		return version{}, fmt.Errorf("reading the Go version needed: %w", err)
	}
	for line := range strings.Lines(string(mod)) {
		if v, ok := parseVersion(line); ok && strings.HasPrefix(line, "go ") {
			return v, nil
		}
	}
	return version{}, fmt.Errorf("go.mod has no go line")
}
