// Package daktela is a client of the Daktela V6 REST API as far as WhatsApp
// interactions need it: lists with filters and paging, single records, the
// relations of an interaction, attachment downloads and a few writes.
//
// It knows nothing of the rest of the program: rows come out as wire values
// (texts as they came, times without a zone) and the caller gives them meaning.
// Replies vary between releases, so every wire type decodes leniently: a value
// of an unexpected shape becomes unknown, it never fails a whole page.
//
// Three promises hold for every call. The token travels in a header only and
// is scrubbed from every error; error texts carry models and statuses, never
// names, numbers or titles. The routing secrets of a connector are never asked
// for. Every reply exposes the server's own clock.
package daktela
