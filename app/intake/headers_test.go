package intake

import (
	"slices"
	"strings"
	"testing"
)

func TestNoHeaderMeansTwoFields(t *testing.T) {
	t.Parallel()
	for _, known := range []aliases{interactionHeaders(), activityHeaders(), messageHeaders()} {
		of := map[string]string{}
		for field, names := range known {
			for _, name := range names {
				if folded(name) != name {
					t.Errorf("%s is not in the folded form", name)
				}
				if other, ok := of[name]; ok {
					t.Errorf("%s is %s and %s", name, field, other)
				}
				of[name] = field
			}
		}
	}
}

func TestHeadersAreToldApart(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line    string
		about   subject
		found   string
		unknown []string
	}{
		{english, interactions, "time queue user contact wa title answered wait duration ended connector missed missed_time direction", nil},
		{strings.ReplaceAll(czech, ";", ","), interactions, "time queue user contact wa title answered wait duration ended connector missed missed_time direction", nil},
		{"TIME, queue ,Přijato,Time", interactions, "time queue answered", []string{"Time"}},
		{"Interaction,Activity,Title,Queue,User,Opened (UTC),Closed", activities, "interaction activity title queue user opened closed", nil},
		{"Interakce,Čas (UTC),Napsal,Jméno,Druh,Text,Přílohy", messages, "interaction time direction from kind text files", nil},
		{"Agent,Interactions,Answered,Answered %,Missed", interactions, "user answered missed", []string{"Interactions", "Answered %"}},
		{"a,b,c", nothing, "", nil},
		{"Time,Queue", nothing, "", nil},
	} {
		h, ok := readHeader(cellsOf(strings.Split(test.line, ",")...), 1)
		if ok != (test.about != nothing) {
			t.Errorf("%s: a header %v", test.line, ok)
			continue
		}
		if ok && (h.about != test.about || strings.Join(h.found, " ") != test.found || !slices.Equal(h.unknown, test.unknown)) {
			t.Errorf("%s: %d %q unknown %q", test.line, h.about, h.found, h.unknown)
		}
	}
}

func cellsOf(texts ...string) []cell {
	cells := make([]cell, len(texts))
	for i, text := range texts {
		cells[i].text = text
	}
	return cells
}
