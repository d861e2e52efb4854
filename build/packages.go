package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// Debian packages. The window needs a C compiler, the GTK and WebKit headers, and fonts with
// the emoji that chats are full of;
// the checks drive that window on a virtual display, a browser, two readers of .xlsx and one of .pdf, and look at a
// narrower font than DejaVu, and keep secrets in a keyring;
// the benchmarks measure against other programs.
var (
	compilerPackages = []string{"gcc", "libc6-dev", "pkg-config"}
	windowPackages   = slices.Concat(compilerPackages, []string{
		"libgtk-3-dev", "libwebkit2gtk-4.1-dev", "fonts-dejavu-core", "fonts-noto-color-emoji",
	})
	checkPackages = slices.Concat(windowPackages, winePackages, []string{
		"xvfb", "dbus-daemon", "webkit2gtk-driver", "chromium-headless-shell", "libreoffice-calc-nogui", "python3-openpyxl",
		"poppler-utils", "fonts-liberation", "gnome-keyring",
	})
	benchPackages = slices.Concat(compilerPackages, []string{"sqlite3", "libxlsxwriter-dev"})
)

// errPackages means system packages are missing and could not be installed.
var errPackages = errors.New("system packages are missing")

// installPackages brings the named Debian packages, where they are missing and may be installed.
// On Linux without apt it checks for what they would bring; elsewhere there is nothing to do,
// since the system has the web view.
func (p *project) installPackages(ctx context.Context, rep *report, names []string) error {
	missing, err := p.planPackages(ctx, rep, names)
	if err != nil || missing == nil {
		return err
	}
	if err := p.bringPackages(ctx, rep, missing); err != nil {
		return err
	}
	rep.note = "installed"
	return nil
}

// packagesBeside returns two steps: begin starts to bring the named packages, and end waits until they are
// there. What stands between them runs meanwhile, since packages are mostly waited for. The
// packages go on coming until whole ends.
func (p *project) packagesBeside(whole context.Context, names []string) (begin, end step) {
	coming := &errand{run: func(ctx context.Context, rep *report) error { return p.installPackages(ctx, rep, names) }}
	begin = step{name: "System packages", run: func(ctx context.Context, rep *report) error {
		missing, err := p.planPackages(ctx, rep, names)
		if err != nil || missing == nil {
			return err
		}
		rep.note = fmt.Sprintf("%d come beside the next steps", len(missing))
		p.begin(whole, coming)
		return nil
	}}
	end = step{name: "System packages are there", run: coming.finish}
	return begin, end
}

// planPackages returns the packages that are missing and that bringPackages may bring, nil where
// nothing is to be done.
func (p *project) planPackages(ctx context.Context, rep *report, names []string) ([]string, error) {
	switch runtime.GOOS {
	case "linux":
	case "darwin":
		if !have("clang") {
			return nil, fmt.Errorf("%w: the window needs Apple's compiler: xcode-select --install", errPackages)
		}
		return nil, nil
	default:
		rep.note = "nothing needed"
		return nil, nil
	}
	if !have("dpkg-query") || !have("apt-get") {
		return nil, p.checkForeign(ctx, rep, names)
	}
	missing, err := p.missingPackages(ctx, rep, names)
	if err != nil {
		return nil, err
	}
	if len(missing) == 0 {
		rep.note = "all there"
		return nil, nil
	}
	// Asked for now, when the terminal is free for a password.
	if p.asRoot, err = p.rootPrefix(ctx, rep); err != nil {
		return nil, fmt.Errorf("%w. Install them and start again:\n\n    %s", errPackages, installLine(missing))
	}
	return missing, nil
}

// bringPackages installs what planPackages found missing.
func (p *project) bringPackages(ctx context.Context, rep *report, missing []string) error {
	if err := p.aptInstall(ctx, rep, p.asRoot, missing); err != nil {
		return fmt.Errorf("%w: %w. The line that failed:\n\n    %s", errPackages, err, installLine(missing))
	}
	// Believe dpkg, not the exit code.
	still, err := p.missingPackages(ctx, rep, missing)
	if err != nil {
		return err
	}
	if len(still) > 0 {
		return fmt.Errorf("%w after installing: %s", errPackages, strings.Join(still, " "))
	}
	return nil
}

func installLine(missing []string) string {
	return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + strings.Join(missing, " ")
}

// missingPackages asks dpkg which of names are not installed.
func (p *project) missingPackages(ctx context.Context, rep *report, names []string) ([]string, error) {
	args := append([]string{"dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"}, names...)
	out, err := p.output(ctx, rep, command{env: []string{"LC_ALL=C"}, args: args})
	// It ends with 1 when it has never heard of one of the names; what it printed still counts.
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return nil, fmt.Errorf("asking dpkg for installed packages: %w", err)
	}
	return notInstalled(names, out), nil
}

// notInstalled returns the names that out, lines of "package status", does not call installed.
func notInstalled(names []string, out string) []string {
	installed := map[string]bool{}
	scanner := bufio.NewScanner(strings.NewReader(out))
	for scanner.Scan() {
		if name, status, ok := strings.Cut(strings.TrimSpace(scanner.Text()), " "); ok && status == "installed" {
			installed[name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return installed[name] })
}

// rootPrefix returns what to put before a command that needs root: nothing for root, sudo
// where it asks for no password or can ask on this terminal.
func (p *project) rootPrefix(ctx context.Context, rep *report) ([]string, error) {
	if os.Geteuid() == 0 {
		return nil, nil
	}
	if !have("sudo") {
		return nil, errors.New("neither root nor sudo")
	}
	if p.run(ctx, rep, command{args: []string{"sudo", "-n", "true"}}) == nil {
		return []string{"sudo", "-n"}, nil
	}
	info, err := os.Stdin.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, errors.New("sudo would ask for a password, and there is no terminal")
	}
	fmt.Fprintf(os.Stderr, "\nsudo asks for your password to install system packages.\n")
	ask := exec.CommandContext(ctx, "sudo", "-v") // in the terminal's own group, so that it may read
	ask.Stdin, ask.Stdout, ask.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := ask.Run(); err != nil {
		return nil, fmt.Errorf("sudo: %w", err)
	}
	return []string{"sudo", "-n"}, nil
}

// aptInstall installs the packages. A failed update of the lists is not the end: the lists
// that are there may do. They are updated once.
func (p *project) aptInstall(ctx context.Context, rep *report, asRoot, missing []string) error {
	rep.printf("missing: %s\n", strings.Join(missing, " "))
	apt := slices.Concat(asRoot, []string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get",
		"-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"})
	var updated error
	if !p.listsUpdated {
		updated = p.run(ctx, rep, command{args: slices.Concat(apt, []string{"update"})})
		p.listsUpdated = updated == nil
	}
	err := p.run(ctx, rep, command{args: slices.Concat(apt, []string{"install", "-y", "--no-install-recommends"}, missing)})
	if err != nil {
		return errors.Join(err, updated)
	}
	return nil
}

// foreign names what stands for a Debian package elsewhere: a program or a pkg-config module.
var foreign = map[string]struct{ program, module string }{
	"gcc":                        {program: "gcc"},
	"pkg-config":                 {program: "pkg-config"},
	"libgtk-3-dev":               {module: "gtk+-3.0"},
	"libwebkit2gtk-4.1-dev":      {module: "webkit2gtk-4.1"},
	"xvfb":                       {program: "Xvfb"},
	"dbus-daemon":                {program: "dbus-daemon"},
	"gnome-keyring":              {program: "gnome-keyring-daemon"},
	"webkit2gtk-driver":          {program: "WebKitWebDriver"},
	"chromium-headless-shell":    {program: "chromium"}, // the same browser in one package
	"libreoffice-calc-nogui":     {program: "soffice"},
	"poppler-utils":              {program: "pdftotext"},
	"wine64":                     {program: wineLoader},
	"gcc-mingw-w64-x86-64-win32": {program: "x86_64-w64-mingw32-gcc"},
	"nsis":                       {program: "makensis"},
	"osslsigncode":               {program: "osslsigncode"},
	"openssl":                    {program: "openssl"},
	"sqlite3":                    {program: "sqlite3"},
	"libxlsxwriter-dev":          {module: "xlsxwriter"},
}

// checkForeign looks for the programs and libraries themselves on a Linux without apt.
func (p *project) checkForeign(ctx context.Context, rep *report, names []string) error {
	var missing []string
	for _, name := range names {
		need := foreign[name]
		switch {
		case need.program != "" && !have(need.program):
			missing = append(missing, need.program)
		case need.module != "":
			if p.run(ctx, rep, command{args: []string{"pkg-config", "--exists", need.module}}) != nil {
				missing = append(missing, need.module+" (pkg-config)")
			}
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("%w. This is not Debian, so install by its own means: %s", errPackages, strings.Join(missing, ", "))
	}
	rep.note = "all there"
	return nil
}
