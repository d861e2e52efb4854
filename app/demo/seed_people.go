package demo

import (
	"fmt"
	"slices"
	"strings"
)

// roster is the agents: name, alias, groups, queues; a minus before the name marks those who
// have left. Women are told by an asterisk after the name.
const roster = `
Anna Nováková*|Anička|smena_a podpora|4101 4102 4111
Petr Král||smena_a podpora|4101 4102
Klára Veselá*||smena_a obchod|4104 4105
Jan Malý||fakturace|4107 4108
Sarah Hughes*||english|4103
Marek Šimek||fakturace|4107 4108
Lucie Benešová*|Lucka|smena_b podpora|4101 4110
Ondřej Čermák||smena_b podpora|4101 4102 4109
Tereza Horáková*||smena_b obchod|4104 4105 4106
Jakub Říha||smena_a servis|4109 4110
Eva Dostálová*||fakturace|4107
Daniel Ward||english|4103
Emily Clarke*|Em|english smena_b|4103 4104
Zdeněk Tichý||smena_b servis|4109 4110 4102
Šárka Jandová*||smena_a obchod|4104 4106
Michal Urban||smena_b obchod|4105 4104
Barbora Žáková*||novi podpora|4101
Filip Havlíček||novi obchod|4104 4105
Ivana Staňková*||vip|4111 4106
Roman Chalupa||vip smena_a|4111 4102
Hana Ševčíková*||fakturace smena_b|4107 4108
Vojtěch Ďurica||smena_b podpora|4101 4103
-Lukáš Mareš||podpora|4101 4102 4112
-Monika Kadlecová*||obchod|4104 4112
-Oliver Bennett||english|4103
-Jiřina Bláhová*||fakturace|4108
`

// seedPeople makes agents, leads and the users who are outside of everyone's rights.
func (s *seeder) seedPeople(w *world) {
	groups := [][2]string{
		{"smena_a", "Směna A"}, {"smena_b", "Směna B"}, {"podpora", "Tým podpory"}, {"obchod", "Tým obchodu"},
		{"fakturace", "Tým fakturace"}, {"english", "English team"}, {"servis", "Dispečink"}, {"vip", "VIP tým"},
		{"novi", "Noví kolegové"},
	}
	members := map[string][]string{}
	for line := range strings.Lines(strings.TrimSpace(roster)) {
		u := s.agent(strings.TrimSpace(line))
		w.users.add(u)
		s.users[u.Name] = u
		for _, q := range u.Queues {
			s.agents[q] = append(s.agents[q], u)
		}
		for _, g := range u.Groups {
			members[g] = append(members[g], u.Name)
		}
	}
	for _, g := range groups {
		name := "ug_" + g[0]
		w.groups.add(&Group{Name: name, Title: g[1], Type: "users", Members: members[name]})
	}
	var queues []int64
	for _, q := range w.queues.rows {
		queues = append(queues, q.Name)
	}
	lead := func(name, title, role, profile string, queues []int64) {
		w.users.add(&User{Name: name, Title: title, Type: "CC", Role: role, Profile: profile,
			Email: name + "@acme.example", Timezone: "_AUTOMATIC_", Queues: queues})
	}
	lead(loginLead, "Kateřina Vedralová", "role_lead", "profile_lead", queues)
	lead(loginRestricted, "Pavel Kolařík", "role_fakturace", "profile_fakturace", []int64{4107, 4108})
	lead(loginNoErasure, "Jitka Sýkorová", "role_cteni", "profile_lead", queues)
	lead(loginNoExport, "Tomáš Blažek", "role_export", "profile_lead", queues)
	lead(loginNoRights, "Nový Uživatel", "role_nic", "profile_nic", nil)
	w.users.add(
		&User{Name: loginSystem, Title: "Systém", Type: "BO", Role: "role_lead", Profile: "profile_nic", Timezone: s.zone.String()},
		&User{Name: loginManager, Title: "Ing. Aleš Vrána", Type: "BO", Role: "role_lead", Profile: "profile_nic", Timezone: s.zone.String()},
		&User{Name: loginOther, Title: "Renata Součková", Alias: "Renata", Type: "CP", Role: "role_agent",
			Profile: "profile_nic", Timezone: s.zone.String()},
	)
}

// agent reads a line of the roster.
func (s *seeder) agent(line string) *User {
	parts := strings.Split(line, "|")
	name, left := strings.CutPrefix(parts[0], "-")
	name, woman := strings.CutSuffix(name, "*")
	first, last, _ := strings.Cut(name, " ")
	login := ascii(last) + "." + ascii(initial(first))
	u := &User{
		Name: login, Title: name, Alias: parts[1], Type: "CC", Role: "role_agent", Profile: "profile_agent",
		Email: login + "@acme.example", Timezone: "_AUTOMATIC_", Deactivated: left, woman: woman,
		Extension: number(200 + int64(len(s.users))),
	}
	for _, g := range strings.Fields(parts[2]) {
		u.Groups = append(u.Groups, "ug_"+g)
	}
	for _, q := range strings.Fields(parts[3]) {
		var n int64
		_, _ = fmt.Sscan(q, &n) // the roster is part of the program and checked by a test
		u.Queues = append(u.Queues, n)
	}
	u.english = slices.Contains(u.Queues, 4103)
	return u
}
