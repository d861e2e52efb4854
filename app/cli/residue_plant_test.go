package cli

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"wapdesk/app/demo"
)

// crowd is a contact centre with customers whose every trace is a mark.
type crowd struct {
	site      *site
	customers []*marked
	owner     map[string]string // what each mark belongs to
	dice      *rand.Rand
}

// marked is one of them.
type marked struct {
	n            int
	contact      string
	interactions []string
	marks        []string // all that are stored
	former       []string // those that an edit replaced
	words        []string // those that the search index holds
	sought       string   // one of the words, whole
	fileOf       string   // the interaction with an attachment
	files        []string // its attachments
}

const markSigns = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// mark makes a new one for a place of a customer, with four signs before it.
func (c *crowd) mark(who *marked, place string) string {
	text := make([]byte, 4+markLength)
	for i := range text {
		text[i] = markSigns[c.dice.IntN(len(markSigns))]
	}
	copy(text[4:], markAnchor)
	c.own(who, string(text[4:]), place)
	return string(text)
}

func (c *crowd) number(who *marked, place string) string {
	number := fmt.Sprintf("%s%09d", numberAnchor, c.dice.IntN(1e9))
	c.own(who, number, place)
	return number
}

func (c *crowd) own(who *marked, mark, place string) {
	who.marks = append(who.marks, mark)
	c.owner[mark] = fmt.Sprintf("customer %d, %s", who.n, place)
}

// gathered plants customers into the finished chats of a contact centre, one to three chats each.
func gathered(t testing.TB, s *site, customers int) *crowd {
	t.Helper()
	c := &crowd{site: s, owner: map[string]string{}, dice: rand.New(rand.NewPCG(14, 1))}
	w := truthOf(s)
	var free []*demo.Interaction
	for _, i := range w.Interactions {
		if i.Disconnection != "" && len(i.Activities) == 1 && i.External != nil && !w.erased(i) {
			free = append(free, i)
		}
	}
	if len(free) < 3*customers {
		t.Fatalf("%d finished chats for %d customers", len(free), customers)
	}
	c.dice.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
	for n := range customers {
		who := &marked{n: n, contact: fmt.Sprintf("contact_planted%d", n)}
		c.customers = append(c.customers, who)
		c.addContact(t, who)
		external := demo.ExternalContact{ID: fmt.Sprint(9_900_000 + n), UUID: fmt.Sprintf("planted-%d", n), FullName: "Žofie " + c.mark(who, "account of WhatsApp"),
			Number: c.number(who, "number of WhatsApp"), Connector: free[0].External.Connector, Contact: who.contact}
		for k := range 1 + n%3 {
			c.plant(who, free[0], external, k == 0)
			free = free[1:]
		}
	}
	return c
}

func (c *crowd) addContact(t testing.TB, who *marked) {
	t.Helper()
	first, last := "Žofie", c.mark(who, "last name")
	body, err := json.Marshal(map[string]any{
		"name": who.contact, "title": first + " " + last, "firstname": first, "lastname": last, "database": "default", "description": c.mark(who, "note of the contact"),
		"customFields": map[string][]string{"number": {c.number(who, "number of the contact")}, "email": {c.mark(who, "e-mail") + "@example.org"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.site.web.URL+"/api/v6/contacts.json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-AUTH-TOKEN", c.site.Token())
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("contact: status %d", res.StatusCode)
	}
}

// plant makes an interaction the customer's; the first one gets attachments.
func (c *crowd) plant(who *marked, i *demo.Interaction, external demo.ExternalContact, files bool) {
	who.interactions = append(who.interactions, i.Name)
	said := c.mark(who, "message")
	who.sought = said
	who.words = append(who.words, said[4:])
	title := c.mark(who, "title of the interaction")
	c.site.ChangeInteraction(i.Name, func(i *demo.Interaction) {
		i.External, i.Sender, i.Title, i.Contact, i.Said = &external, external.Number, "Dotaz "+title, who.contact, []string{"tady " + said + ", děkuji"}
	})
	activity, note, field := c.mark(who, "title of the activity"), c.mark(who, "description"), c.mark(who, "custom field")
	var list []demo.File
	if files {
		who.fileOf = i.Name
		list = c.attachments(who, i)
	}
	c.site.ChangeActivity(i.Activities[0], func(a *demo.Activity) {
		a.Title, a.Description, a.Contact = activity, "<p>"+note+"</p>", who.contact
		a.CustomFields = map[string][]string{"note": {field}}
		a.Files = list
	})
}

// attachments are a zip and a gzip, the latter of UTF-16: what is in them shows in no byte of theirs.
func (c *crowd) attachments(who *marked, i *demo.Interaction) []demo.File {
	var zipped, gzipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	entry, _ := z.Create("letter.txt") // a buffer takes everything
	_, _ = entry.Write([]byte(strings.Repeat("Vážená paní "+c.mark(who, "text within a zip")+"\n", 3)))
	_ = z.Close()
	g, _ := gzip.NewWriterLevel(&gzipped, flate.BestCompression)
	for _, unit := range utf16.Encode([]rune(c.mark(who, "UTF-16 within a gzip"))) {
		_, _ = g.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	_ = g.Close()
	var list []demo.File
	for n, content := range [][]byte{zipped.Bytes(), gzipped.Bytes()} {
		id := i.ID*10_000 + 9_100 + int64(n) // where the demo keeps files of activities
		who.files = append(who.files, fmt.Sprint(id))
		list = append(list, demo.File{ID: id, Title: c.mark(who, "name of a file") + ".bin", MimeType: "application/octet-stream", Size: int64(len(content)),
			Duration: demo.Unknown, Time: i.Time, Content: content})
	}
	return list
}

// edit gives every customer further words and another title: the contact centre goes on.
func (c *crowd) edit() {
	for _, who := range c.customers {
		said, title := c.mark(who, "later message"), c.mark(who, "later title")
		who.words = append(who.words, said[4:])
		c.site.ChangeInteraction(who.interactions[0], func(i *demo.Interaction) {
			before := i.Title[len(i.Title)-markLength:]
			who.former = append(who.former, before)
			who.marks = slices.DeleteFunc(who.marks, func(m string) bool { return m == before })
			i.Said = append(slices.Clone(i.Said), "a ještě "+said)
			i.Title = title
			i.Duration++
		})
	}
}
