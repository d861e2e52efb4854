package listing

import "wapdesk/store/query"

// Kinds of refs, each with a dictionary of its own.
const (
	refQueue = iota
	refUser
	refContact
	refAccount
	refConnector
	refStatus
	refKinds // number of kinds
)

// dictionaries are the texts and names that the codes of a view stand for.
type dictionaries struct {
	texts   texts // titles of everything, names of WhatsApp accounts, tickets
	numbers texts // phone numbers
	labels  texts // words of the wire: who ended it, direction, missed
	sets    texts // combinations of statuses and of users
	refs    [refKinds]refs
}

// writer gives codes. Only one goroutine uses it at a time.
type writer struct {
	texts   *textWriter
	numbers *textWriter
	labels  *textWriter
	sets    *textWriter
	refs    [refKinds]*refWriter
}

func newWriter() *writer {
	w := &writer{
		texts:   newTextWriter(query.AppendFold),
		numbers: newTextWriter(appendFoldNumber),
		labels:  newTextWriter(nil),
		sets:    newTextWriter(nil),
	}
	for i := range w.refs {
		w.refs[i] = newRefWriter()
	}
	return w
}

// publish returns the dictionaries as they are now; moved tells for each kind of ref whether a
// title has changed since the last time.
func (w *writer) publish(prev *dictionaries) (d dictionaries, moved [refKinds]bool) {
	d.labels = w.labels.texts(prev.labels)
	d.sets = w.sets.texts(prev.sets)
	d.numbers = w.numbers.texts(prev.numbers)
	for i, r := range w.refs {
		d.refs[i] = r.refs(prev.refs[i])
		moved[i], r.moved = r.moved, false
	}
	d.texts = w.texts.texts(prev.texts)
	return d, moved
}

// row turns a record into the columns of a row.
func (w *writer) row(r *Record, v *rowValues) {
	figures(r, v)
	w.names(r, v)
	w.titles(r, v)
}

// names sets the codes of unique names, numbers and labels.
func (w *writer) names(r *Record, v *rowValues) {
	v[colQueue] = int64(w.refs[refQueue].code(r.Queue))
	v[colUser] = int64(w.refs[refUser].code(r.User))
	v[colContact] = int64(w.refs[refContact].code(r.Contact))
	v[colAccount] = int64(w.refs[refAccount].code(r.Account))
	v[colConnector] = int64(w.refs[refConnector].code(r.Connector))
	v[colSender] = int64(w.numbers.code(r.Sender))
	v[colRecipient] = int64(w.numbers.code(r.Recipient))
	v[colWANumber] = v[colSender]
	if r.WANumber != r.Sender {
		v[colWANumber] = int64(w.numbers.code(r.WANumber))
	}
	v[colEnded] = int64(w.labels.code(r.Ended))
	v[colMissedRaw] = int64(w.labels.code(r.Missed))
	v[colDirection] = int64(w.labels.code(r.Direction))
}

// titles sets the codes of texts, and the titles of the names that have been set.
func (w *writer) titles(r *Record, v *rowValues) {
	w.refs[refQueue].title(uint32(v[colQueue]), r.Queue, w.texts)
	w.refs[refUser].title(uint32(v[colUser]), r.User, w.texts)
	w.refs[refContact].title(uint32(v[colContact]), r.Contact, w.texts)
	w.refs[refAccount].title(uint32(v[colAccount]), r.Account, w.texts)
	w.refs[refConnector].title(uint32(v[colConnector]), r.Connector, w.texts)
	v[colWA] = int64(w.texts.code(r.WA))
	v[colTitle] = v[colWA]
	if r.Title == r.Contact.Title { // as nearly always when there is a contact
		v[colTitle] = int64(w.refs[refContact].titles[v[colContact]])
	}
	if !w.texts.holds(uint32(v[colTitle]), r.Title) {
		v[colTitle] = int64(w.texts.code(r.Title))
	}
	v[colTicket] = int64(w.texts.code(joinTickets(r.Tickets)))
	v[colStatus] = w.set(refStatus, r.Statuses)
	v[colTook] = w.set(refUser, r.Took)
}

// figures sets what needs no dictionary.
func figures(r *Record, v *rowValues) {
	v[colAnswered] = int64(r.Answered)
	v[colMissed] = missedCode(Meaning(r.Missed, r.MissedTimeMs))
	v[colState] = int64(r.State) + 1
	v[colQA] = yesNo(r.QA)
	v[colAnomaly] = yesNo(r.State&StateAnomaly != 0)
	v[colID] = r.ID
	v[colTime] = r.TimeMs
	v[colMissedTime] = r.MissedTimeMs
	for column := firstFigure; column < allCols; column++ {
		v[column] = int64(*figureFields[column].of(r))
	}
}

func joinTickets(tickets []string) string {
	switch len(tickets) {
	case 0:
		return ""
	case 1:
		return tickets[0]
	}
	var out []byte
	for i, t := range tickets {
		if i > 0 {
			out = append(out, ticketSep...)
		}
		out = append(out, t...)
	}
	return string(out)
}

// Codes of the yes/no columns.
const (
	codeNo  = 1
	codeYes = 2
)

func yesNo(yes bool) int64 {
	if yes {
		return codeYes
	}
	return codeNo
}

// missedCode returns the code of a meaning. The codes are in the order in which the column
// sorts; never missed is the blank.
func missedCode(m MissedMeaning) int64 {
	switch m {
	case MissedWaiting:
		return 1
	case ContactedBack:
		return 2
	case MissedCleared:
		return 3
	}
	return 0
}
