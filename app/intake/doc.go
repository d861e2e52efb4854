// Package intake reads exported tables of interactions for offline review: the contact
// centre's own .xlsx and .csv exports in English or Czech, and the files of package export
// with their extra sheets.
//
// Files come from anywhere, so nothing in them is trusted: a workbook is looked through
// with bounded memory before a library sees it, cells and rows have limits, and what
// cannot be read is reported by row and reason instead of being guessed.
package intake
