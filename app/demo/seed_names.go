package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// madeLater sets the numbers of rows that clients create apart from the seeded ones.
const madeLater = 1 << 40

// Lists of names. The women's family names are worked out from the men's.
const (
	menCS = `Jan Petr Josef Pavel Martin Tomáš Jaroslav Miroslav Zdeněk Václav Michal František Jakub Milan Karel
		Lukáš David Ondřej Vladimír Roman Marek Filip Radek Daniel Stanislav Aleš Vojtěch Libor Kamil Štěpán Matěj Hynek
		Bohumil Ctirad Čeněk Řehoř Šimon`
	womenCS = `Jana Marie Eva Hana Anna Lenka Kateřina Lucie Věra Alena Petra Veronika Jaroslava Tereza Martina Michaela
		Jitka Helena Ludmila Zdeňka Ivana Monika Eliška Zuzana Markéta Barbora Klára Kristýna Simona Dana Šárka Žaneta
		Adéla Natálie Růžena Běla`
	familyCS = `Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Král
		Jelínek Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Navrátil Čermák Vaněk Urban Blažek Kříž Kovář Bartoš Vlček
		Musil Kopecký Šimek Konečný Malý Holub Staněk Kadlec Štěpánek Dostál Soukup Šťastný Mareš Moravec Sýkora Tichý
		Valenta Vávra Matoušek Říha Bureš Ševčík Hruška Mašek Dušek Pavlík Havlíček Janda Žák Bláha Krejčí Chalupa Chytil
		Ďurica Škoda Říčan Žižka`
	menEN    = `Oliver Harry George Jack Noah Charlie Leo Arthur Oscar Henry Thomas William James Daniel Samuel Liam Patrick`
	womenEN  = `Olivia Amelia Grace Emily Sophie Ella Lily Charlotte Isla Mia Freya Alice Sarah Lucy Hannah Zoë Siobhán`
	familyEN = `Smith Jones Taylor Brown Williams Wilson Johnson Davies Evans Whitfield Bennett Clarke Collins Hughes Walker
		Wright Green Hall Wood Harris Lewis Carter Shaw Cooper Ward Hill O'Brien McAllister Fitzgerald Okafor Nguyen Patel`
	streets = `Masarykova|Nádražní|Husova|Palackého|Na Příkopech|Riegrova|Štefánikova|Pražská|Brněnská|Lidická|U Parku|
		Zahradní|Dlouhá|Školní|Jiráskova|Havlíčkova|Květinová|Žižkova|Třída Míru|Nábřežní`
	cities    = `Praha|Brno|Ostrava|Plzeň|Liberec|Olomouc|České Budějovice|Hradec Králové|Ústí nad Labem|Pardubice|Zlín|Jihlava`
	companies = `Stavby|Autoservis|Pekárna|Účetnictví|Kavárna|Elektro|Truhlářství|Zahradnictví|Doprava|Lékárna|Reality|
		Instalatérství|Optika|Květinářství|Tiskárna`
)

// people draws names.
type people struct {
	menCS, womenCS, familyCS []string
	menEN, womenEN, familyEN []string
	streets, cities, trades  []string
}

func newPeople() *people {
	return &people{
		menCS: strings.Fields(menCS), womenCS: strings.Fields(womenCS), familyCS: strings.Fields(familyCS),
		menEN: strings.Fields(menEN), womenEN: strings.Fields(womenEN), familyEN: strings.Fields(familyEN),
		streets: bars(streets), cities: bars(cities), trades: bars(companies),
	}
}

func bars(text string) []string {
	list := strings.Split(text, "|")
	for i, word := range list {
		list[i] = strings.TrimSpace(word)
	}
	return list
}

// draw returns a first and a family name.
func (p *people) draw(r *rand.Rand, english bool) (first, last string, woman bool) {
	woman = r.IntN(2) == 1
	switch {
	case english && woman:
		return pickOne(r, p.womenEN), pickOne(r, p.familyEN), true
	case english:
		return pickOne(r, p.menEN), pickOne(r, p.familyEN), false
	case woman:
		return pickOne(r, p.womenCS), feminine(pickOne(r, p.familyCS)), true
	}
	return pickOne(r, p.menCS), pickOne(r, p.familyCS), false
}

// feminine forms the Czech family name of a woman.
func feminine(name string) string {
	for _, ending := range []struct{ from, to string }{
		{"í", "í"}, {"ý", "á"}, {"a", "ová"}, {"ek", "ková"}, {"ec", "cová"}, {"el", "elová"},
	} {
		if stem, found := strings.CutSuffix(name, ending.from); found {
			return stem + ending.to
		}
	}
	return name + "ová"
}

// address is a street with a number.
func (p *people) address(r *rand.Rand) string {
	return fmt.Sprintf("%s %d", pickOne(r, p.streets), 1+r.IntN(180))
}

// pickOne draws an element.
func pickOne[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// initial is the first letter of a name.
func initial(name string) string {
	_, size := utf8.DecodeRuneInString(name)
	return name[:size]
}

// unaccented maps the letters of Czech names to plain ones.
var unaccented = strings.NewReplacer(
	"á", "a", "č", "c", "ď", "d", "é", "e", "ě", "e", "í", "i", "ň", "n", "ó", "o", "ř", "r", "š", "s", "ť", "t", "ú", "u",
	"ů", "u", "ý", "y", "ž", "z", "ë", "e", "'", "", " ", "",
)

// ascii writes a name for an address.
func ascii(name string) string { return unaccented.Replace(strings.ToLower(name)) }

// hexName makes a unique name: so many hexadecimal digits, the same for the same seed, kind
// and number.
func hexName(seed uint64, kind string, n int64, length int) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(kind)) // a hash never fails
	x := seed ^ h.Sum64() ^ uint64(n)*0x9e3779b97f4a7c15
	var out strings.Builder
	for out.Len() < length {
		x = mix(x)
		fmt.Fprintf(&out, "%016x", x)
	}
	return out.String()[:length]
}

// mix is the finaliser of splitmix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func interactionName(s *seeder, n int64) string { return "wap_" + hexName(s.seed, "wap", n, 14) }
func activityName(s *seeder, n int64) string {
	return "activities_" + hexName(s.seed, "activity", n, 16)
}
func contactName(s *seeder, n int64) string { return "contact_" + hexName(s.seed, "contact", n, 12) }
func reviewName(s *seeder, n int64) string  { return "qareview_" + hexName(s.seed, "review", n, 12) }
