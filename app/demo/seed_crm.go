package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// customers is how many contacts a number of interactions needs.
func customers(interactions int) int { return min(max(interactions*2/5, 40), 60_000) }

// seedCustomers makes accounts and contacts.
func (s *seeder) seedCustomers(w *world, interactions int) {
	count := customers(interactions)
	var accounts []*Account
	for n := range max(count/8, 8) {
		accounts = append(accounts, s.account(int64(n)))
	}
	w.accounts.add(accounts...)
	for n := range count {
		c := s.contact(int64(n), accounts)
		w.contacts.add(c)
		s.persons = append(s.persons, c)
		if c.english {
			s.english = append(s.english, n)
		} else {
			s.czech = append(s.czech, n)
		}
	}
}

func (s *seeder) account(n int64) *Account {
	r := s.dice(diceCustomer, -1-n)
	_, last, _ := s.names.draw(r, chance(r, .15))
	title := fmt.Sprintf("%s %s %s", pickOne(r, s.names.trades), last, pickOne(r, []string{"s.r.o.", "a.s.", "& syn", "v.o.s."}))
	created := s.start - Stamp(r.IntN(900*86400)) - 86400
	a := &Account{
		Name: "account_" + hexName(s.seed, "account", n, 12), Title: title, Database: "firmy",
		User: pickOne(r, []string{"", loginLead, loginManager}), Created: created, Edited: s.edited(r, created),
	}
	if chance(r, .5) {
		a.Description = "IČO " + number(10_000_000+int64(r.IntN(80_000_000)))
		a.CustomFields = map[string][]string{"address": {s.names.address(r) + ", " + pickOne(r, s.names.cities)}}
	}
	return a
}

// edited is a moment after the creation, often the same.
func (s *seeder) edited(r *rand.Rand, created Stamp) Stamp {
	if chance(r, .5) {
		return created
	}
	return created + Stamp(r.Int64N(max(int64(s.start-created), 1)))
}

func (s *seeder) contact(n int64, accounts []*Account) *Contact {
	r := s.dice(diceCustomer, n)
	english := chance(r, .17)
	first, last, woman := s.names.draw(r, english)
	created := s.start - Stamp(r.IntN(700*86400)) - 86400
	c := &Contact{
		Name: contactName(s, n), Title: first + " " + last, FirstName: first, LastName: last,
		Database: "default", Created: created, Edited: s.edited(r, created), english: english, female: woman,
	}
	numbers := []string{phone(n, english)}
	if n == 3 { // one person with several telephones
		numbers = append(numbers, phone(90_001, false), "442079460018")
	} else if chance(r, .05) {
		numbers = append(numbers, phone(n+70_000, english))
	}
	c.CustomFields = map[string][]string{"number": numbers, "email": nil, "address": nil, "note": nil}
	if chance(r, .6) {
		c.CustomFields["email"] = []string{fmt.Sprintf("%s.%s%d@example.com", ascii(first), ascii(last), r.IntN(90)+10)}
	}
	if chance(r, .3) {
		c.CustomFields["address"] = []string{s.names.address(r) + ", " + pickOne(r, s.names.cities)}
	}
	if chance(r, .1) {
		c.CustomFields["note"] = []string{pickOne(r, []string{"Volat až po 16. hodině", "Preferuje e-mail", "Dlouholetý zákazník"})}
	}
	if chance(r, .3) {
		c.Account, c.Database = pickOne(r, accounts).Name, "firmy"
	}
	if chance(r, .2) {
		c.User = pickOne(r, []string{loginLead, loginManager, loginOther})
	}
	if chance(r, .03) {
		c.CustomFields, c.Description = nil, "Bez spojení"
	}
	return c
}

// phone makes the number of a person; the middle 555 marks Czech ones as invented, British
// ones lie in the range kept free for fiction or beyond the served ones.
func phone(n int64, english bool) string {
	if english {
		return fmt.Sprintf("447700%06d", (900_000+n)%1_000_000)
	}
	prefixes := []int64{601, 602, 603, 604, 605, 606, 607, 608, 702, 703, 704, 705, 720, 721, 722, 723, 724, 725, 728, 731, 732, 733, 736, 739, 773, 774, 775, 776, 777}
	block := n / 1000
	return fmt.Sprintf("420%d%03d%03d", prefixes[block%int64(len(prefixes))], 555+block/int64(len(prefixes)), (n*37+18)%1000)
}

// person draws a customer: some write often.
func (s *seeder) person(r *rand.Rand, english bool) int {
	list := s.czech
	if english {
		list = s.english
	}
	if len(list) == 0 {
		return 0
	}
	return list[int(math.Pow(r.Float64(), 1.6)*float64(len(list)))]
}

// seedTickets makes tickets; the activities find them by their contact's place.
func (s *seeder) seedTickets(w *world, interactions int) {
	stages := []string{"OPEN", "OPEN", "WAIT", "CLOSE", "CLOSE", "CLOSE", "ARCHIVE"}
	for n := range max(interactions/12, 12) {
		r := s.dice(diceTicket, int64(n))
		place := r.IntN(len(s.persons))
		c := s.persons[place]
		english := c.english
		all := s.talks[english]
		topic := pickOne(r, all.topics)
		words := s.wordsFor(r, c)
		created := s.start - Stamp(r.IntN(s.days*86400)) - 600
		t := &Ticket{
			Name: s.nextTicket(w), Title: (&wording{value: words, choose: r.IntN}).say(topic.title),
			Category: w.categories.rows[r.IntN(len(w.categories.rows))].Name, Contact: c.Name,
			User:  pickOne(r, s.agents[topic.queues[0]]).Name,
			Stage: pickOne(r, stages), Priority: pickOne(r, []string{"LOW", "MEDIUM", "MEDIUM", "HIGH"}),
			CreatedBy: pickOne(r, []string{loginSystem, loginLead}), Created: created, Edited: s.edited(r, created),
		}
		t.LastActive = t.Edited
		if t.Stage == "CLOSE" || t.Stage == "ARCHIVE" {
			t.Closed = t.Edited
			t.Statuses = []string{"status_1"}
		}
		if n > 5 && n%40 == 0 {
			t.Merged, t.Stage = t.Name-3, "ARCHIVE"
		}
		if n > 5 && n%25 == 0 {
			t.Parent = t.Name - 2
		}
		w.addTicket(t)
	}
}

// seedForms makes the forms for quality reviews, with all four types of questions.
func (s *seeder) seedForms(w *world) {
	yesNo := func(points int64) []Answer {
		return []Answer{{"yes", "Ano", points}, {"no", "Ne", 0}}
	}
	scale := func(points int64) []Answer {
		var list []Answer
		for n := int64(1); n <= 5; n++ {
			list = append(list, Answer{number(n), number(n), (n - 1) * points})
		}
		return list
	}
	w.forms.add(
		&Form{Name: "qaform_chat", Title: "Kvalita chatu", Description: "Základní formulář", InitialScore: 10, MinimumScore: 0,
			Questions: []Question{
				{Name: "q_pozdrav", Title: "Pozdrav a představení", Type: "SELECTBOX", Options: yesNo(10)},
				{Name: "q_postup", Title: "Dodržené kroky", Type: "CHECKBOX", Options: []Answer{
					{"overeni", "Ověření zákazníka", 10}, {"shrnuti", "Shrnutí domluvy", 10}, {"rozlouceni", "Rozloučení", 5}}},
				{Name: "q_jazyk", Title: "Čeština a srozumitelnost", Type: "SCALE", Options: scale(5)},
				{Name: "q_reseni", Title: "Vyřešení požadavku", Type: "SCALE", Options: scale(8)},
				{Name: "q_udaje", Title: "Sdělil citlivé údaje", Type: "SELECTBOX", Disqualify: true, DoNotCountMax: true,
					Options: []Answer{{"no", "Ne", 0}, {"yes", "Ano", -100}}},
				{Name: "q_slovne", Title: "Slovní hodnocení", Type: "TEXTAREA", DoNotCountMax: true},
			}},
		&Form{Name: "qaform_rychla", Title: "Rychlá kontrola", InitialScore: 1, MinimumScore: Unknown, Questions: []Question{
			{Name: "r_ok", Title: "V pořádku", Type: "SELECTBOX", Options: yesNo(9)},
			{Name: "r_pozn", Title: "Poznámka", Type: "TEXTAREA", DoNotCountMax: true},
		}},
		&Form{Name: "qaform_chat_en", Title: "Chat quality (EN)", InitialScore: 10, MinimumScore: 0, AI: true, Questions: []Question{
			{Name: "e_tone", Title: "Tone of voice", Type: "SCALE", Options: scale(10)},
			{Name: "e_steps", Title: "Steps followed", Type: "CHECKBOX", Options: []Answer{
				{"greeting", "Greeting", 10}, {"verified", "Customer verified", 15}, {"closing", "Closing", 5}}},
			{Name: "e_solved", Title: "Solved", Type: "SELECTBOX", Options: []Answer{{"yes", "Yes", 20}, {"partly", "Partly", 10}, {"no", "No", 0}}},
			{Name: "e_note", Title: "Note", Type: "TEXTAREA", DoNotCountMax: true},
		}},
	)
}

// seedReviews reviews some of the closed activities of the last days.
func (s *seeder) seedReviews(w *world) {
	notes := []string{"Pěkně vedený chat.", "Chybí shrnutí domluvy.", "=SUM(A1)", "Klidný tón i při stížnosti.", ""}
	for n, a := range w.activities.rows {
		i := w.interactions.get(a.Interaction)
		if i == nil || a.Action != "CLOSE" || a.User == "" || a.Anonymised || a.TimeClose+3600 > s.start {
			continue
		}
		r := s.dice(diceReview, i.ID*4+int64(a.Time&3))
		if !chance(r, .06) {
			continue
		}
		queue := w.queues.get(number(a.Queue))
		if queue == nil || len(queue.Forms) == 0 {
			continue
		}
		form := w.forms.get(pickOne(r, queue.Forms))
		answers := map[string][]string{}
		for _, question := range form.Questions {
			switch question.Type {
			case "TEXTAREA":
				answers[question.Name] = []string{pickOne(r, notes)}
			case "CHECKBOX":
				for _, o := range question.Options {
					if chance(r, .75) {
						answers[question.Name] = append(answers[question.Name], o.Value)
					}
				}
			default:
				most := len(question.Options) - 1
				place := min(int(math.Sqrt(r.Float64())*float64(most+1)), most)
				if question.Disqualify || question.Type == "SELECTBOX" {
					place = btoi(chance(r, .04))
				}
				answers[question.Name] = []string{question.Options[place].Value}
			}
		}
		created := min(a.TimeClose+Stamp(3600+r.IntN(2*86400)), s.start)
		w.addReview(&Review{
			Name: reviewName(s, int64(n)), Activity: a.Name, Form: form.Name, User: a.User,
			CreatedBy: pickOne(r, []string{loginLead, loginManager, loginOther}), Created: created, Edited: created, Answers: answers,
		})
	}
}
