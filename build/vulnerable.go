package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// errVulnerable means something in the program has a vulnerability that is known.
var errVulnerable = errors.New("has a known vulnerability")

// goDatabase is where vulnerabilities of Go modules are published. GOVULNDB names another, such as a
// company's copy.
const goDatabase = "https://vuln.go.dev"

// databasePatience is how long a database may take to say that it is there.
const databasePatience = 5 * time.Second

// vulnerableModules looks for known vulnerabilities in the packages of others that the program uses, here and on
// Windows, and in Go's own. Where the database cannot be reached nothing was looked for, and the step is skipped.
func (p *project) vulnerableModules(ctx context.Context, rep *report) error {
	return p.auditModules(ctx, rep, cmp.Or(os.Getenv("GOVULNDB"), goDatabase), "linux", "windows")
}

func (p *project) auditModules(ctx context.Context, rep *report, database string, systems ...string) error {
	if err := databaseAnswers(ctx, database); err != nil {
		rep.skipped = fmt.Sprintf("nothing was looked for: the database %s can’t be reached (%v)", database, err)
		return nil
	}
	scanner := p.path("build", "bin", "govulncheck"+pick(runtime.GOOS == "windows", ".exe", ""))
	if err := p.buildScanner(ctx, rep, scanner); err != nil {
		return err
	}
	return p.scanModules(ctx, rep, scanner, database, systems...)
}

func (p *project) buildScanner(ctx context.Context, rep *report, out string) error {
	return p.run(ctx, rep, command{env: []string{"CGO_ENABLED=0"},
		args: []string{"go", "build", "-modfile=" + p.path("build", "tools.mod"), "-o", out, "golang.org/x/vuln/cmd/govulncheck"}})
}

// scanModules asks for packages, not for functions: which of them can be reached takes minutes to work out.
func (p *project) scanModules(ctx context.Context, rep *report, scanner, database string, systems ...string) error {
	for _, system := range systems {
		err := p.run(ctx, rep, command{env: []string{"GOOS=" + system, "CGO_ENABLED=" + pick(system == runtime.GOOS && system != "windows", "1", "0")},
			args: []string{scanner, "-db", database, "-scan", "package", "-tags", windowTags(system), "./..."}})
		if err != nil {
			return fmt.Errorf("on %s: %w", system, err)
		}
	}
	return nil
}

// databaseAnswers fails where a database of Go's form is not there.
func databaseAnswers(ctx context.Context, database string) error {
	at, err := url.Parse(database)
	if err != nil {
		return err
	}
	at = at.JoinPath("index", "db.json")
	if at.Scheme == "file" {
		_, err := os.Stat(filepath.FromSlash(at.Path))
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, databasePatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return err
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(reply.Body, 1<<20))
	_ = reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return errors.New(reply.Status)
	}
	return nil
}

// vulnerablePackages looks for known vulnerabilities in the npm packages that the page is built of.
func (p *project) vulnerablePackages(ctx context.Context, rep *report) error {
	return p.auditPackages(ctx, rep, p.path("frontend"))
}

func (p *project) auditPackages(ctx context.Context, rep *report, folder string, env ...string) error {
	// It ends with 1 for vulnerabilities as for a registry that does not answer; what it prints tells them apart.
	out, err := p.output(ctx, rep, command{dir: folder,
		env:  slices.Concat(npmEnv, []string{"npm_config_fetch_retries=0", "npm_config_fetch_timeout=5000"}, env),
		args: npm("audit", "--omit=dev", "--json")})
	found, unanswered, readErr := readAudit([]byte(out))
	switch {
	case readErr != nil:
		return errors.Join(err, readErr)
	case unanswered != "":
		rep.skipped = fmt.Sprintf("nothing was looked for: the registry gave no answer (%s)", unanswered)
		return nil
	case len(found) > 0:
		rep.printf("%s\n", out)
		return fmt.Errorf("%s: %w", strings.Join(found, ", "), errVulnerable)
	}
	return err
}

// readAudit reads what "npm audit --json" prints: packages with a vulnerability, or why there was no answer.
func readAudit(out []byte) (found []string, unanswered string, err error) {
	var answer struct {
		AuditReportVersion int
		Vulnerabilities    map[string]struct{ Severity string }
		Message            string
		Error              struct{ Code, Summary string }
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		return nil, "", fmt.Errorf("npm audit: %w", err)
	}
	if answer.AuditReportVersion == 0 {
		why := cmp.Or(answer.Message, answer.Error.Summary, answer.Error.Code)
		if why == "" {
			return nil, "", errors.New("npm audit gave neither a report nor a reason")
		}
		return nil, why, nil
	}
	for name, one := range answer.Vulnerabilities {
		found = append(found, name+" ("+one.Severity+")")
	}
	slices.Sort(found)
	return found, "", nil
}
