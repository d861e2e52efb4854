package demo

import (
	"fmt"
	"time"
)

// Options says what the server holds and how it behaves. The zero value is the demo:
// 5,000 interactions in the 30 days that end now.
type Options struct {
	Interactions int              // how many, 0 means 5,000, negative means none
	Seed         uint64           // same seed and clock, same data; 0 means the demo's own
	Now          func() time.Time // the server's clock; nil means time.Now
	Begin        time.Time        // when it was first started today: its data end then; else they end now
	Days         int              // how far back the interactions go, today included; 0 means 30
	Zone         string           // the contact centre's zone; "" means Europe/Prague
	Latency      time.Duration    // added to every reply
	Slow         time.Duration    // how long a slow reply takes; 0 means two seconds
	RetryAfter   time.Duration    // what a 429 asks to wait, in whole seconds; 0 means one
	Fail         map[Kind]float64 // share of requests that fail, by kind
	Burst        int              // so many of the interactions share one second, two days ago
	Oddities     Oddities         // rarer habits of the real server
	Control      bool             // serve the switches under /control/ for tests in other processes
}

// Oddities are habits that only some releases of the real server show. What every release
// does (an empty list for an empty object, reduced users, numbers as names of queues and
// tickets) needs no switch.
type Oddities struct {
	TextTotals   bool // totals as texts
	DataAsObject bool // result.data keyed by name
	OldErrors    bool // texts instead of empty bodies with 401, 403, 404
	NoMessages   bool // the transcript's address is not offered
	NoFlow       bool // the process' address is not offered
	NoAnonymised bool // activities do not tell that they are anonymised
	ShuffleTies  bool // equal rows come in another order with each request
	ObjectToken  bool // login with only_token answers an object
	OpaqueMasks  bool // any bit of an access grants all of it: masks such as 48 stand for something else
	ReducedRefs  bool // rows name queues by their title and users by title and alias alone

	Clamp         int    // a page holds at most so many rows, whatever was asked for, and nothing says so
	MostTake      int    // a larger take is answered with 400 and the limit in the text
	MuteLimit     bool   // that text names no number
	NoTotal       bool   // no list tells its total
	DottedKeys    bool   // a dotted field comes as a literal key, "queue.name", and not as an object
	NoChoices     bool   // questions of review forms come without the answers they take
	NoMembers     bool   // groups do not name their members: only these name their groups
	BareTalk      bool   // messages name no files: only their interaction does
	ForbiddenText string // what a 403 says, with or without OldErrors
	ZoneText      string // what _timezone says in place of the zone's name
	Base          string // the path below which everything is served, "/crm"
	Redirect      string // where every request is sent on to
	// AnonymiseCall serves AnonymisePath: AnonymiseDone or AnonymiseIgnored; "" does not.
	AnonymiseCall string
	// Broken lists answer in place of the list, by "model" or "model/relation": one of BrokenNull,
	// BrokenBare, BrokenEmpty, BrokenMore, "403" or "404".
	Broken map[string]string
}

// How a list of Oddities.Broken answers.
const (
	BrokenNull  = "null"  // 200 with an error and no result
	BrokenBare  = "bare"  // 200 without an error and without a result
	BrokenEmpty = "empty" // a well-formed list without a row
	BrokenMore  = "more"  // a list whose total counts one more than there are; of models only
)

// The demo's own seed and size.
const (
	defaultInteractions        = 5000
	defaultDays                = 30
	defaultSeed         uint64 = 0x5741504445534b
	defaultZone                = "Europe/Prague"
	defaultSlow                = 2 * time.Second
)

func (o Options) withDefaults() Options {
	o.Oddities = o.Oddities.clone()
	if o.Interactions == 0 {
		o.Interactions = defaultInteractions
	}
	o.Interactions = max(o.Interactions, 0)
	if o.Seed == 0 {
		o.Seed = defaultSeed
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Days <= 0 {
		o.Days = defaultDays
	}
	if o.Zone == "" {
		o.Zone = defaultZone
	}
	if o.Slow <= 0 {
		o.Slow = defaultSlow
	}
	if o.RetryAfter <= 0 {
		o.RetryAfter = time.Second
	}
	o.Burst = min(max(o.Burst, 0), o.Interactions)
	return o
}

func (o Options) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return nil, fmt.Errorf("time zone of the demo server: %w", err)
	}
	return zone, nil
}
