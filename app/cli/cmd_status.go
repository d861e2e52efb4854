package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// statusAnswer is what `status --json` prints.
type statusAnswer struct {
	Interactions int          `json:"interactions"`
	Coverage     []storedDays `json:"coverage"`
	LastSync     *string      `json:"last_sync"` // of those that went well
	Paused       bool         `json:"paused"`
	EveryMinutes int          `json:"every_minutes"` // 0: only when asked
	Metered      string       `json:"metered"`       // what goes over metered networks by itself: all, new, asked
	Reread       *string      `json:"reread_down"`   // the day down to which everything is being read again
	Waiting      int          `json:"waiting"`
	Refused      int          `json:"refused"`
}

// storedDays are days of the contact centre's calendar.
type storedDays struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// statusCommand says how the sync stands, also while the window has the profile open.
func (s *state) statusCommand() *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "help.status", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := s.open(cmd.Context(), offline|reads|noList)
			if err != nil {
				return err
			}
			status, err := p.SyncStatus()
			if err != nil {
				return err
			}
			settings := p.Settings()
			answer := statusAnswer{
				Interactions: status.Stored, Coverage: []storedDays{}, Paused: status.Paused,
				EveryMinutes: settings.SyncMinutes, Metered: settings.SyncMetered, Waiting: status.Waiting, Refused: status.Refused,
			}
			for _, r := range status.Coverage {
				answer.Coverage = append(answer.Coverage, storedDays{r.From, r.To})
			}
			if status.LastMs > 0 {
				at := time.UnixMilli(status.LastMs).In(p.Zone()).Format(time.RFC3339)
				answer.LastSync = &at
			}
			if status.RereadDown != "" {
				answer.Reread = &status.RereadDown
			}
			return s.print(answer, func(w io.Writer) {
				var days []string
				for _, r := range status.Coverage {
					days = append(days, r.From+" – "+r.To)
				}
				last := "–"
				if answer.LastSync != nil {
					last = *answer.LastSync
				}
				lines := []string{
					s.text("cli.status.stored", "n", strconv.Itoa(status.Stored), "days", strings.Join(days, ", ")),
					s.text("cli.status.last", "time", last),
				}
				switch {
				case status.Paused:
					lines = append(lines, s.text("cli.syncPaused"))
				case settings.SyncMinutes == 0:
					lines = append(lines, s.text("cli.status.asked"))
				default:
					lines = append(lines, s.text("cli.status.every", "n", strconv.Itoa(settings.SyncMinutes)))
				}
				if answer.Reread != nil {
					lines = append(lines, s.text("cli.status.reread", "day", *answer.Reread))
				}
				lines = append(lines, s.text("cli.status.changes", "waiting", strconv.Itoa(status.Waiting), "refused", strconv.Itoa(status.Refused)))
				fmt.Fprintln(w, strings.Join(lines, "\n"))
			})
		},
	}
}
