package demo

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
