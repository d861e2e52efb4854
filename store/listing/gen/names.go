package gen

import (
	"fmt"

	"wapdesk/store/listing"
)

var (
	firstNames = []string{"Jan", "Jana", "Petr", "Eva", "Tomáš", "Lucie", "Jiří", "Kateřina", "Martin", "Věra", "Chrudoš",
		"Šárka", "Žofie", "Řehoř", "Alžběta", "Ondřej", "Ludmila", "Čeněk", "Michaela", "Zdeněk", "Ibolya", "Hana", "Anna", "Ota"}
	surnames = []string{"Novák", "Novotná", "Dvořák", "Černá", "Procházka", "Kučerová", "Veselý", "Horáková", "Němec", "Chalupa",
		"Hájek", "Cibulka", "Čížek", "Řezníček", "Šimek", "Žák", "Ďurkovič", "Świątek", "Łukasiewicz", "Müller", "Øster", "Zeman",
		"Zbořil", "Urban", "Růžička", "Ťupa", "Ulrich", "Ivanová", "Jelínek", "Kolář", "Kratochvílová", "Pospíšil"}
	topics = []string{"Dotaz na fakturu", "Reklamace", "Výměna zboží", "Změna adresy", "Stav objednávky", "Router swap", "Invoice copy",
		"Žádost o smlouvu", "Čekám na kurýra", "Delivery window", "Přístup do portálu", "Vrácení peněz"}
	products = []string{"modem", "telefon", "tablet", "kávovar", "pračka", "žehlička", "sluchátka", "chladnička", "batoh", "kolo"}
	areas    = []string{"Podpora", "Prodej", "Fakturace", "Logistika", "Servis", "Retence", "Partneři", "VIP"}
)

// personName spreads numbers over the names; after a few thousand people names get an
// initial, so that most of them are distinct.
func personName(n uint64) string {
	n = n * 0x9e3779b97f4a7c15 >> 20
	first, sur := firstNames[n%uint64(len(firstNames))], surnames[n/29%uint64(len(surnames))]
	middle := n / 1009 % 676
	return first + " " + string(rune('A'+middle/26)) + string(rune('a'+middle%26)) + ". " + sur
}

func user(i int) listing.Ref {
	return listing.Ref{Name: fmt.Sprintf("user%03d", i), Title: personName(uint64(i)*31 + 5)}
}

func status(i int) listing.Ref {
	return listing.Ref{Name: fmt.Sprintf("statuses_%02d", i), Title: topics[i%len(topics)] + fmt.Sprintf(" %d", i)}
}

func queue(i int) listing.Ref {
	return listing.Ref{Name: fmt.Sprint(1000 + i), Title: fmt.Sprintf("%s CZ %d", areas[i%len(areas)], i)}
}

func connector(i int) listing.Ref {
	return listing.Ref{Name: fmt.Sprintf("wap%d", i), Title: "WhatsApp " + areas[i%len(areas)]}
}
