package daktela

// User is a row of users.
type User struct {
	Name        Name            `json:"name"` // login
	Title       Text            `json:"title"`
	Alias       Text            `json:"alias"`
	Type        Text            `json:"type"` // CC, CP, BO
	Deactivated Bool            `json:"deactivated"`
	Deleted     Bool            `json:"deleted"` // what old releases send instead
	Role        Nested[Role]    `json:"role"`    // asked for by Whoim and UserRole only
	Profile     Ref             `json:"profile"`
	System      Nested[SysPart] `json:"_sys"`
}

// SysPart is the part of _sys that is read.
type SysPart struct {
	Model Text `json:"model"`
}

// Active reports whether the user is neither deactivated nor deleted.
func (u User) Active() bool { return !u.Deactivated.Value && !u.Deleted.Value }

// Queue is a row of queues.
type Queue struct {
	Name        Name `json:"name"` // a number
	Title       Text `json:"title"`
	Type        Text `json:"type"` // QueueWhatsApp, …
	Deactivated Bool `json:"deactivated"`
	Deleted     Bool `json:"deleted"`
}

// Active reports whether the queue is neither deactivated nor deleted.
func (q Queue) Active() bool { return !q.Deactivated.Value && !q.Deleted.Value }

// QueueWhatsApp is the type of WhatsApp queues.
const QueueWhatsApp = "wap"

// Group is a row of groups. Members come with the row in old releases and
// from the members' side (UserGroups, QueueGroups) in others.
type Group struct {
	Name    Name       `json:"name"`
	Title   Text       `json:"title"`
	Type    Text       `json:"type"` // GroupUsers, GroupQueues, categories, profiles
	Members List[Name] `json:"membersName"`
}

// Values of Group.Type that concern interactions.
const (
	GroupUsers  = "users"
	GroupQueues = "queues"
)

// Status is a row of statuses, labels on activities.
type Status struct {
	Name  Name `json:"name"`
	Title Text `json:"title"`
	Color Text `json:"color"`
}

func usersModel() model {
	return model{path: "users", fields: []string{"name", "title", "alias", "type", "deactivated"}}
}

func queuesModel() model {
	return model{path: "queues", fields: []string{"name", "title", "type", "deactivated"}}
}

func groupsModel() model {
	return model{path: "groups", fields: []string{"name", "title", "type", "membersName"}}
}

func statusesModel() model {
	return model{path: "statuses", fields: []string{"name", "title", "color"}}
}
