package demo

import (
	"fmt"
	"math/rand/v2"
	"strconv"
)

// wordsOf returns the values of an interaction's {words}.
func (s *seeder) wordsOf(i *Interaction) func(string) string {
	var c *Contact
	if i.talk.person >= 0 && i.talk.person < len(s.persons) {
		c = s.persons[i.talk.person]
	}
	return s.wordsFor(s.dice(diceTalk, -i.ID), c)
}

// wordsFor draws each value once.
func (s *seeder) wordsFor(r *rand.Rand, c *Contact) func(string) string {
	known := map[string]string{}
	if c != nil {
		known["first"], known["last"] = c.FirstName, c.LastName
		if list := c.CustomFields["email"]; len(list) > 0 {
			known["email"] = list[0]
		}
	}
	days := []string{"v pondělí", "v úterý", "ve středu", "zítra", "ve čtvrtek", "v pátek"}
	if c != nil && c.english {
		days = []string{"on Monday", "on Tuesday", "tomorrow", "on Thursday", "on Friday", "on Saturday"}
	}
	hour := 8 + r.IntN(8)
	return func(word string) string {
		if value, found := known[word]; found {
			return value
		}
		var value string
		switch word {
		case "order":
			value = number(880_000 + int64(r.IntN(90_000)))
		case "invoice":
			value = fmt.Sprintf("2026%05d", 1000+r.IntN(80_000))
		case "amount":
			value = number(300 + int64(r.IntN(5_000)))
		case "ref":
			value = fmt.Sprintf("S-%06d", r.IntN(1_000_000))
		case "day":
			value = pickOne(r, days)
		case "time":
			value = fmt.Sprintf("%d:00", hour)
		case "time2":
			value = fmt.Sprintf("%d:00", hour+2)
		case "street":
			value = s.names.address(r)
		case "city":
			value = pickOne(r, s.names.cities)
		case "company":
			value = pickOne(r, s.names.trades) + " " + pickOne(r, s.names.familyCS) + " s.r.o."
		case "email":
			value = "zakaznik" + number(int64(r.IntN(900)+100)) + "@example.com"
		case "last":
			value = pickOne(r, s.names.familyCS)
		case "n2s":
			value = number(37 + int64(r.IntN(9)))
		default:
			value = digitsWord(r, word)
		}
		known[word] = value
		return value
	}
}

// digitsWord draws the digits of {n4} and the like.
func digitsWord(r *rand.Rand, word string) string {
	length := 4
	if len(word) > 1 && word[0] == 'n' {
		if n, err := strconv.Atoi(word[1:2]); err == nil {
			length = n
		}
	}
	value := number(int64(1 + r.IntN(9)))
	for len(value) < length {
		value += number(int64(r.IntN(10)))
	}
	return value
}
