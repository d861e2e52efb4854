package demo

import "slices"

// SetFail sets the share of requests, 0 to 1, that fail in a way from now on.
func (s *Server) SetFail(kind Kind, share float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail.rates == nil {
		s.fail.rates = map[Kind]float64{}
	}
	s.fail.rates[kind] = share
}

// SetOddities changes the server's habits.
func (s *Server) SetOddities(o Oddities) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opts.Oddities = o.clone()
}

// Anonymise takes the personal data from interactions, as the contact centre's own button
// does, and reports how many were there.
func (s *Server) Anonymise(names ...string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	done := 0
	for _, name := range names {
		i := s.world.interactions.change(name, func(*Interaction) {})
		if i == nil {
			continue
		}
		done++
		var work []*Activity
		for _, activity := range i.Activities {
			if a := s.world.changeActivity(activity, func(a *Activity) { a.Contact = "" }); a != nil {
				work = append(work, a)
			}
		}
		anonymise(i, work)
	}
	return done
}

// Delete makes interactions vanish with their activities, and reports how many were there.
func (s *Server) Delete(names ...string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	done := 0
	for _, name := range names {
		i := s.world.interactions.get(name)
		if i == nil {
			continue
		}
		done++
		for _, activity := range i.Activities {
			if a := s.world.activities.get(activity); a != nil {
				s.world.unlink(a)
				s.world.activities.remove(activity)
			}
		}
		s.world.interactions.remove(name)
	}
	return done
}

// AddInteractions lets customers write now: so many new interactions wait in their queues.
// It gives their unique names.
func (s *Server) AddInteractions(count int) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := make([]string, 0, count)
	for range count {
		now := Stamp(s.opts.Now().Unix())
		names = append(names, s.world.seed.addInteraction(s.world, now, true).Name)
	}
	return names
}

// ChangeInteraction edits an interaction as the contact centre would.
func (s *Server) ChangeInteraction(name string, edit func(*Interaction)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed := s.world.interactions.change(name, edit) != nil
	s.world.sortByTime()
	return changed
}

// ChangeUser edits a user as the contact centre would.
func (s *Server) ChangeUser(name string, edit func(*User)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.users.change(name, edit) != nil
}

// ChangeQueue edits a queue as the contact centre would.
func (s *Server) ChangeQueue(name int64, edit func(*Queue)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.queues.change(number(name), edit) != nil
}

// ChangeContact edits a contact as the contact centre would, and marks it as edited now.
func (s *Server) ChangeContact(name string, edit func(*Contact)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.contacts.change(name, func(c *Contact) {
		edit(c)
		c.Edited = Stamp(s.opts.Now().Unix())
	}) != nil
}

// ChangeReview edits a review as the contact centre would, and marks it as edited now.
func (s *Server) ChangeReview(name string, edit func(*Review)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.reviews.change(name, func(r *Review) {
		edit(r)
		r.Edited = Stamp(s.opts.Now().Unix())
	}) != nil
}

// DeleteReview makes a review vanish.
func (s *Server) DeleteReview(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.world.reviews.get(name)
	if r == nil {
		return false
	}
	s.world.ofActivity[r.Activity] = slices.DeleteFunc(s.world.ofActivity[r.Activity], func(n string) bool { return n == name })
	return s.world.reviews.remove(name)
}

// MergeTickets joins at least one ticket into the oldest of them, as the contact centre's own button
// does, and reports whether all are there.
func (s *Server) MergeTickets(names ...int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range names {
		if s.world.tickets.get(number(name)) == nil {
			return false
		}
	}
	s.world.mergeTickets(names, Stamp(s.opts.Now().Unix()))
	return true
}

// Listed returns the queues and users that a login's lists name: those it may see without those that departed.
func (s *Server) Listed(login string) (queues []int64, users []string) {
	queues, users = s.Rights(login)
	s.mu.RLock()
	defer s.mu.RUnlock()
	queues = slices.DeleteFunc(queues, func(q int64) bool { return s.left.queues[q] || s.world.queues.get(number(q)) == nil })
	users = slices.DeleteFunc(users, func(u string) bool { return s.left.users[u] || s.world.users.get(u) == nil })
	return queues, users
}

// SetZone moves the contact centre to another time zone: its moments stay and are written
// differently from now on.
func (s *Server) SetZone(name string) error {
	zone, err := Options{Zone: name}.zone()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.zone, s.world.zone = zone, zone
	return nil
}

// ChangeActivity edits an activity as the contact centre would.
func (s *Server) ChangeActivity(name string, edit func(*Activity)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed := s.world.changeActivity(name, edit) != nil
	s.world.sortByTime()
	return changed
}

// shuffle mixes rows that are equal to a sort.
func (s *Server) shuffle(n int, swap func(i, j int)) {
	s.tiesMu.Lock()
	defer s.tiesMu.Unlock()
	s.ties.Shuffle(n, swap)
}
