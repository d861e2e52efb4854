// Package syncer brings interactions from the contact centre into the local
// file and sends the lead's changes back. It is the only place that sees both
// the wire and the store.
//
// A pull reads the directory and the rights first, then interactions window by
// window from today backwards, then those that still change by name, then
// transcripts, reviews and the customers they refer to. Whatever was committed
// stays when it ends early: a window commits together with its coverage, so the
// next pull goes on where this one stopped. Times and cursors follow the
// server's clock only (app/daktela/WIRE.md).
package syncer
