package store

import "sync"

// Cause says why something of a person left this computer.
type Cause string

// The causes.
const (
	CausePerson        Cause = "person"         // somebody anonymised it here
	CauseContactCentre Cause = "contact_centre" // the contact centre anonymised it
	CauseRetention     Cause = "retention"      // it is older than the days kept
	CauseElsewhere     Cause = "elsewhere"      // it was anonymised in another profile, or before this file was made
	CauseRights        Cause = "rights"         // the person at this computer may no longer see it
	CauseGone          Cause = "gone"           // the contact centre no longer has it
)

// departed remembers, as long as the program runs, why interactions left the list: a result that is
// still on screen says so in their place. It holds ids and nothing else.
type departed struct {
	mu  sync.Mutex
	why map[Cause]map[int64]uint64 // sets of ids, 64 to a word
}

func (d *departed) note(event Event) {
	if len(event.Removed) == 0 && len(event.Interactions) == 0 {
		return
	}
	cause := event.cause
	if cause == "" {
		cause = CauseGone
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, set := range d.why {
		for _, id := range event.Interactions {
			if word, there := set[id>>6]; there {
				set[id>>6] = word &^ (1 << (id & 63))
			}
		}
	}
	for _, id := range event.Removed {
		if d.why == nil {
			d.why = map[Cause]map[int64]uint64{}
		}
		if d.why[cause] == nil {
			d.why[cause] = map[int64]uint64{}
		}
		d.why[cause][id>>6] |= 1 << (id & 63)
	}
}

// departedFor reports why an interaction is no longer in the list; CauseRights for one that is
// neither listed nor known to have left, since then only the rights hide it.
func (db *DB) departedFor(id int64) Cause {
	db.departed.mu.Lock()
	defer db.departed.mu.Unlock()
	// One that was gone first and was then removed for another cause left because it was gone.
	for _, cause := range []Cause{CauseGone, CauseRetention} {
		if db.departed.why[cause][id>>6]&(1<<(id&63)) != 0 {
			return cause
		}
	}
	return CauseRights
}
