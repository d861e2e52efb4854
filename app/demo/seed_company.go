package demo

import (
	"maps"
	"slices"
)

// Logins of the demo.
const (
	loginLead       = "lead"
	loginRestricted = "lead.fakturace"
	loginNoErasure  = "lead.cteni"
	loginNoExport   = "lead.export"
	loginNoRights   = "novacek"
	loginSystem     = "system"
	loginManager    = "reditel"
	loginOther      = "kolegyne"
)

// deactivatedQueue is the queue of a campaign that is over.
const deactivatedQueue int64 = 4112

// seedCompany makes queues, groups, connectors, statuses, roles and the like.
func (s *seeder) seedCompany(w *world) {
	w.connectors.add(
		&Connector{Name: "wapconn_1", Title: "WA Podpora", Number: "420228880100", NextDestination: "queue",
			Description: "Hlavní číslo podpory", APIToken: "secret-api-1", AccessToken: "secret-access-1"},
		&Connector{Name: "wapconn_2", Title: "WA Shop", Number: "420228880200", NextDestination: "decision_tree",
			APIToken: "secret-api-2", AccessToken: "secret-access-2"},
		&Connector{Name: "wapconn_3", Title: "WA Klienti", Number: "420228880300", NextDestination: "queue",
			APIToken: "secret-api-3", AccessToken: "secret-access-3"},
	)
	queue := func(name int64, title, alias, group, connector string, forms ...string) {
		w.queues.add(&Queue{
			Name: name, Title: title, Alias: alias, Type: "wap", Direction: "in", Groups: []string{group},
			Connector: connector, Forms: forms, Deactivated: name == deactivatedQueue,
		})
	}
	queue(4101, "Podpora CZ", "", "qg_podpora", "wapconn_1", "qaform_chat", "qaform_rychla")
	queue(4102, "Technická podpora", "2. úroveň", "qg_podpora", "wapconn_1", "qaform_chat")
	queue(4103, "Support EN", "", "qg_podpora", "wapconn_2", "qaform_chat_en")
	queue(4104, "Objednávky", "", "qg_obchod", "wapconn_2", "qaform_chat", "qaform_rychla")
	queue(4105, "Doprava a vracení", "", "qg_obchod", "wapconn_2", "qaform_chat")
	queue(4106, "Nové smlouvy", "", "qg_obchod", "wapconn_1", "qaform_chat")
	queue(4107, "Fakturace", "", "qg_finance", "wapconn_1", "qaform_chat")
	queue(4108, "Upomínky", "", "qg_finance", "wapconn_1", "qaform_chat")
	queue(4109, "Servisní výjezdy", "", "qg_servis", "wapconn_1", "qaform_rychla")
	queue(4110, "Rezervace termínů", "", "qg_servis", "wapconn_1", "qaform_rychla")
	queue(4111, "VIP klienti", "", "qg_vip", "wapconn_3", "qaform_chat")
	queue(deactivatedQueue, "Akce Vánoce", "", "qg_obchod", "wapconn_2")
	w.queues.add(
		&Queue{Name: 3001, Title: "Hovory příchozí", Type: "in", Direction: "in"},
		&Queue{Name: 3050, Title: "E-maily podpora", Type: "email", Direction: "in"},
	)
	for _, g := range [][2]string{
		{"qg_podpora", "Zákaznická podpora"}, {"qg_obchod", "Obchod"}, {"qg_finance", "Finance"},
		{"qg_servis", "Servis"}, {"qg_vip", "VIP"},
	} {
		group := &Group{Name: g[0], Title: g[1], Type: "queues"}
		for _, q := range w.queues.rows {
			if slices.Contains(q.Groups, g[0]) {
				group.Members = append(group.Members, number(q.Name))
			}
		}
		w.groups.add(group)
	}
	for i, st := range [][2]string{
		{"Vyřešeno", "#11703A"}, {"Čeká na zákazníka", "#8A5300"}, {"Předáno technikovi", "#1558C0"},
		{"Reklamace", "#B42318"}, {"Obchodní příležitost", "#8A3FB5"}, {"Urgentní", "#B42318"},
		{"Zavolat zpět", "#0B5C8A"}, {"Chybný kontakt", "#566072"}, {"Spam", "#566072"}, {"Resolved", "#11703A"},
	} {
		w.statuses.add(&Status{Name: "status_" + number(int64(i+1)), Title: st[0], Color: st[1]})
	}
	w.databases.add(
		&Database{Name: "default", Title: "Zákazníci", Default: true},
		&Database{Name: "firmy", Title: "Firemní klienti", Description: "Smlouvy s odpovědnou osobou"},
	)
	for i, title := range []string{"Porucha", "Fakturace", "Reklamace", "Obchod", "Stížnost"} {
		c := &Category{Name: "tickets_" + number(int64(i+1)), Title: title, StatusRequired: "never", Multiple: true}
		if title == "Reklamace" {
			c.StatusRequired = "closing_ticket"
		}
		w.categories.add(c)
	}
	w.templates.add(
		&Template{Name: "pripominka_terminu", Title: "Připomínka termínu", Format: "PLAIN", Usage: "WAP_OUTGOING",
			Content: "Dobrý den, připomínáme váš termín {{1}} v {{2}}."},
		&Template{Name: "stav_zasilky", Title: "Stav zásilky", Format: "PLAIN", Usage: "WAP_OUTGOING",
			Content: "Dobrý den, zásilka {{1}} je připravena k vyzvednutí."},
		&Template{Name: "podekovani", Title: "Poděkování", Format: "PLAIN", Usage: "WAP", Content: "Děkujeme za zprávu."},
	)
	s.seedRoles(w)
}

// seedRoles makes a role for each kind of login; a mask's bits are described in the package's text.
func (s *seeder) seedRoles(w *world) {
	full := map[string]int64{
		"pWaps": rightAll, "pActivities": rightAll, "contacts": rightAll, "accounts": rightAll, "tickets": rightAll,
		"qaReviews": rightAll, "gdprPolicy": rightAll, "export": rightAll, "pCalls": 0, "userTracing": 18,
	}
	role := func(name, title string, change map[string]int64) {
		options := maps.Clone(full)
		maps.Copy(options, change)
		w.roles.add(&Role{Name: name, Title: title, Type: "CC", Options: options})
	}
	role("role_lead", "Vedoucí týmu", nil)
	role("role_fakturace", "Vedoucí fakturace", map[string]int64{"tickets": 23})
	role("role_cteni", "Vedoucí bez výmazu", map[string]int64{"gdprPolicy": 0})
	role("role_export", "Vedoucí bez exportu", map[string]int64{"export": 0})
	role("role_agent", "Operátor", map[string]int64{"gdprPolicy": 0, "export": 0, "qaReviews": 18, "accounts": 18})
	nothing := map[string]int64{}
	for module := range full {
		nothing[module] = 0
	}
	role("role_nic", "Nový uživatel", nothing)
	w.profiles.add(
		&Profile{Name: "profile_lead", Title: "Všechny fronty WhatsApp"},
		&Profile{Name: "profile_fakturace", Title: "Fakturace"},
		&Profile{Name: "profile_agent", Title: "Operátoři"},
		&Profile{Name: "profile_nic", Title: "Bez práv"},
	)
}

// restrictedScope is the rights of the lead of invoicing.
func restrictedScope(w *world) scope {
	queues := []int64{4107, 4108}
	var users []string
	for _, u := range w.users.rows {
		if slices.Contains(u.Groups, "ug_fakturace") {
			users = append(users, u.Name)
		}
	}
	return newScope(queues, users)
}
