package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"wapdesk/app"
	"wapdesk/app/profile"
	"wapdesk/app/secret"
	"wapdesk/store"
)

func (s *state) connectCommand() *cobra.Command {
	var in profile.ConnectionInput
	var tokenStdin, passwordStdin bool
	var anonymiseCall string
	cmd := &cobra.Command{
		Use: "connect --url URL (--token-stdin | --user NAME --password-stdin)", Short: "help.connect", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			call, err := givenAnonymiseCall(anonymiseCall)
			if err != nil {
				return err
			}
			if in.Address == "" && call != nil && !tokenStdin && !passwordStdin {
				return s.configureAnonymising(cmd.Context(), *call)
			}
			if in.Address == "" {
				return usage("required", "flag", "--url")
			}
			if tokenStdin == passwordStdin {
				return usage("signIn")
			}
			if passwordStdin != (in.User != "") {
				return usage("userWithPassword")
			}
			if err := s.unlock(cmd.Context()); err != nil {
				return err
			}
			var secretText string
			if secretText, err = s.secretLine(cmd.Context()); err != nil {
				return err
			}
			if tokenStdin {
				in.Token = secretText
			} else {
				in.Password = secretText
			}
			s.profiles.Start(cmd.Context(), nil)
			report, kept, err := s.profiles.Connect(cmd.Context(), in, false)
			if err != nil {
				return err
			}
			if call != nil {
				p, err := s.profiles.Open()
				if err == nil {
					_, err = p.SetAnonymiseCall(cmd.Context(), *call)
				}
				if err != nil {
					return err
				}
			}
			if kept == secret.InFile {
				s.say("cli.tokenInFile")
			}
			for _, list := range report.Missing {
				s.say("sync.never." + list)
			}
			return s.print(map[string]any{
				"company": report.Company, "version": report.ServerVersion, "user": report.UserTitle,
				"users": counted(report.VisibleUsers), "queues": counted(report.VisibleQueues), "profile": s.profiles.OpenName(),
			}, func(w io.Writer) {
				if len(report.Missing) > 0 {
					fmt.Fprintln(w, s.text("cli.connected.uncounted", "company", report.Company, "user", report.UserTitle))
					return
				}
				fmt.Fprintln(w, s.text("cli.connected", "company", report.Company, "user", report.UserTitle,
					"users", fmt.Sprint(report.VisibleUsers), "queues", fmt.Sprint(report.VisibleQueues)))
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.Address, "url", "", "help.flag.url")
	f.BoolVar(&tokenStdin, "token-stdin", false, "help.flag.tokenStdin")
	f.StringVar(&in.User, "user", "", "help.flag.login")
	f.BoolVar(&in.InFile, "keep-token-in-file", false, "help.flag.keepTokenInFile")
	f.BoolVar(&passwordStdin, "password-stdin", false, "help.flag.passwordStdin")
	f.StringVar(&anonymiseCall, "anonymise-call", "", "help.flag.anonymiseCall")
	return cmd
}

// givenAnonymiseCall reads the option of that name; nil when it was not given.
func givenAnonymiseCall(text string) (*profile.AnonymiseCall, error) {
	if text == "" {
		return nil, nil
	}
	call, err := profile.ParseAnonymiseCall(text)
	if err != nil {
		return nil, usage("anonymiseCall", "place", store.NamePlace, "example", `POST /custom/anonymise {"interaction":"`+store.NamePlace+`"}`)
	}
	return &call, nil
}

// configureAnonymising keeps, or removes, the call by which the contact centre of a profile anonymises.
func (s *state) configureAnonymising(ctx context.Context, call profile.AnonymiseCall) error {
	p, err := s.open(ctx, offline|noList)
	if err != nil {
		return err
	}
	kept, err := p.SetAnonymiseCall(ctx, call)
	if err != nil {
		return err
	}
	return s.print(map[string]any{"anonymise_call": kept}, func(w io.Writer) {
		if kept.Method == "" {
			fmt.Fprintln(w, s.text("cli.anonymiseCall.off"))
			return
		}
		fmt.Fprintln(w, s.text("cli.anonymiseCall.kept", "method", kept.Method, "path", kept.Path))
	})
}

// counted is a number that may be unknown: null, never -1.
func counted(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

func (s *state) rightsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "rights", Short: "help.rights", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := s.open(cmd.Context(), offline|reads|noList)
			if err != nil {
				return err
			}
			visible, err := p.Visible(cmd.Context())
			if err != nil {
				return err
			}
			info := app.RightsOf(visible)
			return s.print(info, func(w io.Writer) {
				fmt.Fprintln(w, s.text("cli.rights.users", "n", fmt.Sprint(len(info.Users))))
				for _, u := range info.Users {
					fmt.Fprintf(w, "  %s (%s)\n", u.Title, u.Name)
				}
				fmt.Fprintln(w, s.text("cli.rights.queues", "n", fmt.Sprint(len(info.Queues))))
				for _, q := range info.Queues {
					fmt.Fprintf(w, "  %s (%s)\n", q.Title, q.Name)
				}
				fmt.Fprintln(w, s.text("cli.rights.where", "where", info.Where))
			})
		},
	}
}

func (s *state) wipeCommand() *cobra.Command {
	var yes, forget bool
	cmd := &cobra.Command{
		Use: "wipe --yes", Short: "help.wipe", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s.profiles.Start(cmd.Context(), nil)
			sel, err := s.selected()
			if err != nil {
				return err
			}
			if err := s.unlock(cmd.Context()); err != nil {
				return err
			}
			name, err := s.profiles.Named(sel)
			if err != nil {
				return err
			}
			if !yes {
				s.say("cli.wipe.would", "profile", name)
				return s.print(map[string]any{"profile": name, "wiped": false}, func(io.Writer) {})
			}
			ctx := cmd.Context()
			if err := ctx.Err(); err != nil {
				return err
			}
			ctx = context.WithoutCancel(ctx) // what has begun is finished: half a profile is of no use
			s.ended.Store(true)              // and no second Ctrl+C ends it either
			if err := s.profiles.Wipe(ctx, name); err != nil {
				return err
			}
			if forget {
				if err := s.profiles.ForgetErasures(ctx, name); err != nil {
					return err
				}
			}
			s.say("cli.wipe.done", "profile", name)
			return s.print(map[string]any{"profile": name, "wiped": true}, func(io.Writer) {})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "help.flag.wipeYes")
	cmd.Flags().BoolVar(&forget, "forget-erasures", false, "help.flag.forgetErasures")
	return cmd
}
