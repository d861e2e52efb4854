package daktela

// Contact is a row of contacts, a person in the CRM.
type Contact struct {
	Name         Name         `json:"name"`
	Title        Text         `json:"title"`
	FirstName    Text         `json:"firstname"`
	LastName     Text         `json:"lastname"`
	Database     Ref          `json:"database"`
	Account      Ref          `json:"account"`
	User         Ref          `json:"user"`
	Description  Text         `json:"description"`
	Created      Text         `json:"created"`      // local
	Edited       Text         `json:"edited"`       // local, the cursor of a sync
	CustomFields CustomFields `json:"customFields"` // number, email, address, note by default
}

// Usual custom fields of a contact.
const (
	FieldNumber = "number"
	FieldEmail  = "email"
)

// Account is a row of accounts, a company in the CRM.
type Account struct {
	Name        Name `json:"name"`
	Title       Text `json:"title"`
	Database    Ref  `json:"database"`
	User        Ref  `json:"user"`
	Description Text `json:"description"`
	Created     Text `json:"created"`
	Edited      Text `json:"edited"`
}

// Database is a row of crmDatabases; every contact belongs to one.
type Database struct {
	Name    Name `json:"name"`
	Title   Text `json:"title"`
	Default Bool `json:"default"`
}

// Ticket is a row of tickets; its name is a number.
type Ticket struct {
	Name     Name `json:"name"`
	Title    Text `json:"title"`
	Category Ref  `json:"category"`
	User     Ref  `json:"user"`
	Contact  Ref  `json:"contact"`
	Stage    Text `json:"stage"`    // OPEN, WAIT, CLOSE, ARCHIVE
	Priority Text `json:"priority"` // LOW, MEDIUM, HIGH
	MergedTo Ref  `json:"id_merge"` // set when it was merged away
	Created  Text `json:"created"`
	Edited   Text `json:"edited"`
}

// Category is a row of ticketsCategories.
type Category struct {
	Name  Name `json:"name"`
	Title Text `json:"title"`
}

func contactsModel() model {
	return model{
		path: "contacts",
		fields: []string{
			"name", "title", "firstname", "lastname", "database.name", "database.title",
			"account.name", "account.title", "user", "description", "created", "edited", "customFields",
		},
		sorts: []string{"created", "edited", "title", "lastname"},
	}
}

func accountsModel() model {
	return model{
		path: "accounts",
		fields: []string{
			"name", "title", "database.name", "database.title", "user", "description", "created", "edited",
		},
		sorts: []string{"created", "edited", "title"},
	}
}

func databasesModel() model {
	return model{path: "crmDatabases", fields: []string{"name", "title", "default"}}
}

func ticketsModel() model {
	return model{
		path: "tickets",
		fields: []string{
			"name", "title", "category.name", "category.title", "user", "contact", "stage", "priority", "id_merge.name", "created", "edited",
		},
		sorts: []string{
			"name", "title", "created", "edited", "last_activity", "last_activity_operator", "last_activity_client",
			"sla_deadtime", "sla_close_deadline", "priority", "stage", "first_answer", "closed",
		},
	}
}

func categoriesModel() model {
	return model{path: "ticketsCategories", fields: []string{"name", "title"}}
}
