// Package intake reads exported tables of interactions for offline review: the contact
// centre's own .xlsx and .csv exports in English or Czech, and the files of package export
// with their extra sheets.
//
// Files come from anywhere, so nothing in them is trusted: the parts of a workbook are unpacked
// to nowhere once, which holds limits against what really comes out, and rows are then read one
// by one in bounded memory.
//
// Nothing is guessed in silence either. A cell is read by its type and number format; what a cell
// leaves open is judged over all rows of its column, never over a sample; what a column leaves open
// is asked (*DatesError) or left out with the reason. Whatever was left out, repeated, hidden or
// assumed is in the Report. Files of package export are read by the description they carry.
package intake
