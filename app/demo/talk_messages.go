package demo

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// scriptOf is the conversation an interaction follows.
func (s *seeder) scriptOf(i *Interaction, all *scripts) *script {
	switch {
	case i.talk.showcase:
		return all.showcase
	case i.talk.style == answeredOut:
		return all.outgoing[i.talk.topic]
	}
	return all.topics[i.talk.topic]
}

// teller writes a transcript.
type teller struct {
	s     *seeder
	i     *Interaction
	work  []*Activity
	dice  *rand.Rand
	words func(string) string
	woman bool
	last  int // which of several texts was said last
	list  []Message
}

// messages writes the transcript of an interaction, always the same for the same interaction.
func (s *seeder) messages(i *Interaction, work []*Activity) []Message {
	if i.Anonymised || i.talk.silent {
		return nil
	}
	all := s.talks[i.talk.english]
	t := &teller{s: s, i: i, dice: s.dice(diceTalk, i.ID), words: s.wordsOf(i)}
	if p := i.talk.person; p >= 0 && p < len(s.persons) {
		t.woman = s.persons[p].female
	}
	for _, a := range work {
		if a.Type == "WAP" && a.TimeOpen != 0 && a.User != "" {
			t.work = append(t.work, a)
		}
	}
	t.tell(all)
	for _, text := range i.Said {
		t.add(Message{Direction: "IN", Kind: KindText, Text: text})
	}
	t.setTimes()
	t.deliver()
	return t.list
}

// tell writes the lines that suit how the interaction went.
func (t *teller) tell(all *scripts) {
	r, lines := t.dice, t.s.scriptOf(t.i, all).lines
	attended := len(t.work) > 0
	switch {
	case t.i.talk.style == systemOnly:
		t.say(scriptLine{speaker: 'X', text: "Konverzace založena systémem"})
		return
	case t.i.talk.style == botOnly:
		t.say(lines[0])
		t.all(all.bot.lines)
		return
	case !attended:
		t.say(lines[0])
		if !t.s.working(t.i.Time) {
			t.all(all.closed.lines)
		}
		if len(lines) > 1 && lines[1].speaker == 'C' && chance(r, .4) {
			t.say(lines[1])
		}
		return
	}
	if t.i.talk.style == answeredIn && !t.i.talk.showcase && chance(r, .25) {
		t.say(lines[0])
		t.say(pickOne(r, all.bot.lines))
		lines = lines[1:]
	}
	if t.i.talk.hostile > 0 {
		text := hostileTexts()[t.i.talk.hostile-1]
		t.add(Message{Direction: "IN", Kind: KindText, Text: text})
	}
	for n, l := range lines {
		t.say(l)
		if n == len(lines)/2 {
			t.surprise(all)
		}
	}
	for len(t.list) < t.i.talk.long {
		t.say(all.filler.lines[len(t.list)%len(all.filler.lines)])
	}
	if chance(r, .3) && !t.i.talk.showcase && t.i.talk.long == 0 {
		t.all(all.thanks.lines)
	}
}

func (t *teller) all(lines []scriptLine) {
	for _, l := range lines {
		t.say(l)
	}
}

// surprise puts something less usual into one conversation of eight.
func (t *teller) surprise(all *scripts) {
	if t.i.talk.showcase || t.i.talk.long > 0 || !chance(t.dice, .125) {
		return
	}
	before := t.last
	defer func() { t.last = before }()
	t.say([]scriptLine{
		{speaker: 'C', kind: "voice", text: number(3 + int64(t.dice.IntN(90)))},
		{speaker: 'C', kind: "deleted"},
		{speaker: 'C', kind: "unsupported"},
		{speaker: 'C', kind: "sticker", text: "😀"},
		{speaker: 'C', kind: "contact", text: "Karel Soused|420606555044"},
		{speaker: 'A', kind: "failed", text: "Uživatel si vás zablokoval|Jste tam ještě?"},
		{speaker: 'N', text: "Ověřit v CRM, možná duplicitní kontakt."},
		all.filler.lines[0],
	}[t.dice.IntN(8)])
}

// say adds the message of a line.
func (t *teller) say(l scriptLine) {
	speaker := l.speaker
	side := map[byte]string{'C': "IN", 'A': "OUT", 'N': "OUT", 'B': "BOT"}[speaker]
	m := Message{Direction: side, Type: "PUBLIC", Kind: KindText}
	woman, other := t.woman, t.agentIsWoman()
	if speaker == 'A' || speaker == 'N' {
		woman, other = other, woman
	}
	w := &wording{value: t.words, choose: t.dice.IntN, self: woman, other: other, last: t.last}
	text := strings.TrimSpace(w.say(l.text))
	t.last = w.last
	if l.kind == "reaction" {
		t.react(text, speaker)
		return
	}
	m.fill(t, l.kind, text)
	if m.Kind == KindText && strings.TrimSpace(m.Text) == "" {
		return
	}
	switch speaker {
	case 'N':
		m.Type, m.Coworkers = "PRIVATE", true
	case 'X':
		m.Type = "COMMAND"
	}
	if l.quotes {
		if at := t.latest(side, false); at >= 0 {
			m.Quoted = t.list[at].Name
		}
	}
	t.add(m)
}

func (t *teller) agentIsWoman() bool {
	if len(t.work) == 0 {
		return false
	}
	u := t.s.users[t.work[0].User]
	return u != nil && u.woman
}

// latest finds the latest message of a side, or of the other one; -1 for none.
func (t *teller) latest(side string, same bool) int {
	for n, m := range slices.Backward(t.list) {
		if m.Type == "PUBLIC" && (m.Direction == side) == same && m.Direction != "" {
			return n
		}
	}
	return -1
}

// react puts an emoji on the latest message of the other side.
func (t *teller) react(emoji string, speaker byte) {
	side := map[byte]string{'C': "OUT", 'A': "IN"}[speaker]
	at := t.latest(side, true)
	if at < 0 {
		return
	}
	reaction := Reaction{Emoji: emoji}
	if speaker == 'A' && len(t.work) > 0 {
		reaction.User = t.work[0].User
	}
	t.list[at].Reactions = append(t.list[at].Reactions, reaction)
}

func (t *teller) add(m Message) {
	if m.Type == "" {
		m.Type = "PUBLIC"
	}
	m.Seq = len(t.list)
	m.Interaction = t.i.Name
	m.Name = "wapmsg_" + hexName(t.s.seed, "message", t.i.ID*10_000+int64(m.Seq), 16)
	for n := range m.Files {
		m.Files[n].ID = fileID(t.i.ID, m.Seq)
	}
	t.list = append(t.list, m)
}

// fill reads the arguments of a kind.
func (m *Message) fill(t *teller, kind, text string) {
	head, rest, _ := strings.Cut(text, " ")
	name, after, _ := strings.Cut(text, "|")
	m.Text = text
	switch kind {
	case "image":
		m.media(KindImage, head, imageType(head), 0, t.dice)
		m.Text = rest
	case "document":
		m.media(KindDocument, head, "application/pdf", 0, t.dice)
		m.Text = rest
	case "video", "audio":
		length, caption, _ := strings.Cut(after, " ")
		secs, _ := strconv.ParseInt(length, 10, 64)
		mime := "video/mp4"
		if kind == "audio" {
			mime = "audio/mpeg"
		}
		m.media(MessageKind(kind), name, mime, secs, t.dice)
		m.Text = caption
	case "voice":
		secs, _ := strconv.ParseInt(head, 10, 64)
		m.media(KindVoice, "PTT-"+number(secs)+".ogg", "audio/ogg", secs, t.dice)
		m.Text = ""
	case "sticker":
		m.media(KindSticker, "sticker.webp", "image/webp", 0, t.dice)
	case "location":
		m.Kind = KindLocation
		parts := strings.SplitN(text, " ", 3)
		m.Latitude, _ = strconv.ParseFloat(parts[0], 64)
		m.Longitude, _ = strconv.ParseFloat(parts[1], 64)
		m.Place, m.Text = parts[2], ""
	case "contact":
		m.Kind, m.CardName = KindContact, name
		m.CardNumber, m.Text, _ = strings.Cut(after, " ")
	case "template":
		m.Kind, m.Template, m.Text = KindTemplate, name, after
	case "buttons":
		list, caption, _ := strings.Cut(text, " || ")
		m.Buttons, m.Text = strings.Split(list, "|"), caption
	case "reply":
		m.Kind, m.Reply, m.Text = KindReply, head, rest
	case "failed":
		m.Delivery, m.Reason, m.Text = "FAILED", name, after
	case "deleted":
		m.Kind, m.Text = KindDeleted, ""
	case "unsupported":
		m.Kind, m.Text = KindUnsupported, ""
	}
}

func imageType(name string) string {
	if strings.HasSuffix(name, ".png") {
		return "image/png"
	}
	return "image/jpeg"
}

// media attaches the file of a message.
func (m *Message) media(kind MessageKind, title, mime string, secs int64, r *rand.Rand) {
	size := 40_000 + r.Int64N(2_200_000)
	if kind == KindVoice || kind == KindSticker {
		size = 9_000 + r.Int64N(60_000)
	}
	if secs == 0 {
		secs = Unknown
	}
	m.Kind = kind
	m.Files = []File{{Title: title, MimeType: mime, Size: size, Duration: secs}}
}

// setTimes spreads the messages over the interaction: the customer's first ones before the
// agent is there, the rest until the end, and names the agent of the moment.
func (t *teller) setTimes() {
	n := len(t.list)
	if n == 0 {
		return
	}
	accepted := t.i.Time
	if len(t.work) > 0 {
		accepted = t.work[0].TimeOpen
	}
	end := max(t.i.talk.until, t.i.Time)
	accepted = min(accepted, end)
	first := slices.IndexFunc(t.list, func(m Message) bool { return m.Direction == "OUT" })
	if first < 0 || len(t.work) == 0 {
		first = n
		accepted = end
	}
	t.spread(t.list[:first], t.i.Time, accepted)
	t.spread(t.list[first:], accepted+min(20, (end-accepted)/8), end)
	for k := range t.list {
		m := &t.list[k]
		if m.Direction == "OUT" {
			m.User = t.agentAt(m.Time)
		}
		for f := range m.Files {
			m.Files[f].Time = m.Time
		}
	}
}

// spread gives messages times with uneven gaps between two moments, the first at the first.
func (t *teller) spread(list []Message, from, to Stamp) {
	gaps := make([]float64, len(list))
	var sum float64
	for n := range gaps {
		if n > 0 {
			gaps[n] = .15 + t.dice.ExpFloat64()*t.dice.ExpFloat64()
		}
		sum += gaps[n]
	}
	room := float64(max(to-from, 0)) * .96
	var passed float64
	for n := range list {
		passed += gaps[n]
		list[n].Time = from
		if sum > 0 {
			list[n].Time = from + Stamp(passed/sum*room)
		}
	}
}

// agentAt is who worked on the interaction at a moment.
func (t *teller) agentAt(at Stamp) string {
	who := ""
	for _, a := range t.work {
		if who == "" || a.TimeOpen <= at {
			who = a.User
		}
	}
	return who
}

// deliver sets how far each message of ours came.
func (t *teller) deliver() {
	read := true
	for n := range slices.Backward(t.list) {
		m := &t.list[n]
		if m.Type != "PUBLIC" || m.Direction != "OUT" && m.Direction != "BOT" || m.Delivery != "" {
			continue
		}
		u := t.dice.Float64()
		switch {
		case u < .004:
			m.Delivery, m.Reason = "FAILED", "Zpráva mimo 24hodinové okno"
		case read && n == len(t.list)-1 && u < .35:
			m.Delivery = [2]string{"SENT", "DELIVERED"}[btoi(u > .15)]
		default:
			m.Delivery = "READ"
		}
		if m.Delivery == "READ" {
			read = false
		}
		if m.Kind == KindText && m.Direction == "OUT" && u > .98 {
			m.OriginalText = slip(m.Text)
		}
	}
}

// slip is a text as it was before its author mended it: two letters have changed places.
func slip(text string) string {
	letters := []rune(text)
	if len(letters) > 3 {
		letters[1], letters[2] = letters[2], letters[1]
	}
	return string(letters)
}
