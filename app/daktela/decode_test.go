package daktela

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func known(s string) Text { return Text{s, true} }

func decodeRows[T any](t *testing.T, name string) ([]T, int, envelope) {
	t.Helper()
	e, why, _ := parseEnvelope(fixture(t, name))
	if why != "" {
		t.Fatalf("%s: %s", name, why)
	}
	raw, _, total, ok := listParts(e.result)
	if !ok {
		t.Fatalf("%s is not a list", name)
	}
	rows := make([]T, len(raw))
	for i := range raw {
		if err := json.Unmarshal(raw[i], &rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	return rows, total, e
}

func decodeRecord[T any](t *testing.T, name string) T {
	t.Helper()
	e, why, _ := parseEnvelope(fixture(t, name))
	if why != "" {
		t.Fatalf("%s: %s", name, why)
	}
	raw, ok := single(e.result)
	if !ok {
		t.Fatalf("%s has no record", name)
	}
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestInteractionsDecode(t *testing.T) {
	t.Parallel()
	rows, total, e := decodeRows[Interaction](t, "interactions.json")
	if total != 318 {
		t.Errorf("total as text: got %d, want 318", total)
	}
	if want := (Clock{"2025-06-02 10:00:01", "Europe/Prague"}); e.clock != want {
		t.Errorf("clock: got %v, want %v", e.clock, want)
	}
	want := []Interaction{
		{
			Name: "wap_7c1d0b22e9", Title: known("Jana Vzorová"), State: known(""), Time: known("2025-06-02 09:14:07"),
			Queue: Ref{Name: "4107", Title: known("WA Podpora")}, User: Ref{Name: "novotny.p", Title: known("Petr Novotný")},
			Connector: Ref{Name: "wapconn_1", Title: known("WA hlavní")}, Sender: known("420700000001"),
			ExternalContact: Nested[External]{External{ID: "5512", FullName: known("Jana V."), Number: known("420700000001"), Gender: known("")}, true},
			Answered:        Bool{true, true}, WaitTime: Int{21, true}, Duration: Int{412, true},
			Direction: known("IN"), Disconnection: known("CLIENT"), Missed: known(""),
		},
		{
			Name: "wap_7c1d0b21aa", State: known("ROUTING"), Time: known("2025-06-02 08:57:40"),
			Queue: Ref{Name: "4107"}, Contact: Ref{Name: "c_1", Title: known("Jan Kolář")}, Sender: known("420700000002"),
			Answered: Bool{false, true}, WaitTime: Int{17, true}, Direction: known(""), Disconnection: known(""),
			Missed: known("YES"), MissedTime: known("0000-00-00 00:00:00"), Options: `{"lang":"cs"}`,
		},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestActivityDecodes(t *testing.T) {
	t.Parallel()
	got := decodeRecord[Activity](t, "activity.json")
	want := Activity{
		Name: "activities_66aa01f3", Item: Item{Name: "wap_7c1d0b22e9"}, Type: known("WAP"), Action: known("CLOSE"),
		Title: known("Jana Vzorová"), Important: Bool{false, true}, Priority: Int{0, true},
		Queue: Ref{Name: "4107", Title: known("WA Podpora")}, User: Ref{Title: known("Petr Novotný"), Alias: known("Petr")},
		Ticket: Ref{Name: "2110", Title: known("Router")}, Statuses: List[Ref]{{Name: "st_hotovo", Title: known("Vyřešeno")}},
		Time: known("2025-06-02 09:14:07"), TimeWait: known("2025-06-02 09:14:07"),
		TimeOpen: known("2025-06-02 09:14:28"), TimeClose: known("2025-06-02 09:21:20"),
		BeforeWork: Int{0, true}, AfterWork: Int{18, true}, Duration: Int{412, true}, RingingTime: Int{6, true},
		FocusTime: Int{240, true}, FocusDisruptions: Int{2, true},
		Attachments: List[Attachment]{{
			File: "771", Inline: Bool{false, true}, Title: known("photo.jpg"), Type: known("image/jpeg"),
			Size: Int{20480, true}, Time: known("2025-06-02 09:15:00"),
			System: Nested[SysPart]{SysPart{known(`activities\Attachments`)}, true},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("activity (-want +got):\n%s", diff)
	}
}

func TestRecordUnderDataDecodes(t *testing.T) {
	t.Parallel()
	got := decodeRecord[Activity](t, "activity_under_data.json")
	want := Activity{
		Name: "activities_1", Item: Item{Number: "5512"}, Statuses: List[Ref]{{Name: "st_a", Title: known("A")}},
		CustomFields: CustomFields{"reason": {"billing"}, "tags": {"a", "b"}}, Anonymised: Bool{true, true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("activity (-want +got):\n%s", diff)
	}
}

func TestListShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file  string
		names []Name
		total int
	}{
		{"data_by_name.json", []Name{"wap_b", "wap_a"}, 2},
		{"bare_list.json", []Name{"m1", "m2"}, -1},
		{"no_total.json", []Name{"a"}, -1},
		{"warning.json", []Name{"a"}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			rows, total, _ := decodeRows[Status](t, tt.file)
			var names []Name
			for _, r := range rows {
				names = append(names, r.Name)
			}
			if diff := cmp.Diff(tt.names, names); diff != "" || total != tt.total {
				t.Errorf("got total %d, want %d; names (-want +got):\n%s", total, tt.total, diff)
			}
		})
	}
}

func TestErrorShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file string
		want problems
	}{
		{"error_list.json", problems{messages: []string{"Max defined take is 1000"}}},
		{"error_text.json", problems{messages: []string{"Max defined take is 1000"}}},
		{"error_form.json", problems{form: map[string][]string{
			"lastname": {"Required"}, "account": {"Foreign key error"}, "customFields.email": {"Not a valid address"},
		}}},
		{"error_primary.json", problems{messages: []string{"Duplicate name"}}},
		{"error_violations.json", problems{messages: []string{"Rejected"}, form: map[string][]string{"title": {"Too long"}}}},
		{"error_message.json", problems{messages: []string{"Bad filter"}}},
		{"interactions.json", problems{}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			e, why, _ := parseEnvelope(fixture(t, tt.file))
			if why != "" {
				t.Fatal(why)
			}
			if diff := cmp.Diff(tt.want, e.problems, cmp.AllowUnexported(problems{})); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMessagesDecode(t *testing.T) {
	t.Parallel()
	rows, _, _ := decodeRows[Message](t, "messages.json")
	type line struct {
		Name Name
		Kind MessageKind
		At   string
	}
	var got []line
	for _, m := range rows {
		got = append(got, line{m.Name, m.Kind(), m.At()})
	}
	want := []line{
		{"m1", KindText, "2025-06-02 09:14:10"},
		{"m2", KindImage, "2025-06-02 09:15:00"},
		{"m3", KindUnsupported, "2025-06-02 09:16:00"},
		{"m4", KindLocation, "2025-06-02 09:17:00"},
		{"m5", KindAudio, "2025-06-02 09:18:00"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if r := rows[1].Reactions; len(r) != 1 || r[0].Emoji.Value != "❤" {
		t.Errorf("bare emoji: got %v", r)
	}
	if l := rows[3].Options.Location.Value; l.Latitude.Value != 50.08 || l.Longitude.Value != 14.42 {
		t.Errorf("location: got %v", l)
	}
}

func TestScalarsNeverFail(t *testing.T) {
	t.Parallel()
	type all struct {
		Name Name         `json:"v"`
		Text Text         `json:"-"`
		Int  Int          `json:"-"`
		Bool Bool         `json:"-"`
		Ref  Ref          `json:"-"`
		Time Float        `json:"-"`
		JSON JSON         `json:"-"`
		Item Item         `json:"-"`
		CF   CustomFields `json:"-"`
	}
	tests := []struct {
		in   string
		want all
	}{
		{`null`, all{}},
		{`[]`, all{}},
		{`{}`, all{}},
		{`""`, all{Text: known("")}},
		{`"12"`, all{Name: "12", Text: known("12"), Int: Int{12, true}, Ref: Ref{Name: "12"}, Time: Float{12, true}, JSON: `"12"`, Item: Item{Number: "12"}}},
		{`12.7`, all{Name: "12.7", Text: known("12.7"), Int: Int{12, true}, Ref: Ref{Name: "12.7"}, Time: Float{12.7, true}, JSON: `12.7`, Item: Item{Number: "12.7"}}},
		{`1`, all{Name: "1", Text: known("1"), Int: Int{1, true}, Bool: Bool{true, true}, Ref: Ref{Name: "1"}, Time: Float{1, true}, JSON: `1`, Item: Item{Number: "1"}}},
		{`true`, all{Name: "true", Text: known("true"), Bool: Bool{true, true}, Ref: Ref{Name: "true"}, JSON: `true`, Item: Item{Number: "true"}}},
		{`"0"`, all{Name: "0", Text: known("0"), Int: Int{0, true}, Bool: Bool{false, true}, Ref: Ref{Name: "0"}, Time: Float{0, true}, JSON: `"0"`, Item: Item{Number: "0"}}},
		{`1e400`, all{Name: "1e400", Text: known("1e400"), Ref: Ref{Name: "1e400"}, JSON: `1e400`, Item: Item{Number: "1e400"}}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			t.Parallel()
			var got all
			b := []byte(tt.in)
			for _, target := range []json.Unmarshaler{&got.Name, &got.Text, &got.Int, &got.Bool, &got.Ref, &got.Time, &got.JSON, &got.Item, &got.CF} {
				if err := target.UnmarshalJSON(b); err != nil {
					t.Errorf("%T: %v", target, err)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatal("no fixtures")
	}
	for _, file := range files {
		f.Add(fixture(f, filepath.Base(file)))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		e, why, _ := parseEnvelope(body)
		if why != "" {
			return
		}
		parseTokens(e)
		rows, got, _, ok := listParts(e.result)
		if ok && len(rows) > got {
			t.Fatal("more rows kept than came")
		}
		if one, ok := single(e.result); ok {
			rows = append(rows, one)
		}
		for _, raw := range rows {
			for _, v := range []any{
				&Interaction{}, &Activity{}, &Message{}, &Step{}, &User{}, &Queue{}, &Group{}, &Contact{}, &Ticket{},
				&QAForm{}, &QAReview{}, &Attachment{},
			} {
				if err := json.Unmarshal(raw, v); err != nil {
					t.Fatalf("%T: %v", v, err)
				}
			}
		}
	})
}
