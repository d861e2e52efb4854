package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/app/syncer"
)

func (s *state) syncCommand() *cobra.Command {
	var req profile.SyncRequest
	var report, reports, pause, resume bool
	cmd := &cobra.Command{
		Use: "sync", Short: "help.sync", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for name, text := range map[string]string{"--from": req.From, "--to": req.To} {
				if text != "" && !validDate(text) {
					return usage("date", "flag", name, "value", text)
				}
			}
			ctx := cmd.Context()
			if report && reports || (report || reports) && (pause || resume) || pause && resume {
				return usage("exclude", "one", "--report, --reports, --pause", "other", "--resume")
			}
			switch {
			case reports:
				return s.printReports(ctx)
			case pause || resume:
				return s.pauseSync(ctx, pause)
			}
			p, err := s.open(ctx, noList|unfilled)
			if err != nil {
				return err
			}
			result, err := p.Sync(ctx, req, s.progress())
			if result.ZoneUnknown != "" {
				s.say("cli.zoneUnknown", "zone", result.ZoneUnknown, "used", result.ZoneUsed)
			}
			if result.Doubted > 0 {
				s.say("cli.doubted", "n", fmt.Sprint(result.Doubted))
			}
			// Without the rights or a stretch of time the rest was done, and is told; the error follows.
			_, rightsOnly := errors.AsType[*syncer.UnreadError](err)
			_, short := errors.AsType[*syncer.ShortError](err)
			if err != nil && !rightsOnly && !short {
				if report {
					err = errors.Join(err, s.printReport(ctx, p))
				}
				return err
			}
			if result.KeptFrom != "" {
				s.say("cli.pastKeeping", "day", result.KeptFrom)
			}
			if err := p.CountHours(ctx); err != nil { // the contact centre's zone may be another now
				return err
			}
			if report {
				s.sayUnread(result.Unread)
				return errors.Join(err, s.printReport(ctx, p))
			}
			printErr := s.print(result, func(w io.Writer) {
				fmt.Fprintln(w, s.text("cli.synced", "read", fmt.Sprint(result.Interactions.Read),
					"stored", fmt.Sprint(result.Interactions.Stored), "gone", fmt.Sprint(result.Interactions.Gone)))
			})
			s.sayUnread(result.Unread)
			return errors.Join(err, printErr)
		},
	}
	f := cmd.Flags()
	f.StringVar(&req.From, "from", "", "help.flag.syncFrom")
	f.StringVar(&req.To, "to", "", "help.flag.syncTo")
	f.BoolVar(&req.Deep, "deep", false, "help.flag.deep")
	f.BoolVar(&report, "report", false, "help.flag.syncReport")
	f.BoolVar(&reports, "reports", false, "help.flag.syncReports")
	f.BoolVar(&pause, "pause", false, "help.flag.syncPause")
	f.BoolVar(&resume, "resume", false, "help.flag.syncResume")
	return cmd
}

// printReport prints the report of the sync that just ended.
func (s *state) printReport(ctx context.Context, p *profile.Profile) error {
	list, err := p.SyncReports(context.WithoutCancel(ctx)) // also of a sync that was ended
	if err != nil || len(list) == 0 {
		return err
	}
	return s.printAsJSON(list[0])
}

// printReports prints the reports that are kept, newest first, and syncs nothing.
func (s *state) printReports(ctx context.Context) error {
	p, err := s.open(ctx, offline|reads|noList)
	if err != nil {
		return err
	}
	list, err := p.SyncReports(ctx)
	if err != nil {
		return err
	}
	return s.printAsJSON(map[string]any{"reports": list})
}

// printAsJSON prints what is read by people and scripts alike.
func (s *state) printAsJSON(value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	return s.print(value, func(w io.Writer) { fmt.Fprintln(w, string(text)) })
}

// pauseSync pauses the syncs of the window by themselves, or lets them go on.
func (s *state) pauseSync(ctx context.Context, paused bool) error {
	p, err := s.open(ctx, offline|noList)
	if err != nil {
		return err
	}
	if err := p.PauseSync(paused); err != nil {
		return err
	}
	return s.print(map[string]bool{"paused": paused}, func(w io.Writer) {
		key := "cli.syncResumed"
		if paused {
			key = "cli.syncPaused"
		}
		fmt.Fprintln(w, s.text(key))
	})
}

// sayUnread names the lists that were not given. What the role never gave is no failure, so that nothing
// else says what it means.
func (s *state) sayUnread(lists []syncer.Unread) {
	var names []string
	for _, l := range lists {
		if l.Never {
			s.say("sync.never." + l.List)
			continue
		}
		names = append(names, s.text("list.name."+l.List))
	}
	if len(names) > 0 {
		s.say("cli.unread", "lists", strings.Join(names, ", "))
	}
}

// progress writes what the sync is doing to standard error, a line whenever the phase changes
// and at most ten lines a phase.
func (s *state) progress() func(syncer.Progress) {
	var phase string
	var lastTenth int64 = -1
	return func(p syncer.Progress) {
		if s.json {
			return
		}
		tenth := int64(-1)
		if p.Expected > 0 {
			tenth = p.Done * 10 / p.Expected
		}
		if p.Phase == phase && tenth == lastTenth {
			return
		}
		phase, lastTenth = p.Phase, tenth
		label := s.text("sync.phase." + p.Phase)
		if p.Expected > 0 {
			fmt.Fprintf(s.Stderr, "%s %d / %d\n", label, p.Done, p.Expected)
			return
		}
		fmt.Fprintf(s.Stderr, "%s %d\n", label, p.Done)
	}
}
