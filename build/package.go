package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"wapdesk/build/packaging"
)

// Debian packages that installers and packages are made and signed with.
var packagePackages = slices.Concat(windowPackages, []string{"nsis", "osslsigncode", "openssl"})

// compileLimit is for a computer that has other work, and nothing compiled yet.
const compileLimit = 40 * time.Minute

// shipment is one run of "package": what is made, and from what.
type shipment struct {
	*project
	version    packaging.Version
	components []packaging.Component
	mu         sync.Mutex
	made       []string // paths in build/dist; guarded by mu, since packages are made beside each other
}

// pack makes every package that this system can make, in build/dist.
func (p *project) pack(ctx context.Context, t *terminal) error {
	s := &shipment{project: p}
	begin, end := p.packagesBeside(ctx, packagePackages)
	withC := have("gcc") // before it comes beside the steps, half installed for a while
	tools := &errand{run: func(ctx context.Context, rep *report) error { return p.buildPackagers(ctx, rep, withC) }}
	windows := map[processor]*errand{}
	for _, a := range windowsProcessors {
		windows[a] = &errand{run: func(ctx context.Context, rep *report) error { return s.makeWindows(ctx, rep, a, tools) }}
	}
	steps := []step{
		{name: "Check the versions of Go and Node", run: p.checkVersions},
		{name: "Version of the commit", run: s.begin},
		begin,
		p.modulesBeside(ctx, "packaging.mod"),
		{name: "Tools for packages", run: p.beginAll(ctx, tools)},
		{name: "Front-end packages", run: p.frontendPackages},
		{name: "Build the front end", run: p.buildFrontend},
	}
	if runtime.GOOS != "darwin" {
		// Beside what is done for Linux, since compilers and installers take one core only in parts.
		steps = append(steps, step{name: "Programs and installers for Windows", run: p.beginAll(ctx, slices.Collect(maps.Values(windows))...)})
	}
	steps = append(steps,
		step{name: "Licences", run: s.gather},
		end,
		step{name: "Tools for packages are built", run: tools.finish},
	)
	if runtime.GOOS == "linux" {
		steps = append(steps,
			step{name: "Program for Linux", limit: compileLimit, run: s.compileLinux},
			step{name: "Packages for Linux", run: s.packLinux},
		)
	}
	if runtime.GOOS != "darwin" {
		steps = append(steps, step{name: "Signing is possible", run: s.proveSigning})
		for _, a := range windowsProcessors {
			steps = append(steps, step{name: "Windows " + a.title + " is packed", limit: compileLimit, run: windows[a].finish})
		}
	}
	steps = append(steps,
		step{name: "Bundle for macOS", run: s.packMac},
		step{name: "Bill of materials and sums", run: s.finish},
	)
	if err := runSteps(ctx, t, steps); err != nil {
		return err
	}
	t.printf("\n")
	for _, file := range s.made {
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		t.printf("%8.1f MB  %s\n", float64(info.Size())/1e6, filepath.Base(file))
	}
	t.printf("\nin %s\n", p.path("build", "dist"))
	return nil
}

// work is the path of a file that packages are made from.
func (s *shipment) work(elem ...string) string {
	return s.path(append([]string{"build", "bin", "package"}, elem...)...)
}

// dist is the path of a finished file, whose name begins with the version.
func (s *shipment) dist(rest string) string {
	file := s.path("build", "dist", "wapdesk-"+s.version.String()+rest)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made = append(s.made, file)
	return file
}

func (s *shipment) begin(ctx context.Context, rep *report) (err error) {
	if s.version, err = s.release(ctx, rep); err != nil {
		return err
	}
	rep.note = s.version.String()
	for _, folder := range []string{s.work(), s.path("build", "dist")} {
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// gather lists what is in the program, and fails where the licences kept are of other modules.
func (s *shipment) gather(ctx context.Context, rep *report) (err error) {
	if err := s.checkLicences(ctx, rep); err != nil {
		return err
	}
	s.components, err = s.project.components(ctx, rep)
	return err
}

// packagers are the programs of build/packaging.mod: one writes .deb and .rpm, one the resources of an .exe.
var packagers = map[string]string{
	"nfpm":      "github.com/goreleaser/nfpm/v2/cmd/nfpm",
	"go-winres": "github.com/tc-hib/go-winres",
}

func (p *project) packager(name string) string {
	return p.path("build", "bin", name+pick(runtime.GOOS == "windows", ".exe", ""))
}

// buildPackagers compiles them in the way that takes least: of all that is in them little is ever asked for. What packs is
// optimised, and the standard library is the one that this program was compiled with. withC says whether that was with a
// C compiler.
func (p *project) buildPackagers(ctx context.Context, rep *report, withC bool) error {
	for name, path := range packagers {
		if err := p.run(ctx, rep, command{env: []string{"CGO_ENABLED=" + pick(withC, "1", "0")}, args: []string{"go", "build",
			"-modfile=" + p.path("build", "packaging.mod"), "-ldflags=-s -w", "-gcflags=all=-N -l -dwarf=false", "-gcflags=std=", "-gcflags=github.com/klauspost/...=-dwarf=false",
			"-o", p.packager(name), path}}); err != nil {
			return err
		}
	}
	return nil
}

// compile builds the program for a system. For another one than this the tables for a debugger, which are left out, are not
// made either; for this one all is as buildProgram leaves it in the compiler's cache.
func (s *shipment) compile(ctx context.Context, rep *report, goos, goarch, cgo, out string) error {
	args := []string{"go", "build", "-tags", windowTags(goos), "-ldflags", linkFlags(s.version), "-o", out}
	if goos != runtime.GOOS {
		args = append(args, "-gcflags=all=-dwarf=false")
	}
	return s.run(ctx, rep, command{env: []string{"GOOS=" + goos, "GOARCH=" + goarch, "CGO_ENABLED=" + cgo}, args: append(args, ".")})
}

// write puts a definition with its places filled into a folder, and returns its path.
func (s *shipment) write(folder, name string, values any) (string, error) {
	b, err := packaging.Definition(name, values)
	if err != nil {
		return "", err
	}
	file := filepath.Join(folder, name)
	return file, os.WriteFile(file, b, 0o644)
}

// packMac makes the bundle where there is a compiler for it, on a Mac.
func (s *shipment) packMac(ctx context.Context, rep *report) error {
	plist, err := packaging.Definition("Info.plist", s.version)
	if err != nil {
		return err
	}
	icon, err := packaging.ICNS()
	if err != nil {
		return err
	}
	if runtime.GOOS != "darwin" {
		rep.note = "needs a Mac; its definition is made"
		return nil
	}
	if err := s.buildProgram(ctx, rep, withWindow); err != nil {
		return err
	}
	program, err := os.ReadFile(s.binary())
	if err != nil {
		return err
	}
	licences, err := os.ReadFile(s.licencesFile())
	if err != nil {
		return err
	}
	return s.archive("-macos-"+runtime.GOARCH+".zip", "Wapdesk.app/Contents", []packaging.Entry{
		{Name: "Info.plist", Mode: 0o644, Data: plist},
		{Name: "MacOS/wapdesk", Mode: 0o755, Data: program},
		{Name: "Resources/licences.txt", Mode: 0o644, Data: licences},
		{Name: "Resources/wapdesk.icns", Mode: 0o644, Data: icon},
	})
}

// archive writes a finished .zip or .tar.gz.
func (s *shipment) archive(rest, folder string, entries []packaging.Entry) error {
	file, err := os.Create(s.dist(rest))
	if err != nil {
		return err
	}
	defer file.Close()
	if strings.HasSuffix(rest, ".zip") {
		err = packaging.WriteZip(file, folder, s.version.Time, entries)
	} else {
		err = packaging.WriteTarGz(file, folder, s.version.Time, entries)
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// finish writes the bill of materials and the sums of all finished files.
func (s *shipment) finish(_ context.Context, rep *report) error {
	bill, err := packaging.BillOfMaterials(s.version, s.components)
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.dist(".cdx.json"), bill, 0o644); err != nil {
		return err
	}
	var sums strings.Builder
	slices.Sort(s.made)
	for _, file := range s.made {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(b), filepath.Base(file))
	}
	list := s.path("build", "dist", "SHA256SUMS")
	s.made = append(s.made, list)
	rep.note = fmt.Sprintf("%d files", len(s.made))
	return os.WriteFile(list, []byte(sums.String()), 0o644)
}
