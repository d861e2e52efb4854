package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wapdesk/build/packaging"
)

// processor is one that the program for Windows is built for.
type processor struct{ title, goarch string }

var windowsProcessors = []processor{{"x64", "amd64"}, {"arm64", "arm64"}}

// The files that a processor's program and installer are made from.
func (s *shipment) exe(a processor) string  { return s.work(a.title, "wapdesk.exe") }
func (s *shipment) icon(a processor) string { return s.work(a.title, "wapdesk.ico") }

// makeWindows makes the program, the installer and the .zip, with tools that may be in the making.
func (s *shipment) makeWindows(ctx context.Context, rep *report, a processor, tools *errand) error {
	if err := s.compile(ctx, rep, "windows", a.goarch, "0", s.exe(a)); err != nil {
		return err
	}
	if err := tools.finish(ctx, rep); err != nil {
		return err
	}
	if err := s.dressWindows(ctx, rep, a); err != nil {
		return err
	}
	return s.packWindows(ctx, rep, a)
}

// dressWindows gives a compiled program icon, version information and manifest.
func (s *shipment) dressWindows(ctx context.Context, rep *report, a processor) error {
	exe, folder := s.exe(a), s.work(a.title)
	icon, err := packaging.ICO()
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.icon(a), icon, 0o644); err != nil {
		return err
	}
	manifest, err := s.write(folder, "app.manifest", s.version)
	if err != nil {
		return err
	}
	resources, err := s.write(folder, "winres.json", s.version)
	if err != nil {
		return err
	}
	err = s.run(ctx, rep, command{dir: folder, args: []string{s.packager("go-winres"), "patch", "--in", resources, "--no-backup", "--delete", exe}})
	if err != nil {
		return err
	}
	if err := s.readBack(ctx, rep, exe, s.icon(a), manifest); err != nil {
		return err
	}
	return s.sign(ctx, rep, exe)
}

// readBack takes the resources out of a finished program and compares them with what was to be put in.
func (s *shipment) readBack(ctx context.Context, rep *report, exe, icon, manifest string) error {
	dir := filepath.Join(filepath.Dir(exe), "read")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := s.run(ctx, rep, command{args: []string{s.packager("go-winres"), "extract", "--dir", dir, "--xml-manifest", exe}}); err != nil {
		return err
	}
	read, err := readTree(dir)
	if err != nil {
		return err
	}
	var all []byte
	for _, content := range read {
		all = append(all, content...)
	}
	wantedIcon, err := os.ReadFile(icon)
	if err != nil {
		return err
	}
	wantedManifest, err := os.ReadFile(manifest)
	if err != nil {
		return err
	}
	for _, wanted := range append(packaging.IconPictures(wantedIcon), bytes.TrimSpace(wantedManifest)) {
		if !bytes.Contains(all, wanted) {
			return fmt.Errorf("%s has not the icon and the manifest that it should have", filepath.Base(exe))
		}
	}
	for _, line := range []string{`"ProductVersion": "` + s.version.String() + `"`, `"file_version": "` + s.version.Quad() + `"`} {
		if !bytes.Contains(all, []byte(line)) {
			return fmt.Errorf("%s does not say %s", filepath.Base(exe), line)
		}
	}
	rep.note = "icon, version and manifest read back"
	return nil
}

// packWindows makes the installer and the .zip.
func (s *shipment) packWindows(ctx context.Context, rep *report, a processor) error {
	exe := s.exe(a)
	program, err := os.ReadFile(exe)
	if err != nil {
		return err
	}
	licences, err := os.ReadFile(s.licencesFile())
	if err != nil {
		return err
	}
	err = s.archive("-windows-"+a.title+".zip", "wapdesk-"+s.version.String(), []packaging.Entry{
		{Name: "wapdesk.exe", Mode: 0o755, Data: program},
		{Name: "licences.txt", Mode: 0o644, Data: []byte(strings.ReplaceAll(string(licences), "\n", "\r\n"))},
	})
	if err != nil {
		return err
	}
	setup := s.dist("-windows-" + a.title + "-setup.exe")
	defines := s.installerDefines(s.version, exe, s.icon(a), setup)
	if a.goarch == "arm64" {
		defines["ARM64"] = ""
	}
	if signing() {
		script, err := s.signScript(s.work(a.title))
		if err != nil {
			return err
		}
		defines["SIGN"] = script
	}
	if err := s.makeInstaller(ctx, rep, s.version, defines); err != nil {
		return err
	}
	return s.sign(ctx, rep, setup)
}

// installerDefines are what installer.nsi is given for each installer.
func (p *project) installerDefines(v packaging.Version, exe, icon, setup string) map[string]string {
	return map[string]string{"VERSION": v.String(), "QUAD": v.Quad(), "SOURCE": exe, "LICENCES": p.licencesFile(), "ICON": icon, "OUT": setup}
}

func (p *project) makeInstaller(ctx context.Context, rep *report, v packaging.Version, defines map[string]string) error {
	args := []string{"makensis", "-V2", "-NOCD", "-INPUTCHARSET", "UTF8"}
	for _, name := range slices.Sorted(maps.Keys(defines)) {
		define := "-D" + name
		if defines[name] != "" {
			define += "=" + defines[name]
		}
		args = append(args, define)
	}
	// Programs that would take the clock's time are told the commit's.
	env := []string{fmt.Sprintf("SOURCE_DATE_EPOCH=%d", v.Time.Unix()), "LC_ALL=C.UTF-8"}
	return p.run(ctx, rep, command{env: env, args: append(args, p.path("build", "packaging", "installer.nsi"))})
}

// Files that programs for Windows are signed with: a certificate with its key (.p12 or .pfx), and its password. A time
// stamp is asked for where the last names the address of who gives one.
const (
	signCertificate = "WAPDESK_SIGN_CERTIFICATE"
	signPassword    = "WAPDESK_SIGN_PASSWORD"
	signTimestamp   = "WAPDESK_SIGN_TIMESTAMP"
)

func signing() bool { return os.Getenv(signCertificate) != "" }

// signCommand signs a file into another.
func signCommand(certificate, password, timestamp, in, out string) []string {
	args := []string{"osslsigncode", "sign", "-pkcs12", certificate, "-readpass", password, "-h", "sha256", "-n", "Wapdesk"}
	if timestamp != "" {
		args = append(args, "-ts", timestamp)
	}
	return append(args, "-in", in, "-out", out)
}

// sign signs a program in its place where a certificate is named.
func (s *shipment) sign(ctx context.Context, rep *report, file string) error {
	if !signing() {
		return nil
	}
	signed := file + ".signed"
	err := s.run(ctx, rep, command{args: signCommand(os.Getenv(signCertificate), os.Getenv(signPassword), os.Getenv(signTimestamp), file, signed)})
	if err != nil {
		return err
	}
	return os.Rename(signed, file)
}

// signScript is what the installer's compiler calls to sign the uninstaller, which only it ever sees.
func (s *shipment) signScript(folder string) (string, error) {
	args := signCommand(os.Getenv(signCertificate), os.Getenv(signPassword), os.Getenv(signTimestamp), "", "")
	var quoted []string
	for _, arg := range args[:len(args)-4] {
		quoted = append(quoted, "'"+strings.ReplaceAll(arg, "'", `'\''`)+"'")
	}
	text := "#!/bin/sh\n" + strings.Join(quoted, " ") + ` -in "$1" -out "$1.signed" && mv "$1.signed" "$1"` + "\n"
	script := filepath.Join(folder, "sign.sh")
	return script, os.WriteFile(script, []byte(text), 0o755)
}

// proveSigning signs a small program with a certificate made for that, so that it is known to work before
// somebody's real certificate is needed.
func (s *shipment) proveSigning(ctx context.Context, rep *report) error {
	dir := s.work("signing")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(at("password"), []byte("of a certificate for nothing else"), 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(at("empty.nsi"), []byte("Unicode true\nOutFile \""+at("empty.exe")+"\"\nSection\nSectionEnd\n"), 0o644); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Wapdesk test", "-addext", "extendedKeyUsage=codeSigning",
			"-keyout", at("key.pem"), "-out", at("certificate.pem")},
		{"openssl", "pkcs12", "-export", "-inkey", at("key.pem"), "-in", at("certificate.pem"), "-passout", "file:" + at("password"), "-out", at("certificate.p12")},
		{"makensis", "-V2", at("empty.nsi")},
		signCommand(at("certificate.p12"), at("password"), "", at("empty.exe"), at("signed.exe")),
		{"osslsigncode", "verify", "-CAfile", at("certificate.pem"), "-in", at("signed.exe")},
	} {
		if err := s.run(ctx, rep, command{args: args}); err != nil {
			return fmt.Errorf("signing: %w", err)
		}
	}
	rep.note = pick(signing(), "and done", "shown with a certificate made for it; "+signCertificate+" names none")
	return nil
}
