package demo

import (
	"slices"
	"strings"
)

// hostileTexts are texts that a screen, a file or a spreadsheet must survive.
func hostileTexts() []string {
	return []string{
		`=HYPERLINK("https://evil.example";"Klikněte sem")`,
		`<script>alert('x')</script><img src=x onerror=alert(1)>`,
		"@SUM(1+1)*cmd|' /C calc'!A0",
		"-1+1",
		"+420 601 555 018",
		"\u202eobrácený text\u202c مرحبا بالعالم",
		"שלום עולם (RTL)",
		"👨‍👩‍👧‍👦🏳️‍🌈 Zoë 😀",
		"Robert'); DROP TABLE interactions;--",
		`"uvozovky"; středník, čárka` + "\ttabulátor",
		"{{7*7}} ${jndi:ldap://x} %s %n",
		strings.Repeat("Nejneobhospodařovávatelnějšími ", 40),
		"Z͑̾á̧l̨g̕o \u0007konec",
	}
}

// shorten cuts to so many characters.
func shorten(text string, limit int) string {
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit])
	}
	return text
}

// longChat is how many messages the longest chat has.
const longChat = 2000

// seedSpecials makes what must be there whatever the dice say: one very long chat, one chat
// with every kind of message, and something anonymised today.
func (s *seeder) seedSpecials(w *world, interactions int) {
	midnight := s.midnight()
	plain := func(i *Interaction) bool {
		return i.talk.style == answeredIn && i.Duration != Unknown && i.Contact != "" && i.talk.hostile == 0 &&
			!i.talk.english && len(i.Activities) == 1 && !i.Anonymised && w.activities.get(i.Activities[0]).Action == "CLOSE"
	}
	var today, before []*Interaction
	for _, i := range slices.Backward(w.interactions.rows) {
		switch {
		case !plain(i):
		case i.Time >= midnight:
			today = append(today, i)
		default:
			before = append(before, i)
		}
		if len(before) > 400 {
			break
		}
	}
	recent := append(today, before...)
	if len(recent) > 0 {
		s.show(w, recent[0])
	}
	if len(recent) > 4 {
		s.eraseSeeded(w, recent[3])
	}
	if len(today) > 12 {
		s.eraseSeeded(w, today[9])
	}
	if interactions < 1000 {
		return
	}
	for _, i := range recent[min(len(recent), 10):] {
		hour := i.Time.In(s.zone).Hour()
		if hour >= 8 && hour <= 11 && s.start-i.Time > 8*3600 {
			s.stretch(w, i)
			return
		}
	}
}

// show turns an interaction into the one with every kind of message.
func (s *seeder) show(w *world, i *Interaction) {
	w.interactions.change(i.Name, func(i *Interaction) { i.talk.showcase = true })
}

func (s *seeder) eraseSeeded(w *world, i *Interaction) {
	var work []*Activity
	for _, name := range i.Activities {
		work = append(work, w.changeActivity(name, func(a *Activity) {
			a.Contact = "" // the links follow it; the rest goes below
		}))
	}
	row := w.interactions.change(i.Name, func(*Interaction) {})
	anonymise(row, work)
}

// stretch makes a chat of more than five hours.
func (s *seeder) stretch(w *world, i *Interaction) {
	const chat = 19_320
	row := w.interactions.change(i.Name, func(i *Interaction) {
		i.talk.long = longChat
		i.Duration = chat
		i.talk.until = i.Time + Stamp(i.WaitTime) + chat
	})
	w.changeActivity(row.Activities[0], func(a *Activity) {
		a.TimeClose = a.TimeOpen + chat + Stamp(max(a.AfterWork, 0))
		a.Duration = int64(a.TimeClose - a.TimeOpen)
		a.FocusTime, a.FocusDisruptions = a.Duration/3, 41
	})
}
