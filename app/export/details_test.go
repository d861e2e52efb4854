package export

import (
	"fmt"
	"iter"
	"strconv"
	"testing"
)

func activities(n int) iter.Seq2[Activity, error] {
	return func(yield func(Activity, error) bool) {
		for i := range n {
			a := Activity{
				Name: "act_" + strconv.Itoa(i), Interaction: "activity_000001", Title: hostile[i%len(hostile)], User: "Anna",
				Queue: "Podpora", OpenMs: 1_751_353_507_000, CloseMs: -1, DurationS: 460, FocusS: 280, Disruptions: 2,
				Anomaly: i == 1, Ticket: "48213", Statuses: []string{"Vyřešeno", "VIP"}, Description: "=cmd",
				Anonymised: i == 2,
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

func messages(n int) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		for i := range n {
			m := Message{
				Interaction: "activity_000001", TimeMs: 1_751_353_507_000 + int64(i)*1000, Direction: []string{"IN", "OUT", "BOT"}[i%3],
				Kind: "image", From: "Petr", Text: hostile[i%len(hostile)], Delivery: "FAILED", Reason: "131047",
				Files: []string{"photo.jpg", "b.pdf"}, Anonymised: i == 2,
			}
			if !yield(m, nil) {
				return
			}
		}
	}
}

func TestExtraSheetsHoldActivitiesAndMessages(t *testing.T) {
	t.Parallel()
	req := request(t, "en", XLSX)
	req.Activities, req.Messages = activities(3), messages(3)
	data, result := write(t, req, 2, one)
	if result.Rows != 2 {
		t.Errorf("%d interactions written, want 2", result.Rows)
	}
	f := open(t, data)
	for sheet, want := range map[string][][]string{
		"Activities": {
			{"Interaction", "Unique name", "Title", "Queue", "User", "Opened (Europe/Prague)", "Closed", "Duration", "Focus time",
				"Focus disruptions", "Focus time doubtful", "Ticket", "Statuses", "Description"},
			{"activity_000001", "act_0", "=1+1", "Podpora", "Anna", "45839.37855324074", "", "0.005324074074074074", "0.0032407407407407406", "2",
				"No", "48213", "Vyřešeno, VIP", "=cmd"},
			{"activity_000001", "act_1", "+420 777 123 456", "Podpora", "Anna", "45839.37855324074", "", "0.005324074074074074",
				"0.0032407407407407406", "2", "Yes", "48213", "Vyřešeno, VIP", "=cmd"},
			{"activity_000001", "act_2", "Anonymised", "Podpora", "Anna", "45839.37855324074", "", "0.005324074074074074",
				"0.0032407407407407406", "2", "No", "Anonymised", "Vyřešeno, VIP", "Anonymised"},
		},
		"Messages": {
			{"Interaction", "Time (Europe/Prague)", "Direction", "From", "Kind", "Text", "Files", "Delivery", "Reason"},
			{"activity_000001", "45839.37855324074", "Customer", "Petr", "Image", "=1+1", "photo.jpg; b.pdf", "Failed", "131047"},
			{"activity_000001", "45839.37856481481", "Agent", "Petr", "Image", "+420 777 123 456", "photo.jpg; b.pdf", "Failed", "131047"},
			{"activity_000001", "45839.37857638889", "Bot", "Anonymised", "Image", "Anonymised", "Anonymised", "Failed", "131047"},
		},
	} {
		got, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Errorf("%s\n got %q\nwant %q", sheet, got, want)
		}
	}
	if got := fmt.Sprint(f.GetSheetList()); got != "[Interactions Activities Messages About]" {
		t.Errorf("sheets %s", got)
	}
}
