package demo

import (
	"slices"
	"sort"
	"time"
)

// hourCurve is how busy the hours of a day are.
func hourCurve() [24]float64 {
	return [24]float64{
		.15, .08, .05, .05, .05, .1, .5, 1.8, 4, 6.5, 7.2, 6.8, 5.2, 5.6, 6.4, 6.6, 6.2, 5, 3.6, 2.8, 2.2, 1.4, .8, .4,
	}
}

// dayWeight is how busy the days of a week are.
func dayWeight(day time.Weekday) float64 {
	return [7]float64{.3, 1.45, 1.1, 1, 1, .9, .4}[day]
}

// span is a stretch of time with an even stream of interactions.
type span struct {
	from, to Stamp
	weight   float64
}

// times draws the times of the interactions, in order: working hours, a weekday curve, a full
// enough today, the burst, and a few in the last minutes so that some are still open.
func (s *seeder) times(opts Options) []Stamp {
	count := opts.Interactions - opts.Burst
	spans := s.spans(count)
	r := s.dice(diceTimes, 0)
	var sum float64
	ends := make([]float64, len(spans))
	for i, sp := range spans {
		sum += sp.weight
		ends[i] = sum
	}
	list := make([]Stamp, 0, opts.Interactions)
	for k := range count {
		at := (float64(k) + r.Float64()) / float64(count) * sum
		i := min(sort.SearchFloat64s(ends, at), len(spans)-1)
		sp := spans[i]
		part := 1 - (ends[i]-at)/sp.weight
		list = append(list, sp.from+Stamp(part*float64(sp.to-sp.from)))
	}
	for i, before := range []Stamp{35, 150, 430} {
		if place := len(list) - 1 - i; place > 10 {
			list[place] = max(list[place], s.start-before)
		}
	}
	burst := s.burstAt()
	for range opts.Burst {
		list = append(list, burst)
	}
	slices.Sort(list)
	return list
}

// burstAt is the second that a burst shares: in the morning two days ago.
func (s *seeder) burstAt() Stamp {
	now := s.start.In(s.zone)
	return Stamp(time.Date(now.Year(), now.Month(), now.Day()-2, 10, 15, 30, 0, s.zone).Unix())
}

// midnight is the beginning of today.
func (s *seeder) midnight() Stamp {
	now := s.start.In(s.zone)
	return Stamp(time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, s.zone).Unix())
}

// spans cuts the days into hours with their weights.
func (s *seeder) spans(count int) []span {
	now := s.start.In(s.zone)
	curve := hourCurve()
	r := s.dice(diceTimes, 1)
	var list []span
	var past, today float64
	midnight := s.midnight()
	for day := s.days - 1; day >= 0; day-- {
		date := time.Date(now.Year(), now.Month(), now.Day()-day, 0, 0, 0, 0, s.zone)
		weight := dayWeight(date.Weekday()) * (.85 + .3*r.Float64())
		next := time.Date(now.Year(), now.Month(), now.Day()-day+1, 0, 0, 0, 0, s.zone)
		for from := date; from.Before(next) && Stamp(from.Unix()) < s.start; from = from.Add(time.Hour) {
			sp := span{from: Stamp(from.Unix()), to: Stamp(from.Unix()) + 3600, weight: weight * curve[from.Hour()]}
			if sp.to > s.start {
				sp.weight *= float64(s.start-sp.from) / 3600
				sp.to = s.start
			}
			if sp.from >= midnight {
				today += sp.weight
			} else {
				past += sp.weight
			}
			list = append(list, sp)
		}
	}
	// Today is never nearly empty, however small the demo or odd the hour: 4 interactions after
	// midnight, rising to 45 by the morning, but at most a third of all.
	minutes := float64(s.start-midnight) / 60
	wanted := min(45, 4+minutes/9, float64(count)/3) / max(float64(count), 1)
	if share := today / (today + past); today > 0 && past > 0 && share < wanted {
		factor := wanted / (1 - wanted) * past / today
		for i := range list {
			if list[i].from >= midnight {
				list[i].weight *= factor
			}
		}
	}
	return slices.DeleteFunc(list, func(sp span) bool { return sp.weight <= 0 || sp.to <= sp.from })
}

// working returns the opening hours.
func (s *seeder) working(at Stamp) bool {
	t := at.In(s.zone)
	switch t.Weekday() {
	case time.Saturday, time.Sunday:
		return t.Hour() >= 8 && t.Hour() < 18
	}
	return t.Hour() >= 7 && t.Hour() < 20
}
