package hours

import (
	"time"

	"github.com/rickar/cal/v2/cz"
)

// date is a day of the wall clock.
type date struct {
	year  int
	month time.Month
	day   int
}

func dateOf(t time.Time) date {
	y, m, d := t.Date()
	return date{y, m, d}
}

// publicHolidays returns the public holidays of a country in a year.
func publicHolidays(country string, year int) map[date]bool {
	days := map[date]bool{}
	if country != "cz" {
		return days
	}
	for _, holiday := range cz.Holidays {
		if actual, _ := holiday.Calc(year); !actual.IsZero() {
			days[dateOf(actual)] = true
		}
	}
	return days
}
