package listing

import "strings"

// record fills r with a row of the view. Its strings are parts of the dictionaries and cost
// nothing; only several tickets take an allocation.
func (v *View) record(slot uint32, r *Record) {
	b, i := v.blocks[slot>>blockShift], int(slot&blockMask)
	c := &b.cols
	ref := func(kind, column int) Ref {
		return v.dict.refs[kind].ref(c[column].code(i), &v.dict.texts)
	}
	*r = Record{
		ID:           c[colID].at(i),
		Name:         b.name(i),
		TimeMs:       c[colTime].at(i),
		Queue:        ref(refQueue, colQueue),
		User:         ref(refUser, colUser),
		Contact:      ref(refContact, colContact),
		Account:      ref(refAccount, colAccount),
		WA:           v.dict.texts.at(c[colWA].code(i)),
		WANumber:     v.dict.numbers.at(c[colWANumber].code(i)),
		Sender:       v.dict.numbers.at(c[colSender].code(i)),
		Recipient:    v.dict.numbers.at(c[colRecipient].code(i)),
		Title:        v.dict.texts.at(c[colTitle].code(i)),
		Answered:     Tri(c[colAnswered].code(i)),
		Ended:        v.dict.labels.at(c[colEnded].code(i)),
		Connector:    ref(refConnector, colConnector),
		Missed:       v.dict.labels.at(c[colMissedRaw].code(i)),
		MissedTimeMs: c[colMissedTime].at(i),
		Direction:    v.dict.labels.at(c[colDirection].code(i)),
		State:        State(c[colState].code(i) - 1),
		Tickets:      v.tickets(c[colTicket].code(i)),
		QA:           c[colQA].code(i) == codeYes,
		Statuses:     v.members(refStatus, c[colStatus].code(i)),
		Took:         v.members(refUser, c[colTook].code(i)),
	}
	for column := firstFigure; column < allCols; column++ {
		*figureFields[column].of(r) = int32(c[column].at(i))
	}
}

func (v *View) tickets(code uint32) []string {
	if code == 0 {
		return nil
	}
	return strings.Split(v.dict.texts.at(code), ticketSep)
}
