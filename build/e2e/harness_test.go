//go:build linux && e2e

package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// now is the clock of every test: a working day's forenoon, so that Today holds rows.
const now = "2026-11-19T14:00:00+01:00"

// patience is how long the page may take for anything; the computer may be busy.
const patience = 30 * time.Second

// program is the path of the built Wapdesk.
func program(t *testing.T) string {
	t.Helper()
	path := os.Getenv("WAPDESK_BINARY")
	if path == "" {
		path = filepath.Join("..", "bin", "wapdesk")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("the program is not built: %v", err)
	}
	return path
}

// home is what a test's programs see of the computer: folders of their own, a display and a
// message bus.
type home struct {
	dir    string
	screen string // the display's picture, an X window dump
	env    []string
}

func newHome(t *testing.T) *home {
	t.Helper()
	return newHomeOn(t, "1400x900x24")
}

// newHomeOn is a home with a screen of a size and depth of colours, WIDTHxHEIGHTxBITS.
func newHomeOn(t *testing.T, screen string) *home {
	t.Helper()
	h := &home{dir: t.TempDir()}
	for _, name := range []string{"config", "data", "cache", "run", "out"} {
		if err := os.Mkdir(h.path(name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	h.env = append(os.Environ(),
		"HOME="+h.dir, "XDG_CONFIG_HOME="+h.path("config"), "XDG_DATA_HOME="+h.path("data"),
		"XDG_CACHE_HOME="+h.path("cache"), "XDG_RUNTIME_DIR="+h.path("run"),
		"GDK_BACKEND=x11", "NO_AT_BRIDGE=1", "LANG=C.UTF-8", "TZ=Europe/Prague",
		"WAPDESK_NOW="+now, "WAPDESK_E2E_FOLDER="+h.path("out"), "WAPDESK_URL=", "WAPDESK_TOKEN=")

	display := startAnnounced(t, h, "Xvfb", "-displayfd", "3", "-screen", "0", screen,
		"-nolisten", "tcp", "-fbdir", h.dir)
	h.screen = h.path("Xvfb_screen0")
	bus := startAnnounced(t, h, "dbus-daemon", "--config-file="+h.busConfig(t), "--nofork", "--nopidfile", "--print-address=3")
	h.env = append(h.env, "DISPLAY=:"+display, "DBUS_SESSION_BUS_ADDRESS="+bus)
	return h
}

// notifications takes the place of the desktop's notifications on the bus, and passes on what each says.
func (h *home) notifications(t *testing.T) <-chan string {
	t.Helper()
	var address string
	for _, entry := range h.env {
		if rest, ok := strings.CutPrefix(entry, "DBUS_SESSION_BUS_ADDRESS="); ok {
			address = rest
		}
	}
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { bus.Close() })
	const name = "org.freedesktop.Notifications"
	said := make(chan string, 8)
	if err := bus.Export(desktop(said), "/org/freedesktop/Notifications", name); err != nil {
		t.Fatal(err)
	}
	if reply, err := bus.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("%v: %v", reply, err)
	}
	return said
}

// desktop shows notifications.
type desktop chan<- string

// Notify is called over the bus.
func (d desktop) Notify(_ string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d <- title + ": " + text
	return 1, nil
}

// busConfig describes a message bus that starts no services: accessibility and the like would
// outlive the test.
func (h *home) busConfig(t *testing.T) string {
	t.Helper()
	const config = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
	file := h.path("bus.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (h *home) path(name string) string { return filepath.Join(h.dir, name) }

// start starts a program in a group of its own that ends with the test. Its output goes to a
// file, shown when the test fails: a pipe would keep the test waiting for stray children.
func (h *home) start(t *testing.T, extra []*os.File, name string, args ...string) *exec.Cmd {
	t.Helper()
	log, err := os.Create(h.path(filepath.Base(name) + ".log"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.ExtraFiles = h.env, extra
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
		if t.Failed() {
			if text, err := os.ReadFile(log.Name()); err == nil && len(text) > 0 {
				t.Logf("%s printed:\n%s", filepath.Base(name), text)
			}
		}
		log.Close()
	})
	return cmd
}

// startAnnounced starts a program that writes one line to descriptor 3 when it is ready, and
// returns that line.
func startAnnounced(t *testing.T, h *home, name string, args ...string) string {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	h.start(t, []*os.File{writer}, name, args...)
	writer.Close()
	if err := reader.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(reader).ReadString('\n')
	if err != nil {
		t.Fatalf("%s did not become ready: %v", name, err)
	}
	return strings.TrimSpace(line)
}

// automation compiles the library that opens the window to the driver.
func automation(t *testing.T) string {
	t.Helper()
	flags, err := exec.Command("pkg-config", "--cflags", "--libs", "webkit2gtk-4.1").Output()
	if err != nil {
		t.Fatalf("pkg-config webkit2gtk-4.1: %v", err)
	}
	library := filepath.Join(t.TempDir(), "automation.so")
	args := append([]string{"-shared", "-fPIC", "-o", library, filepath.Join("testdata", "automation.c")},
		strings.Fields(string(flags))...)
	if out, err := exec.Command("gcc", args...).CombinedOutput(); err != nil {
		t.Fatalf("gcc: %v\n%s", err, out)
	}
	return library
}

// window is the program's window under control.
type window struct {
	*Session
	t    *testing.T
	ctx  context.Context
	home *home
}

// downloaded is the demo data, fetched once for all tests: that takes longer than most of them.
var downloaded struct {
	once sync.Once
	dir  string
	err  error
}

// withDemoData puts downloaded demo data into the program's folder.
func (h *home) withDemoData(t *testing.T) {
	t.Helper()
	downloaded.once.Do(func() {
		downloaded.dir, downloaded.err = os.MkdirTemp("", "wapdesk-e2e-")
		if downloaded.err != nil {
			return
		}
		cmd := exec.Command(program(t), "--demo", "--data", downloaded.dir, "sync")
		cmd.Env = h.env
		if out, err := cmd.CombinedOutput(); err != nil {
			downloaded.err = fmt.Errorf("wapdesk --demo sync: %w\n%s", err, out)
		}
	})
	if downloaded.err != nil {
		t.Fatal(downloaded.err)
	}
	if err := os.CopyFS(h.path("wapdesk"), os.DirFS(downloaded.dir)); err != nil {
		t.Fatal(err)
	}
}

func TestMain(m *testing.M) {
	code := m.Run()
	if downloaded.dir != "" {
		os.RemoveAll(downloaded.dir)
	}
	os.Exit(code)
}

// open starts the program with a data folder of its own and args, under control. With --demo
// the folder holds the demo data.
func open(t *testing.T, args ...string) *window {
	t.Helper()
	return newHome(t).open(t, args...)
}

// open starts the program in this home. The profile folder may hold something already.
func (h *home) open(t *testing.T, args ...string) *window {
	t.Helper()
	if slices.Contains(args, "--demo") {
		h.withDemoData(t)
	}
	address := freeAddress(t)
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	h.start(t, nil, "WebKitWebDriver", "--host=127.0.0.1", "--port="+port)
	waitFor(t, "the driver to listen", func() error {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			return err
		}
		return conn.Close()
	})

	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	t.Cleanup(cancel)
	session, err := NewSession(ctx, address, map[string]any{
		"binary": "/usr/bin/env",
		"args": append([]string{"LD_PRELOAD=" + automation(t), program(t), "--data", h.path("wapdesk")},
			args...),
	})
	if err != nil {
		t.Fatal(err)
	}
	w := &window{Session: session, t: t, ctx: ctx, home: h}
	t.Cleanup(func() {
		if t.Failed() {
			w.keepScreenshot()
		}
		if err := session.Close(context.WithoutCancel(ctx)); err != nil {
			t.Logf("closing the session: %v", err)
		}
	})
	return w
}

// keepScreenshot puts what a failed test last showed into build/bin. It is the display's
// picture, since the driver can hang over its own when the page is busy.
func (w *window) keepScreenshot() {
	picture, err := w.home.picture()
	if err != nil {
		w.t.Logf("no screenshot: %v", err)
		return
	}
	file := filepath.Join("..", "bin", "failed-"+strings.ReplaceAll(w.t.Name(), "/", "-")+".png")
	out, err := os.Create(file)
	if err != nil {
		w.t.Logf("no screenshot: %v", err)
		return
	}
	defer out.Close()
	if err := png.Encode(out, picture); err != nil {
		w.t.Logf("no screenshot: %v", err)
		return
	}
	w.t.Logf("screenshot: %s", file)
}

// freeAddress finds a port nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// waitFor repeats try until it returns nil, and fails the test with its last error.
func waitFor(t *testing.T, what string, try func() error) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waiting for %s: %v", what, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// picture is what the display shows now.
func (h *home) picture() (*image.RGBA, error) {
	data, err := os.ReadFile(h.screen)
	if err != nil {
		return nil, err
	}
	return decodeXWD(data)
}

// errNotYet is a state that is still on its way.
var errNotYet = errors.New("not yet")

func notYet(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errNotYet, fmt.Sprintf(format, args...))
}
