package cli

import (
	"context"
	"fmt"
	"time"

	"wapdesk/app/profile"
)

// gap is a part of the range that is not stored; times with their offset, to is exclusive.
type gap struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func gapsOf(missing []profile.DayRange, zone *time.Location) []gap {
	gaps := make([]gap, 0, len(missing))
	for _, m := range missing {
		gaps = append(gaps, gap{
			From: time.UnixMilli(m.FromMs).In(zone).Format(time.RFC3339),
			To:   time.UnixMilli(m.ToMs).In(zone).Format(time.RFC3339),
		})
	}
	return gaps
}

// warnMissing names on standard error what was asked for and is not stored, with --json as well:
// whoever reads the answer has to know. asOfMs is up to when the rest is true, 0 for now;
// days before keptFrom, unless it is "", are past keeping.
func (s *state) warnMissing(missing []profile.DayRange, asOfMs int64, keptFrom string, zone *time.Location) {
	const minute = "2006-01-02 15:04"
	for _, m := range missing {
		if m.FromMs == 0 {
			fmt.Fprintln(s.Stderr, s.text("cli.missing.everything"))
			continue
		}
		fmt.Fprintln(s.Stderr, s.text("cli.missing",
			"from", time.UnixMilli(m.FromMs).In(zone).Format(minute), "to", time.UnixMilli(m.ToMs).In(zone).Format(minute)))
	}
	if len(missing) == 0 && asOfMs > 0 {
		s.say("cli.asOf", "time", time.UnixMilli(asOfMs).In(zone).Format(minute))
	}
	if keptFrom != "" {
		s.say("cli.pastKeeping", "day", keptFrom)
	}
}

// warnOf is warnMissing for a command that does not list what a filter chooses.
func (s *state) warnOf(ctx context.Context, p *profile.Profile, f profile.Filter) error {
	result, err := p.Search(ctx, f)
	if err != nil {
		return err
	}
	s.warnMissing(result.Missing, result.AsOfMs, result.KeptFrom, p.Zone())
	return nil
}
