// Package app is the edge to the page: what a screen may call, one file a screen, each with its
// types and its methods. A screen turns the answers of an open profile into what the page shows
// and does nothing else; the verbs are those of app/profile, which window, browser and command
// line share.
//
// The edge, which the screens stand on:
//
//	app.go            App: what the screens share
//	guard.go          a panic becomes an error, and every error gets a code
//	errors.go         the codes
//	veil.go           presentation mode: what of an answer the page gets
//	presenting.go     how it is kept up while profiles and filters change
//	events.go, host.go   what the page hears, and what it may ask of its surroundings
//
// What more than one screen shows:
//
//	row.go            a line of the list, and a name with its title
//	summary.go        the figures of a result
//	story.go          one interaction with all that belongs to it
//	status.go         how far the sync is, and what the user may see
//	opening.go        opening an exported file, and asking about its dates
//	saving.go         asking where a file goes, writing it, and telling how far it is
//
// The screens:
//
//	session.go        first run, connecting, demo data, opened files, the end of a profile
//	interactions.go   the list
//	filters.go        the filter bar and the advanced filter
//	views.go          saved views
//	overview.go       the charts of a result
//	details.go        one interaction
//	changes.go        changes and what became of them
//	erasure.go        anonymising
//	exports.go        files
//	sync.go           the state of the sync
//	people.go         one person: what is stored, and its erasure
//	ledger.go         what was erased
//	preferences.go    choices, and what lies on this computer
//
// And bound.go, which names them all to the page.
//
// Screens do not use each other; TestScreensStandBesideEachOther holds them to it. Below app lie
// profile, then syncer, export, intake, secret and connection, then daktela and store; window,
// serve, transfer and cli lie above it.
package app
