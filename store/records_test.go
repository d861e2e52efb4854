package store

import (
	"testing"

	"wapdesk/store/listing"
)

func TestEveryFigureIsStored(t *testing.T) {
	t.Parallel()
	for _, field := range listing.FigureFields() {
		if figureColumn[field] == "" {
			t.Errorf("%s has no column of interactions", field)
		}
	}
	if got := recordColumns[firstFigure]; got != figureColumn[listing.FigureFields()[0]] {
		t.Errorf("the first figure is read from %s", got)
	}
}
