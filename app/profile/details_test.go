package profile

import (
	"errors"
	"slices"
	"testing"

	"wapdesk/store"
	"wapdesk/store/listing"
)

func TestTheRoleTakesChangesAway(t *testing.T) {
	t.Parallel()
	all := map[string]int64{"pActivities": 31, "contacts": 23, "qaReviews": 31, "pWaps": 31}
	with := func(access string, bits int64) map[string]int64 {
		m := map[string]int64{}
		for k, v := range all {
			m[k] = v
		}
		m[access] = bits
		return m
	}
	for name, c := range map[string]struct {
		rights store.Rights
		want   []string
	}{
		"everything":        {store.Rights{Accesses: all}, []string{}},
		"accesses not told": {store.Rights{}, []string{}},
		"no contacts":       {store.Rights{Accesses: with("contacts", 0)}, []string{"contact"}},
		// What the bits mean is not published: pActivities is 48 in every published role.
		"any bit":           {store.Rights{Accesses: with("pActivities", 48)}, []string{}},
		"one bit":           {store.Rights{Accesses: with("qaReviews", 2)}, []string{}},
		"no activities":     {store.Rights{Accesses: with("pActivities", 0)}, []string{"pair", "ticket", "start"}},
		"no interactions":   {store.Rights{Accesses: with("pWaps", 0)}, []string{"contactedback"}},
		"no reviews":        {store.Rights{Accesses: with("qaReviews", 0)}, []string{"qa"}},
		"a 0 and no others": {store.Rights{Accesses: map[string]int64{"pWaps": 0}}, []string{}},
		"a file":            {store.Rights{All: true, Accesses: with("contacts", 0)}, []string{}},
	} {
		if got := Forbidden(c.rights); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// TestNobodyAcceptedWhatWasNotAnswered derives the steps of an interaction that an agent looked into after
// the customer had left.
func TestNobodyAcceptedWhatWasNotAnswered(t *testing.T) {
	t.Parallel()
	d := store.Detail{
		Interaction: store.Interaction{TimeMs: 1_000, WaitS: 90, DurationS: listing.Unknown, Answered: listing.TriNo},
		Activities:  []store.ActivityDetail{{Activity: store.Activity{TimeOpenMs: 600_000, TimeCloseMs: 640_000}}},
	}
	for answered, want := range map[listing.Tri][]string{
		listing.TriNo: {stepQueued, stepSaved}, listing.TriYes: {stepQueued, stepAccepted, stepSaved},
	} {
		d.Interaction.Answered = answered
		steps, _ := processOf(d)
		var got []string
		for _, s := range steps {
			got = append(got, s.Step)
		}
		if !slices.Equal(got, want) {
			t.Errorf("answered %v: %v, want %v", answered, got, want)
		}
	}
}

func TestALinkOfAnotherCompanyIsRefused(t *testing.T) {
	t.Parallel()
	const link = "/listing/activities/?activityDetail=activities_1"
	acme := Description{Kind: kindConnected, URL: "https://acme.daktela.com"}
	below := Description{Kind: kindConnected, URL: "http://127.0.0.1:8080/crm"}
	for _, c := range []struct {
		of    Description
		text  string
		other string // whose link it is
	}{
		{acme, "activities_1", ""},
		{acme, "https://acme.daktela.com" + link, ""},
		{acme, " https://ACME.daktela.com" + link + " ", ""},
		{acme, "https://other.daktela.com" + link, "other.daktela.com"},
		{acme, "https://acme.daktela.com.example" + link, "acme.daktela.com.example"},
		{below, "http://127.0.0.1:8080/crm" + link, ""},
		{below, "http://127.0.0.1:8080/shop" + link, "127.0.0.1:8080/shop"},
		{below, "http://127.0.0.1:9090/crm" + link, "127.0.0.1:9090/crm"},
		{Description{Kind: kindDemo}, "https://other.daktela.com" + link, ""},
		{Description{Kind: kindFile, File: "week.xlsx"}, "https://other.daktela.com" + link, ""},
	} {
		name, err := (&Profile{Description: c.of}).NameOf(c.text)
		if c.other == "" {
			if name != "activities_1" || err != nil {
				t.Errorf("%s for %+v: %q, %v", c.text, c.of, name, err)
			}
			continue
		}
		if e, ok := errors.AsType[*OtherCompanyError](err); !ok || e.Site != c.other || name != "" {
			t.Errorf("%s for %+v: %q, %v; want it refused as of %s", c.text, c.of, name, err, c.other)
		}
	}
}

// TestLinksOfTheOwnScheme lead where the name or the link in them leads.
func TestLinksOfTheOwnScheme(t *testing.T) {
	t.Parallel()
	const deep = "https://acme.daktela.com/listing/activities/?activityDetail=wap_1"
	for link, want := range map[string]string{
		"wapdesk:wap_1": "wap_1", "wapdesk://wap_1/": "wap_1", "WAPDESK:wap_1": "wap_1", "wapdesk:" + deep: "wap_1",
		"wapdesk:///?activityDetail=wap_1": "wap_1", deep: "wap_1", "wap_1": "wap_1", "wapdesk:": "", "wapdesk:a b": "",
	} {
		if got := NameFromLink(link); got != want {
			t.Errorf("%s leads to %q, not %q", link, got, want)
		}
	}
	if got := PlainLink("wapdesk:" + deep); got != deep {
		t.Errorf("the company is lost: %s", got)
	}
}
