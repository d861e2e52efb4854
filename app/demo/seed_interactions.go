package demo

import (
	"math"
	"math/rand/v2"
)

// style is how an interaction goes.
type style uint8

const (
	answeredIn style = iota
	answeredOut
	missedIn
	botOnly
	systemOnly // empty direction
)

// talk is what a transcript is made from.
type talk struct {
	style    style
	english  bool
	topic    int // place in topics, or in outgoing
	person   int // place in persons, -1 for a stranger
	until    Stamp
	long     int // messages of a very long chat, 0 otherwise
	hostile  int // place in hostileTexts plus one, 0 for none
	showcase bool
	silent   bool // made by a client, without a transcript
}

// addInteraction makes an interaction with its activities. Live ones begin now: they wait or
// are being worked on.
func (s *seeder) addInteraction(w *world, at Stamp, live bool) *Interaction {
	id := s.nextID()
	r := s.dice(diceInteraction, id)
	i := &Interaction{
		ID: id, Name: interactionName(s, id), Time: at, Direction: "IN", Duration: Unknown, WaitTime: Unknown,
	}
	i.talk.english = chance(r, .16)
	i.talk.style = s.drawStyle(r, at)
	if live || s.start-at < 500 {
		i.talk.style = answeredIn
	}
	queue := s.subject(r, w, i)
	s.customer(r, w, i, queue)
	var work []*Activity
	switch i.talk.style {
	case answeredIn, answeredOut:
		work = s.answered(r, w, i, live)
	case missedIn:
		work = s.missed(r, i)
	case botOnly, systemOnly:
		s.unattended(r, i)
	}
	s.details(r, w, i, work)
	for n, a := range work {
		a.Name, a.Interaction = activityName(s, id*8+int64(n)), i.Name
		i.Activities = append(i.Activities, a.Name)
	}
	s.oddities(r, i, work)
	w.interactions.add(i)
	w.addActivities(work...)
	return i
}

func (s *seeder) drawStyle(r *rand.Rand, at Stamp) style {
	u := r.Float64()
	if !s.working(at) {
		switch {
		case u < .45:
			return missedIn
		case u < .85:
			return botOnly
		case u < .9:
			return systemOnly
		}
		return answeredIn
	}
	switch {
	case u < .785:
		return answeredIn
	case u < .87:
		return answeredOut
	case u < .965:
		return missedIn
	case u < .988:
		return botOnly
	}
	return systemOnly
}

// subject draws the topic and with it the queue.
func (s *seeder) subject(r *rand.Rand, w *world, i *Interaction) *Queue {
	all := s.talks[i.talk.english]
	if i.talk.style == answeredOut {
		i.talk.topic = r.IntN(len(all.outgoing))
	}
	pick, topic := r.IntN(all.weights), 0
	for pick >= all.topics[topic].weight {
		pick -= all.topics[topic].weight
		topic++
	}
	if i.talk.style != answeredOut {
		i.talk.topic = topic
	}
	queues := all.topics[topic].queues
	name := queues[0]
	if len(queues) > 1 && chance(r, .35) {
		name = pickOne(r, queues[1:])
	}
	if name == deactivatedQueue && s.start-i.Time < Stamp(s.days*86400*2/5) { // the campaign is over
		name = 4104
	}
	i.Queue = name
	q := w.queues.get(number(name))
	i.Connector = q.Connector
	return q
}

// customer draws who writes and how WhatsApp names them.
func (s *seeder) customer(r *rand.Rand, w *world, i *Interaction, q *Queue) {
	connector := int64(1 + btoi(q.Connector == "wapconn_2") + 2*btoi(q.Connector == "wapconn_3"))
	e := &ExternalContact{Connector: connector}
	i.talk.person = -1
	if chance(r, .88) {
		place := s.person(r, i.talk.english)
		c := s.persons[place]
		i.talk.person = place
		e.Number = phone(int64(place), c.english)
		if numbers := c.Numbers(); len(numbers) > 0 {
			e.Number = pickOne(r, numbers)
		}
		e.FullName, e.Gender = whatsAppName(r, c), [2]string{"MALE", "FEMALE"}[btoi(c.female)]
		if chance(r, .93) {
			i.Contact, e.Contact, i.Title = c.Name, c.Name, c.Title
		}
	} else {
		first, last, _ := s.names.draw(r, i.talk.english)
		e.Number = phone(100_000+int64(r.IntN(60_000)), i.talk.english)
		e.FullName = pickOne(r, []string{first, first + " " + initial(last) + ".", ascii(first) + number(int64(r.IntN(99))), ""})
	}
	e.ID = number(10_000 + int64(mix(s.seed^uint64(len(e.Number))^hashText(e.Number))%9_000_000))
	e.UUID = hexName(s.seed, "uuid"+e.Number, 0, 32)
	if name, known := s.accounts[e.ID]; known {
		e.FullName = name
	}
	s.accounts[e.ID] = e.FullName
	i.External, i.Sender = e, e.Number
	if i.Title == "" {
		i.Title = e.FullName
	}
	if i.Title == "" {
		i.Title = e.Number
	}
}

// whatsAppName is how people call themselves.
func whatsAppName(r *rand.Rand, c *Contact) string {
	switch r.IntN(12) {
	case 0, 1, 2:
		return c.FirstName
	case 3, 4, 5:
		return c.FirstName + " " + initial(c.LastName) + "."
	case 6:
		return ascii(c.FirstName) + "." + ascii(initial(c.LastName))
	case 7:
		return pickOne(r, []string{"🌸 ", "🚴 ", "✨", "🐶 "}) + c.FirstName
	case 8:
		return ""
	}
	return c.Title
}

func hashText(text string) uint64 {
	h := uint64(1469598103934665603)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// spread draws around a median, a long tail above it.
func spread(r *rand.Rand, median, sigma float64) int64 {
	return int64(math.Max(1, median*math.Exp(sigma*r.NormFloat64())))
}

// details fills the rest of the activities.
func (s *seeder) details(r *rand.Rand, w *world, i *Interaction, work []*Activity) {
	all := s.talks[i.talk.english]
	words := s.wordsOf(i)
	topic := (&wording{value: words, choose: func(int) int { return 0 }}).say(s.scriptOf(i, all).title)
	if topic != "" && chance(r, .3) {
		i.Title = topic
	}
	if chance(r, .04) {
		i.Options = map[string]string{"source": pickOne(r, []string{"web", "qr", "newsletter"})}
	}
	ticket := s.ticketFor(r, w, i)
	for n, a := range work {
		a.Contact, a.Title = i.Contact, i.Title
		if n > 0 && topic != "" {
			a.Title = topic
		}
		a.Ticket = ticket
		a.Important = chance(r, .03)
		if a.Action == "CLOSE" && chance(r, .86) {
			a.Statuses = append(a.Statuses, "status_"+number(1+int64(min(r.IntN(14), 9))))
			if i.talk.english && chance(r, .7) {
				a.Statuses = []string{"status_10"}
			} else if chance(r, .08) && a.Statuses[0] != "status_6" {
				a.Statuses = append(a.Statuses, "status_6")
			}
		}
		if chance(r, .12) {
			a.Description = "<p>" + pickOne(r, []string{
				"Zákazník poučen o postupu, ozve se v případě potíží.", "Ověřeno podle rodného čísla &amp; adresy.",
				"Slíbena kompenzace, <b>schválit</b> vedoucím.", "Customer prefers e-mail.",
			}) + "</p>"
		}
		if a.Action == "CLOSE" && chance(r, .35) {
			a.CustomFields = map[string][]string{
				"vysledek": {pickOne(r, []string{"vyřešeno", "předáno", "bez reakce"})},
				"kanal":    {"WhatsApp"},
			}
			if chance(r, .2) {
				a.CustomFields["produkty"] = []string{"Domov 250", "TV"}
			}
		}
		if chance(r, .03) {
			a.Files = []File{{
				ID: fileID(i.ID, activityFiles+n), Title: "Zapis_" + number(i.ID) + ".pdf", MimeType: "application/pdf",
				Size: 20_000 + int64(r.IntN(200_000)), Duration: Unknown, Time: a.TimeOpen,
			}}
		}
	}
}

// ticketFor finds a ticket of the customer, or now and then any.
func (s *seeder) ticketFor(r *rand.Rand, w *world, i *Interaction) int64 {
	if i.Contact == "" || !chance(r, .18) {
		return 0
	}
	rows := w.tickets.rows
	start := r.IntN(len(rows))
	for n := range min(len(rows), 200) {
		if t := rows[(start+n)%len(rows)]; t.Contact == i.Contact {
			return t.Name
		}
	}
	return rows[start].Name
}

// oddities adds what a list has to survive.
func (s *seeder) oddities(r *rand.Rand, i *Interaction, work []*Activity) {
	if len(work) > 0 {
		last := work[len(work)-1]
		if last.Action == "CLOSE" && chance(r, .02) {
			last.FocusTime = int64(float64(last.Duration)*(1.15+r.Float64())) + 30
			last.FocusDisruptions += 3
		}
	}
	if i.ID%211 == 7 {
		place := int(i.ID/211) % len(hostileTexts())
		i.talk.hostile = place + 1
		i.Title = shorten(hostileTexts()[place], 255)
		if i.External != nil {
			i.External.FullName = i.Title
			i.External.ID += "-" + number(i.ID) // an account of its own, since an account has one name
			i.External.UUID = hexName(s.seed, "uuid"+i.External.ID, 0, 32)
		}
		for _, a := range work {
			a.Title = shorten(i.Title, 128)
		}
	}
	if i.talk.style == answeredIn && i.Duration != Unknown && len(work) > 0 && s.start-i.Time > 3*86400 && chance(r, .017) {
		anonymise(i, work)
	}
}

// anonymise takes from an interaction what belongs to a person.
func anonymise(i *Interaction, work []*Activity) {
	i.Anonymised, i.Title, i.Contact, i.Sender, i.Options = true, "", "", "", nil
	if i.External != nil {
		i.External = nil
		if i.ID%2 == 0 { // releases differ: an empty object or none
			i.External = &ExternalContact{}
		}
	}
	for _, a := range work {
		a.Anonymised, a.Title, a.Contact, a.Description, a.Options = true, "", "", "", nil
		a.CustomFields, a.Files = nil, nil
	}
}
