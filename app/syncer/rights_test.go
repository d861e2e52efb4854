package syncer

import (
	"errors"
	"slices"
	"testing"

	"wapdesk/app/demo"
	"wapdesk/store"
	"wapdesk/store/listing"

	"github.com/google/go-cmp/cmp"
)

func broken(list, how string) demo.Oddities {
	return demo.Oddities{Broken: map[string]string{list: how}}
}

// storedNow is how many interactions a person sees.
func storedNow(t *testing.T, db *store.DB) int {
	t.Helper()
	n, err := db.Stored(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestListsThatAreNotGivenChangeNothing breaks each list in each way after a good pull: what is
// stored stays, the rest is read, and the list is named. Without users or queues the pull says
// that it cannot tell the rights.
func TestListsThatAreNotGivenChangeNothing(t *testing.T) {
	t.Parallel()
	for model, list := range map[string]string{
		"users": ListUsers, "queues": ListQueues, "groups": ListGroups, "statuses": ListStatuses, "qaforms": ListForms, "crmDatabases": ListDatabases,
		// Of these nothing is said: not every release has them.
		"users/groups": "", "queues/groups": "", "queues/qaforms": "",
	} {
		t.Run(model, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, demo.Options{Interactions: 60, Oddities: demo.Oddities{NoMembers: true}})
			db := openFile(t, t.TempDir())
			syncer := newSyncer(t, s, db)
			pullOK(t, syncer, PullOptions{})
			compare(t, s, db)
			before, rights, covered, belongs := storedNow(t, db), rightsOf(t, db), coverageOf(t, db), belongingOf(t, db)
			for how, reason := range map[string]string{
				"403": CodeForbidden, "404": CodeNotFound, demo.BrokenNull: CodeNoAnswer, demo.BrokenBare: CodeNotDaktela,
			} {
				oddities := broken(model, how)
				oddities.NoMembers = true
				s.SetOddities(oddities)
				s.AddInteractions(1)
				before++
				result, err := syncer.Pull(t.Context(), PullOptions{}, nil)
				unread, isUnread := errors.AsType[*UnreadError](err)
				if isRight := list == ListUsers || list == ListQueues; isRight != isUnread || !isRight && err != nil {
					t.Fatalf("%s: the pull ended with %v", how, err)
				} else if isRight && (!unread.Lacks(list) || unread.Forbidden() != (how == "403")) {
					t.Errorf("%s: %v", how, unread)
				}
				want := []Unread{{List: list, Reason: reason}}
				if list == "" {
					want = nil
				}
				if !slices.Equal(result.Unread, want) {
					t.Errorf("%s: not given %v, want %v", how, result.Unread, want)
				}
				if last, err := LastUnread(t.Context(), db); err != nil || !slices.Equal(last, result.Unread) {
					t.Errorf("%s: kept %v, %v", how, last, err)
				}
				if got := storedNow(t, db); got != before {
					t.Errorf("%s: %d interactions, want %d", how, got, before)
				}
				if diff := cmp.Diff(rights, rightsOf(t, db)); diff != "" {
					t.Errorf("%s: rights changed:\n%s", how, diff)
				}
				if diff := cmp.Diff(belongs, belongingOf(t, db)); diff != "" {
					t.Errorf("%s: groups or forms changed:\n%s", how, diff)
				}
				if got := coverageOf(t, db); got[0].FromMs != covered[0].FromMs {
					t.Errorf("%s: coverage %v, was %v", how, got, covered)
				}
			}
			s.SetOddities(demo.Oddities{})
			pullOK(t, syncer, PullOptions{})
			compare(t, s, db)
		})
	}
}

func rightsOf(t *testing.T, db *store.DB) store.Rights {
	t.Helper()
	r, err := db.Rights(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// belongingOf is who belongs to which group, and which form to which queue.
func belongingOf(t *testing.T, db *store.DB) map[string][]store.Name {
	t.Helper()
	belongs := map[string][]store.Name{}
	groups, err := db.Groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range groups {
		belongs[g.Kind+" "+g.Name] = g.Members
	}
	forms, err := db.Forms(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range forms {
		belongs[f.Name] = f.Queues
	}
	return belongs
}

func coverageOf(t *testing.T, db *store.DB) []store.Span {
	t.Helper()
	spans, err := db.Coverage(t.Context())
	if err != nil || len(spans) == 0 {
		t.Fatalf("coverage %v, %v", spans, err)
	}
	return spans
}

// TestWhatTheServerListsIsVisible has rows without a queue, of a queue and a user that no list
// names, and with references reduced to their titles.
func TestWhatTheServerListsIsVisible(t *testing.T) {
	t.Parallel()
	for name, oddities := range map[string]demo.Oddities{"whole references": {}, "reduced references": {ReducedRefs: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, demo.Options{Interactions: 120, Oddities: oddities})
			queues, users := s.Server.Rights(s.Tokens().Lead.Name)
			s.Depart(queues[:1], users[:3])
			lost := 0
			for n, i := range s.Data().Interactions {
				if n%9 == 0 && s.ChangeInteraction(i.Name, func(i *demo.Interaction) { i.Queue, i.User = 0, "" }) {
					lost++
				}
			}
			visible := 0
			for _, i := range s.Data().Interactions {
				if s.Sees(s.Tokens().Lead.Name, i.Name) {
					visible++
				}
			}
			db := openFile(t, t.TempDir())
			syncer := newSyncer(t, s, db)
			for range 2 {
				pullOK(t, syncer, PullOptions{})
				if got := storedNow(t, db); got != visible {
					t.Fatalf("%d visible, the server lists %d", got, visible)
				}
			}
			empty := 0
			err := db.Records(t.Context(), func(r *listing.Record) error {
				if r.Queue == (listing.Ref{}) {
					empty++
				}
				return nil
			})
			if err != nil || empty != lost {
				t.Errorf("%d without a queue, want %d (%v)", empty, lost, err)
			}
			if scope, err := db.Scope(t.Context()); err != nil || len(scope.HiddenQueues)+len(scope.HiddenUsers) > 0 {
				t.Errorf("hidden: %+v, %v", scope, err)
			}
		})
	}
}

// TestTheServerDecidesAboutWhatIsNoLongerListed lets a colleague leave and a queue be closed,
// whose rows come back in the same pull, and takes rights away, whose rows are erased.
func TestTheServerDecidesAboutWhatIsNoLongerListed(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 150})
	lead := s.Tokens().Lead.Name
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	all := storedNow(t, db)
	_, users := s.Server.Rights(lead)
	var queues []int64 // those with interactions
	for _, i := range s.Data().Interactions {
		if !slices.Contains(queues, i.Queue) {
			queues = append(queues, i.Queue)
		}
	}
	if len(queues) < 4 {
		t.Fatalf("interactions of %d queues alone", len(queues))
	}

	s.Depart(queues[:1], users[:len(users)/2])
	pullOK(t, syncer, PullOptions{})
	if got := storedNow(t, db); got != all {
		t.Errorf("%d after colleagues left, want %d", got, all)
	}
	compare(t, s, db)

	// The rights shrink while the same lists are given: only the asking again can tell.
	s.Restrict(lead, queues[1:], users)
	s.Depart(nil, nil)
	pullOK(t, syncer, PullOptions{Deep: true})
	if got := storedNow(t, db); got >= all {
		t.Errorf("%d after the rights shrank, had %d", got, all)
	}
	s.Restrict(lead, queues[2:], users)
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)

	// A server that does not answer the question leaves them hidden, and the next pull decides.
	s.Restrict(lead, queues[3:], users)
	before := storedNow(t, db)
	s.SetOddities(broken("activitiesWap", demo.BrokenNull))
	if _, err := syncer.Pull(t.Context(), PullOptions{}, nil); err == nil {
		t.Error("a question without an answer is no failure")
	}
	hidden, err := db.HiddenNames(t.Context())
	if err != nil || len(hidden) == 0 || storedNow(t, db) != before-len(hidden) {
		t.Errorf("hidden %d, %v", len(hidden), err)
	}
	s.SetOddities(demo.Oddities{})
	pullOK(t, syncer, PullOptions{})
	compare(t, s, db)
}

// TestMasksOfOtherMeaningLockNothing has the role of the only published sample, in which
// pActivities is 48 for everybody.
func TestMasksOfOtherMeaningLockNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, demo.Options{Interactions: 30, Oddities: demo.Oddities{OpaqueMasks: true}})
	for module, mask := range map[string]int64{"pActivities": 48, "pWaps": 16, "contacts": 31, "qaReviews": 63, "gdprPolicy": 0} {
		s.SetAccess(s.Tokens().Lead.Name, module, mask)
	}
	db := openFile(t, t.TempDir())
	syncer := newSyncer(t, s, db)
	pullOK(t, syncer, PullOptions{})
	rights := rightsOf(t, db)
	for _, access := range []string{"pActivities", "pWaps", "contacts", "qaReviews"} {
		if rights.Locks(access) {
			t.Errorf("%s is locked by %d", access, rights.Accesses[access])
		}
	}
	if rights.Anonymising() != store.AnonymisingLocal {
		t.Errorf("anonymising: %s", rights.Anonymising())
	}
}
