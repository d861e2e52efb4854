package listing

import "wapdesk/store/query"

// columnOf says which column a field that has just one is in.
var columnOf = columnsByField()

func columnsByField() map[string]int {
	columns := map[string]int{
		query.FieldTime: colTime, query.FieldQueue: colQueue, query.FieldUser: colUser, query.FieldContact: colContact,
		query.FieldWA: colWA, query.FieldTitle: colTitle, query.FieldAnswered: colAnswered, query.FieldEnded: colEnded,
		query.FieldConnector: colConnector, query.FieldMissed: colMissed, query.FieldMissedTime: colMissedTime,
		query.FieldDirection: colDirection, query.FieldSender: colSender, query.FieldAccount: colAccount,
		query.FieldTicket: colTicket, query.FieldQA: colQA, query.FieldState: colState, query.FieldAnomaly: colAnomaly,
		query.FieldStatus: colStatus, query.FieldTook: colTook,
		query.FieldFailed: colState, query.FieldLowReview: colState, query.FieldSeen: colState, query.FieldReviewed: colState, query.FieldNote: colState,
	}
	for column := firstFigure; column < allCols; column++ {
		columns[figureFields[column].field] = column
	}
	return columns
}

// fieldCol returns the column of a field that has just one. Fields that have none (id, text, any)
// are answered before it is asked; a test asks about every field.
func fieldCol(field string) int {
	column, ok := columnOf[field]
	if !ok {
		panic("field " + field + " has no column")
	}
	return column
}

// fieldNamed returns a field by its canonical name, or nil.
func fieldNamed(name string) *query.Field {
	f, ok := query.FieldByName(name)
	if !ok {
		return nil
	}
	return &f
}

// FigureFields returns the fields that are figures: seconds, or a count.
func FigureFields() []string {
	var fields []string
	for column := firstFigure; column < allCols; column++ {
		fields = append(fields, figureFields[column].field)
	}
	return fields
}

// Figure returns where a record keeps the figure that a field is, or nil when the field is none.
func Figure(field string) func(*Record) *int32 {
	if column, ok := columnOf[field]; ok {
		return figureFields[column].of
	}
	return nil
}
