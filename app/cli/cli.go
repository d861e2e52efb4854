// Package cli is the command line: the same operations as the screens, for scripts.
//
// CONTRACT.md has the commands, options, output and exit codes that scripts depend on. With
// --json there is one JSON value on standard output and nothing else; progress and messages
// go to standard error.
package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"wapdesk/app"
	"wapdesk/app/demo"
	"wapdesk/app/logbook"
	"wapdesk/app/profile"
	"wapdesk/app/serve"
	"wapdesk/app/syncer"
	"wapdesk/app/system"
)

// Exit codes of the program.
const (
	exitDone         = 0
	exitFailed       = 1
	exitUsage        = 2
	exitNotPermitted = 3
	exitCancelled    = 4
)

// Program is what the command line runs in.
type Program struct {
	Version string
	Args    []string
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Getenv  func(string) string
	// Languages are those the system's person prefers, the best first; nil where nobody asks.
	Languages func() []string
	// DiskEncryption says whether the system encrypts the disk of a folder: on, off or unknown; nil where nobody asks.
	DiskEncryption func(ctx context.Context, folder string) system.Encryption
	// Metered says whether the network that leads out of this computer is metered; nil where nobody asks.
	Metered func(ctx context.Context) system.Network
	// ConfigDir is the folder that holds the folder of all profiles, "" where the system names none.
	ConfigDir string
	Page      fs.FS
	// Text gives a message of the catalogue.
	Text func(lang, key string, args ...string) string
	// Window opens the window; it calls start once there is a context that ends with it.
	Window func(a *app.App, start func(ctx context.Context) error) error
}

// state is what the commands share: the global flags and what they lead to.
type state struct {
	Program
	data    string
	profile string
	demo    bool
	json    bool
	lang    string
	pin     bool // --pin-stdin
	input   *bufio.Reader
	// browser and system ask for a language where --lang does not.
	browser, system tongue
	// profiles are those of this computer; nil until the options are read.
	profiles *profile.Manager
	ended    atomic.Bool // nothing is left to be interrupted
}

// Run runs the program and returns its exit code. Ctrl+C or SIGTERM ends what it does in good order,
// the second one the program itself.
func Run(p Program) int {
	out := &output{to: p.Stdout}
	p.Stdout, p.Stderr = out, newTame(p.Stderr)
	s := &state{Program: p}
	defer outlivePipes()()
	ctx, stop := s.interruptible()
	defer stop()
	root := s.root()
	root.SetArgs(p.Args)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	err := root.ExecuteContext(ctx)
	if s.profiles != nil {
		if err != nil && ctx.Err() != nil {
			s.profiles.LeaveCompaction() // the person waits for the prompt
		}
		if cerr := s.profiles.Close(); err == nil && cerr != nil {
			err = cerr
		}
	}
	s.ended.Store(true)
	if out.err != nil && (err == nil || errors.Is(err, out.err)) {
		if err = out.failure(); err == nil {
			return exitDone
		}
	}
	if err == nil {
		return exitDone
	}
	return s.report(ctx, err)
}

// interruptible returns a context that ends with the first Ctrl+C or SIGTERM, and what frees it.
func (s *state) interruptible() (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		for pressed := 0; ; pressed++ {
			select {
			case <-done:
				return
			case <-signals:
			}
			if pressed > 0 && !s.ended.Load() {
				s.errorLine(s.text("error.stopped"))
				os.Exit(exitCancelled) //nolint:forbidigo // a second Ctrl+C does not wait for what would return
			}
			cancel()
		}
	}()
	return ctx, func() {
		// The signals stay caught: the program ends in a moment, with its own exit code and not theirs.
		close(done)
		cancel()
	}
}

// report writes the one line an error deserves and gives its exit code.
func (s *state) report(ctx context.Context, err error) int {
	if u, ok := errors.AsType[*usageError](err); ok {
		s.errorLine(s.usageText(u))
		return exitUsage
	}
	coded := app.AsError(err)
	if coded.Code == "cancelled" || ctx.Err() != nil {
		if _, begun := errors.AsType[*profile.UnfinishedError](err); !begun {
			coded = &app.Error{Code: "cancelled"}
		}
		s.errorLine(s.errorText(coded))
		return exitCancelled
	}
	s.errorLine(s.errorText(coded))
	if unread, ok := errors.AsType[*syncer.UnreadError](err); ok && unread.Forbidden() {
		return exitNotPermitted
	}
	switch coded.Code {
	case "not_permitted", "anonymise_here_only", "forbidden", "no_export_right":
		return exitNotPermitted
	case "query", "unknown_column", "column_twice", "unknown_format", "unknown_sheet", "bad_date", "bad_address", "insecure_address",
		"no_credentials", "sheets_need_xlsx", "bad_dialect", "file_dates", "file_dates_contradict", "bad_days", "sample_size",
		"incomparable_open", "incomparable_time", "incomparable_team", "incomparable_long":
		return exitUsage
	}
	return exitFailed
}

func (s *state) errorText(e *app.Error) string {
	args := make([]string, 0, 2*len(e.Params))
	for k, v := range e.Params {
		args = append(args, k, v)
	}
	key := "error." + e.Code
	if text := s.text(key, args...); text != key {
		return text
	}
	return s.text("error.internal")
}

// errorLine keeps an error to one line whatever it quotes.
func (s *state) errorLine(text string) {
	fmt.Fprintln(s.Stderr, "wapdesk: "+strings.Join(strings.Fields(text), " "))
}

// say writes a message for a person; with --json only errors are worth one.
func (s *state) say(key string, args ...string) {
	if !s.json {
		fmt.Fprintln(s.Stderr, s.text(key, args...))
	}
}

func (s *state) text(key string, args ...string) string { return s.Text(s.language(), key, args...) }

// print writes the machine's or the person's form of a result to standard output.
func (s *state) print(value any, human func(w io.Writer)) error {
	if s.json {
		enc := json.NewEncoder(s.Stdout)
		enc.SetEscapeHTML(false)
		return enc.Encode(value)
	}
	human(newTame(s.Stdout))
	return nil
}

func (s *state) root() *cobra.Command {
	root := &cobra.Command{
		Use: "wapdesk [link]", Short: "help.wapdesk",
		SilenceErrors: true, SilenceUsage: true, Version: s.Version,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("oneLink")
			}
			if len(args) == 1 && !strings.Contains(args[0], "://") && app.LinkArgument(args) == "" {
				return usage("unknownCommand", "name", args[0], "help", seeHelp(cmd))
			}
			return nil
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.serveProfiles(cmd.Context()); err != nil {
				return err
			}
			return s.prepare(cmd.Name())
		},
		RunE: func(_ *cobra.Command, args []string) error { return s.window(args) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagUsage)
	flags := root.PersistentFlags()
	flags.StringVar(&s.data, "data", "", "help.flag.data")
	flags.StringVar(&s.profile, "profile", "", "help.flag.profile")
	flags.BoolVar(&s.demo, "demo", false, "help.flag.demo")
	flags.BoolVar(&s.json, "json", false, "help.flag.json")
	flags.StringVar(&s.lang, "lang", "", "help.flag.lang")
	flags.BoolVar(&s.pin, "pin-stdin", false, "help.flag.pinStdin")
	root.AddCommand(s.serveCommand(), s.connectCommand(), s.syncCommand(), s.listCommand(), s.showCommand(),
		s.exportCommand(), s.openCommand(), s.anonymiseCommand(), s.pairCommand(), s.contactCommand(), s.ticketCommand(),
		s.qaCommand(), s.changesCommand(), s.rightsCommand(), s.demoServerCommand(), s.wipeCommand(), s.lockCommand(),
		s.retentionCommand(), s.targetsCommand(), s.summaryCommand(), s.sweepCommand(), s.sampleCommand(), s.ledgerCommand(), s.reportCommand(), s.personCommand(), s.statusCommand(), s.diagnosticsCommand(), s.guideCommand(), s.licencesCommand(),
		s.completionCommand(), s.manualCommand())
	for _, cmd := range root.Commands() {
		wordArgs(cmd)
	}
	root.SetHelpCommand(helpCommand())
	root.InitDefaultHelpCmd()
	root.SetUsageFunc(s.explain)
	s.wordHelp(root)
	return root
}

// prepare checks the global flags and finds the profiles, which a few commands do without.
func (s *state) prepare(command string) error {
	if s.lang != "" && !slices.Contains(languages, s.lang) {
		return notOneOf("--lang", s.lang, languages)
	}
	fixed, err := s.fixedClock()
	if err != nil {
		return err
	}
	now, demoNow := time.Now, time.Now
	if fixed != nil {
		demoNow = fixed
		if s.demo || s.localSite() {
			now = fixed
		}
	}
	dir := s.data
	if dir == "" {
		if s.ConfigDir == "" && !slices.Contains([]string{"help", "demo-server", "guide", "licences", "completion", "manual"}, command) {
			return usage("noHome")
		}
		dir = filepath.Join(s.ConfigDir, "wapdesk")
	}
	book := logbook.New()
	s.profiles = profile.NewManager(profile.Options{
		DataDir: dir, Version: s.Version, Now: now, DemoNow: demoNow, Lang: s.language, LangAsked: s.lang != "", Words: s.Text,
		DiskEncryption: s.DiskEncryption, Metered: s.Metered,
		Code: func(err error) (string, map[string]string) {
			e := app.AsError(err)
			return e.Code, e.Params
		},
		Book: book, Log: slog.New(slog.NewMultiHandler(
			slog.NewTextHandler(s.Stderr, &slog.HandlerOptions{Level: s.logLevel(), ReplaceAttr: logbook.Redact}), book.Handler(),
		)),
		Migrating: func(size int64) {
			s.say("app.migrating", "mb", strconv.FormatInt(size/1_000_000, 10))
		},
		StartDemo: func(ctx context.Context, now func() time.Time, began time.Time) (profile.DemoSite, error) {
			return demo.Start(ctx, demo.Options{Now: now, Begin: began})
		},
	})
	return nil
}

// serveProfiles serves Go's profiles at the address of WAPDESK_PPROF, for CONTRIBUTING's recipe.
func (s *state) serveProfiles(ctx context.Context) error {
	addr := s.Getenv("WAPDESK_PPROF")
	if addr == "" {
		return nil
	}
	l, err := listen(ctx, addr)
	if err != nil {
		return err
	}
	serve.Profiles(ctx, l)
	fmt.Fprintf(s.Stderr, "http://%s/debug/pprof/\n", l.Addr())
	return nil
}

func (s *state) logLevel() slog.Level {
	if s.Getenv("WAPDESK_LOG") == "info" {
		return slog.LevelInfo
	}
	return slog.LevelError
}

// fixedClock is the clock of WAPDESK_NOW, nil without it. It is for tests: only demo data and
// a contact centre on this computer obey it.
func (s *state) fixedClock() (func() time.Time, error) {
	text := s.Getenv("WAPDESK_NOW")
	if text == "" {
		return nil, nil
	}
	start, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, usage("clock")
	}
	began := time.Now()
	return func() time.Time { return start.Add(time.Since(began)) }, nil
}

// localSite reports whether the contact centre runs on this computer.
func (s *state) localSite() bool {
	url := s.Getenv("WAPDESK_URL")
	return strings.HasPrefix(url, "http://127.0.0.1:") || strings.HasPrefix(url, "http://localhost:")
}

// use is how a command uses the profile it opens; the zero value talks to the contact centre
// and writes.
type use int

const (
	// offline never asks the contact centre.
	offline use = 1 << iota
	// reads changes nothing, so that it works while the window has the profile open.
	reads
	// noList asks nothing of the list.
	noList
	// unfilled takes demo data as they are: the command downloads them itself.
	unfilled
)

// open opens the profile the flags and the environment name.
func (s *state) open(ctx context.Context, how use) (*profile.Profile, error) {
	s.profiles.Start(ctx, nil)
	p, err := s.openSelected(ctx, how)
	if err != nil || how&unfilled != 0 {
		return p, err
	}
	return p, p.BringDemo(ctx, s.progress())
}

// openSelected opens the profile for a window or a browser, which listens to it.
func (s *state) openSelected(ctx context.Context, how use) (*profile.Profile, error) {
	sel, err := s.selected()
	if err != nil {
		return nil, err
	}
	if err := s.unlock(ctx); err != nil {
		return nil, err
	}
	sel.Offline, sel.Reading, sel.NoList = how&offline != 0, how&reads != 0, how&noList != 0
	return s.profiles.Use(ctx, sel)
}

// selected says which profile the flags and the environment name. Demo data are meant with --demo
// and never without it.
func (s *state) selected() (profile.Select, error) {
	switch {
	case s.demo && s.profile != "" && s.profile != profile.DemoName:
		return profile.Select{}, usage("exclude", "one", "--demo", "other", "--profile")
	case s.demo:
		return profile.Select{Demo: true}, nil
	case s.profile == profile.DemoName:
		return profile.Select{}, usage("demoProfile", "profile", s.profile)
	}
	url, token := s.Getenv("WAPDESK_URL"), s.Getenv("WAPDESK_TOKEN")
	if (url == "") != (token == "") {
		return profile.Select{}, usage("urlWithToken")
	}
	return profile.Select{Profile: s.profile, URL: url, Token: token}, nil
}
