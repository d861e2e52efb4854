package demo

import (
	"slices"
)

// Bits of a module's mask in a role's options.
const (
	rightCreate int64 = 1
	rightRead   int64 = 2
	rightUpdate int64 = 4
	rightDelete int64 = 8
	rightAccess int64 = 16
	rightAll    int64 = 31
)

// scope is the rights of a login: the queues and users it may see.
type scope struct {
	queues map[int64]bool
	users  map[string]bool
}

// viewer is the user whose token a request carries.
type viewer struct {
	login   string
	scope   scope
	options map[string]int64
}

func newScope(queues []int64, users []string) scope {
	sc := scope{queues: map[int64]bool{}, users: map[string]bool{}}
	for _, q := range queues {
		sc.queues[q] = true
	}
	for _, u := range users {
		sc.users[u] = true
	}
	return sc
}

// sees is the rule of the contact centre's rights: the queue is permitted, and the user is
// absent or permitted. What got lost before it came to a queue is seen by everyone who has one.
func (v *viewer) sees(queue int64, user string) bool {
	return (v.scope.queues[queue] || queue == 0 && len(v.scope.queues) > 0) && (user == "" || v.knows(user))
}

// knows reports whether a user is within the rights; everyone knows oneself.
func (v *viewer) knows(user string) bool { return user == v.login || v.scope.users[user] }

func (v *viewer) seesActivity(a *Activity) bool {
	if a.Queue == 0 {
		return a.User == "" || v.knows(a.User)
	}
	return v.sees(a.Queue, a.User)
}

// viewer needs the server's lock.
func (s *Server) viewer(login string) *viewer {
	u := s.world.users.get(login)
	if u == nil {
		return nil
	}
	v := &viewer{login: login, scope: s.scopes[login]}
	if role := s.world.roles.get(u.Role); role != nil {
		v.options = role.Options
	}
	return v
}

// Sees reports whether a login's rights include an interaction, by its unique name.
func (s *Server) Sees(login, interaction string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, i := s.viewer(login), s.world.interactions.get(interaction)
	return v != nil && i != nil && v.sees(i.Queue, i.User)
}

// SeesActivity reports whether a login's rights include an activity, by its unique name.
func (s *Server) SeesActivity(login, activity string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	v, a := s.viewer(login), s.world.activities.get(activity)
	return v != nil && a != nil && v.seesActivity(a)
}

// Restrict sets the queues and users that a login may see from now on.
func (s *Server) Restrict(login string, queues []int64, users []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes[login] = newScope(queues, users)
}

// Depart takes queues and users off the lists from now on, as when a queue was closed and a
// colleague left: their rows are listed as before.
func (s *Server) Depart(queues []int64, users []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left = newScope(queues, users)
}

// Rights lists the queues and users that a login may see.
func (s *Server) Rights(login string) (queues []int64, users []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for q := range s.scopes[login].queues {
		queues = append(queues, q)
	}
	for u := range s.scopes[login].users {
		users = append(users, u)
	}
	slices.Sort(queues)
	slices.Sort(users)
	return queues, users
}

// SetAccess sets the mask of a module (such as gdprPolicy, export, contacts) in the role of a
// login; 0 takes the access away, 31 gives all of it.
func (s *Server) SetAccess(login, module string, mask int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.world.users.get(login)
	if u == nil {
		return
	}
	s.world.roles.change(u.Role, func(r *Role) {
		options := make(map[string]int64, len(r.Options)+1)
		for key, value := range r.Options {
			options[key] = value
		}
		options[module] = mask
		r.Options = options
	})
}
