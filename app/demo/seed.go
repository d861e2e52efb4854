package demo

import (
	"math/rand/v2"
	"time"
)

// seeder makes the data. What it reads to write a transcript never changes after the seeding,
// so that transcripts can be made on demand by many goroutines.
type seeder struct {
	seed    uint64
	zone    *time.Location
	start   Stamp // the clock when the seeding began
	days    int
	names   *people
	talks   map[bool]*scripts // by English
	agents  map[int64][]*User // active and former agents by queue
	users   map[string]*User
	persons []*Contact // contacts as they were seeded
	czech   []int      // places in persons
	english []int
	// accounts holds what each WhatsApp account is called: the contact centre keeps one record
	// of an account, so that all its interactions tell the same name.
	accounts map[string]string

	interactions int64 // numbers given out so far
	tickets      int64
}

// firstInteraction and firstTicket begin the numbering.
const (
	firstInteraction = 5000
	firstTicket      = 48000
)

// begin is the moment at which the data end: Begin, so that a contact centre that is started twice
// on a day has not moved all its times meanwhile, or now.
func (o Options) begin(zone *time.Location) time.Time {
	now := o.Now()
	if o.Begin.After(now) || o.Begin.In(zone).Format(time.DateOnly) != now.In(zone).Format(time.DateOnly) {
		return now
	}
	return o.Begin
}

// seedWorld fills a world. The same options and clock give the same world.
func seedWorld(opts Options, zone *time.Location) *world {
	w := newWorld(zone)
	s := &seeder{
		seed: opts.Seed, zone: zone, start: Stamp(opts.begin(zone).Unix()), days: opts.Days,
		names: newPeople(), agents: map[int64][]*User{}, users: map[string]*User{}, accounts: map[string]string{},
		talks:        map[bool]*scripts{false: parseScripts(czechTalk), true: parseScripts(englishTalk)},
		interactions: firstInteraction, tickets: firstTicket,
	}
	w.seed = s
	s.seedCompany(w)
	s.seedPeople(w)
	s.seedForms(w)
	s.seedCustomers(w, opts.Interactions)
	s.seedTickets(w, opts.Interactions)
	for _, at := range s.times(opts) {
		s.addInteraction(w, at, false)
	}
	s.seedSpecials(w, opts.Interactions)
	w.sortByTime()
	s.seedReviews(w)
	return w
}

// dice returns the random numbers of one thing; they do not depend on what was made before it.
func (s *seeder) dice(kind, n int64) *rand.Rand {
	return rand.New(rand.NewPCG(mix(s.seed^uint64(kind)), mix(uint64(n))))
}

// Kinds of dice.
const (
	diceTimes int64 = iota + 1
	dicePeople
	diceCustomer
	diceTicket
	diceInteraction
	diceTalk
	diceReview
)

func (s *seeder) nextID() int64 {
	s.interactions++
	return s.interactions
}

func (s *seeder) nextTicket(w *world) int64 {
	for {
		s.tickets++
		if w.tickets.get(number(s.tickets)) == nil {
			return s.tickets
		}
	}
}

// chance is true so often, 0 to 1.
func chance(r *rand.Rand, share float64) bool { return r.Float64() < share }
