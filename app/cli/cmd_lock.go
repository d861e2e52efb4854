package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// lockCommand says whether the stored data ask for a PIN, and makes them ask, or ask no more.
func (s *state) lockCommand() *cobra.Command {
	var set, off, forgotten, yes bool
	cmd := &cobra.Command{
		Use: "lock [--set | --off | --forgotten [--yes]]", Short: "help.lock", Long: "help.lockLong", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			switch {
			case set && (off || forgotten), off && forgotten:
				return usage("lockOne")
			case yes && !forgotten:
				return usage("required", "flag", "--forgotten")
			case set:
				return s.setPIN(ctx)
			case off:
				return s.removePIN(ctx)
			case forgotten:
				return s.wipeLocked(ctx, yes)
			}
			return s.sayLock()
		},
	}
	f := cmd.Flags()
	f.BoolVar(&set, "set", false, "help.flag.lockSet")
	f.BoolVar(&off, "off", false, "help.flag.lockOff")
	f.BoolVar(&forgotten, "forgotten", false, "help.flag.lockForgotten")
	f.BoolVar(&yes, "yes", false, "help.flag.lockYes")
	return cmd
}

func (s *state) setPIN(ctx context.Context) error {
	old := ""
	var err error
	if s.profiles.HasPIN() {
		if old, err = s.askPIN(ctx, "cli.lock.old"); err != nil {
			return err
		}
	}
	pin, err := s.askPIN(ctx, "cli.lock.new")
	if err != nil {
		return err
	}
	if !s.pin { // on a terminal nobody sees what was typed
		again, err := s.askPIN(ctx, "cli.lock.again")
		if err != nil {
			return err
		}
		if again != pin {
			return usage("pinsDiffer")
		}
	}
	if err := s.profiles.SetPIN(old, pin); err != nil {
		return err
	}
	return s.sayLock()
}

func (s *state) removePIN(ctx context.Context) error {
	if s.profiles.HasPIN() {
		pin, err := s.askPIN(ctx, "cli.lock.pin")
		if err != nil {
			return err
		}
		if err := s.profiles.RemovePIN(pin); err != nil {
			return err
		}
	}
	return s.sayLock()
}

// wipeLocked removes everything stored with the lock, for who forgot the PIN.
func (s *state) wipeLocked(ctx context.Context, yes bool) error {
	if !yes || !s.profiles.Locked() {
		if s.profiles.Locked() {
			s.say("cli.lock.would")
		}
		return s.sayLock()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.ended.Store(true) // what has begun is finished: half of it is of no use
	if err := s.profiles.WipeLocked(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	return s.sayLock()
}

func (s *state) sayLock() error {
	on := s.profiles.HasPIN()
	return s.print(map[string]any{"on": on}, func(w io.Writer) {
		key := "cli.lock.off"
		if on {
			key = "cli.lock.on"
		}
		fmt.Fprintln(w, s.text(key))
	})
}
