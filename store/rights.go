package store

// Rights is what the user of the stored connection may see and do.
type Rights struct {
	// All is true for demo files and opened files, which have no rights to check.
	All bool
	// Users and Queues are those the contact centre lists for the user.
	Users  []Name
	Queues []Name
	// Accesses are the modules of the role with their bits, as the contact centre gives them:
	// pWaps, pActivities, contacts, qaReviews, gdprPolicy, export …
	Accesses map[string]int64
}

// RightsChange tells what new rights mean for the stored rows.
type RightsChange struct {
	Grown  bool // more is visible than before: the coverage was dropped, since it lacks these rows
	Shrunk bool // less is visible: call DropOutOfScope at the end of the sync
}

// Names of accesses that guard what this program does by itself.
const (
	accessAnonymise = "gdprPolicy"
	accessExport    = "export"
)

// MayAnonymise needs the access gdprPolicy in the role (design §6).
func (r Rights) MayAnonymise() bool { return r.All || r.Accesses[accessAnonymise] != 0 }

// MayExport needs the access export where the role names it.
func (r Rights) MayExport() bool {
	bits, named := r.Accesses[accessExport]
	return r.All || !named || bits != 0
}

// May tells whether the role names the access with any bit; what it does not name is refused.
func (r Rights) May(access string) bool { return r.All || r.Accesses[access] != 0 }
