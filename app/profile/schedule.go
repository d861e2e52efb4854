package profile

import "time"

// step is what the background does next.
type step int

const (
	stepNone   step = iota
	stepUsual       // the usual round: what is new and what may have changed
	stepOnward      // older days and transcripts that the last round left
	stepAgain       // everything stored is read again because somebody asked
	stepGentle      // the same because it is time, slowly
)

// schedule decides what a program that stays open does by itself, and when. Its times are those of this
// computer's clock while it runs: a clock that is set moves nothing, and a computer that slept is told to wake.
type schedule struct {
	every   time.Duration // between usual rounds, 0: only when asked
	paused  bool
	metered string // what goes over this network by itself: MeteredAll, MeteredNew or MeteredAsked

	usual   time.Time // when the next usual round is due, zero: not planned
	reread  time.Time // when everything stored is due to be read again, zero: not planned
	gentle  time.Time // when the next part of that may begin
	lost    int       // rounds in a row that found no network
	more    bool      // the last round left something
	asked   bool      // that was asked for, and goes on where planned rounds would not
	anew    bool      // everything stored is to be read again because somebody asked
	prompt  bool      // the first round begins with the program
	pursued bool      // somebody waits for a round that found no network
}

const (
	// rereadEvery is how often everything stored is read again: it finds what nothing announces.
	rereadEvery = 7 * 24 * time.Hour
	// gentlePause is between two parts of that, so that the line belongs to others at least half of the time.
	gentlePause = time.Minute
	// afterWaking is how long a network gets to come back after sleep.
	afterWaking = 5 * time.Second
	// firstRetry is after the first round without a network; each further wait is twice as long, up to longestRetry.
	firstRetry   = 10 * time.Second
	longestRetry = 5 * time.Minute
)

// next returns what is due, or when something will be; never is a zero time.
func (s *schedule) next(now time.Time) (step, time.Time) {
	if s.paused {
		return stepNone, time.Time{}
	}
	planned := s.every > 0 && s.metered != MeteredAsked
	if (planned || s.pursued) && !s.usual.IsZero() && !s.usual.After(now) {
		return stepUsual, now
	}
	if s.lost == 0 && (s.held() == "" || s.asked) {
		if s.more {
			return stepOnward, now
		}
		if s.anew {
			return stepAgain, now
		}
	}
	var at time.Time
	if planned || s.pursued {
		at = s.usual
	}
	if planned && s.held() == "" && s.lost == 0 && !s.reread.IsZero() {
		due := later(s.reread, s.gentle)
		if !due.After(now) {
			return stepGentle, now
		}
		if at.IsZero() || due.Before(at) {
			at = due
		}
	}
	return stepNone, at
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// held is what waits because the network is metered: MeteredNew for all but what is new, MeteredAsked for
// everything that nobody asked for, "" for nothing.
func (s *schedule) held() string {
	if s.metered == MeteredNew || s.metered == MeteredAsked {
		return s.metered
	}
	return ""
}

// planned is when the next usual round begins, zero when nothing is planned.
func (s *schedule) planned() time.Time {
	if s.paused || s.every == 0 && !s.pursued || s.metered == MeteredAsked && !s.pursued {
		return time.Time{}
	}
	return s.usual
}

// soon lets a planned round begin now.
func (s *schedule) soon(now time.Time) {
	if s.every > 0 {
		s.usual = now
	}
}

// plan puts the next usual round a whole interval away, as when the interval was changed.
func (s *schedule) plan(now time.Time) {
	s.usual = time.Time{}
	if s.every > 0 {
		s.usual = now.Add(s.every)
	}
}

// outcome is how a round ended.
type outcome int

const (
	outcomeDone outcome = iota
	outcomeMore         // something is left for the next round
	outcomeLost         // there is no network, or no contact centre at its end
	outcomeFailed
	outcomeStopped // by somebody
)

// ended plans what follows a usual round, or one that went on with it or with reading again because
// somebody asked.
func (s *schedule) ended(now time.Time, did step, how outcome) {
	if did == stepUsual || how != outcomeMore {
		s.plan(now)
	}
	switch how {
	case outcomeLost:
		// Soon again, whatever the interval: a network is seldom away for long.
		wait := longestRetry
		if s.lost < 6 {
			wait = min(firstRetry<<s.lost, longestRetry)
		}
		s.lost++
		if s.every > 0 || s.pursued || s.asked {
			s.usual, s.pursued = now.Add(wait), s.every == 0 || s.pursued
		}
		return
	case outcomeFailed, outcomeStopped:
		s.more, s.anew, s.asked = false, false, false
	case outcomeMore, outcomeDone:
		more := how == outcomeMore
		if did == stepAgain {
			s.anew = more
		} else {
			s.more = more
		}
		s.asked = s.asked && (s.more || s.anew)
	}
	s.lost, s.pursued = 0, false
}

// ask notes that somebody asked for a round, which also goes over a metered network, and is made up for where
// there is none.
func (s *schedule) ask(now time.Time, anew bool) {
	s.asked, s.pursued, s.usual = true, true, now
	s.anew = s.anew || anew
}

// woke lets a round begin soon: the computer slept through some, or its network is another.
func (s *schedule) woke(now time.Time, after time.Duration) {
	if soon := now.Add(after); !s.usual.IsZero() && s.usual.After(soon) {
		s.usual = soon
	}
}
