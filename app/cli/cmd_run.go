package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wapdesk/app"
	"wapdesk/app/demo"
	"wapdesk/app/profile"
	"wapdesk/app/serve"
	"wapdesk/app/transfer"
)

// start opens what a screen starts with: the demo, the profile the flags name, the last one,
// or none, which is the first-run screen. A lock is opened on the page.
func (s *state) start(ctx context.Context) error {
	if s.profiles.Locked() {
		return nil // the page asks for the PIN and starts again
	}
	var p *profile.Profile
	var err error
	if s.demo || s.profile != "" || s.Getenv("WAPDESK_URL") != "" {
		p, err = s.openSelected(ctx, 0)
	} else if p, err = s.profiles.UseLast(ctx); errors.Is(err, profile.ErrNoProfile) {
		return nil
	}
	if err != nil {
		return err
	}
	p.Background()
	return p.FirstSync(ctx)
}

// screens returns what the page calls, which opens the details of the linked interaction first.
func (s *state) screens(args []string) *app.App {
	screens := app.New(s.profiles)
	screens.Begins(s.start)
	if len(args) == 1 {
		screens.ShowAtStart(args[0])
	}
	return screens
}

func (s *state) window(args []string) error {
	screens := s.screens(args)
	err := s.Window(screens, s.start)
	s.sayWaiting(screens.Leaving())
	return err
}

// sayWaiting says at the end how many changes wait to be sent.
func (s *state) sayWaiting(n int) {
	if n > 0 {
		s.say("leaving.waiting", "n", strconv.Itoa(n))
	}
}

func (s *state) serveCommand() *cobra.Command {
	var addr string
	cmd := &cobra.Command{
		Use: "serve [LINK]", Short: "help.serve", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			l, err := listen(ctx, addr)
			if err != nil {
				return err
			}
			hub := serve.NewHub()
			screens := s.screens(args)
			screens.Start(ctx, serve.NewHost(hub))
			if err := s.start(ctx); err != nil {
				return errors.Join(err, l.Close())
			}
			server := serve.New(s.Page, screens.Bound(), transfer.New(screens), hub, s.browserSpeaks)
			if err := s.print(map[string]string{"address": server.Address(l)}, func(w io.Writer) { fmt.Fprintln(w, server.Address(l)) }); err != nil {
				return err
			}
			if err := server.Run(ctx, l, func() { s.sayWaiting(screens.Leaving()) }); err != nil {
				return err
			}
			s.say("cli.stopped")
			return nil
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "help.flag.addr")
	return cmd
}

func (s *state) demoServerCommand() *cobra.Command {
	var addr string
	var fail, shapes []string
	var opts demo.Options
	cmd := &cobra.Command{
		Use: "demo-server", Short: "help.demoServer", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.Interactions < 0 {
				return usage("interactions")
			}
			if opts.Interactions == 0 {
				opts.Interactions = -1 // none; 0 means the demo's own size
			}
			opts.Fail = map[demo.Kind]float64{}
			for _, f := range fail {
				kind, rate, err := demo.ParseFail(f)
				if err != nil {
					return usage("fail", "value", f)
				}
				opts.Fail[kind] = rate
			}
			for _, text := range shapes {
				if err := opts.Oddities.Shape(text); err != nil {
					return usage("shape", "value", text, "shapes", strings.Join(demo.Shapes(), ", "))
				}
			}
			now, err := s.fixedClock()
			if err != nil {
				return err
			}
			opts.Now = now
			ctx := cmd.Context()
			l, err := listen(ctx, addr)
			if err != nil {
				return err
			}
			server, err := demo.New(opts)
			if err = errors.Join(err, ctx.Err()); err != nil {
				return errors.Join(err, l.Close())
			}
			url := "http://" + l.Addr().String() + opts.Oddities.Base
			if err := s.print(map[string]string{"url": url, "token": server.Token()}, func(w io.Writer) {
				fmt.Fprintf(w, "WAPDESK_URL=%s WAPDESK_TOKEN=%s\n", url, server.Token())
			}); err != nil {
				return errors.Join(err, l.Close())
			}
			srv := &http.Server{Handler: server.Handler(), ReadHeaderTimeout: 10 * time.Second}
			go func() {
				<-ctx.Done()
				_ = srv.Close()
			}()
			if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			s.say("cli.stopped")
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&addr, "addr", "127.0.0.1:0", "help.flag.addr")
	f.IntVar(&opts.Interactions, "interactions", 5000, "help.flag.interactions")
	f.Uint64Var(&opts.Seed, "seed", 0, "help.flag.seed")
	f.IntVar(&opts.Days, "days", 0, "help.flag.days")
	f.IntVar(&opts.Burst, "burst", 0, "help.flag.burst")
	f.DurationVar(&opts.Latency, "latency", 0, "help.flag.latency")
	f.StringArrayVar(&fail, "fail", nil, "help.flag.fail")
	f.StringArrayVar(&shapes, "shape", nil, "help.flag.shape")
	f.BoolVar(&opts.Control, "control", false, "help.flag.control")
	return cmd
}
