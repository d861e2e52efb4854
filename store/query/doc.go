// Package query is the language of filters: what can be asked, and how it is written. It knows
// neither the list engine nor SQL nor the wire.
//
//   - Fields is the one table of what can be filtered, sorted, shown and exported.
//   - Parse and Format turn the text form of a filter into a Node and back; Normalise brings a
//     Node to its plain form and refuses what makes no sense.
//   - Clock turns presets and dates into instants in the contact centre's zone.
//   - Fold and FoldNumber bring texts to the form in which they are compared.
package query
