// Package gen makes interactions for benchmarks and tests of the list: any number of them,
// always the same for the same numbers, spread over three years with seasons, peaks, names and
// titles as a Czech contact centre has them. Nobody in it exists.
package gen

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// Set describes a set of interactions.
type Set struct {
	N    int       // interactions
	Seed uint64    // the same seed gives the same set
	End  time.Time // of the last day; the set spans three years before it
}

// Sizes of the contact centre.
const (
	users       = 300
	userGroups  = 20
	queues      = 40
	queueGroups = 8
	connectors  = 6
	deactivated = 40 // of the users
)

// contacts and numbers grow with the set: 200,000 and 250,000 at a million.
func (s Set) contacts() int { return s.N/5 + 1 }
func (s Set) numbers() int  { return s.N/4 + 1 }

// Directory returns the queues and users with their groups.
func (s Set) Directory() listing.Directory {
	var d listing.Directory
	d.UserGroups = make([]listing.Group, userGroups)
	for i := range d.UserGroups {
		d.UserGroups[i] = listing.Group{Name: fmt.Sprintf("team%02d", i), Title: fmt.Sprintf("Tým %d", i+1)}
	}
	for i := range users {
		u := user(i)
		d.Users = append(d.Users, listing.Entry{Name: u.Name, Title: u.Title, Deactivated: i < deactivated})
		g := &d.UserGroups[i%userGroups]
		g.Members = append(g.Members, u.Name)
	}
	d.QueueGroups = make([]listing.Group, queueGroups)
	for i := range d.QueueGroups {
		d.QueueGroups[i] = listing.Group{Name: fmt.Sprintf("area%02d", i), Title: "Oblast " + areas[i%len(areas)]}
	}
	for i := range queues {
		q := queue(i)
		d.Queues = append(d.Queues, listing.Entry{Name: q.Name, Title: q.Title})
		g := &d.QueueGroups[i%queueGroups]
		g.Members = append(g.Members, q.Name)
	}
	return d
}

// Scope hides a quarter of the queues and 120 of the users, which leaves about half of the
// interactions.
func (s Set) Scope() query.Scope {
	out := query.Scope{HiddenQueues: map[string]bool{}, HiddenUsers: map[string]bool{}}
	for i := range queues {
		if i%4 == 3 {
			out.HiddenQueues[queue(i).Name] = true
		}
	}
	for i := range users {
		if i%5 >= 3 {
			out.HiddenUsers[user(i).Name] = true
		}
	}
	return out
}

// Source pushes the interactions in order of time.
func (s Set) Source() listing.Source {
	return func(ctx context.Context, add func(*listing.Record) error) error {
		var r listing.Record
		times := s.clock()
		rng := rand.New(rand.NewPCG(s.Seed, 1))
		for i := range s.N {
			s.fill(&r, rng, i, times())
			if err := add(&r); err != nil {
				return err
			}
			if i&0xfff == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
		}
		return nil
	}
}

// Records returns all interactions at once; for sets of some thousands.
func (s Set) Records() []listing.Record {
	out := make([]listing.Record, 0, s.N)
	// The source fails only when add or the context does.
	_ = s.Source()(context.Background(), func(r *listing.Record) error {
		out = append(out, *r)
		return nil
	})
	return out
}

// clock returns rising times: more by day than by night, more on Mondays than on Sundays, more
// each year.
func (s Set) clock() func() int64 {
	const days = 3 * 365
	start := s.End.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1-days)
	weights := make([]float64, days*24)
	var sum float64
	for day := range days {
		weekday := [...]float64{0.2, 1.3, 1.1, 1, 1, 0.9, 0.3}[start.AddDate(0, 0, day).Weekday()]
		growth := 0.7 + 0.6*float64(day)/days
		season := 1 + 0.2*math.Cos(2*math.Pi*float64(day)/365)
		for hour := range 24 {
			w := weekday * growth * season * (0.03 + math.Exp(-math.Pow(float64(hour)-11, 2)/18))
			weights[day*24+hour] = w
			sum += w
		}
	}
	hour, left := 0, 0.0
	perRow := sum / float64(s.N)
	return func() int64 {
		// A row stands in the middle of its share of the weights.
		left += perRow
		for hour < len(weights)-1 && left > weights[hour] {
			left -= weights[hour]
			hour++
		}
		within := min(left/weights[hour], 0.999_999)
		return start.UnixMilli() + int64(hour)*3_600_000 + int64(within*3_600_000)
	}
}

func (s Set) fill(r *listing.Record, rng *rand.Rand, i int, timeMs int64) {
	*r = listing.Record{
		ID: int64(i) + 1, Name: fmt.Sprintf("wap_%013x", uint64(i)*2_654_435_761+s.Seed&0xfff), TimeMs: timeMs,
		Queue: queue(skewed(rng, queues)), Connector: connector(rng.IntN(connectors)),
		MissedTimeMs: listing.Unknown, FocusS: listing.Unknown, FirstReplyS: listing.Unknown, SilenceS: listing.Unknown,
	}
	s.people(r, rng)
	r.Direction = [...]string{"IN", "IN", "IN", "OUT"}[rng.IntN(4)]
	s.result(r, rng)
	r.Activities = int32(1 + skewed(rng, 4))
	r.Messages = int32(1 + skewed(rng, 40))
	r.Disruptions = int32(skewed(rng, 12))
	r.QA = rng.IntN(30) == 0
	if rng.IntN(100) == 0 {
		r.State |= listing.StateAnomaly
	}
	if rng.IntN(500) == 0 {
		r.State |= listing.StateAnonymised
		r.Contact, r.Account, r.WA, r.WANumber, r.Sender, r.Recipient, r.Title = listing.Ref{}, listing.Ref{}, "", "", "", "", ""
	}
	s.activities(r, i)
	if n := rng.IntN(20); n < 3 {
		r.Tickets = []string{fmt.Sprintf("%d %s", 10_000+rng.IntN(90_000), topics[rng.IntN(len(topics))])}
	}
}

// activities sets who had one, and what statuses they put on them.
func (s Set) activities(r *listing.Record, i int) {
	if r.User.Name != "" {
		r.Took = []listing.Ref{r.User}
	}
	if other := user(i * 7 % users); i%5 == 0 && other != r.User {
		r.Took = append(r.Took, other)
	}
	if r.Score = listing.Unknown; r.QA {
		r.Score = int32(40 + i*13%60)
	}
	for n := range i * 5 % 3 {
		r.Statuses = append(r.Statuses, status((i+7*n)%12))
	}
}

func (s Set) people(r *listing.Record, rng *rand.Rand) {
	number := rng.IntN(s.numbers())
	r.WANumber = fmt.Sprintf("420%09d", 600_000_000+number*373)
	r.Sender, r.Recipient = r.WANumber, fmt.Sprintf("4207770000%02d", rng.IntN(12))
	r.WA = personName(uint64(number) * 7)
	if number < s.contacts() && rng.IntN(10) < 7 {
		r.Contact = listing.Ref{Name: fmt.Sprintf("contact_%08x", number), Title: personName(uint64(number)*7 + 1)}
		if number%5 == 0 {
			r.Account = listing.Ref{Name: fmt.Sprintf("account_%06x", number/50), Title: surnames[number/50%len(surnames)] + " a syn " + fmt.Sprint(number/50)}
		}
		r.Title = r.Contact.Title
		return
	}
	r.Title = fmt.Sprintf("%s – %s %d", topics[rng.IntN(len(topics))], products[rng.IntN(len(products))], rng.IntN(1_000_000))
}

func (s Set) result(r *listing.Record, rng *rand.Rand) {
	r.WaitS = int32(min(rng.ExpFloat64()*90, 7200))
	r.DurationS = int32(min(30+rng.ExpFloat64()*900, 90_000))
	if rng.IntN(8) != 0 {
		r.Answered = listing.TriYes
		r.User = user(skewed(rng, users))
		r.Ended = [...]string{"USER", "USER", "CLIENT"}[rng.IntN(3)]
		r.FirstReplyS = int32(min(rng.ExpFloat64()*120, 50_000))
		r.SilenceS = int32(min(rng.ExpFloat64()*600, 80_000))
		r.FocusS = int32(float64(r.DurationS) * rng.Float64())
		return
	}
	r.Answered = listing.TriNo
	r.Ended = [...]string{"CLIENT", "TIMEOUT", "NOT_AVAIL", ""}[rng.IntN(4)]
	r.Missed = [...]string{"YES", "NO", ""}[rng.IntN(3)]
	r.MissedTimeMs = r.TimeMs + int64(r.WaitS)*1000
}

// skewed returns a number below n of which low ones are more frequent.
func skewed(rng *rand.Rand, n int) int {
	x := rng.Float64()
	return int(x * x * float64(n))
}
