package profile

import (
	"cmp"
	"slices"

	"wapdesk/store"
	"wapdesk/store/listing"
)

// Step is one step of the process of an interaction.
type Step struct {
	TimeMs int64  `json:"timeMs"`
	Mark   string `json:"mark"` // tA, tB, tC, tD or ""
	Step   string `json:"step"` // queued, ringing, accepted, transferred, bot, ended, saved, other
	Queue  string `json:"queue"`
	User   string `json:"user"`
	LastsS int64  `json:"lastsS"`
	Text   string `json:"text" personal:"gone"`
}

// Steps of the process, in our words; anything else the contact centre names is "other".
const (
	stepQueued      = "queued"
	stepRinging     = "ringing"
	stepAccepted    = "accepted"
	stepTransferred = "transferred"
	stepBot         = "bot"
	stepEnded       = "ended"
	stepSaved       = "saved"
	stepOther       = "other"
)

// processOf returns the steps of an interaction: the contact centre's own flow when it was
// read, otherwise what the times of the interaction and its activities tell.
func processOf(d store.Detail) (steps []Step, derived bool) {
	if d.ProcessRead && len(d.Process) > 0 {
		for _, e := range d.Process {
			steps = append(steps, Step{TimeMs: e.TimeMs, Step: stepName(e.Step), Queue: e.Queue.Title, User: e.User.Title, LastsS: e.LastsS, Text: e.Text})
		}
	} else {
		steps, derived = derivedSteps(d), true
	}
	slices.SortStableFunc(steps, func(a, b Step) int { return cmp.Compare(a.TimeMs, b.TimeMs) })
	mark(steps)
	return nonNil(steps), derived
}

func stepName(wire string) string {
	switch wire {
	case stepQueued, stepRinging, stepAccepted, stepTransferred, stepBot, stepEnded, stepSaved:
		return wire
	}
	return stepOther
}

// derivedSteps works the steps out of the times: tA is the interaction's time, tB is after the
// wait, tC after the duration, tD the close of an activity.
func derivedSteps(d store.Detail) []Step {
	i := d.Interaction
	queued := Step{TimeMs: i.TimeMs, Step: stepQueued, Queue: i.Queue.Title, LastsS: i.WaitS}
	steps := []Step{queued}
	acceptedMs := int64(listing.Unknown)
	if i.Answered == listing.TriYes {
		acceptedMs = i.TimeMs + max(i.WaitS, 0)*1000
	}
	first := true
	for _, a := range d.Activities {
		if a.TimeOpenMs == listing.Unknown {
			continue
		}
		step := Step{TimeMs: a.TimeOpenMs, Step: stepTransferred, User: a.User.Title, Queue: a.Queue.Title, LastsS: a.DurationS}
		if first {
			step.Step = stepAccepted
			if acceptedMs != listing.Unknown {
				step.TimeMs = acceptedMs
			}
			first = false
		}
		if i.Answered != listing.TriNo { // otherwise the customer had left
			steps = append(steps, step)
		}
		if a.TimeCloseMs != listing.Unknown {
			steps = append(steps, Step{TimeMs: a.TimeCloseMs, Step: stepSaved, User: a.User.Title, LastsS: listing.Unknown})
		}
	}
	if first && acceptedMs != listing.Unknown {
		steps = append(steps, Step{TimeMs: acceptedMs, Step: stepAccepted, User: i.User.Title, LastsS: i.DurationS})
	}
	if i.DurationS != listing.Unknown {
		end := i.TimeMs + (max(i.WaitS, 0)+i.DurationS)*1000
		steps = append(steps, Step{TimeMs: end, Step: stepEnded, Text: i.Disconnection, LastsS: listing.Unknown})
	}
	return steps
}

// mark puts tA to the first queueing, tB to the first acceptance, tC to the end of the
// interaction, and tD to the last saved activity.
func mark(steps []Step) {
	marks := map[string]string{stepQueued: "tA", stepAccepted: "tB", stepEnded: "tC"}
	saved := -1
	for n := range steps {
		if m := marks[steps[n].Step]; m != "" {
			steps[n].Mark = m
			delete(marks, steps[n].Step)
		}
		if steps[n].Step == stepSaved {
			saved = n
		}
	}
	if saved >= 0 {
		steps[saved].Mark = "tD"
	}
}
