// Package export writes tables of interactions as .xlsx and .csv files and conversations
// as transcripts. It is fed by iterators and never holds a whole table in memory.
//
// A workbook is made by two hands. Excelize makes the package: workbook, styles, defined
// names, the Summary sheet with its charts, and the About sheet. The row sheets go past it:
// their XML is appended by hand, deflated in blocks on several cores and put straight into
// the ZIP, because a cell-by-cell API spends most of its time on allocation and on one
// deflate stream. The seam is excelize's ZIP writer hook, see book.go.
//
// Every cell goes through one description of its column (columns.go), so that workbook,
// .csv and preview cannot disagree.
package export
