package measure

import "time"

// quickLimit is how long what is typed into the quick field may take, in milliseconds at a million interactions.
const quickLimit = 50

// quick measures where texts lead, from the first letter on: interactions, contacts, users and queues together.
func (r *run) quick() {
	r.columns("quick field")
	for _, text := range []string{"n", "no", "novak", "ova", "7771", "podpora", "nobody at all"} {
		total := 0
		our, _ := r.beside(func() time.Duration {
			view := r.fresh()
			start := time.Now()
			found, err := view.Names(r.b.Context(), text, r.scope, 5)
			if err != nil {
				r.b.Fatal(err)
			}
			total = found.RowsTotal + found.ContactsTotal + found.UsersTotal + found.QueuesTotal
			return time.Since(start)
		})
		r.t.line("q  "+text, cells(total, our, []float64{0}), limit{"p95", quantile(our, 0.95), quickLimit})
	}
}
