// Package listing is the list of interactions in memory: it filters, sorts, counts and sums
// up to some millions of rows in milliseconds. SQLite stays the only truth; the store loads
// the rows from it, applies each commit, and gives ids of messages that match words.
//
// The parts, from the outside in:
//
//   - Engine takes rows (LoadRows or Load, Apply, SetDirectory) and publishes an immutable View.
//   - View answers a query.Query under a query.Scope: Search, Count, Facets. Old views stay valid, so a
//     search never sees half of an update.
//   - Snapshot is the answer of a search: the total and the rows in order, which never
//     change while they are shown, and figures about them. Of an order that is not kept, the
//     first rows are there at once and the others a moment later.
//   - Fields, conditions and dates are of package query; compile makes predicates over the
//     columns of them.
package listing
