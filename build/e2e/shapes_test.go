//go:build linux && e2e

package e2e

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// shapes are habits of servers that tell the same rows in other ways, all of them at once.
var shapes = []string{
	"clamp=90", "no-total", "data-as-object", "dotted-keys", "shuffle-ties", "old-errors", "reduced-refs", "opaque-masks", "no-choices",
	"bare-talk", "no-members", "zone=Praha",
}

// The window lists what servers of other shapes hold, as many rows as the command line and as the server itself, also
// once lists of theirs are none and a colleague has left.
func TestWindowListsWhatServersOfOtherShapesHold(t *testing.T) {
	h := newHome(t)
	c := h.centre(t, "--interactions", "300", "--days", "3")
	held := c.total()
	colleague := c.busiest()
	c.control("shape", shapes...)
	h.command(t, "sync")

	w := h.open(t)
	w.listed()
	w.preset("Everything stored")
	w.click("button", "^Search")
	w.total(held)
	list := h.list(t)
	if list.Total != held {
		t.Errorf("the command line lists %d, the server holds %d", list.Total, held)
	}
	texts, _ := w.rows()
	for i, text := range texts[:3] {
		for _, want := range []*string{list.Rows[i].Queue, list.Rows[i].User, list.Rows[i].Contact} {
			if want != nil && !strings.Contains(text, *want) {
				t.Errorf("row %d reads %q, the command line has %q", i, text, *want)
			}
		}
	}

	c.post("depart?user=" + url.QueryEscape(colleague))
	c.control("shape", append(shapes, "broken=queues:null")...)
	c.post("add?count=2")
	w.click("button", "^Synchronisation")
	w.syncSays("Daktela didn’t give the list of queues")
	c.control("shape", append(shapes, "broken=activitiesWap:null")...)
	w.syncSays("answered a question with an error")
	w.press(KeyEscape)
	w.preset("Today")
	w.click("button", "^Search")
	w.listed()
	w.preset("Everything stored")
	w.click("button", "^Search")
	w.total(held + 2)
	if list := h.list(t); list.Total != held+2 {
		t.Errorf("after the second sync the command line lists %d, the server holds %d", list.Total, held+2)
	}
	c.control("shape", slices.DeleteFunc(slices.Clone(shapes), func(s string) bool { return s == "data-as-object" })...)

	// What an activity was marked with, and who took part.
	for _, query := range []string{`status:"(none)"`, `status != empty`, "took:" + strconv.Quote(list.user())} {
		want := h.list(t, "--query", query).Total
		if want == 0 {
			t.Errorf("%s finds nothing", query)
		}
		w.filtered(query)
		w.total(want)
	}
	w.showsFiles(c)
	w.takesAFreeAnswer()
	c.control("shape")
	w.erasesThisCopyAlone(c)
}

// showsFiles opens an interaction that has files of no message: its details show them as the command line does, and all
// that the server names are there or in the transcript.
func (w *window) showsFiles(c *centre) {
	w.t.Helper()
	for _, i := range c.withFiles() {
		var shown struct {
			Files    []string
			Messages []struct{ Files []string }
		}
		if err := json.Unmarshal(w.home.command(w.t, "show", i.Name, "--json"), &shown); err != nil {
			w.t.Fatal(err)
		}
		all := slices.Clone(shown.Files)
		for _, m := range shown.Messages {
			all = append(all, m.Files...)
		}
		for _, f := range i.Attachments {
			if !slices.Contains(all, f.Title) {
				w.t.Errorf("the command line lacks the file %q of %s, it has %q", f.Title, i.Name, all)
			}
		}
		if len(shown.Files) == 0 {
			continue
		}
		w.details(i.Name)
		text := w.text(".detail-pane")
		for _, title := range shown.Files {
			if !strings.Contains(text, title) {
				w.t.Errorf("the details lack the file %q: %q", title, text)
			}
		}
		w.press(KeyEscape)
		return
	}
	w.t.Error("no interaction has files of no message")
}

// takesAFreeAnswer reviews an activity. The bits of the role's masks say nothing here, so that nothing may be locked, and
// the form's questions come without their choices: the server is the judge of an answer in words.
func (w *window) takesAFreeAnswer() {
	w.t.Helper()
	name := w.home.first(w.t, "activities = 1 AND contact != empty AND qa:no AND answered:yes AND messages > 3")
	w.details(name)
	w.run(nil, `document.querySelector('[aria-describedby=crm-contact]').click()`)
	for _, button := range []string{"Change contact…", "Remove pairing"} {
		w.enabled(button)
	}
	w.press(KeyEscape)
	w.run(nil, `document.querySelector('[aria-describedby=crm-review]').click()`)
	w.click("button", "^Add QA review…$")
	w.element("dialog", "^Add a QA review$")
	waitFor(w.t, "a question that is answered in words", func() error {
		free, err := w.Element(w.ctx, `return document.querySelector('[role=dialog] textarea, dialog textarea')`)
		if err != nil {
			return err
		}
		return free.Type(w.ctx, "In my own words")
	})
	w.click("button", "^Save review$")
	w.missing("dialog", "^Add a QA review$")
	waitFor(w.t, "the review to be sent or refused", func() error {
		var queued struct {
			Changes []struct{ Kind, State string }
		}
		if err := json.Unmarshal(w.home.command(w.t, "changes", "--json"), &queued); err != nil {
			return err
		}
		if len(queued.Changes) != 1 || queued.Changes[0].Kind != "qa" || queued.Changes[0].State == "waiting" {
			return notYet("changes: %v", queued.Changes)
		}
		return nil
	})
	w.press(KeyEscape)
}

// erasesThisCopyAlone anonymises under a role that may not: the command line asks for --local-only, the window for a
// word that only this copy goes.
func (w *window) erasesThisCopyAlone(c *centre) {
	w.t.Helper()
	var me struct {
		Result struct{ User struct{ Name string } }
	}
	c.ask(http.MethodGet, "/api/v6/whoim.json", &me)
	c.post("access?module=gdprPolicy&mask=0&login=" + url.QueryEscape(me.Result.User.Name))
	beside := []string{"--data", w.home.path("beside")} // the window holds its own profile
	w.home.command(w.t, append(beside, "sync")...)
	name := w.home.first(w.t, "messages > 3 AND -state:anonymised")
	code, said := w.home.fails(w.t, append(beside, "anonymise", name, "--yes")...)
	if code != 3 || !strings.Contains(said, "--local-only") {
		w.t.Errorf("anonymise ended with %d: %s", code, said)
	}
	w.sync(c)
	w.details(name)
	w.click("button", "^Anonymise…$")
	w.element("alertdialog", "^Anonymise")
	w.click("checkbox", "^I understand this can’t be undone")
	w.click("checkbox", "^Only this computer’s copy goes")
	w.click("button", "^Anonymise interaction$")
	w.missing("alertdialog", "^Anonymise")
	if got := w.home.list(w.t, "--query", "name:"+name+" state:anonymised").Total; got != 1 {
		w.t.Errorf("%s is not anonymised on the command line", name)
	}
}

// The hour that the clocks of a night show twice is there twice, and a day that is not downloaded is said to be missing,
// in the window as on the command line.
func TestWindowKnowsTheLongNightAndADayThatIsMissing(t *testing.T) {
	h := newHome(t)
	h.env = append(h.env, "WAPDESK_NOW=2026-10-25T03:40:00+01:00") // 02:30 came twice; a day of 25 hours
	c := h.centre(t, "--interactions", "1000", "--days", "2")
	h.command(t, "sync", "--from", "2026-10-24", "--to", "2026-10-24")
	c.post("fail?set=5xx=1")

	var missing struct {
		Total   int
		Missing []any
	}
	if err := json.Unmarshal(h.command(t, "list", "--json"), &missing); err != nil || missing.Total > 0 || len(missing.Missing) == 0 {
		t.Errorf("the command line lists %d of a day that is not downloaded, missing %v (%v)", missing.Total, missing.Missing, err)
	}
	w := h.open(t)
	w.says("isn’t stored on this computer")
	if text := w.text("body"); strings.Contains(text, "No interactions match") {
		t.Errorf("a day that is not downloaded reads %q", text)
	}

	c.post("fail?set=5xx=0")
	w.click("button", "^Synchronisation")
	w.click("button", "^(Sync now|Try again)$")
	w.listed()
	w.press(KeyEscape)
	const hour = `time >= "2026-10-25 02:00" AND time < "2026-10-25 03:00"`
	night := h.list(t, "--from", "2026-10-25 02:00", "--to", "2026-10-25 03:00").Total
	if night == 0 {
		t.Error("there are no rows in the repeated hour")
	}
	w.filtered(hour)
	w.total(night)
}

// filtered applies a filter in its text form to everything stored.
func (w *window) filtered(query string) {
	w.t.Helper()
	w.preset("Everything stored")
	w.click("button", "^Advanced filter")
	w.element("dialog", "^Advanced filter$")
	field := w.element("textbox", "^Text form$")
	if err := field.Clear(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	if err := field.Type(w.ctx, query); err != nil {
		w.t.Fatal(err)
	}
	w.click("button", "^Apply$")
	w.missing("dialog", "^Advanced filter$")
}

// details opens those of an interaction.
func (w *window) details(name string) {
	w.t.Helper()
	w.filtered("name:" + name)
	w.total(1)
	w.click("button", "^Open details$")
	w.element("heading", "^Activities$")
}

// enabled waits for a button that can be pressed.
func (w *window) enabled(name string) {
	w.t.Helper()
	var off bool
	w.element("button", "^"+name)
	w.run(&off, `return [...document.querySelectorAll('button')].some((b) => b.textContent.trim() === arguments[0] && b.disabled)`, name)
	if off {
		w.t.Errorf("%q is locked", name)
	}
}

// says waits until the page holds some words.
func (w *window) says(words string) {
	w.t.Helper()
	waitFor(w.t, "the page to say "+words, func() error {
		if text := w.text("body"); !strings.Contains(text, words) {
			return notYet("it reads %q", text)
		}
		return nil
	})
}

// sync syncs until a new interaction of the contact centre is stored.
func (w *window) sync(c *centre) {
	w.t.Helper()
	before := w.home.list(w.t).Total
	c.post("add?count=1")
	w.click("button", "^Synchronisation")
	w.click("button", "^(Sync now|Try again)$")
	waitFor(w.t, "a new interaction", func() error {
		if now := w.home.list(w.t).Total; now == before {
			return notYet("%d are stored", now)
		}
		return nil
	})
	w.press(KeyEscape)
}

// syncSays syncs once more, by the panel or by the notice over the list, until one of them says something.
func (w *window) syncSays(words string) {
	w.t.Helper()
	w.click("button", "^(Sync now|Try again)$")
	w.says(words)
}

// centre is a pretend contact centre in a process of its own.
type centre struct {
	t          *testing.T
	url, token string
}

var announced = regexp.MustCompile(`WAPDESK_URL=(\S+) WAPDESK_TOKEN=(\S+)`)

// centre starts a contact centre, and connects what is started in this home from then on.
func (h *home) centre(t *testing.T, args ...string) *centre {
	t.Helper()
	h.start(t, nil, program(t), append([]string{"demo-server", "--control"}, args...)...)
	c := &centre{t: t}
	waitFor(t, "the contact centre", func() error {
		log, err := os.ReadFile(h.path("wapdesk.log"))
		if err != nil {
			return err
		}
		found := announced.FindStringSubmatch(string(log))
		if found == nil {
			return notYet("it printed %q", log)
		}
		c.url, c.token = found[1], found[2]
		return nil
	})
	h.env = append(h.env, "WAPDESK_URL="+c.url, "WAPDESK_TOKEN="+c.token)
	return c
}

func (c *centre) ask(method, address string, into any) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.url+address, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("X-AUTH-TOKEN", c.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %s (%v)", address, res.StatusCode, body, err)
	}
	if err := json.Unmarshal(body, into); err != nil {
		c.t.Fatal(err)
	}
}

// post pulls a switch, like "add?count=2".
func (c *centre) post(what string) {
	c.t.Helper()
	var reply any
	c.ask(http.MethodPost, "/control/"+what, &reply)
}

// control sets a switch that takes several values.
func (c *centre) control(what string, set ...string) {
	c.t.Helper()
	c.post(what + "?" + url.Values{"set": set}.Encode())
}

type interactions struct {
	Result struct {
		Total int
		Data  []struct{ User *struct{ Name string } }
	}
}

func (c *centre) interactions() interactions {
	c.t.Helper()
	var all interactions
	c.ask(http.MethodGet, "/api/v6/activitiesWap.json?take=1000&fields[0]=name&fields[1]=user", &all)
	return all
}

// total is how many interactions the lead may see.
func (c *centre) total() int { return c.interactions().Result.Total }

// busiest is the user who handled most of them.
func (c *centre) busiest() string {
	count, busiest := map[string]int{}, ""
	for _, i := range c.interactions().Result.Data {
		if i.User == nil {
			continue
		}
		if count[i.User.Name]++; count[i.User.Name] > count[busiest] {
			busiest = i.User.Name
		}
	}
	return busiest
}

type withFiles struct {
	Name        string
	Attachments []struct{ Title string }
}

// withFiles are the interactions for which the server names files.
func (c *centre) withFiles() []withFiles {
	c.t.Helper()
	var all struct{ Result struct{ Data []withFiles } }
	c.ask(http.MethodGet, "/api/v6/activitiesWap.json?take=1000&fields[0]=name&fields[1]=attachments", &all)
	return slices.DeleteFunc(all.Result.Data, func(i withFiles) bool { return len(i.Attachments) == 0 })
}

// command runs the program to its end and returns what it printed.
func (h *home) command(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t), append([]string{"--data", h.path("wapdesk")}, args...)...)
	cmd.Env = h.env
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%q: %v\n%s", args, err, out)
	}
	return out
}

type listed struct {
	Total int
	Rows  []listedRow
}

type listedRow struct {
	Name                 string
	Queue, User, Contact *string
}

// user is somebody who handled one of the rows.
func (l listed) user() string {
	at := slices.IndexFunc(l.Rows, func(r listedRow) bool { return r.User != nil })
	return *l.Rows[at].User
}

// list is what the command line lists, everything stored unless args say of when.
func (h *home) list(t *testing.T, args ...string) listed {
	t.Helper()
	if !slices.Contains(args, "--from") {
		args = append(args, "--time", "all")
	}
	var l listed
	if err := json.Unmarshal(h.command(t, append([]string{"list", "--json"}, args...)...), &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// first is the unique name of an interaction that a filter finds.
func (h *home) first(t *testing.T, query string) string {
	t.Helper()
	found := h.list(t, "--limit", "1", "--query", query)
	if len(found.Rows) == 0 {
		t.Fatalf("%s finds nothing", query)
	}
	return found.Rows[0].Name
}

// fails runs the program, which does not do what is asked, and returns its exit code and what it said.
func (h *home) fails(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t), append([]string{"--data", h.path("wapdesk")}, args...)...)
	cmd.Env = h.env
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		t.Fatalf("%q: %v\n%s", args, err, out)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}
