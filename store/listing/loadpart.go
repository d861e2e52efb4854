package listing

import "encoding/binary"

// loadPart gathers a block of rows: their figures as they will be, the places of what they
// point to, and their own texts, which are given codes later.
type loadPart struct {
	*loader
	bw     *blockWriter
	texts  []byte // of the rows of the block, one after the other
	ends   []uint32
	labels []label
}

// label is a word of the wire with its code. There are so few of them that looking at each
// is quickest.
type label struct {
	text string
	code int64
}

// What stands in a column for a text that need not be looked up. Other values but 0, which is no text,
// are the place of a text of the block, from 1.
const (
	likeContact = -1 // title: that of the contact
	likeWA      = -2 // title or sender: that of the account of WhatsApp
)

func (p *loadPart) add(r *Row) {
	var v rowValues
	figures(&r.Record, &v)
	v[colQueue], v[colUser], v[colConnector], v[colContact], v[colWA] = r.QueueNo, r.UserNo, r.ConnectorNo, r.ContactNo, r.WANo
	v[colEnded], v[colMissedRaw], v[colDirection] = p.label(r.Ended), p.label(r.Missed), p.label(r.Direction)
	v[colSender], v[colTitle] = p.text(r.Sender), p.text(r.Title)
	if len(r.Tickets) > 0 {
		v[colTicket] = p.text(joinTickets(r.Tickets))
	}
	v[colStatus], v[colTook] = p.places(r.StatusNos), p.places(r.TookNos)
	p.bw.add(&v, r.Name)
}

// places keeps the places of the members of a combination, packed, as a text of the block.
func (p *loadPart) places(numbers []int64) int64 {
	if len(numbers) == 0 {
		return 0
	}
	for _, number := range numbers {
		p.texts = binary.AppendUvarint(p.texts, uint64(number))
	}
	p.ends = append(p.ends, uint32(len(p.texts)))
	return int64(len(p.ends))
}

func (p *loadPart) text(s string) int64 {
	if s == "" {
		return 0
	}
	p.texts = append(p.texts, s...)
	p.ends = append(p.ends, uint32(len(p.texts)))
	return int64(len(p.ends))
}

func (p *loadPart) label(s string) int64 {
	for i := range p.labels {
		if p.labels[i].text == s {
			return p.labels[i].code
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	code := p.w.labels.code(s)
	own := p.w.labels.texts(texts{})
	p.labels = append(p.labels, label{own.at(code), int64(code)})
	return int64(code)
}

// block gives the rows their codes and packs them.
func (p *loadPart) block() *block {
	p.compare()
	p.encode()
	p.texts, p.ends = p.texts[:0], p.ends[:0]
	return p.bw.block()
}

// compare finds the titles and senders that are those of the contact or the account of
// WhatsApp, as nearly all are. It looks all over the memory; done for many rows at once, the
// processor waits for several places at the same time.
func (p *loadPart) compare() {
	cols := &p.bw.cols
	for i, number := range cols[colContact] {
		if place := cols[colTitle][i]; place != 0 && uint64(number) < uint64(len(p.things.Contacts)) {
			if p.textAt(place) == p.things.Contacts[number].Title {
				cols[colTitle][i] = likeContact
			}
		}
	}
	for i, number := range cols[colWA] {
		if uint64(number) >= uint64(len(p.things.WAs)) {
			continue
		}
		wa := &p.things.WAs[number]
		if place := cols[colSender][i]; place != 0 && p.textAt(place) == wa.Number {
			cols[colSender][i] = likeWA
		}
		if place := cols[colTitle][i]; place > 0 && p.textAt(place) == wa.Name {
			cols[colTitle][i] = likeWA
		}
	}
}

func (p *loadPart) encode() {
	p.mu.Lock()
	defer p.mu.Unlock()
	cols := &p.bw.cols
	for i, number := range cols[colContact] {
		cols[colContact][i] = p.ref(refContact, number)
		cols[colAccount][i] = p.ref(refAccount, at(p.things.Contacts, number).AccountNo)
	}
	for i := range cols[colQueue] {
		cols[colQueue][i] = p.ref(refQueue, cols[colQueue][i])
		cols[colUser][i] = p.ref(refUser, cols[colUser][i])
		cols[colConnector][i] = p.ref(refConnector, cols[colConnector][i])
	}
	titles := p.w.refs[refContact].titles
	for i, number := range cols[colWA] {
		name, digits := p.wa(number)
		cols[colWA][i], cols[colWANumber][i], cols[colRecipient][i] = name, digits, digits
		if cols[colSender][i] == likeWA {
			cols[colSender][i] = digits
		} else {
			cols[colSender][i] = p.own(p.w.numbers, cols[colSender][i])
		}
		switch cols[colTitle][i] {
		case likeContact:
			cols[colTitle][i] = int64(titles[cols[colContact][i]])
		case likeWA:
			cols[colTitle][i] = name
		default:
			cols[colTitle][i] = p.own(p.w.texts, cols[colTitle][i])
		}
		cols[colTicket][i] = p.own(p.w.texts, cols[colTicket][i])
		if place := cols[colStatus][i]; place != 0 {
			cols[colStatus][i] = p.set(refStatus, p.textAt(place))
		}
		if place := cols[colTook][i]; place != 0 {
			cols[colTook][i] = p.set(refUser, p.textAt(place))
		}
	}
}

// own returns the code of a text of the block.
func (p *loadPart) own(w *textWriter, place int64) int64 {
	if place == 0 {
		return 0
	}
	return int64(w.code(p.textAt(place)))
}

// textAt returns a text of the block, which is valid until the block is packed.
func (p *loadPart) textAt(place int64) string {
	from := uint32(0)
	if place > 1 {
		from = p.ends[place-2]
	}
	return viewString(p.texts[from:p.ends[place-1]])
}
