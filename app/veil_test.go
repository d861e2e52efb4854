package app

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"wapdesk/app/profile"
	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/query"
)

const planted = "TAJNE"

func aCover() *cover {
	return &cover{veil: newVeil(), words: func(key string, args ...string) string { return fmt.Sprint(key, args) }}
}

// answers returns the types that the calls of the page return.
func answers() []reflect.Type {
	var types []reflect.Type
	for _, bound := range (&App{}).Bound() {
		for i := range reflect.TypeOf(bound).NumMethod() {
			if method := reflect.TypeOf(bound).Method(i).Type; method.NumOut() == 2 {
				types = append(types, method.Out(0))
			}
		}
	}
	return types
}

// plant fills every text of an answer with the planted one, and every number with 50.1.
func plant(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(planted)
	case reflect.Float64:
		v.SetFloat(50.1)
	case reflect.Pointer:
		if v.Type() != reflect.TypeFor[*query.Node]() {
			v.Set(reflect.New(v.Type().Elem()))
			plant(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem() != reflect.TypeFor[query.Node]() {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			plant(v.Index(0))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			plant(v.Field(i))
		}
	}
}

// leaves adds the places of an answer where the planted text still is.
func leaves(v reflect.Value, place string, found map[string]bool) {
	switch v.Kind() {
	case reflect.String:
		if strings.Contains(v.String(), planted) {
			found[place] = true
		}
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), place, found)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), place, found)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(v.Field(i), v.Type().Name()+"."+v.Type().Field(i).Name, found)
		}
	}
}

// noCustomers are the texts of answers that are never a customer's: names of agents, queues and
// fields, unique names, states and codes, what the person at this computer named.
var noCustomers = strings.Fields(`
	AccountCard.Link AccountCard.Name AnonymiseCall.* Activity.Action Activity.Link Activity.Name Activity.Type Change.Code Change.Interaction
	Change.Kind Change.Link Change.Person Change.State Change.Target Changed.* ColumnSetting.* Compared.* ContactCard.Link ContactCard.Name DataInfo.Encryption DataInfo.Folder
	DateSample.* DayMark.* DayRange.* Detail.AnonymisedBy Detail.Forbidden Detail.Link Detail.Selected ErasePreview.Anonymising
	ErasePreview.Exports ErasePreview.Upstream EraseResult.* ExportLogEntry.File ExportPreview.FileName ExportPreview.Header ExportPreview.KeptFrom
	ExportProgress.* ExportTemplate.* FieldInfo.* File.ID File.MimeType FileNotice.Code Filter.Queues Filter.Users Found.*
	Message.Delivery Message.Direction Message.Kind Message.Name Message.Quoted Message.Template Message.Type NamedRef.Name
	NamedRef.Title OpenReport.* OverviewRow.* Period.* PeriodInfo.* PickOption.* QAFormInfo.* Reason.Key Sample.* SampleAgent.* Sweep.Active QAOptionInfo.* QAQuestionInfo.* QueueGoals.* QuickInteraction.Name QuickInteraction.Queue QuickInteraction.User QuickValue.*
	QueryError.* Reaction.Emoji Report.* ReportCover.* ReportRun.* CoverFigure.* Retention.* Review.Activity Review.CreatedBy Review.Form Review.Name Review.User
	ReviewAnswer.Question ReviewAnswer.Type RightsInfo.* Row.AccountName Row.Answered Row.Connector Row.ContactName Row.Direction
	Row.Ended Row.Left Row.Missed Row.MissedRaw Row.Name Row.Queue Row.QueueName Row.States Row.Statuses Row.Target Row.User Row.UserName
	SavedView.Columns SavedView.ID SavedView.Key SearchResult.KeptFrom SearchResult.Refused SearchResult.Snapshot SessionState.*
	Settings.* SkippedRow.* SortKey.* Step.Mark Step.Queue Step.Step Step.User Summary.* SyncStatus.* TargetShare.* TicketActivity.Interaction
	TicketActivity.Name TicketActivity.User TicketCard.Category TicketCard.Link TicketCard.Name TicketCard.Priority
	TicketCard.Stage TicketCard.User string LedgerRow.* Person.Link PersonKey.Contact PersonInteraction.Name PersonInteraction.Queue Todo.* Topic.* Known.* PortraitRow.* PortraitUser.* Trend.* TrendPart.* HoursState.* Hours.*
	Word.*`)

// elsewhere are texts that are put together from what was hidden, and those whose condition the
// planted answer does not meet; the tests below see to them.
var elsewhere = strings.Fields("Copy.Text ExportPreview.Cells SearchResult.Text ReviewAnswer.Answers")

// TestEveryTextOfAnAnswerIsHiddenOrNoCustomers fails for a new text of an answer until it has a tag
// or is named above.
func TestEveryTextOfAnAnswerIsHiddenOrNoCustomers(t *testing.T) {
	found := map[string]bool{}
	for _, answer := range answers() {
		v := reflect.New(answer).Elem()
		plant(v)
		aCover().hide(v, "")
		leaves(v, answer.String(), found)
	}
	for place := range found {
		typeName, _, _ := strings.Cut(place, ".")
		if !slices.Contains(elsewhere, place) && !slices.Contains(noCustomers, place) && !slices.Contains(noCustomers, typeName+".*") {
			t.Errorf("%s reaches the page in presentation mode: give it a tag or name it in noCustomers", place)
		}
	}
	for _, place := range slices.Concat(noCustomers, elsewhere) {
		if !found[place] && !strings.HasSuffix(place, "*") {
			t.Errorf("%s is not there, or hidden", place)
		}
	}
}

func TestAnAnswerKeepsWhatItSharesWithTheProgram(t *testing.T) {
	kept := []Row{{Contact: planted, Tickets: []string{planted}}}
	shown := covered(aCover(), Window{Rows: kept})
	if shown.Rows[0].Contact == planted || shown.Rows[0].Tickets[0] == planted {
		t.Errorf("shown: %+v", shown.Rows[0])
	}
	if kept[0].Contact != planted || kept[0].Tickets[0] != planted {
		t.Errorf("what the program keeps was changed: %+v", kept[0])
	}
}

func TestTheSameCustomerKeepsTheirNumber(t *testing.T) {
	c := aCover()
	jan, eva := c.name("Jan"), c.name("Eva")
	if jan == eva || c.name("Jan") != jan {
		t.Errorf("Jan %s and then %s, Eva %s", jan, c.name("Jan"), eva)
	}
}

func TestMessagesOfAgentsKeepTheirNames(t *testing.T) {
	shown := covered(aCover(), []Message{{From: "Anna", Direction: "OUT"}, {From: planted, Direction: "IN"}})
	if shown[0].From != "Anna" || shown[1].From != hidden {
		t.Errorf("agent %q, customer %q", shown[0].From, shown[1].From)
	}
}

func TestOnlyFreeAnswersOfReviewsAreHidden(t *testing.T) {
	shown := covered(aCover(), []ReviewAnswer{{Type: "SCALE", Answers: []string{"5"}}, {Type: "TEXTAREA", Answers: []string{planted}}})
	if shown[0].Answers[0] != "5" || shown[1].Answers[0] != hidden {
		t.Errorf("scale %q, text %q", shown[0].Answers, shown[1].Answers)
	}
}

// TestAHiddenFilterFindsTheSame sends a filter back as the page got it.
func TestAHiddenFilterFindsTheSame(t *testing.T) {
	c := aCover()
	given := profile.Filter{Contact: planted, Sender: planted + "2", Users: []string{"anna"}, Where: &query.Node{And: []query.Node{
		{Field: query.FieldTitle, Op: query.Contains, Values: []string{planted, "x"}},
		{Or: []query.Node{{Field: query.FieldWait, Op: query.Gt, Values: []string{"60"}}, {Not: true, Field: query.FieldAny, Op: query.Contains, Values: []string{planted}}}},
	}}}
	shown := covered(c, given)
	if text := fmt.Sprintf("%+v %+v", shown, *shown.Where); strings.Contains(text, planted) {
		t.Errorf("the page gets %s", text)
	}
	if shown.Users[0] != "anna" || shown.Where.And[1].Or[0].Values[0] != "60" {
		t.Errorf("what names no customer is hidden: %+v", shown)
	}
	if back := c.lift(shown); !reflect.DeepEqual(back, given) {
		t.Errorf("sent back it asks for %+v, want %+v", back, given)
	}
	if again := covered(c, c.lift(shown)); !reflect.DeepEqual(again, shown) {
		t.Errorf("shown again it has other marks: %+v, want %+v", again, shown)
	}
	c.forget()
	if back := c.lift(shown); back.Contact == planted {
		t.Error("an erasure left a name behind in the marks")
	}
}

func TestAViewThatLooksForSomebodyHasNoTitle(t *testing.T) {
	shown := covered(aCover(), []profile.SavedView{
		{Title: "Late", Filter: profile.Filter{Users: []string{"anna"}}}, {Title: planted, Filter: profile.Filter{Contact: planted}},
	})
	if shown[0].Title != "Late" || shown[1].Title != hidden {
		t.Errorf("titles %q and %q", shown[0].Title, shown[1].Title)
	}
}

// TestEveryPersonalFieldOfARowIsHidden covers the rows that the program itself puts into words.
func TestEveryPersonalFieldOfARowIsHidden(t *testing.T) {
	var r listing.Record
	for _, text := range []*string{&r.Contact.Title, &r.Account.Title, &r.WA, &r.WANumber, &r.Sender, &r.Recipient, &r.Title} {
		*text = planted
	}
	r.Tickets = []string{planted}
	aCover().record(&r)
	if text := fmt.Sprintf("%+v", r); strings.Contains(text, planted) {
		t.Error(text)
	}
}

// TestAnAnswerThatIsNoChoiceCountsAsFree reads answers to a question without choices, of a form whose choices changed, and
// of a form that is not stored.
func TestAnAnswerThatIsNoChoiceCountsAsFree(t *testing.T) {
	form := store.QAForm{Name: "f", Questions: []store.QAQuestion{
		{Name: "tone", Title: "Tone", Type: "SCALE", Options: []store.QAOption{{Value: "1", Title: "Good"}}}, {Name: "bare", Title: "Bare", Type: "SCALE"},
	}}
	story := profile.Story{Detail: store.Detail{Forms: []store.QAForm{form}, Reviews: []store.QAReview{
		{Form: "f", Answers: map[string][]string{"tone": {"1"}, "bare": {planted}}},
		{Form: "f", Answers: map[string][]string{"tone": {planted}, "bare": nil, "left": {planted}}},
		{Form: "unknown", Answers: map[string][]string{"some": {planted}}},
	}}}
	given := reviewsOf(story)
	if text := fmt.Sprint(given); strings.Count(text, planted) != 4 || !strings.Contains(text, "[{Tone SCALE [Good]} {Bare TEXTAREA") {
		t.Errorf("shown are %s", text)
	}
	if text := fmt.Sprint(covered(aCover(), given)); strings.Contains(text, planted) || !strings.Contains(text, "Good") {
		t.Errorf("in presentation mode the page gets %s", text)
	}
}
