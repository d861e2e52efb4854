package demo

import (
	"slices"
	"strings"
	"testing"
)

func TestScriptsAreWellFormed(t *testing.T) {
	t.Parallel()
	queues := map[int64]bool{}
	for _, q := range seeded(t, Options{Interactions: 1}).Data().Queues {
		queues[q.Name] = true
	}
	for name, text := range map[string]string{"cs": czechTalk, "en": englishTalk} {
		all := parseScripts(text)
		if len(all.topics) < 7 || len(all.outgoing) < 2 || all.filler == nil || all.bot == nil || all.closed == nil || all.thanks == nil {
			t.Fatalf("%s: sections are missing", name)
		}
		for _, topic := range all.topics {
			if topic.weight < 1 || len(topic.queues) == 0 || len(topic.lines) < 3 {
				t.Errorf("%s: %q has weight %d, queues %v, %d lines", name, topic.title, topic.weight, topic.queues, len(topic.lines))
			}
			for _, q := range topic.queues {
				if !queues[q] {
					t.Errorf("%s: %q names queue %d", name, topic.title, q)
				}
			}
			if topic.lines[0].speaker != 'C' {
				t.Errorf("%s: %q does not begin with the customer", name, topic.title)
			}
		}
		if strings.Count(text, "{") != strings.Count(text, "}") {
			t.Errorf("%s: braces do not match", name)
		}
	}
}

func TestWordingOfBraces(t *testing.T) {
	t.Parallel()
	w := wording{
		value:  func(word string) string { return "<" + word + ">" },
		choose: func(n int) int { return n - 1 },
		self:   true,
	}
	for text, want := range map[string]string{
		"plain":                         "plain",
		"{a|b} {order}":                 "b <order>",
		"{~šel|šla}, {^musel|musela}":   "šla, musel",
		"{a|{b|c} d} {=x|y}":            "c d y",
		"{a|b {~on|ona} {n4}}":          "b ona <n4>",
		"{a|b|c} pak {=první|druhé|x3}": "c pak x3",
		"open {":                        "open <>",
	} {
		if got := w.say(text); got != want {
			t.Errorf("say(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTranscriptsFitTheirInteractions(t *testing.T) {
	t.Parallel()
	d := seeded(t, Options{Interactions: 3000}).Data()
	kinds, delivery, seen := map[MessageKind]int{}, map[string]int{}, map[string]int{}
	for _, i := range d.Interactions {
		list := d.Messages(i)
		byName := map[string]bool{}
		for n, m := range list {
			kinds[m.Kind]++
			delivery[m.Delivery]++
			seen["direction "+m.Direction]++
			seen["type "+m.Type]++
			seen["quoted"] += btoi(m.Quoted != "")
			seen["original text"] += btoi(m.OriginalText != "" && m.OriginalText != m.Text)
			seen["reaction"] += len(m.Reactions)
			if m.Seq != n || m.Interaction != i.Name || byName[m.Name] {
				t.Fatalf("%s: message %d is %+v", i.Name, n, m)
			}
			if m.Quoted != "" && !byName[m.Quoted] {
				t.Errorf("%s: message %d quotes a later or missing one", i.Name, n)
			}
			byName[m.Name] = true
			if m.Time < i.Time || n > 0 && m.Time < list[n-1].Time {
				t.Fatalf("%s: message %d is out of order", i.Name, n)
			}
			if i.Duration != Unknown && m.Time > i.Time+Stamp(max(i.WaitTime, 0)+i.Duration) {
				t.Errorf("%s: message %d comes after the end", i.Name, n)
			}
			if (m.Direction == "OUT") != (m.User != "") {
				t.Errorf("%s: message %d goes %q by %q", i.Name, n, m.Direction, m.User)
			}
			if strings.ContainsAny(m.Text, "{}") && i.talk.hostile == 0 {
				t.Errorf("%s: %q has braces left", i.Name, m.Text)
			}
			if m.Delivery == "FAILED" && m.Reason == "" {
				t.Errorf("%s: message %d failed without a reason", i.Name, n)
			}
		}
		if !i.Anonymised && len(list) == 0 {
			t.Errorf("%s has no messages", i.Name)
		}
	}
	for _, kind := range []MessageKind{
		KindText, KindImage, KindVideo, KindVoice, KindAudio, KindDocument, KindSticker, KindLocation, KindContact,
		KindTemplate, KindReply, KindDeleted, KindUnsupported,
	} {
		if kinds[kind] == 0 {
			t.Errorf("no message of the kind %s", kind)
		}
	}
	for _, state := range []string{"", "SENT", "DELIVERED", "READ", "FAILED"} {
		if delivery[state] == 0 {
			t.Errorf("no message is %q", state)
		}
	}
	for _, what := range []string{
		"direction IN", "direction OUT", "direction BOT", "direction ", "type PUBLIC", "type PRIVATE", "type COMMAND", "quoted", "reaction", "original text",
	} {
		if seen[what] == 0 {
			t.Errorf("no message with %s", what)
		}
	}
}

func TestOneChatTodayHasEveryKind(t *testing.T) {
	t.Parallel()
	s := seeded(t, Options{})
	d := s.Data()
	i := find(t, "showcase", d.Interactions, func(i *Interaction) bool { return i.talk.showcase })
	if i.Time < s.world.seed.midnight() {
		t.Errorf("it is of %s", i.Time.Text(d.Zone))
	}
	var kinds []MessageKind
	for _, m := range d.Messages(i) {
		kinds = append(kinds, m.Kind)
	}
	slices.Sort(kinds)
	if got := len(slices.Compact(kinds)); got != 13 {
		t.Errorf("%d kinds, want 13", got)
	}
}

func TestTheLongestChat(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 1500})
	d := s.Data()
	i := find(t, "long chat", d.Interactions, func(i *Interaction) bool { return len(d.Messages(i)) >= longChat })
	path := "/api/v6/activitiesWap/" + i.Name + "/messages.json?sort[0][field]=time_created&fields=name&take=1000"
	first := s.get(path)
	var all []string
	for _, skip := range []string{"0", "1000", "2000"} {
		all = append(all, names(s.get(path+"&skip="+skip).data(t))...)
	}
	if first.total(t) != len(d.Messages(i)) || len(all) != first.total(t) {
		t.Errorf("total %d, %d read, want %d", first.total(t), len(all), len(d.Messages(i)))
	}
	if slices.Sort(all); len(slices.Compact(all)) != first.total(t) {
		t.Error("a message came twice")
	}
}

func TestMessagesOnTheWire(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 1500})
	d := s.Data()
	i := find(t, "showcase", d.Interactions, func(i *Interaction) bool { return i.talk.showcase })
	rows := s.get("/api/v6/activitiesWap/" + i.Name + "/messages.json").data(t)
	list := d.Messages(i)
	if len(rows) != len(list) {
		t.Fatalf("%d rows, want %d", len(rows), len(list))
	}
	for n, m := range list {
		row := rows[n]
		if row["name"] != m.Name || row["text"] != m.Text || row["direction"] != m.Direction || row["type"] != m.Type ||
			row["result"] != m.Delivery || row["time_created"] != m.Time.Text(d.Zone) {
			t.Errorf("row %d = %v", n, row)
		}
		options, isObject := row["options"].(map[string]any)
		if isObject && m.Kind != KindText && options["kind"] != string(m.Kind) || !isObject && m.Kind != KindText {
			t.Errorf("row %d: options = %v, want the kind %s", n, row["options"], m.Kind)
		}
		if files := row["attachments"].([]any); len(files) != len(m.Files) {
			t.Errorf("row %d: %d files, want %d", n, len(files), len(m.Files))
		}
		switch m.Kind {
		case KindLocation:
			if options["location"].(map[string]any)["latitude"] != m.Latitude {
				t.Errorf("location = %v", options["location"])
			}
		case KindContact:
			if options["card"].(map[string]any)["number"] != m.CardNumber {
				t.Errorf("card = %v", options["card"])
			}
		case KindTemplate:
			if options["template"] != m.Template {
				t.Errorf("template = %v", options["template"])
			}
		}
		if m.Quoted != "" && options["quoted"] != m.Quoted {
			t.Errorf("row %d: quoted = %v, want %s", n, options["quoted"], m.Quoted)
		}
	}
}

func TestProcessOnTheWire(t *testing.T) {
	t.Parallel()
	s := open(t, Options{Interactions: 1500})
	d := s.Data()
	i := find(t, "transfer", d.Interactions, func(i *Interaction) bool {
		return len(i.Activities) > 1 && i.Duration != Unknown && i.Direction == "IN" && d.ActivitiesOf(i)[1].Action == "CLOSE"
	})
	rows := s.get("/api/v6/activitiesWap/" + i.Name + "/flow.json").data(t)
	steps := map[string]int{}
	for n, row := range rows {
		steps[row["step"].(string)]++
		if n > 0 && row["time"].(string) < rows[n-1]["time"].(string) {
			t.Errorf("step %d is out of order", n)
		}
	}
	if steps["QUEUED"] != 1 || steps["ACCEPTED"] < 2 || steps["TRANSFERRED"] < 1 || steps["ENDED"] != 1 || steps["SAVED"] < 2 {
		t.Errorf("steps = %v", steps)
	}
	s.SetOddities(Oddities{NoFlow: true, NoMessages: true})
	for _, relation := range []string{"/flow", "/messages"} {
		wantCode(t, relation, s.get("/api/v6/activitiesWap/"+i.Name+relation), 404)
	}
}
