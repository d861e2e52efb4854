package listing

import (
	"strings"

	"wapdesk/store/query"
)

// Entry is a queue or a user of the directory.
type Entry struct {
	Name        string
	Title       string
	Deactivated bool
	// Unlisted is true when only rows name it: pickers offer it while it has any.
	Unlisted bool
}

// Group gathers queues or users by their unique names.
type Group struct {
	Name    string
	Title   string
	Members []string
}

// Directory names the queues and users with their groups. Membership counts at the time of
// a query.
type Directory struct {
	Users       []Entry
	Queues      []Entry
	UserGroups  []Group
	QueueGroups []Group
}

// directory is a Directory in codes. It is never changed.
type directory struct {
	given       Directory
	groups      [2][]codeGroup // by refQueue and refUser
	entries     [2][]uint32
	deactivated [2]map[uint32]bool
}

type codeGroup struct {
	name, title string
	members     []uint32
}

// directory turns the directory's names into codes.
func (w *writer) directory(d Directory) *directory {
	out := &directory{given: d}
	for kind, part := range [2]struct {
		entries []Entry
		groups  []Group
	}{refQueue: {d.Queues, d.QueueGroups}, refUser: {d.Users, d.UserGroups}} {
		out.deactivated[kind] = map[uint32]bool{}
		for _, e := range part.entries {
			code := w.refs[kind].fix(Ref{Name: e.Name, Title: e.Title}, w.texts)
			if code == 0 {
				continue
			}
			if !e.Unlisted {
				out.entries[kind] = append(out.entries[kind], code)
			}
			if e.Deactivated {
				out.deactivated[kind][code] = true
			}
		}
		for _, g := range part.groups {
			cg := codeGroup{name: g.Name, title: g.Title}
			for _, m := range g.Members {
				// A member that no row and no entry names has no rows to find either.
				if code, ok := w.refs[kind].names.find(m); ok && code != 0 {
					cg.members = append(cg.members, code)
				}
			}
			out.groups[kind] = append(out.groups[kind], cg)
		}
	}
	return out
}

// named sets the codes that a value of a queue, user or connector field stands for: a
// unique name, a title, "(none)", or a group. It is false when there is no such thing.
func (v *View) named(kind int, value string, out bitmap) bool {
	if value == query.NoneValue {
		out.set(0)
		return true
	}
	if group, ok := strings.CutPrefix(value, query.GroupPrefix); ok && kind < refContact {
		return v.namedGroup(kind, group, out)
	}
	folded, found := query.Fold(strings.TrimSpace(value)), false
	r := &v.dict.refs[kind]
	for code := uint32(1); int(code) < len(r.titles); code++ {
		if v.dict.texts.foldedAt(r.titles[code]) == folded || r.names.at(code) == value {
			out.set(code)
			found = true
		}
	}
	return found
}

func (v *View) namedGroup(kind int, group string, out bitmap) bool {
	folded, found := query.Fold(strings.TrimSpace(group)), false
	for _, g := range v.dir.groups[kind] {
		if g.name != group && query.Fold(g.title) != folded {
			continue
		}
		found = true
		for _, m := range g.members {
			out.set(m)
		}
	}
	return found
}

// permitted returns the codes of queues and users that a scope allows. "None" is among them: no
// queue and no user are no reason to hide a row.
func (v *View) permitted(scope query.Scope) (queues, users bitmap) {
	queues = newBitmap(v.dict.refs[refQueue].names.n)
	users = newBitmap(v.dict.refs[refUser].names.n)
	for kind, part := range [2]struct {
		hidden map[string]bool
		out    bitmap
	}{refQueue: {scope.HiddenQueues, queues}, refUser: {scope.HiddenUsers, users}} {
		r := &v.dict.refs[kind]
		for code := range uint32(r.names.n) {
			if code == 0 || !scope.HiddenAll && !part.hidden[r.names.at(code)] {
				part.out.set(code)
			}
		}
	}
	return queues, users
}

// scoped returns the predicate of a scope: neither the queue nor the user is hidden.
func (v *View) scoped(scope query.Scope) predicate {
	if scope.HiddenAll {
		return constPred(false)
	}
	if len(scope.HiddenQueues)+len(scope.HiddenUsers) == 0 {
		return constPred(true)
	}
	queues, users := v.permitted(scope)
	return and(setPred{colQueue, queues}, setPred{colUser, users})
}

// Unknown lists the values of a filter that name nothing the scope permits.
func (v *View) Unknown(where *query.Node, scope query.Scope) []UnknownValue {
	if where == nil {
		return nil
	}
	var out []UnknownValue
	queues, users := v.permitted(scope)
	var walk func(n *query.Node)
	walk = func(n *query.Node) {
		for _, group := range [][]query.Node{n.And, n.Or} {
			for i := range group {
				walk(&group[i])
			}
		}
		kind, ok := refKindOf(n.Field)
		if !ok || n.Op == query.IsEmpty || n.Op == query.NotEmpty {
			return
		}
		for _, value := range n.Values {
			if !v.visible(kind, value, queues, users) {
				out = append(out, UnknownValue{Field: n.Field, Value: value})
			}
		}
	}
	walk(where)
	return out
}

// visible reports whether a value names something, and of it something permitted.
func (v *View) visible(kind int, value string, queues, users bitmap) bool {
	if query.IsNone(value) {
		return true
	}
	codes := newBitmap(v.dict.refs[kind].names.n)
	if !v.named(kind, value, codes) {
		return false
	}
	allowed := codes
	switch kind {
	case refQueue:
		allowed = queues
	case refUser:
		allowed = users
	}
	if codes.count() == 0 {
		return true // an empty group is no secret
	}
	for i := range codes {
		if codes[i]&allowed[i] != 0 {
			return true
		}
	}
	return false
}

// refKindOf returns the kind of ref that a choice field is about.
func refKindOf(field string) (int, bool) {
	switch field {
	case query.FieldQueue:
		return refQueue, true
	case query.FieldUser, query.FieldTook:
		return refUser, true
	case query.FieldStatus:
		return refStatus, true
	case query.FieldConnector:
		return refConnector, true
	}
	return 0, false
}
