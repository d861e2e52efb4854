//go:build linux && e2e

package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// shapes are habits of servers that tell the same rows in other ways, all of them at once.
var shapes = []string{
	"clamp=90", "no-total", "data-as-object", "dotted-keys", "shuffle-ties", "old-errors", "reduced-refs", "opaque-masks", "no-choices",
	"bare-talk", "zone=Praha",
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
}

// syncSays syncs once more, by the panel or by the notice over the list, until one of them says something.
func (w *window) syncSays(words string) {
	w.t.Helper()
	w.click("button", "^(Sync now|Try again)$")
	waitFor(w.t, "the sync to say "+words, func() error {
		if text := w.text("body"); !strings.Contains(text, words) {
			return notYet("the page reads %q", text)
		}
		return nil
	})
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
	Rows  []struct{ Queue, User, Contact *string }
}

// list is everything stored, as the command line lists it.
func (h *home) list(t *testing.T) listed {
	t.Helper()
	var l listed
	if err := json.Unmarshal(h.command(t, "list", "--time", "all", "--json"), &l); err != nil {
		t.Fatal(err)
	}
	return l
}
