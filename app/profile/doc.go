// Package profile is an open profile: one company and one login, or one opened file, with its
// database, its connection, its clock and everything that works on it in the background.
//
// The verbs of the product – search, export, anonymise, queue a change, sync – are the methods of
// Profile. They take a context and plain data and return plain data; window, browser page and
// command line all call them and add nothing but their own form. What stands in which file:
//
//	manager.go              the profiles of this computer: which is open, opening and closing one
//	disk.go                 what lies in the data folder
//	connect.go, demo.go, openfile.go   the three ways into a profile
//	profile.go              Profile: what it owns, and its end
//	filter.go, period.go    what a person asks for, and which days of it are stored
//	search.go               results: rows, counts, facets, what changed since
//	details.go, process.go  one interaction and its way through the contact centre
//	changes.go              the queue of changes
//	export*.go              tables and transcripts
//	erase.go                anonymising
//	sync.go, background.go  syncing, once and by itself
//	settings.go, views.go   choices that are kept
//	retention.go            how long interactions stay
//
// Errors are those of errors.go or of the layers below; nothing here words them for a person.
package profile
