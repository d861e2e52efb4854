package packaging

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// draft is a version as most commits have it.
func draft() Version {
	return Version{Number: "1.2.3", Draft: "dev.20261130.ga6e2e53", Time: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)}
}

func definition(t *testing.T, name string, values any) string {
	t.Helper()
	b, err := Definition(name, values)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestTheBundleForMacIsWhole is all that is known of it where there is no Mac.
func TestTheBundleForMacIsWhole(t *testing.T) {
	t.Parallel()
	plist := definition(t, "Info.plist", draft())
	values := map[string]string{} // of each key, the texts up to the next
	key, inKey := "", false
	for dec := xml.NewDecoder(strings.NewReader(plist)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inKey = token.Name.Local == "key"
		case xml.CharData:
			if text := strings.TrimSpace(string(token)); inKey && text != "" {
				key = text
			} else if text != "" {
				values[key] += text
			}
		}
	}
	for key, want := range map[string]string{
		"CFBundleExecutable": "wapdesk", "CFBundleIconFile": "wapdesk.icns", "CFBundlePackageType": "APPL", "CFBundleURLSchemes": "wapdesk",
		"CFBundleShortVersionString": "1.2.3", "CFBundleGetInfoString": "Wapdesk 1.2.3-dev.20261130.ga6e2e53", "CFBundleLocalizations": "encs",
	} {
		if values[key] != want {
			t.Errorf("%s is %q, want %q", key, values[key], want)
		}
	}
	icon, err := ICNS()
	if err != nil || string(icon[:4]) != "icns" || bytes.Count(icon, []byte("IHDR")) != 10 {
		t.Errorf("the icon: %v, %d bytes", err, len(icon))
	}
}

func TestDesktopsKnowTheProgram(t *testing.T) {
	t.Parallel()
	entry := definition(t, "wapdesk.desktop", nil)
	for _, line := range []string{"Exec=wapdesk %u", "Icon=wapdesk", "MimeType=x-scheme-handler/wapdesk;", "Comment[cs]="} {
		if !strings.Contains(entry, "\n"+line) {
			t.Errorf("no %q", line)
		}
	}
	for _, side := range IconSizes() {
		b, err := PNG(side)
		if err != nil {
			t.Fatal(err)
		}
		if head, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || head.Width != side || head.Height != side {
			t.Errorf("icon of %d: %+v, %v", side, head, err)
		}
	}
}

func TestPackagesForLinuxNameWhatTheyNeed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, words := range map[string]string{"LICENSE": "Permission is hereby granted, free of charge", "LICENSE-OLD": "Apache License", "LICENSE-LOGO": "a page"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	licence, err := LicenceExpression([]Component{{Name: "one", Folders: []string{dir}}, {Name: "the same", Folders: []string{dir}}})
	if err != nil {
		t.Fatal(err)
	}
	text := definition(t, "nfpm.yaml", LinuxPackage{Version: draft(), Arch: "amd64", Licence: licence, Depends: Dependencies{Deb: []string{"libc6 (>= 2.34)"}, RPM: []string{"libgtk-3.so.0()(64bit)"}},
		Files: []PackageFile{{Source: "/tmp/x", Target: "/usr/bin/wapdesk", Mode: 0o755}}})
	for _, line := range []string{"version: 1.2.3\n", `prerelease: "dev.20261130.ga6e2e53"`, "mtime: 2026-11-30T12:00:00Z", "license: LicenseRef-Unstated AND Apache-2.0 AND MIT\n", "dst: /usr/bin/wapdesk", "mode: 0755", `- "libc6 (>= 2.34)"`, `- "libgtk-3.so.0()(64bit)"`} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q in\n%s", line, text)
		}
	}
}

func TestTheProgramForWindowsDescribesItself(t *testing.T) {
	t.Parallel()
	manifest := definition(t, "app.manifest", draft())
	if err := xml.Unmarshal([]byte(manifest), new(struct{})); err != nil {
		t.Error(err)
	}
	for _, part := range []string{`version="1.2.3.0"`, "permonitorv2", "longPathAware", ">UTF-8<", "asInvoker"} {
		if !strings.Contains(manifest, part) {
			t.Errorf("the manifest has no %q", part)
		}
	}
	if info := definition(t, "winres.json", draft()); !strings.Contains(info, `"ProductVersion": "1.2.3-dev.20261130.ga6e2e53"`) || !strings.Contains(info, `"1.2.3.0"`) {
		t.Errorf("version information: %s", info)
	}
	icon, err := ICO()
	if err != nil || !bytes.HasPrefix(icon, []byte{0, 0, 1, 0, 8, 0}) {
		t.Errorf("the icon: %v", err)
	}
	if pictures := IconPictures(icon); len(pictures) != 8 || !bytes.HasPrefix(pictures[7], []byte("\x89PNG")) || pictures[0][0] != 40 {
		t.Errorf("%d pictures are in the icon, or not where it says", len(pictures))
	}
}

// TestTheInstallerSpeaksBothLanguages reads its texts, and that all it writes is removed again.
func TestTheInstallerSpeaksBothLanguages(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("installer.nsi")
	if err != nil {
		t.Fatal(err)
	}
	script := string(b)
	texts := map[string]int{}
	for _, found := range regexp.MustCompile(`(?m)^LangString (\w+) \$\{LANG_(ENGLISH|CZECH)\}`).FindAllStringSubmatch(script, -1) {
		texts[found[1]]++
	}
	for name, languages := range texts {
		if languages != 2 || !strings.Contains(script, "$("+name+")") {
			t.Errorf("%s is in %d languages, or not said", name, languages)
		}
	}
	if len(texts) < 5 {
		t.Errorf("%d texts", len(texts))
	}
	install, remove, _ := strings.Cut(script, `Section "Uninstall"`)
	for _, found := range regexp.MustCompile(`WriteReg\w+ HKCU "([^"]+)"`).FindAllStringSubmatch(install, -1) {
		gone := false
		for _, key := range regexp.MustCompile(`DeleteRegKey HKCU "([^"]+)"`).FindAllStringSubmatch(remove, -1) {
			gone = gone || found[1] == key[1] || strings.HasPrefix(found[1], key[1]+`\`)
		}
		if !gone {
			t.Errorf("%s stays in the registry", found[1])
		}
	}
}

func TestArchivesOfOneCommitAreEqual(t *testing.T) {
	t.Parallel()
	entries := []Entry{{Name: "wapdesk", Mode: 0o755, Data: []byte("program")}, {Name: "licences.txt", Mode: 0o644, Data: []byte("text")}}
	for name, write := range map[string]func(io.Writer, string, time.Time, []Entry) error{"zip": WriteZip, "tar.gz": WriteTarGz} {
		var first, second bytes.Buffer
		made := draft().Time
		if err := errors.Join(write(&first, "x", made, entries), write(&second, "x", made.In(time.FixedZone("", 3600)), entries)); err != nil {
			t.Error(err)
		}
		if first.Len() == 0 || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("two of %s differ", name)
		}
	}
}

func TestComponentsTellTheirLicences(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"LICENSE.txt": "Permission is hereby granted, free of charge, to any person", "license.go": "package x", "NOTICE": "Made by somebody"} {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := Component{Ecosystem: "npm", Name: "@some/thing", Version: "1.0.0", Folders: []string{dir, dir}}
	text, err := LicenceText([]Component{c})
	if err != nil || strings.Count(text, "free of charge") != 1 || !strings.Contains(text, "Made by somebody") || strings.Contains(text, "package x") {
		t.Errorf("%v:\n%s", err, text)
	}
	bill, err := BillOfMaterials(draft(), []Component{c})
	if err != nil || !strings.Contains(string(bill), `"purl": "pkg:npm/%40some/thing@1.0.0"`) || !strings.Contains(string(bill), `"id": "MIT"`) {
		t.Errorf("%v:\n%s", err, bill)
	}
	c.Folders = []string{t.TempDir()}
	if _, err := LicenceText([]Component{c}); err == nil {
		t.Error("a component without a licence was taken")
	}
}
