package listing

import "hash/maphash"

// seed is of this run of the program: a fingerprint tells nothing outside of it.
var seed = maphash.MakeSeed()

// Fingerprint returns the same number for two records of this run that show the same. The person's own
// marks do not count: whoever makes them knows.
func (r *Record) Fingerprint() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	maphash.WriteComparable(&h, [...]Ref{r.Queue, r.User, r.Contact, r.Account, r.Connector})
	maphash.WriteComparable(&h, [...]string{r.Name, r.WA, r.WANumber, r.Sender, r.Recipient, r.Title, r.Ended, r.Missed, r.Direction})
	maphash.WriteComparable(&h, [...]int64{r.ID, r.TimeMs, r.MissedTimeMs, int64(r.Answered), int64(r.State &^ StateMarks), yesNo(r.QA),
		int64(len(r.Tickets)), int64(len(r.Statuses)), int64(len(r.Took))})
	for _, ticket := range r.Tickets {
		maphash.WriteComparable(&h, ticket)
	}
	for _, refs := range [][]Ref{r.Statuses, r.Took} {
		for _, ref := range refs {
			maphash.WriteComparable(&h, ref)
		}
	}
	for column := firstFigure; column < allCols; column++ {
		maphash.WriteComparable(&h, *figureFields[column].of(r))
	}
	return h.Sum64()
}
