package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"wapdesk/build/packaging"
)

// winePackages run the program for Windows: Wine, a compiler for the library it lacks, and the maker of the installer.
var winePackages = []string{"wine64", "gcc-mingw-w64-x86-64-win32", "nsis"}

// Where Debian puts Wine for programs of 64 bits, and what they share.
const (
	wineLoader = "/usr/lib/wine/wine64"
	wineServer = "/usr/lib/wine/wineserver"
)

// onWindows are the tests of the command line that run against the program for Windows as well: each
// command that stores, writes, reads or removes. All would take an hour, since a start takes a second
// there. Those that begin with TestWindows are about what only Windows has.
var onWindows = []string{
	"TestWindows.*",
	"TestConnectKeepsTheConnection",      // sync, list, and the token in the Credential Manager
	"TestShowFollowsDeepLinks",           // show
	"TestAnonymiseLeavesNoByte",          // anonymise
	"TestChangesAreSentBySync",           // changes
	"TestOpenTakesLongNamesOfAnyLetters", // open
	"TestSeveralProfiles",                // profiles and wipe
	"TestWipeForgetsTheToken",            // wipe
	"TestHelpExplainsCommandsByName",     // help
}

// windowsTests runs tests of the command line against the program for Windows, under Wine.
func (p *project) windowsTests(ctx context.Context, rep *report) error {
	if err := wineRuns(); err != nil {
		return err
	}
	if _, err := os.Stat(p.windowsProgram()); err != nil {
		return fmt.Errorf("the program for Windows is not built: %w", err)
	}
	prefix, err := p.winePrefix(ctx, rep)
	if err != nil {
		return err
	}
	// What an interrupted run left running would be waited for.
	_ = p.run(ctx, rep, command{env: wineEnv(prefix), args: []string{wineServer, "-k"}})
	setup, err := p.quickInstaller(ctx, rep)
	if err != nil {
		return err
	}
	holder, err := p.holder(ctx, rep)
	if err != nil {
		return err
	}
	env := append(wineEnv(prefix), "WAPDESK_CLI_PROGRAM="+wineLoader+" "+p.windowsProgram(), "WAPDESK_SETUP="+setup, "WAPDESK_HOLDER="+holder,
		"WAPDESK_PRIVATE_TESTS="+p.windowsTestProgram())
	err = p.goSuite(ctx, rep, env, "-vet=off", "-count=1", "-parallel=2", "-timeout=15m", "-tags=wine",
		"-run=^("+strings.Join(onWindows, "|")+")$", "./app/cli")
	_ = p.run(context.WithoutCancel(ctx), rep, command{env: wineEnv(prefix), args: []string{wineServer, "-k"}})
	return err
}

// wineRuns is an error where Wine does not run the program for Windows.
func wineRuns() error {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return errors.New("the program for Windows runs under Wine, on Linux for amd64 only")
	}
	return nil
}

// windowsScreens walks the screens that the program for Windows serves, by the browser tests marked for it. A contact
// centre and data to begin with come from this computer's own program, which starts sooner.
func (p *project) windowsScreens(ctx context.Context, rep *report) error {
	if err := wineRuns(); err != nil {
		return err
	}
	// Anew, since the page may be another than when it was built beside other steps.
	if err := p.buildForWindows(ctx, rep); err != nil {
		return err
	}
	prefix, err := p.winePrefix(ctx, rep)
	if err != nil {
		return err
	}
	env := append(wineEnv(prefix), "WAPDESK_SERVES="+wineLoader+" "+p.windowsProgram())
	err = p.playwright(ctx, rep, env, "--grep=@windows", "--timeout=240000")
	_ = p.run(context.WithoutCancel(ctx), rep, command{env: wineEnv(prefix), args: []string{wineServer, "-k"}})
	return err
}

// holder makes the program that holds a file open.
func (p *project) holder(ctx context.Context, rep *report) (string, error) {
	program := p.path("build", "bin", "windows", "hold.exe")
	return program, p.run(ctx, rep, command{args: []string{"x86_64-w64-mingw32-gcc", "-municode", "-s", "-o", program, p.path("build", "wine", "hold.c")}})
}

// windowsProgram is the path of the program for Windows.
func (p *project) windowsProgram() string { return p.path("build", "bin", "windows", "wapdesk.exe") }

// windowsTestProgram is the path of the tests of package private, as a program for Windows.
func (p *project) windowsTestProgram() string {
	return p.path("build", "bin", "windows", "private.test.exe")
}

// wineEnv is what Wine is started with: its own folder, no word of its own, and nothing that shows a window or
// asks for downloads. Only a locale that is installed lets it pass arguments on as they are, and Debian
// always has this one.
func wineEnv(prefix string) []string {
	return []string{"WINEPREFIX=" + prefix, "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree,mshtml,winemenubuilder.exe=", "DISPLAY=", "LC_ALL=C.UTF-8"}
}

// winePrefix makes the folder that is a Windows computer to Wine, unless it is there.
func (p *project) winePrefix(ctx context.Context, rep *report) (string, error) {
	prefix := p.path("build", "bin", "wine")
	library := prefix + "/drive_c/windows/system32/bcryptprimitives.dll"
	if _, err := os.Stat(library); err == nil {
		return prefix, nil
	}
	if err := os.MkdirAll(prefix, 0o755); err != nil {
		return "", err
	}
	if err := p.runDetached(ctx, rep, command{env: wineEnv(prefix), args: []string{wineLoader, "wineboot", "-i"}}); err != nil {
		return "", err
	}
	if err := p.run(ctx, rep, command{args: []string{wineServer, "-w"}, env: wineEnv(prefix)}); err != nil {
		return "", err
	}
	return prefix, p.run(ctx, rep, command{args: []string{"x86_64-w64-mingw32-gcc", "-shared", "-s", "-o", library,
		p.path("build", "wine", "bcryptprimitives.c"), "-ladvapi32"}})
}

// quickInstaller makes an installer of the program that is tested.
func (p *project) quickInstaller(ctx context.Context, rep *report) (string, error) {
	release, err := p.release(ctx, rep)
	if err != nil {
		return "", err
	}
	icon, err := packaging.ICO()
	if err != nil {
		return "", err
	}
	folder := p.path("build", "bin", "windows")
	if err := os.WriteFile(folder+"/wapdesk.ico", icon, 0o644); err != nil {
		return "", err
	}
	defines := p.installerDefines(release, p.windowsProgram(), folder+"/wapdesk.ico", folder+"/setup.exe")
	defines["QUICK"] = ""
	return folder + "/setup.exe", p.makeInstaller(ctx, rep, release, defines)
}

// runDetached is run with the output in a file: services that Wine starts beside a program keep what it
// writes into open, and the end of a pipe would never come.
func (p *project) runDetached(ctx context.Context, rep *report, c command) error {
	rep.printf("$ %s\n", strings.Join(c.args, " "))
	out, err := os.CreateTemp("", "wapdesk-wine-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd := p.cmd(ctx, c)
	cmd.Stdout, cmd.Stderr = out, out
	err = cmd.Run()
	if text, unread := os.ReadFile(out.Name()); unread == nil {
		rep.printf("%s", text)
	}
	return commandError(c, err)
}
