package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wapdesk/store/listing"
)

// withRows opens a profile with three conversations, a spare contact and ticket, and a form.
func withRows(t *testing.T) *DB {
	t.Helper()
	db := openTest(t)
	seeAll(t, db)
	check(t, db.ApplyDirectory(t.Context(), Directory{Forms: []QAForm{{
		Name: "form_1", Title: "Hodnocení", InitialScore: 10, MinimumScore: 2, Queues: []Name{"4101"},
		Questions: []QAQuestion{
			{Name: "q1", Type: "SELECTBOX", Options: []QAOption{{Value: "a", Points: 3}, {Value: "b", Points: -4}}},
			{Name: "q2", Type: "CHECKBOX", Disqualify: true, Options: []QAOption{{Value: "rude", Points: -1}, {Value: "kind", Points: 1}}},
			{Name: "q3", Type: "TEXTAREA"},
		},
	}, {Name: "form_2", Title: "Jiná fronta", MinimumScore: listing.Unknown, Queues: []Name{"4102"}}}}))
	check(t, db.ApplyCRM(t.Context(), CRM{
		Contacts: []Contact{{Name: "contact_b", Title: "Bořek Dvořák", Numbers: []string{"+420 777 000 003"}, CreatedMs: 1, EditedMs: 1}},
		Tickets:  []Ticket{{Name: "50001", Title: "Výměna routeru", CreatedMs: 1, EditedMs: 1}},
	}))
	_, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 3)))
	check(t, err)
	return db
}

func detail(t testing.TB, db *DB, name Name) Detail {
	t.Helper()
	return must(db.Detail(t.Context(), name))(t)
}

func claim(t testing.TB, db *DB) Change {
	t.Helper()
	c, found, err := db.ClaimChange(t.Context(), false)
	check(t, err)
	if !found {
		t.Fatal("no change to claim")
	}
	return c
}

func nothingToClaim(t testing.TB, db *DB) {
	t.Helper()
	if c, found, err := db.ClaimChange(t.Context(), false); found || err != nil {
		t.Fatalf("claimed %s %d, %v; want nothing", c.Kind, c.ID, err)
	}
}

func TestAChangeShowsAtOnceAndIsTakenBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		do   func(*testing.T, *DB) Change
		show func(Detail) string
		want string
	}{
		{"pair", func(t *testing.T, db *DB) Change {
			return must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
		},
			func(d Detail) string { return d.Record.Contact.Title + " " + d.Activities[0].Contact.Name }, "Bořek Dvořák contact_b"},
		{"unpair", func(t *testing.T, db *DB) Change { return must(db.Unpair(t.Context(), "activities_wap_0001"))(t) },
			func(d Detail) string { return fmt.Sprint(d.Record.Contact, d.Contact == nil, d.Activities[0].Contact) }, "{ } true { }"},
		{"ticket", func(t *testing.T, db *DB) Change {
			return must(db.AttachTicket(t.Context(), "activities_wap_0001", "50001"))(t)
		},
			func(d Detail) string { return fmt.Sprint(d.Record.Tickets) }, "[50001 Výměna routeru]"},
		{"qa", func(t *testing.T, db *DB) Change {
			must(db.AddReview(t.Context(), QAReview{Activity: "activities_wap_0001", Form: "form_1", Answers: map[string][]string{"q1": {"b"}}}))(t)
			return must(db.Changes(t.Context()))(t)[0]
		}, func(d Detail) string {
			score := int64(0)
			for _, r := range d.Reviews {
				score += r.Score
			}
			return fmt.Sprint(len(d.Reviews), score, d.Record.QA)
		}, "2 14 true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			db := withRows(t)
			before := detail(t, db, "wap_0001")
			change := c.do(t, db)
			after := detail(t, db, "wap_0001")
			if got := c.show(after); got != c.want {
				t.Errorf("shows %q, want %q", got, c.want)
			}
			if after.Record.State&listing.StatePending == 0 {
				t.Error("the row is not marked as pending")
			}
			check(t, db.DiscardChange(t.Context(), change.ID))
			if diff := cmp.Diff(before, detail(t, db, "wap_0001")); diff != "" {
				t.Errorf("after discarding:\n%s", diff)
			}
			// The same, refused by the contact centre, and tried again.
			c.do(t, db)
			sent := claim(t, db)
			check(t, db.SettleChange(t.Context(), sent.ID, Outcome{State: ChangeRefused, Code: "form", Reason: "nelze"}))
			refused := detail(t, db, "wap_0001")
			if refused.Record.State&listing.StateRefused == 0 || c.show(refused) != c.show(before) {
				t.Errorf("after a refusal: %q, state %v", c.show(refused), refused.Record.State)
			}
			check(t, db.RetryChange(t.Context(), sent.ID))
			if got := c.show(detail(t, db, "wap_0001")); got != c.want {
				t.Errorf("after a retry: %q, want %q", got, c.want)
			}
		})
	}
}

func TestASyncDoesNotHideAnUnsentChange(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	must(db.AttachTicket(t.Context(), "activities_wap_0001", "50001"))(t)
	came := conversation(1, customerOf(1))
	came.Interaction.Hash, came.Activities[0].Hash = 1000, 1000
	came.Interaction.DurationS = 777
	came.Interaction.Title = "Jiný název"
	_, err := db.ApplyWindow(t.Context(), Window{Conversations: []Conversation{came}})
	check(t, err)
	d := detail(t, db, "wap_0001")
	if d.Record.Contact.Name != "contact_b" || d.Activities[0].Contact.Name != "contact_b" || d.Activities[0].Ticket.Name != "50001" || d.Record.DurationS != 777 {
		t.Errorf("shows %v, ticket %v", d.Record.Contact, d.Activities[0].Ticket)
	}
	check(t, db.DiscardChange(t.Context(), must(db.Changes(t.Context()))(t)[0].ID))
	if d := detail(t, db, "wap_0001"); d.Record.Contact != came.Interaction.Contact || d.Activities[0].Ticket.Name != "50001" {
		t.Errorf("after discarding the pairing: %v, %v", d.Record.Contact, d.Activities[0].Ticket)
	}
}

// sync brings interaction 1 with an activity as the contact centre has it now.
func syncOne(t *testing.T, db *DB, hash uint64, edit func(*Conversation)) {
	t.Helper()
	came := conversation(1, customerOf(1))
	came.Interaction.Hash, came.Activities[0].Hash = hash, hash
	edit(&came)
	_, err := db.ApplyWindow(t.Context(), Window{Conversations: []Conversation{came}})
	check(t, err)
}

func TestASyncThatBringsAnotherValueIsAConflict(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	cyril := listing.Ref{Name: "contact_c", Title: "Cyril"}
	first := must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	must(db.Unpair(t.Context(), "activities_wap_0001"))(t)
	syncOne(t, db, 1000, func(c *Conversation) { c.Interaction.Contact, c.Activities[0].Contact = cyril, cyril })
	changes := must(db.Changes(t.Context()))(t)
	if c := changes[0]; c.State != ChangeConflict || c.Code != "conflict" || c.Base.Contact != cyril || c.Base.Whole != cyril {
		t.Fatalf("the first: %s %q, base %+v", c.State, c.Code, c.Base)
	}
	// What came later waits for the first, and still shows.
	if c := changes[1]; c.State != ChangeWaiting || c.Base.Contact != cyril || detail(t, db, "wap_0001").Contact != nil {
		t.Errorf("the second: %s, base %+v", c.State, c.Base)
	}
	nothingToClaim(t, db)
	check(t, db.RetryChange(t.Context(), first.ID))
	if c := claim(t, db); c.ID != first.ID || c.Base.Contact != cyril {
		t.Errorf("claimed %+v", c)
	}
	check(t, db.SettleChange(t.Context(), first.ID, Outcome{State: ChangeSent}))
	if c := claim(t, db); c.Kind != KindUnpair || c.Base.Contact.Name != "contact_b" || detail(t, db, "wap_0001").Contact != nil {
		t.Errorf("then %s over %v; the details show %v", c.Kind, c.Base.Contact, detail(t, db, "wap_0001").Contact)
	}

	// A value that is the lead's own wish is none: an earlier attempt has arrived.
	db = withRows(t)
	must(db.AttachTicket(t.Context(), "activities_wap_0001", "50001"))(t)
	syncOne(t, db, 1000, func(c *Conversation) { c.Activities[0].Ticket = listing.Ref{Name: "50001"} })
	if c := claim(t, db); c.Kind != KindTicket || c.Base.Ticket.Name != "50001" {
		t.Errorf("claimed %+v", c)
	}
}

func TestAChangeTriedAgainGivesWayToLaterOnes(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	first := must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	claim(t, db)
	check(t, db.SettleChange(t.Context(), first.ID, Outcome{State: ChangeRefused, Code: "refused"}))
	second := must(db.Unpair(t.Context(), "activities_wap_0001"))(t)
	check(t, db.RetryChange(t.Context(), first.ID))
	if d := detail(t, db, "wap_0001"); d.Contact != nil || d.Activities[0].Contact.Name != "" {
		t.Errorf("shows %v, want the later change", d.Activities[0].Contact)
	}
	if c := claim(t, db); c.ID != first.ID || c.Base.Contact.Name != "contact_0001" {
		t.Errorf("claimed %+v", c)
	}
	check(t, db.SettleChange(t.Context(), first.ID, Outcome{State: ChangeSent}))
	if c := claim(t, db); c.ID != second.ID || c.Base.Contact.Name != "contact_b" {
		t.Errorf("then %+v", c)
	}

	// Once the later one was sent, its value is what the lead sees when trying the first again.
	db = withRows(t)
	first = must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	claim(t, db)
	check(t, db.SettleChange(t.Context(), first.ID, Outcome{State: ChangeRefused, Code: "refused"}))
	must(db.Unpair(t.Context(), "activities_wap_0001"))(t)
	check(t, db.SettleChange(t.Context(), claim(t, db).ID, Outcome{State: ChangeSent}))
	check(t, db.RetryChange(t.Context(), first.ID))
	if c := claim(t, db); c.ID != first.ID || c.Base.Contact.Name != "" || c.Base.Whole.Name != "" {
		t.Errorf("claimed %+v", c)
	}
}

func TestPairingsOfTwoActivitiesShareTheirInteraction(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	syncOne(t, db, 1000, func(c *Conversation) {
		other := c.Activities[0]
		other.Name, other.Hash = "activities_wap_0001_b", 2
		c.Activities = append(c.Activities, other)
	})
	before := detail(t, db, "wap_0001").Record.Contact
	first := must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	second := must(db.Unpair(t.Context(), "activities_wap_0001_b"))(t)
	check(t, db.DiscardChange(t.Context(), first.ID))
	d := detail(t, db, "wap_0001")
	if d.Record.Contact.Name != "" || d.Activities[0].Contact != before || d.Activities[1].Contact.Name != "" {
		t.Errorf("interaction %v, activities %v and %v", d.Record.Contact, d.Activities[0].Contact, d.Activities[1].Contact)
	}
	check(t, db.DiscardChange(t.Context(), second.ID))
	if d := detail(t, db, "wap_0001"); d.Record.Contact != before {
		t.Errorf("in the end %v, want %v", d.Record.Contact, before)
	}
}

func TestChangesOfOneInteractionKeepTheirOrder(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	must(db.Unpair(t.Context(), "activities_wap_0001"))(t)
	must(db.AttachTicket(t.Context(), "activities_wap_0002", "50001"))(t)
	first, other := claim(t, db), claim(t, db)
	if first.Kind != KindPair || other.Kind != KindTicket {
		t.Fatalf("claimed %s and %s", first.Kind, other.Kind)
	}
	nothingToClaim(t, db)
	check(t, db.SettleChange(t.Context(), first.ID, Outcome{State: ChangeWaiting, NextMs: noon.Add(time.Minute).UnixMilli(), Unknown: true}))
	nothingToClaim(t, db)
	if err := db.SettleChange(t.Context(), first.ID, Outcome{State: ChangeSent}); !errors.Is(err, ErrTransition) {
		t.Errorf("settling a waiting change = %v, want ErrTransition", err)
	}
	if err := db.DiscardChange(t.Context(), other.ID); !errors.Is(err, ErrTransition) {
		t.Errorf("discarding a change on its way = %v, want ErrTransition", err)
	}
	// Taking back the first leaves the second's effect, and what was before becomes its base.
	check(t, db.DiscardChange(t.Context(), first.ID))
	second := claim(t, db)
	if second.Kind != KindUnpair || second.Base.Contact.Name != "contact_0001" {
		t.Errorf("second: %s, base %v", second.Kind, second.Base.Contact)
	}
	if d := detail(t, db, "wap_0001"); d.Contact != nil {
		t.Error("the pairing shows again")
	}
	check(t, db.SettleChange(t.Context(), second.ID, Outcome{State: ChangeSent}))
	check(t, db.SettleChange(t.Context(), other.ID, Outcome{State: ChangeSent}))
	want := ChangeCounts{Sent: 2}
	if got := must(db.ChangeCounts(t.Context()))(t); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
	if d := detail(t, db, "wap_0002"); d.Record.State&listing.StatePending != 0 {
		t.Error("a sent change still shows as pending")
	}
	check(t, db.DropSent(t.Context(), ms(time.Hour)))
	if got := must(db.Changes(t.Context()))(t); len(got) != 0 {
		t.Errorf("%d changes are left", len(got))
	}
}

func TestANewContactIsCreatedBeforeItIsPaired(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	_, err := db.AddContact(t.Context(), Contact{FirstName: "Nová", LastName: " Zákaznice ", Numbers: []string{"777123"}}, "activities_wap_0001")
	check(t, err)
	if _, err := db.AddContact(t.Context(), Contact{FirstName: "Bez"}, ""); !errors.Is(err, ErrInvalid) {
		t.Errorf("a contact without a last name = %v, want ErrInvalid", err)
	}
	if d := detail(t, db, "wap_0001"); d.Contact == nil || d.Contact.Title != "Nová Zákaznice" {
		t.Errorf("contact: %+v", d.Contact)
	}
	create := claim(t, db)
	if create.Kind != KindContact || create.Value.Person.LastName != "Zákaznice" {
		t.Fatalf("claimed %+v", create)
	}
	nothingToClaim(t, db)
	check(t, db.SettleChange(t.Context(), create.ID, Outcome{State: ChangeRefused, Code: "form"}))
	nothingToClaim(t, db)
	check(t, db.RetryChange(t.Context(), create.ID))
	create = claim(t, db)
	// A sync has brought the contact under the name the contact centre chose.
	check(t, db.ApplyCRM(t.Context(), CRM{Contacts: []Contact{{Name: "contact_theirs", Title: "Nová Zákaznice", LastName: "Zákaznice", CreatedMs: 5, EditedMs: 5}}}))
	check(t, db.SettleChange(t.Context(), create.ID, Outcome{State: ChangeSent, Name: "contact_theirs"}))
	pair := claim(t, db)
	if pair.Kind != KindPair || pair.Value.Contact.Name != "contact_theirs" {
		t.Errorf("then %s of %v", pair.Kind, pair.Value.Contact)
	}
	if d := detail(t, db, "wap_0001"); d.Contact == nil || d.Contact.Name != "contact_theirs" {
		t.Errorf("contact after sending: %+v", d.Contact)
	}
	if hits := must(db.FindContacts(t.Context(), "", "zákaznice", 10))(t); len(hits) != 4 {
		t.Errorf("%d contacts are found, want three customers and one new", len(hits))
	}
}

func TestDiscardingANewContactTakesItsPairingBack(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	before := detail(t, db, "wap_0001")
	_, err := db.AddContact(t.Context(), Contact{LastName: "Omyl"}, "activities_wap_0001")
	check(t, err)
	check(t, db.DiscardChange(t.Context(), must(db.Changes(t.Context()))(t)[0].ID))
	if diff := cmp.Diff(before, detail(t, db, "wap_0001")); diff != "" {
		t.Error(diff)
	}
	if hits := must(db.FindContacts(t.Context(), "", "omyl", 10))(t); len(hits) != 0 || len(must(db.Changes(t.Context()))(t)) != 0 {
		t.Errorf("the contact is still there: %v", hits)
	}
}

func TestAConflictWaitsForTheLead(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	must(db.AttachTicket(t.Context(), "activities_wap_0001", "50001"))(t)
	pair := claim(t, db)
	theirs := ChangeValue{Contact: listing.Ref{Name: "contact_c", Title: "Cyril"}, Whole: listing.Ref{Name: "contact_c", Title: "Cyril"}}
	check(t, db.SettleChange(t.Context(), pair.ID, Outcome{State: ChangeConflict, Code: "changed", Theirs: &theirs}))
	d := detail(t, db, "wap_0001")
	if d.Record.Contact.Title != "Cyril" || d.Record.State&listing.StateConflict == 0 {
		t.Errorf("shows %v, state %v", d.Record.Contact, d.Record.State)
	}
	nothingToClaim(t, db) // what follows a conflict waits
	check(t, db.RetryChange(t.Context(), pair.ID))
	if d := detail(t, db, "wap_0001"); d.Record.Contact.Name != "contact_b" {
		t.Errorf("shows %v, want mine", d.Record.Contact)
	}
	if again := claim(t, db); again.ID != pair.ID || again.Base.Contact.Name != "contact_c" || again.Attempts != 2 {
		t.Errorf("claimed %+v", again)
	}
}

func TestContactedBack(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	if _, err := db.ContactedBack(t.Context(), "wap_0001"); !errors.Is(err, ErrInvalid) {
		t.Errorf("of one that was not missed = %v, want ErrInvalid", err)
	}
	missed := conversation(1, customerOf(1))
	missed.Interaction.Missed, missed.Interaction.MissedTimeMs, missed.Interaction.Hash = "YES", ms(-time.Hour), 55
	_, err := db.ApplyConversations(t.Context(), []Conversation{missed}, nil)
	check(t, err)
	change := must(db.ContactedBack(t.Context(), "wap_0001"))(t)
	if d := detail(t, db, "wap_0001"); listing.Meaning(d.Record.Missed, d.Record.MissedTimeMs) != listing.ContactedBack {
		t.Errorf("missed = %q", d.Record.Missed)
	}
	check(t, db.DiscardChange(t.Context(), change.ID))
	if d := detail(t, db, "wap_0001"); d.Record.Missed != "YES" {
		t.Errorf("missed after discarding = %q", d.Record.Missed)
	}
}

func TestAKillWhileSendingLeavesTheOutcomeOpen(t *testing.T) {
	t.Parallel()
	folder := newFolder(t)
	db := openIn(t, folder)
	seeAll(t, db)
	_, err := db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 2)))
	check(t, err)
	must(db.Unpair(t.Context(), "activities_wap_0001"))(t)
	claim(t, db)
	closeTest(t, db)
	db = openIn(t, folder)
	nothingToClaim(t, db) // it may be arriving right now
	closeTest(t, db)
	db = openLater(t, folder, time.Minute)
	defer closeTest(t, db)
	if c := claim(t, db); !c.Unknown || c.Kind != KindUnpair {
		t.Errorf("claimed %+v, want an unknown outcome", c)
	}
}

func TestChangesCanBeHurried(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	must(db.Unpair(t.Context(), "activities_wap_0001"))(t)
	must(db.Unpair(t.Context(), "activities_wap_0002"))(t)
	later := noon.Add(time.Hour).UnixMilli()
	check(t, db.SettleChange(t.Context(), claim(t, db).ID, Outcome{State: ChangeWaiting, NextMs: later}))
	check(t, db.SettleChange(t.Context(), claim(t, db).ID, Outcome{State: ChangeWaiting, NextMs: later, Unknown: true}))
	nothingToClaim(t, db)
	check(t, db.HurryChanges(t.Context()))
	if c := claim(t, db); c.Unknown || c.Attempts != 2 {
		t.Errorf("claimed %+v, want the one that never left", c)
	}
	nothingToClaim(t, db) // the other may be arriving right now
	if c := must(db.Changes(t.Context()))(t)[1]; c.NextMs > noon.Add(time.Minute).UnixMilli() {
		t.Errorf("the other is due at %d", c.NextMs)
	}
}

func TestReviewScores(t *testing.T) {
	t.Parallel()
	form := QAForm{InitialScore: 10, MinimumScore: 2, Questions: []QAQuestion{
		{Name: "q1", Options: []QAOption{{Value: "a", Points: 3}, {Value: "b", Points: -4}, {Value: "c", Points: -40}}},
		{Name: "q2", Disqualify: true, Options: []QAOption{{Value: "rude", Points: -1}, {Value: "kind", Points: 1}}},
	}}
	for _, c := range []struct {
		answers map[string][]string
		want    int64
	}{
		{nil, 10},
		{map[string][]string{"q1": {"a"}, "q2": {"kind"}}, 14},
		{map[string][]string{"q1": {"a", "b"}}, 9},
		{map[string][]string{"q1": {"c"}}, 2},
		{map[string][]string{"q1": {"a"}, "q2": {"rude"}}, 2},
		{map[string][]string{"q9": {"a"}}, 10},
	} {
		if got := reviewScore(form, c.answers); got != c.want {
			t.Errorf("score of %v = %d, want %d", c.answers, got, c.want)
		}
	}
	db := withRows(t)
	for name, answers := range map[string]map[string][]string{"unknown question": {"q9": {"a"}}, "unknown answer": {"q1": {"z"}}} {
		if _, err := db.AddReview(t.Context(), QAReview{Activity: "activities_wap_0001", Form: "form_1", Answers: answers}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s = %v, want ErrInvalid", name, err)
		}
	}
	if forms := must(db.Forms(t.Context(), "activities_wap_0001"))(t); len(forms) != 1 || forms[0].Name != "form_1" || len(forms[0].Questions) != 3 {
		t.Errorf("forms of the queue: %+v", forms)
	}
}

// A form names its queues by their unique names. Of a queue that came as a title alone nobody here knows which forms
// it has, so that all are offered.
func TestAQueueWithoutANameHasAllForms(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	w := wholeWindow(conversations(3, 4))
	w.Conversations[0].Activities[0].Queue = listing.Ref{Title: "Podpora CZ"}
	_, err := db.ApplyWindow(t.Context(), w)
	check(t, err)
	if forms := must(db.Forms(t.Context(), w.Conversations[0].Activities[0].Name))(t); len(forms) != 2 {
		t.Errorf("forms of a queue without a name: %+v", forms)
	}
}

func TestTransitions(t *testing.T) {
	t.Parallel()
	all := []ChangeState{ChangeWaiting, ChangeSending, ChangeSent, ChangeRefused, ChangeConflict, ChangeManual, ChangeConfirmed}
	want := map[ChangeState]string{
		ChangeWaiting: "sending conflict", ChangeSending: "waiting sent refused conflict manual confirmed", ChangeSent: "confirmed",
		ChangeRefused: "waiting", ChangeConflict: "waiting", ChangeManual: "sending confirmed", ChangeConfirmed: "",
	}
	for _, from := range all {
		got := ""
		for _, to := range all {
			if from.mayBecome(to) {
				got += " " + string(to)
			}
		}
		if want := want[from]; got != "" && got[1:] != want || got == "" && want != "" {
			t.Errorf("%s may become%s, want %s", from, got, want)
		}
	}
}

func TestChangesOfAnErasedInteractionGo(t *testing.T) {
	t.Parallel()
	db := withRows(t)
	must(db.Pair(t.Context(), "activities_wap_0001", "contact_b"))(t)
	sending := claim(t, db)
	_, err := db.AddContact(t.Context(), Contact{LastName: "Tajná"}, "activities_wap_0001")
	check(t, err)
	report := must(db.Erase(t.Context(), []Name{"wap_0001"}, "x"))(t)
	if report.Changes < 2 {
		t.Errorf("report: %+v", report)
	}
	check(t, db.SettleChange(t.Context(), sending.ID, Outcome{State: ChangeSent}))
	changes := must(db.Changes(t.Context()))(t)
	if len(changes) != 1 || changes[0].Kind != KindAnonymise {
		t.Errorf("left: %+v", changes)
	}
	if _, err := db.Pair(t.Context(), "activities_wap_0001", "contact_b"); !errors.Is(err, ErrNotPermitted) {
		t.Errorf("pairing an anonymised interaction = %v", err)
	}
	call := AnonymiseCall{Method: "POST", Path: "/x/{name}"}
	check(t, db.SetAnonymiseCall(t.Context(), call))
	if _, found, err := db.ClaimChange(t.Context(), false); err != nil || found {
		t.Errorf("without a configured call something is sent: %v, %v", found, err)
	}
	c, found, err := db.ClaimChange(t.Context(), true)
	if err != nil || !found || c.Kind != KindAnonymise || c.State != ChangeSending {
		t.Errorf("with a configured call: %+v, %v, %v", c, found, err)
	}
	check(t, db.SettleChange(t.Context(), c.ID, Outcome{State: ChangeWaiting}))
	check(t, db.SetAnonymiseCall(t.Context(), AnonymiseCall{}))
	if changes := must(db.Changes(t.Context()))(t); changes[0].State != ChangeManual {
		t.Errorf("without the call it is %s, want manual", changes[0].State)
	}
	check(t, db.Compact(t.Context(), nil))
	if found := bytesHolding(t, db.Folder(), []string{"Tajná"}); len(found) > 0 {
		t.Errorf("remains: %q", found)
	}
}
