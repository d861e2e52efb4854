package daktela

import (
	"errors"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQueryEncode(t *testing.T) {
	t.Parallel()
	m := model{path: "activitiesWap", fields: []string{"name", "queue.title"}, sorts: []string{"time"}}
	tests := []struct {
		name  string
		query Query
		want  url.Values
	}{
		{"plain", Query{}, url.Values{
			"fields[0]": {"name"}, "fields[1]": {"queue.title"},
		}},
		{"window", Query{
			Filter: And(Gte("time", "2025-06-02 00:00:00"), Lt("time", "2025-06-03 00:00:00")),
			Sort:   []Sort{{Field: "time", Desc: true}}, Search: "Jana",
		}, url.Values{
			"fields[0]": {"name"}, "fields[1]": {"queue.title"}, "q": {"Jana"},
			"filter[logic]":                {"and"},
			"filter[filters][0][field]":    {"time"},
			"filter[filters][0][operator]": {"gte"},
			"filter[filters][0][value]":    {"2025-06-02 00:00:00"},
			"filter[filters][1][field]":    {"time"},
			"filter[filters][1][operator]": {"lt"},
			"filter[filters][1][value]":    {"2025-06-03 00:00:00"},
			"sort[0][field]":               {"time"},
			"sort[0][dir]":                 {"desc"},
		}},
		{"nested with a list", Query{
			Filter: Or(In("name", []Name{"a", "b"}), And(IsNull("user"), Filter{}, Neq("queue", "1"))),
			Fields: []string{"name"}, Take: 1,
		}, url.Values{
			"fields[0]":                                {"name"},
			"filter[logic]":                            {"or"},
			"filter[filters][0][field]":                {"name"},
			"filter[filters][0][operator]":             {"in"},
			"filter[filters][0][value][0]":             {"a"},
			"filter[filters][0][value][1]":             {"b"},
			"filter[filters][1][logic]":                {"and"},
			"filter[filters][1][filters][0][field]":    {"user"},
			"filter[filters][1][filters][0][operator]": {"isnull"},
			"filter[filters][1][filters][1][field]":    {"queue"},
			"filter[filters][1][filters][1][operator]": {"neq"},
			"filter[filters][1][filters][1][value]":    {"1"},
		}},
		{"single condition becomes a group", Query{Filter: Eq("type", "WAP"), Fields: []string{"name"}, Take: 1}, url.Values{
			"fields[0]": {"name"}, "filter[logic]": {"and"},
			"filter[filters][0][field]": {"type"}, "filter[filters][0][operator]": {"eq"}, "filter[filters][0][value]": {"WAP"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.query.encode(m)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("encode (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQueryRefusesBeforeSending(t *testing.T) {
	t.Parallel()
	m := model{path: "activitiesWap", fields: []string{"name"}, sorts: []string{"time"}}
	tests := []struct {
		name  string
		query Query
		want  error
	}{
		{"page over the limit", Query{Take: MaxPage + 1}, ErrTakeTooLarge},
		{"sort that yields nothing", Query{Sort: []Sort{{Field: "name"}}}, ErrUnsafeSort},
		{"empty list", Query{Filter: In("name", []Name{})}, ErrEmptyList},
		{"empty list deep down", Query{Filter: And(Eq("a", "b"), Or(In("name", []Name(nil)), Eq("c", "d")))}, ErrEmptyList},
	}
	for _, tt := range tests {
		if _, err := tt.query.encode(m); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
}
