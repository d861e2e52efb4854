package cli

import (
	"slices"
	"testing"

	"wapdesk/app/demo"
)

const configuredCall = `POST /custom/anonymise {"interaction":"{name}"}`

// stateOfAnonymising is the state and the reason of a machine's only request to anonymise.
func stateOfAnonymising(t *testing.T, m *machine) (state, reason string) {
	t.Helper()
	changes := changesOf(m, "changes")
	if len(changes) != 1 || changes[0].Kind != "anonymise" {
		t.Fatalf("changes %+v", changes)
	}
	if changes[0].Reason != nil {
		reason = *changes[0].Reason
	}
	return changes[0].State, reason
}

// anonymisedUpstream reports whether the contact centre has anonymised the customer.
func (c *customer) anonymisedUpstream() bool {
	w := truthOf(c.site)
	return w.erased(w.Interaction(c.interaction))
}

// TestAConfiguredCallAnonymisesUpstream configures the call after and before an erasure: it is sent with
// the queue, and confirmed by what is read again.
func TestAConfiguredCallAnonymisesUpstream(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	c.site.SetOddities(demo.Oddities{AnonymiseCall: demo.AnonymiseDone})
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("anonymise", c.interaction, "--yes")
	if state, reason := stateOfAnonymising(t, m); state != "waiting" || reason != "manual" {
		t.Errorf("without a call it is %s, %s", state, reason)
	}
	m.ok("sync")
	if c.anonymisedUpstream() || len(c.site.Writes()) != 1 { // the contact of the test itself
		t.Fatalf("something was asked of the contact centre: %+v", c.site.Writes())
	}
	m.ok("connect", "--anonymise-call", configuredCall)
	if state, reason := stateOfAnonymising(t, m); state != "waiting" || reason != "" {
		t.Errorf("with a call it is %s, %s", state, reason)
	}
	m.ok("sync")
	if state, _ := stateOfAnonymising(t, m); state != "sent" || !c.anonymisedUpstream() {
		t.Errorf("after the sync it is %s, anonymised there: %v", state, c.anonymisedUpstream())
	}
	writes := c.site.Writes()
	if last := writes[len(writes)-1]; last.Path != demo.AnonymisePath || last.Body != `{"interaction":"`+c.interaction+`"}` {
		t.Errorf("sent %+v", last)
	}
	if got := ledgerState(m, c.interaction); got != "confirmed" {
		t.Errorf("the ledger says %s", got)
	}
	c.mustBeGone(t, m, "after the confirmation")
}

func ledgerState(m *machine, name string) string {
	var ledger struct {
		Erasures []struct {
			Name     string
			Upstream *string
		}
	}
	m.json(&ledger, "ledger")
	at := slices.IndexFunc(ledger.Erasures, func(e struct {
		Name     string
		Upstream *string
	}) bool {
		return e.Name == name
	})
	if at < 0 || ledger.Erasures[at].Upstream == nil {
		return ""
	}
	return *ledger.Erasures[at].Upstream
}

// TestAYesWithoutTheFlagIsNotBelieved lets the contact centre answer yes and do nothing.
func TestAYesWithoutTheFlagIsNotBelieved(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	c.site.SetOddities(demo.Oddities{AnonymiseCall: demo.AnonymiseIgnored})
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("connect", "--anonymise-call", configuredCall)
	m.ok("anonymise", c.interaction, "--yes")
	m.ok("sync")
	m.ok("sync")
	if got := ledgerState(m, c.interaction); got != "sent" {
		t.Errorf("the ledger says %s, want that it was sent and no more", got)
	}
	c.site.Anonymise(c.interaction) // it takes its time
	m.ok("sync")
	if got := ledgerState(m, c.interaction); got != "confirmed" {
		t.Errorf("the ledger says %s after the flag was read", got)
	}
}

// TestACallThatIsRefusedIsShown tries a call that the contact centre forbids, one it does not know, and one it
// answers once it can be reached.
func TestACallThatIsRefusedIsShown(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	m.ok("connect", "--anonymise-call", configuredCall)
	m.ok("anonymise", c.interaction, "--yes")
	m.ok("sync") // the contact centre offers no such call
	if state, reason := stateOfAnonymising(t, m); state != "refused" || reason == "" {
		t.Errorf("an unknown call: %s, %q", state, reason)
	}

	c = newCustomer(t)
	c.site.SetOddities(demo.Oddities{AnonymiseCall: demo.AnonymiseDone})
	m = c.site.lead(t)
	m.ok("sync")
	m.ok("connect", "--anonymise-call", configuredCall)
	m.ok("anonymise", c.interaction, "--yes")
	c.site.SetFail(demo.Fail5xx, 1)
	m.run("", "sync")
	if state, _ := stateOfAnonymising(t, m); state != "waiting" || c.anonymisedUpstream() {
		t.Errorf("out of reach: %s", state)
	}
	c.site.SetFail(demo.Fail5xx, 0)
	c.site.SetAccess("lead", "gdprPolicy", 0)
	m.ok("sync")
	if state, reason := stateOfAnonymising(t, m); state != "refused" || reason == "" || c.anonymisedUpstream() {
		t.Errorf("not permitted: %s, %q", state, reason)
	}
}

func TestACallThatNamesNothingIsNotKept(t *testing.T) {
	t.Parallel()
	c := newCustomer(t)
	m := c.site.lead(t)
	m.ok("sync")
	for _, call := range []string{"POST", "GET /x/{name}", "POST /x", "POST x/{name}", "POST //elsewhere/{name}", `POST /x {"a":{name}`, "POST /../{name}", "POST /x/{name} {broken"} {
		m.fails(exitUsage, "connect", "--anonymise-call", call)
	}
	m.fails(exitUsage, "connect", "--anonymise-call", "off", "--token-stdin")
	m.ok("connect", "--anonymise-call", "DELETE /gdpr/{name}")
	m.ok("connect", "--anonymise-call", "off")
	m.ok("anonymise", c.interaction, "--yes")
	if state, reason := stateOfAnonymising(t, m); state != "waiting" || reason != "manual" {
		t.Errorf("after off it is %s, %s", state, reason)
	}
}
