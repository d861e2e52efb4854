package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
)

// maxSkippedLines keeps the screen readable when a whole column cannot be read.
const maxSkippedLines = 20

// dateOrders are the answers to a file that leaves open which number of its dates is the day.
var dateOrders = []string{"dmy", "mdy", "ymd"}

func (s *state) openCommand() *cobra.Command {
	var dates string
	cmd := &cobra.Command{
		Use: "open FILE", Short: "help.open", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if dates != "" && !slices.Contains(dateOrders, dates) {
				return notOneOf("--dates", dates, dateOrders)
			}
			s.profiles.Start(cmd.Context(), nil)
			report, err := s.profiles.OpenExported(cmd.Context(), args[0], dates)
			if err != nil {
				return err
			}
			s.sayHowRead(&report)
			return s.print(report, func(w io.Writer) {
				fmt.Fprintln(w, s.text("cli.opened", "n", fmt.Sprint(report.Rows), "profile", report.Profile))
			})
		},
	}
	cmd.Flags().StringVar(&dates, "dates", "", "help.flag.dates")
	return cmd
}

// sayHowRead tells a person what was left out of a file and how it was read. With --json it is in the
// result.
func (s *state) sayHowRead(report *profile.OpenReport) {
	for _, n := range report.Notices {
		s.say("firstrun.file.notice."+n.Code, "n", fmt.Sprint(n.Count), "text", n.Text)
	}
	if len(report.Unknown) > 0 {
		s.say("firstrun.file.unknown", "names", strings.Join(report.Unknown, ", "))
	}
	if report.Left > 0 {
		s.say("firstrun.file.left", "n", fmt.Sprint(report.Left))
	}
	if report.Values > 0 {
		s.say("firstrun.file.values", "n", fmt.Sprint(report.Values))
	}
	shown := report.Skipped[:min(len(report.Skipped), maxSkippedLines)]
	for _, row := range shown {
		key := "cli.skipped"
		if row.Sheet != "" {
			key = "cli.skippedIn"
		}
		s.say(key, "row", fmt.Sprint(row.Row), "sheet", row.Sheet, "reason", s.text("error."+row.Code))
	}
	if report.Left+report.Values > len(shown) && len(shown) > 0 {
		s.say("firstrun.file.first", "n", fmt.Sprint(len(shown)))
	}
}
