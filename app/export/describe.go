package export

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A workbook describes itself in properties, which stay with it when sheets are moved and formats are
// changed: package intake reads by them instead of judging what cells look like.
const (
	propFormat   = "Wapdesk format" // formatVersion
	propZone     = "Wapdesk zone"
	propLanguage = "Wapdesk language"
	propValues   = "Wapdesk values"      // valuesRaw or valuesWords
	propColumns  = "Wapdesk columns of " // and the sheet's name; " 2" and so on when it takes several

	formatVersion = "1"
	valuesRaw     = "raw"
	valuesWords   = "words"
)

// maxProperty is the longest text of a property that Excel keeps.
const maxProperty = 255

// kindNames are the names of kinds in the description.
var kindNames = map[kind]string{text: "text", moment: "moment", span: "span", count: "count"}

// description lists the columns of a table: "interactions: time=moment queue=text".
func description[T any](table string, columns []column[T]) []string {
	words := []string{table + ":"}
	for _, c := range columns {
		words = append(words, c.field+"="+kindNames[c.kind])
	}
	return words
}

// describeSheet adds the properties of one sheet of a table.
func (b *book) describeSheet(sheet string, words []string) {
	line, n := "", 1
	put := func() {
		name := propColumns + sheet
		if n > 1 {
			name = fmt.Sprintf("%s %d", name, n)
		}
		b.props = append(b.props, excelize.CustomProperty{Name: name, Value: line})
		line, n = "", n+1
	}
	for _, word := range words {
		if len(line)+1+len(word) > maxProperty {
			put()
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	put()
}

// describe writes the properties.
func (b *book) describe() error {
	values := valuesWords
	if b.req.Raw {
		values = valuesRaw
	}
	all := []excelize.CustomProperty{
		{Name: propFormat, Value: formatVersion}, {Name: propZone, Value: b.req.zone().String()},
		{Name: propLanguage, Value: b.req.Lang}, {Name: propValues, Value: values},
	}
	for _, p := range append(all, b.props...) {
		if err := b.file.SetCustomProps(p); err != nil {
			return fmt.Errorf("describe the workbook: %w", err)
		}
	}
	return nil
}
