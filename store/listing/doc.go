// Package listing is the list of interactions in memory: it filters, sorts, counts and sums
// up to some millions of rows in milliseconds. SQLite stays the only truth; the store loads
// the rows from it, applies each commit, and gives ids of messages that match words.
//
// The parts, from the outside in:
//
//   - Engine takes rows (LoadRows or Load, Apply, SetDirectory) and publishes an immutable View.
//   - View answers a Query under a Scope: Search, Count, Facets. Old views stay valid, so a
//     search never sees half of an update.
//   - Snapshot is the answer of a search: the total and the rows in order, which never
//     change while they are shown, and figures about them. Of an order that is not kept, the
//     first rows are there at once and the others a moment later.
//   - Parse and Format turn the text form of a filter into a Node and back.
//   - Fields is the one table of what can be filtered, sorted, shown and exported.
//   - Clock turns presets and dates into instants in the contact centre's zone.
package listing
