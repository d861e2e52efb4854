package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// matches lists, from the data, the names of the interactions that fit.
func matches(d *Data, fits func(*Interaction) bool) []string {
	var list []string
	for _, i := range d.Interactions {
		if fits(i) {
			list = append(list, i.Name)
		}
	}
	return list
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// found lists the names of the interactions a filter gives, in any order.
func (s *site) found(pairs ...string) []string {
	s.t.Helper()
	got := s.get(query("/api/v6/activitiesWap.json", append(pairs, "fields", "name", "take", "1000")...))
	wantCode(s.t, fmt.Sprint(pairs), got, http.StatusOK)
	return names(got.data(s.t))
}

func TestFilterEncodings(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	d := s.Data()
	queue := matches(d, func(i *Interaction) bool { return i.Queue == 4101 })
	both := matches(d, func(i *Interaction) bool { return i.Queue == 4101 && i.Direction == "OUT" })
	either := matches(d, func(i *Interaction) bool { return i.Queue == 4101 || i.Direction == "OUT" })
	deep := matches(d, func(i *Interaction) bool {
		return i.Direction == "IN" && (i.Queue == 4101 || i.Queue == 4107 && (i.Missed == "YES" || i.Missed == "NO"))
	})
	for name, tt := range map[string]struct {
		filter string
		want   []string
	}{
		"one":               {"filter[field]=queue&filter[operator]=eq&filter[value]=4101", queue},
		"flat":              {"filter[0][field]=queue&filter[0][operator]=eq&filter[0][value]=4101&filter[1][field]=direction&filter[1][operator]=eq&filter[1][value]=OUT", both},
		"tree and":          {"filter[logic]=and&filter[filters][0][field]=queue&filter[filters][0][operator]=eq&filter[filters][0][value]=4101&filter[filters][1][field]=direction&filter[filters][1][operator]=eq&filter[filters][1][value]=OUT", both},
		"tree or":           {"filter[logic]=or&filter[filters][0][field]=queue&filter[filters][0][operator]=eq&filter[filters][0][value]=4101&filter[filters][1][field]=direction&filter[filters][1][operator]=eq&filter[filters][1][value]=OUT", either},
		"without logic":     {"filter[filters][0][field]=queue&filter[filters][0][operator]=eq&filter[filters][0][value]=4101", queue},
		"extra keys":        {"filter[0][field]=queue&filter[0][operator]=eq&filter[0][value]=4101&filter[0][type]=text&filter[0][_type]=number&filter[0][ignoreCase]=true", queue},
		"direction in caps": {"filter[field]=direction&filter[operator]=eq&filter[value]=out", matches(d, func(i *Interaction) bool { return i.Direction == "OUT" })},
		"three deep": {"filter[logic]=and&filter[filters][0][field]=direction&filter[filters][0][operator]=eq&filter[filters][0][value]=IN" +
			"&filter[filters][1][logic]=or&filter[filters][1][filters][0][field]=queue&filter[filters][1][filters][0][operator]=eq&filter[filters][1][filters][0][value]=4101" +
			"&filter[filters][1][filters][1][logic]=and&filter[filters][1][filters][1][filters][0][field]=queue&filter[filters][1][filters][1][filters][0][operator]=eq&filter[filters][1][filters][1][filters][0][value]=4107" +
			"&filter[filters][1][filters][1][filters][1][field]=missed&filter[filters][1][filters][1][filters][1][operator]=in&filter[filters][1][filters][1][filters][1][value][0]=YES&filter[filters][1][filters][1][filters][1][value][1]=NO", deep},
	} {
		t.Run(name, func(t *testing.T) {
			values, err := url.ParseQuery(tt.filter)
			if err != nil {
				t.Fatal(err)
			}
			var pairs []string
			for key, list := range values {
				pairs = append(pairs, key, list[0])
			}
			got := s.found(pairs...)
			if len(got) == 0 || !slices.Equal(sorted(got), sorted(tt.want)) {
				t.Errorf("found %d, want %d", len(got), len(tt.want))
			}
		})
	}
}

func TestFilterOperators(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 900})
	d := s.Data()
	mid := d.Interactions[450]
	at := mid.Time.Text(d.Zone)
	answered := func(yes bool) func(*Interaction) bool {
		return func(i *Interaction) bool { return i.Answered != nil && *i.Answered == yes }
	}
	person := find(t, "paired interaction", d.Interactions, func(i *Interaction) bool { return i.Contact != "" && i.External.FullName != "" })
	piece := strings.ToUpper(person.Title[1:3])
	for _, tt := range []struct {
		field, operator string
		values          []string
		fits            func(*Interaction) bool
	}{
		{"wait_time", "gt", []string{"60"}, func(i *Interaction) bool { return i.WaitTime > 60 }},
		{"wait_time", "gte", []string{"60"}, func(i *Interaction) bool { return i.WaitTime >= 60 }},
		{"wait_time", "lt", []string{"9"}, func(i *Interaction) bool { return i.WaitTime >= 0 && i.WaitTime < 9 }},
		{"wait_time", "lte", []string{"9"}, func(i *Interaction) bool { return i.WaitTime >= 0 && i.WaitTime <= 9 }},
		{"wait_time", "neq", []string{"0"}, func(i *Interaction) bool { return i.WaitTime > 0 }},
		{"wait_time", "between", []string{"30", "40"}, func(i *Interaction) bool { return i.WaitTime >= 30 && i.WaitTime <= 40 }},
		{"wait_time", "isnull", []string{"true"}, func(i *Interaction) bool { return i.WaitTime == Unknown }},
		{"wait_time", "isnull", nil, func(i *Interaction) bool { return i.WaitTime == Unknown }},
		{"wait_time", "isnotnull", []string{""}, func(i *Interaction) bool { return i.WaitTime != Unknown }},
		{"time", "eq", []string{at}, func(i *Interaction) bool { return i.Time == mid.Time }},
		{"time", "gte", []string{at}, func(i *Interaction) bool { return i.Time >= mid.Time }},
		{"time", "lt", []string{at}, func(i *Interaction) bool { return i.Time < mid.Time }},
		{"time", "lte", []string{at[:10]}, func(i *Interaction) bool { return i.Time.Text(d.Zone) <= at[:10]+" 00:00:00" }},
		{"time", "startswith", []string{at[:10]}, func(i *Interaction) bool { return i.Time.Text(d.Zone)[:10] == at[:10] }},
		{"user", "isnull", nil, func(i *Interaction) bool { return i.User == "" }},
		{"user", "in", []string{"novakova.a", "kral.p"}, func(i *Interaction) bool { return i.User == "novakova.a" || i.User == "kral.p" }},
		{"user", "notin", []string{"novakova.a", "kral.p"}, func(i *Interaction) bool { return i.User != "" && i.User != "novakova.a" && i.User != "kral.p" }},
		{"queue", "in", []string{"4101", "4102"}, func(i *Interaction) bool { return i.Queue == 4101 || i.Queue == 4102 }},
		{"queue.title", "eq", []string{"fakturace"}, func(i *Interaction) bool { return i.Queue == 4107 }},
		{"external_contact.number", "eq", []string{person.External.Number}, func(i *Interaction) bool { return i.External != nil && i.External.Number == person.External.Number }},
		{"contact", "eq", []string{person.Contact}, func(i *Interaction) bool { return i.Contact == person.Contact }},
		{"answered", "eq", []string{"1"}, answered(true)},
		{"answered", "eq", []string{"true"}, answered(true)},
		{"answered", "eq", []string{"0"}, answered(false)},
		{"answered", "eq", []string{"false"}, answered(false)},
		{"missed", "eq", []string{""}, func(i *Interaction) bool { return i.Missed == "" }},
		{"title", "contains", []string{piece}, func(i *Interaction) bool {
			return strings.Contains(strings.ToLower(i.Title), strings.ToLower(piece))
		}},
		{"title", "doesnotcontain", []string{piece}, func(i *Interaction) bool {
			return !strings.Contains(strings.ToLower(i.Title), strings.ToLower(piece))
		}},
		{"title", "like", []string{"%ová"}, func(i *Interaction) bool { return strings.HasSuffix(i.Title, "ová") }},
		{"title", "notlike", []string{"%ová"}, func(i *Interaction) bool { return !strings.HasSuffix(i.Title, "ová") }},
		{"title", "endswith", []string{"ová"}, func(i *Interaction) bool { return strings.HasSuffix(i.Title, "ová") }},
		{"title", "ends", []string{"ová"}, func(i *Interaction) bool { return strings.HasSuffix(i.Title, "ová") }},
		{"title", "notends", []string{"ová"}, func(i *Interaction) bool { return !strings.HasSuffix(i.Title, "ová") }},
		{"title", "begins", []string{"jan"}, func(i *Interaction) bool { return strings.HasPrefix(strings.ToLower(i.Title), "jan") }},
		{"title", "notbegins", []string{"jan"}, func(i *Interaction) bool { return !strings.HasPrefix(strings.ToLower(i.Title), "jan") }},
		{"title", "regexp", []string{"^[a-m].*á$"}, func(i *Interaction) bool {
			lower := strings.ToLower(i.Title)
			return lower != "" && lower[0] >= 'a' && lower[0] <= 'm' && strings.HasSuffix(lower, "á")
		}},
		{"name", "in", []string{mid.Name, person.Name, mid.Name, "none"}, func(i *Interaction) bool { return i == mid || i == person }},
	} {
		t.Run(tt.field+" "+tt.operator+" "+strings.Join(tt.values, ","), func(t *testing.T) {
			pairs := []string{"filter[0][field]", tt.field, "filter[0][operator]", tt.operator}
			if len(tt.values) == 1 {
				pairs = append(pairs, "filter[0][value]", tt.values[0])
			} else {
				for n, value := range tt.values {
					pairs = append(pairs, fmt.Sprintf("filter[0][value][%d]", n), value)
				}
			}
			got, want := s.found(pairs...), matches(d, tt.fits)
			if len(want) == 0 {
				t.Fatal("the data has nothing to find")
			}
			if !slices.Equal(sorted(got), sorted(want)) {
				t.Errorf("found %d, want %d", len(got), len(want))
			}
		})
	}
}

func TestFilterOnManyToMany(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	want := 0
	for _, a := range s.Data().Activities {
		want += btoi(slices.Contains(a.Statuses, "status_1") || slices.Contains(a.Statuses, "status_6"))
	}
	got := s.get(query("/api/v6/activities", "filter[field]", "statuses", "filter[operator]", "in",
		"filter[value][0]", "status_1", "filter[value][1]", "status_6"))
	if got.total(t) != want || want == 0 {
		t.Errorf("total %d, want %d", got.total(t), want)
	}
}

func TestWrongFiltersAreRefused(t *testing.T) {
	t.Parallel()
	s := open(t, Options{})
	for name, filter := range map[string]string{
		"unknown field":      "filter[field]=edited&filter[operator]=eq&filter[value]=1",
		"unknown operator":   "filter[field]=name&filter[operator]=nin&filter[value]=1",
		"empty list":         "filter[field]=name&filter[operator]=in&filter[value]=",
		"missing list":       "filter[field]=name&filter[operator]=notin",
		"between with one":   "filter[field]=wait_time&filter[operator]=between&filter[value]=1",
		"list for a scalar":  "filter[field]=name&filter[operator]=eq&filter[value][0]=1",
		"object with or":     "filter[or][0][field]=name&filter[or][0][operator]=eq&filter[or][0][value]=1",
		"unknown logic":      "filter[logic]=xor&filter[filters][0][field]=name&filter[filters][0][operator]=eq&filter[filters][0][value]=1",
		"text":               "filter=name",
		"open bracket":       "filter[field=name",
		"broken regexp":      "filter[field]=name&filter[operator]=regexp&filter[value]=(",
		"through a scalar":   "filter[field]=name.x&filter[operator]=eq&filter[value]=1",
		"bad paging":         "take=x",
		"negative skip":      "skip=-1",
		"wrong direction":    "sort[field]=time&sort[dir]=up",
		"page zero":          "page=0&pageSize=10",
		"deeper than a tree": "filter" + strings.Repeat("[filters][0]", 40) + "[field]=name",
	} {
		got := s.get("/api/v6/activitiesWap?" + filter)
		if got.code != http.StatusBadRequest || got.object["result"] != nil {
			t.Errorf("%s: %d %.200s, want 400 without a result", name, got.code, got.body)
		}
	}
	wap := s.get("/api/v6/activities?filter[field]=item.name&filter[operator]=eq&filter[value]=x")
	wantCode(t, "filter on an item", wap, http.StatusBadRequest)
}

func TestFilterInTheHourThatComesTwice(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 50})
	// 25 October 2026: 02:30 comes at 00:30 UTC and again at 01:30 UTC.
	early := Stamp(noon().AddDate(0, 0, -24).Unix()/86400*86400 + 1800)
	first, second := s.Data().Interactions[0].Name, s.Data().Interactions[1].Name
	s.ChangeInteraction(first, func(i *Interaction) { i.Time = early })
	s.ChangeInteraction(second, func(i *Interaction) { i.Time = early + 3600 })
	got := s.found("filter[0][field]", "time", "filter[0][operator]", "gte", "filter[0][value]", "2026-10-25 02:30:00",
		"filter[1][field]", "time", "filter[1][operator]", "lt", "filter[1][value]", "2026-10-25 02:31:00")
	if !slices.Equal(sorted(got), sorted([]string{first, second})) {
		t.Errorf("found %v, want both", got)
	}
}

// FuzzFilter feeds any query to a list: it must answer, and only with 200 or 400.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{
		"filter[field]=queue&filter[operator]=eq&filter[value]=4101",
		"filter[logic]=or&filter[filters][0][logic]=and&filter[filters][0][filters][0][field]=time&filter[filters][0][filters][0][operator]=between&filter[filters][0][filters][0][value][0]=2026-11-01&filter[filters][0][filters][0][value][1]=2026-11-09",
		"filter[0][field]=title&filter[0][operator]=like&filter[0][value]=%25a_%5C%25",
		"fields[]=a.b.c&fields=,,&sort[0][field]=time&sort[0][dir]=desc&sort[][field]=time",
		"filter[][]=&filter[]=&filter[field][field]=x", "take=1000&skip=99999999999999999999&total=false", "page=4000000&pageSize=1000",
	} {
		f.Add(seed)
	}
	s, err := New(Options{Interactions: 40, Now: noon})
	if err != nil {
		f.Fatal(err)
	}
	viewer := s.viewer(loginLead)
	f.Fuzz(func(t *testing.T, raw string) {
		values, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		q := &ask{world: s.world, models: s.models, viewer: viewer, zone: s.zone, now: noon(), server: s}
		got := s.lookUp(values, q, s.models["activitiesWap"], nil)
		if got.code != http.StatusOK && got.code != http.StatusBadRequest {
			t.Errorf("status %d", got.code)
		}
	})
}

func TestLikeMatchesAsSQLDoes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, pattern string
		want          bool
	}{
		{"abc", "abc", true}, {"abc", "a%", true}, {"abc", "%c", true}, {"abc", "%b%", true}, {"abc", "a_c", true},
		{"abc", "ab", false}, {"abc", "b%", false}, {"", "%", true}, {"", "_", false}, {"a%c", `a\%c`, true},
		{"abc", `a\%c`, false}, {"aaab", "%aab", true}, {"čau", "_au", true}, {"abcabc", "%bc%bc", true}, {"abc", "", false},
	} {
		if got := like(tt.text, tt.pattern); got != tt.want {
			t.Errorf("like(%q, %q) = %v", tt.text, tt.pattern, got)
		}
	}
}
