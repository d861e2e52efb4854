package window

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	goruntime "runtime"
	"sync"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"wapdesk/app"
	"wapdesk/app/transfer"
)

// The first size of the window and the least one, in points.
const (
	width, height       = 1280, 800
	minWidth, minHeight = 1024, 640
)

// webviewFolder is where WebView2 keeps what it needs for itself: not beside the program's data, which wander with a person from
// computer to computer, and where the uninstaller takes it away. Without a folder it takes its usual one.
func webviewFolder() string {
	caches, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(caches, "wapdesk", "webview")
}

// Open shows the window and returns when it was closed. start opens the profile; it is called
// once the window exists, because nothing may be opened while the page's types are written.
// Ctrl-C and SIGTERM close the window like its button does: the window library sees to that.
func Open(a *app.App, page fs.FS, start func(ctx context.Context) error) error {
	if !generating && !hasDisplay() {
		return &app.Error{Code: "no_display"}
	}
	leaveConsole()
	if goruntime.GOOS == "linux" && os.Getenv("WEBKIT_DISABLE_DMABUF_RENDERER") == "" {
		// Without it some drivers show an empty window.
		if err := os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1"); err != nil {
			return fmt.Errorf("prepare the window: %w", err)
		}
	}
	var once sync.Once
	var startErr error
	var leaving farewell
	place := loadPlace(a.Profiles().Options().DataDir)
	opened := a.Opens() // the page may ask before OnStartup is called
	bound := a.Bound()
	list := make([]any, 0, len(bound))
	for _, name := range app.BoundNames() {
		list = append(list, bound[name])
	}
	err := wails.Run(&options.App{
		Title: "Wapdesk", Width: place.Width, Height: place.Height, MinWidth: minWidth, MinHeight: minHeight,
		BackgroundColour: &options.RGBA{R: 18, G: 22, B: 28, A: 255},
		StartHidden:      true, // until its place is known to be on the screen
		AssetServer:      &assetserver.Options{Assets: page, Handler: transfer.New(a)},
		Bind:             list,
		ErrorFormatter:   func(err error) any { return app.AsError(err).Error() },
		Logger:           quiet{a.Profiles().Options().Log}, LogLevelProduction: logger.ERROR,
		SingleInstanceLock: &options.SingleInstanceLock{
			UniqueId: "wapdesk-" + a.Profiles().InstanceID(),
			OnSecondInstanceLaunch: func(data options.SecondInstanceData) {
				a.SecondStart(data.Args)
			},
		},
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true, DisableWebViewDrop: true},
		Windows:     &windows.Options{WebviewUserDataPath: webviewFolder(), IsZoomControlEnabled: true},
		Linux:       &linux.Options{ProgramName: "wapdesk", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		OnStartup: func(wctx context.Context) {
			a.Start(wctx, NewHost(wctx))
			startErr = start(wctx)
			opened()
			if startErr != nil {
				runtime.Quit(wctx)
			}
		},
		OnDomReady: func(wctx context.Context) {
			once.Do(func() { // it fires again when the page is reloaded
				place.show(wctx)
				runtime.OnFileDrop(wctx, func(_, _ int, paths []string) { a.FilesDropped(paths) })
			})
		},
		OnBeforeClose: func(wctx context.Context) bool {
			savePlace(wctx, a.Profiles().Options().DataDir)
			return leaving.holds(a.Leaving, func() { runtime.Quit(wctx) })
		},
	})
	if startErr != nil {
		return startErr
	}
	if err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	return nil
}

// hasDisplay reports whether a window can be opened; without one GTK would end in a panic.
func hasDisplay() bool {
	if goruntime.GOOS != "linux" {
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// quiet sends what the window library logs to our log: its own lines carry arguments of
// calls, which are personal.
type quiet struct{ log *slog.Logger }

func (quiet) Print(string)   {}
func (quiet) Trace(string)   {}
func (quiet) Debug(string)   {}
func (quiet) Info(string)    {}
func (quiet) Warning(string) {}
func (q quiet) Error(string) { q.log.Error("window library reported an error") }
func (q quiet) Fatal(string) { q.log.Error("window library gave up") }
