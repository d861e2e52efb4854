package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store"
)

func (s *state) changesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "changes", Short: "help.changes", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := s.open(cmd.Context(), offline|reads|noList)
			if err != nil {
				return err
			}
			changes, err := p.Changes(cmd.Context())
			if err != nil {
				return err
			}
			return s.print(map[string]any{"changes": changeRows(changes)}, func(w io.Writer) {
				if len(changes) == 0 {
					s.say("cli.changes.none")
				}
				for _, c := range changeRows(changes) {
					fmt.Fprintf(w, "%d  %s  %s  %s  %s\n", c.ID, c.Kind, c.Target, c.State, profile.Refusal(s.text, text(c.Reason)))
				}
			})
		},
	}
}

type changeRow struct {
	ID      int64   `json:"id"`
	Kind    string  `json:"kind"`
	Target  string  `json:"target"`
	State   string  `json:"state"`
	Reason  *string `json:"reason"`
	Created string  `json:"created"`
}

func changeRows(changes []store.Change) []changeRow {
	rows := make([]changeRow, 0, len(changes))
	for _, c := range changes {
		state, reason := stateOf(&c)
		rows = append(rows, changeRow{
			ID: c.ID, Kind: string(c.Kind), Target: c.Target, State: string(state), Reason: reason,
			Created: time.UnixMilli(c.CreatedMs).UTC().Format(time.RFC3339),
		})
	}
	return rows
}

// reasonManual is why a change waits that a person has to make in the contact centre.
const reasonManual = "manual"

// stateOf gives the state of a change in the five words that scripts know, with its reason. The screen
// tells more apart: what somebody has to do by hand waits, and what a sync has confirmed is sent.
func stateOf(c *store.Change) (store.ChangeState, *string) {
	switch c.State {
	case store.ChangeManual:
		return store.ChangeWaiting, known(reasonManual)
	case store.ChangeConfirmed, store.ChangeDone:
		return store.ChangeSent, nil
	}
	return c.State, known(c.Reason, c.Code)
}

// one is the only change that something queued.
func one(change store.Change, err error) ([]store.Change, error) { return []store.Change{change}, err }

// change makes a change and prints what was queued.
func (s *state) change(cmd *cobra.Command, do func(ctx context.Context, p *profile.Profile) ([]store.Change, error)) error {
	p, err := s.open(cmd.Context(), offline|noList)
	if err != nil {
		return err
	}
	made, err := do(cmd.Context(), p)
	if err != nil {
		return err
	}
	return s.print(map[string]any{"changes": changeRows(made)}, func(w io.Writer) {
		fmt.Fprintln(w, s.text("cli.queued"))
	})
}

func (s *state) pairCommand() *cobra.Command {
	return &cobra.Command{
		Use: "pair ACTIVITY CONTACT", Short: "help.pair", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.change(cmd, func(ctx context.Context, p *profile.Profile) ([]store.Change, error) {
				return one(p.Pair(ctx, args[0], args[1]))
			})
		},
	}
}

// family is a command that only gathers others; on its own it is a slip, not a success.
func family(name, short string) *cobra.Command {
	return &cobra.Command{
		Use: name, Short: short,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("unknownCommand", "name", name+" "+args[0], "help", seeHelp(cmd))
			}
			return usage("whatToDo", "help", seeHelp(cmd))
		},
	}
}

func (s *state) contactCommand() *cobra.Command {
	parent := family("contact", "help.contact")
	var in profile.ContactInput
	var activity string
	add := &cobra.Command{
		Use: "add --lastname L", Short: "help.contactAdd", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if strings.TrimSpace(in.LastName) == "" {
				return usage("required", "flag", "--lastname")
			}
			return s.change(cmd, func(ctx context.Context, p *profile.Profile) ([]store.Change, error) {
				return p.AddContact(ctx, in, activity)
			})
		},
	}
	f := add.Flags()
	f.StringVar(&in.LastName, "lastname", "", "help.flag.lastName")
	f.StringVar(&in.FirstName, "firstname", "", "help.flag.firstName")
	f.StringVar(&in.Number, "number", "", "help.flag.number")
	f.StringVar(&in.Email, "email", "", "help.flag.email")
	f.StringVar(&in.Database, "database", "", "help.flag.database")
	f.StringVar(&activity, "activity", "", "help.flag.activity")
	parent.AddCommand(add)
	return parent
}

func (s *state) ticketCommand() *cobra.Command {
	parent := family("ticket", "help.ticket")
	parent.AddCommand(&cobra.Command{
		Use: "attach ACTIVITY TICKET", Short: "help.ticketAttach", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.change(cmd, func(ctx context.Context, p *profile.Profile) ([]store.Change, error) {
				return one(p.AttachTicket(ctx, args[0], args[1]))
			})
		},
	})
	return parent
}

func (s *state) qaCommand() *cobra.Command {
	parent := family("qa", "help.qa")
	var form string
	var answers []string
	add := &cobra.Command{
		Use: "add ACTIVITY --form F --answer K=V…", Short: "help.qaAdd", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if form == "" {
				return usage("required", "flag", "--form")
			}
			in := profile.QAInput{Activity: args[0], Form: form, Answers: map[string][]string{}}
			for _, a := range answers {
				k, v, ok := strings.Cut(a, "=")
				if !ok || k == "" {
					return usage("answer", "value", a)
				}
				in.Answers[k] = append(in.Answers[k], v)
			}
			return s.change(cmd, func(ctx context.Context, p *profile.Profile) ([]store.Change, error) {
				return one(p.AddReview(ctx, in))
			})
		},
	}
	add.Flags().StringVar(&form, "form", "", "help.flag.form")
	add.Flags().StringArrayVar(&answers, "answer", nil, "help.flag.answer")
	parent.AddCommand(add)
	return parent
}
