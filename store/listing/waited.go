package listing

import "wapdesk/store/query"

// waited reads the waits that figures are of; see [Waited].
type waited struct {
	outgoing uint32 // the code of the direction, 0 where no interaction has it
}

func (v *View) waited() waited {
	for code := uint32(1); int(code) < v.dict.labels.n; code++ {
		if v.dict.labels.at(code) == outgoing {
			return waited{outgoing: code}
		}
	}
	return waited{}
}

// pred is the condition of rows that waited in a queue.
func (w waited) pred() predicate {
	answered := newBitmap(256)
	answered.set(codeYes)
	atOnce := []predicate{rangePred{colWait, 0, 0}, notPred{blankPred{colQueue}}, setPred{colAnswered, answered}}
	if w.outgoing != 0 {
		out := newBitmap(int(w.outgoing) + 1)
		out.set(w.outgoing)
		atOnce = append(atOnce, notPred{setPred{colDirection, out}})
	}
	return or(rangePred{colWait, 1, query.Forever}, and(atOnce...))
}

// at returns the wait of a row in seconds, or Unknown where it never waited in a queue.
func (w waited) at(c *[allCols]col, i int) int64 {
	wait := c[colWait].at(i)
	if wait != 0 {
		return wait // Unknown among them
	}
	direction := ""
	if code := c[colDirection].code(i); code != 0 && code == w.outgoing {
		direction = outgoing
	}
	if !Waited(wait, c[colQueue].code(i) != 0, Tri(c[colAnswered].code(i)), direction) {
		return Unknown
	}
	return wait
}
