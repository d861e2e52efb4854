// Package connection is what an open profile needs of a contact centre besides the sync: signing
// in, telling who that is and what they may see, starting an activity and fetching a file. It
// speaks in plain words and numbers, so that wire types end here and in the sync.
package connection
