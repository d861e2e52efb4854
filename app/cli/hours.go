package cli

import (
	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store/hours"
)

// Options of targets that set when people work.
const (
	flagHours    = "hours"
	flagHolidays = "holidays"
)

// hoursChange is what is to be set of working hours.
type hoursChange struct {
	week     *[7][]hours.Span // nil leaves it
	days     *hours.Hours     // its days off; nil leaves them
	none     bool             // around the clock
	asForAll bool
}

func (c *hoursChange) some() bool { return c.week != nil || c.days != nil || c.none || c.asForAll }

// readHours reads the options that set working hours.
func readHours(cmd *cobra.Command, week, holidays string, ofQueue bool) (c hoursChange, err error) {
	if cmd.Flags().Changed(flagHours) {
		switch {
		case week == "none":
			c.none = true
		case week == "as-for-all" && ofQueue:
			c.asForAll = true
		default:
			read, wrong := hours.ParseWeek(week)
			if wrong != "" || (hours.Hours{Week: read}).Never() {
				return c, usage("hours", "flag", "--"+flagHours, "value", week)
			}
			c.week = &read
		}
	}
	if cmd.Flags().Changed(flagHolidays) {
		text := holidays
		if text == "none" {
			text = ""
		}
		dates, public, wrong := hours.ParseHolidays(text)
		if wrong != "" {
			return c, usage("holidays", "flag", "--"+flagHolidays, "value", wrong)
		}
		c.days = &hours.Hours{Holidays: dates, Public: public}
	}
	if c.days != nil && (c.none || c.asForAll) {
		return c, usage("exclude", "one", "--"+flagHours+" "+week, "other", "--"+flagHolidays)
	}
	return c, nil
}

// apply returns the hours that a change leaves of those before. Days off without hours are wrong usage.
func (c *hoursChange) apply(before *hours.Hours) (*hours.Hours, error) {
	after := hours.Hours{}
	if before != nil {
		after = *before
	}
	if c.week != nil {
		after.Week = *c.week
	}
	if c.days != nil {
		after.Holidays, after.Public = c.days.Holidays, c.days.Public
	}
	if after.Never() {
		return nil, usage("holidaysAlone")
	}
	return &after, nil
}

// withHours sets working hours for all, or for a queue, which must be among the queues of the targets then.
func withHours(t profile.Targets, queue string, c hoursChange) (profile.Targets, error) {
	if queue == "" {
		if c.none {
			t.Hours = nil
			return t, nil
		}
		after, err := c.apply(t.Hours)
		t.Hours = after
		return t, err
	}
	q := &t.Queues[len(t.Queues)-1]
	switch {
	case c.none:
		q.HoursOf, q.Hours = profile.HoursNone, nil
	case c.asForAll:
		q.HoursOf, q.Hours = profile.HoursAsForAll, nil
	default:
		before := q.Hours
		if q.HoursOf != profile.HoursOwn {
			before = t.Hours
		}
		after, err := c.apply(before)
		if err != nil {
			return t, err
		}
		q.HoursOf, q.Hours = profile.HoursOwn, after
	}
	return t, nil
}

// addHours puts the hours that hold into a reply: null is around the clock.
func addHours(reply map[string]any, h *hours.Hours) {
	reply[flagHours], reply[flagHolidays] = nil, nil
	if h != nil {
		reply[flagHours], reply[flagHolidays] = hours.FormatWeek(h.Week), h.FormatHolidays()
	}
}

// hoursCell are working hours for a person.
func hoursCell(h *hours.Hours) string {
	if h == nil {
		return ""
	}
	text := hours.FormatWeek(h.Week)
	if off := h.FormatHolidays(); off != "" {
		text += " (– " + off + ")"
	}
	return text
}
