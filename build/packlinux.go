package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"wapdesk/build/packaging"
)

func (s *shipment) compileLinux(ctx context.Context, rep *report) error {
	return s.compile(ctx, rep, "linux", runtime.GOARCH, "1", s.work("wapdesk"))
}

// linuxFile is a file of a package for Linux; only says for which kind of package, "" for each.
type linuxFile struct {
	target, only string
	mode         int64
	data         []byte
}

// packLinux makes .deb, .rpm and .tar.gz.
func (s *shipment) packLinux(ctx context.Context, rep *report) error {
	files, err := s.linuxFiles(ctx, rep)
	if err != nil {
		return err
	}
	needs, err := packaging.DependenciesOf(s.work("wapdesk"))
	if err != nil {
		return err
	}
	licence, err := packaging.LicenceExpression(s.components)
	if err != nil {
		return err
	}
	for _, kind := range []string{"deb", "rpm"} {
		definition := packaging.LinuxPackage{Version: s.version, Arch: runtime.GOARCH, Licence: licence, Depends: needs}
		for i, f := range files {
			if f.only != "" && f.only != kind {
				continue
			}
			source := s.work("linux", fmt.Sprint(i))
			if err := writeFile(source, f.data); err != nil {
				return err
			}
			definition.Files = append(definition.Files, packaging.PackageFile{Source: source, Target: f.target, Mode: int(f.mode)})
		}
		config, err := s.write(s.work(), "nfpm.yaml", definition)
		if err != nil {
			return err
		}
		target := s.dist("-linux-" + runtime.GOARCH + "." + kind)
		if err := s.run(ctx, rep, command{env: []string{fmt.Sprintf("SOURCE_DATE_EPOCH=%d", s.version.Time.Unix())}, args: []string{s.packager("nfpm"), "package", "--config", config, "--packager", kind, "--target", target}}); err != nil {
			return err
		}
	}
	var entries []packaging.Entry
	for _, f := range files {
		if f.only == "" {
			entries = append(entries, packaging.Entry{Name: strings.TrimPrefix(f.target, "/usr/"), Mode: f.mode, Data: f.data})
		}
	}
	return s.archive("-linux-"+runtime.GOARCH+".tar.gz", "wapdesk-"+s.version.String(), entries)
}

// linuxFiles are the program and what a desktop, a shell and man know it by, which the program tells itself.
func (s *shipment) linuxFiles(ctx context.Context, rep *report) ([]linuxFile, error) {
	program, err := os.ReadFile(s.work("wapdesk"))
	if err != nil {
		return nil, err
	}
	desktop, err := packaging.Definition("wapdesk.desktop", nil)
	if err != nil {
		return nil, err
	}
	drawing, err := os.ReadFile(s.path("frontend", "public", "icon.svg"))
	if err != nil {
		return nil, err
	}
	licences, err := os.ReadFile(s.licencesFile())
	if err != nil {
		return nil, err
	}
	files := []linuxFile{
		{target: "/usr/bin/wapdesk", mode: 0o755, data: program},
		{target: "/usr/share/applications/wapdesk.desktop", mode: 0o644, data: desktop},
		{target: "/usr/share/icons/hicolor/scalable/apps/wapdesk.svg", mode: 0o644, data: drawing},
		{target: "/usr/share/doc/wapdesk/copyright", mode: 0o644, data: licences},
	}
	for _, side := range packaging.IconSizes() {
		icon, err := packaging.PNG(side)
		if err != nil {
			return nil, err
		}
		files = append(files, linuxFile{target: fmt.Sprintf("/usr/share/icons/hicolor/%dx%d/apps/wapdesk.png", side, side), mode: 0o644, data: icon})
	}
	for _, told := range []struct {
		target, only string
		args         []string
	}{
		{"/usr/share/man/man1/wapdesk.1.gz", "", []string{"manual", "--lang", "en"}},
		{"/usr/share/man/cs/man1/wapdesk.1.gz", "", []string{"manual", "--lang", "cs"}},
		{"/usr/share/bash-completion/completions/wapdesk", "", []string{"completion", "bash"}},
		{"/usr/share/fish/vendor_completions.d/wapdesk.fish", "", []string{"completion", "fish"}},
		{"/usr/share/zsh/vendor-completions/_wapdesk", "deb", []string{"completion", "zsh"}},
		{"/usr/share/zsh/site-functions/_wapdesk", "rpm", []string{"completion", "zsh"}},
	} {
		text, err := s.output(ctx, rep, command{args: append([]string{s.work("wapdesk"), "--data", s.work("none")}, told.args...)})
		if err != nil {
			return nil, err
		}
		data := []byte(text + "\n")
		if strings.HasSuffix(told.target, ".gz") {
			var packed bytes.Buffer
			if err := packaging.Gzip(&packed, data); err != nil {
				return nil, err
			}
			data = packed.Bytes()
		}
		files = append(files, linuxFile{target: told.target, only: told.only, mode: 0o644, data: data})
	}
	return files, nil
}

func writeFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
