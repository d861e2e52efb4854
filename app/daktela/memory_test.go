package daktela

import (
	"fmt"
	"strings"
	"testing"
)

// transcript is a reply with so many messages as the API gives them.
func transcript(messages int) []byte {
	var b strings.Builder
	b.WriteString(`{"error":[],"result":{"data":[`)
	for i := range messages {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":"wapmsg_%d","direction":"OUT","type":"PUBLIC","text":"Dobrý den, vaše objednávka č. %d je na cestě.","original_text":null,`+
			`"time_created":"2026-11-18 14:30:%02d","user":{"name":"novotny.p","title":"Petr Novotný"},"from":"","result":"READ","emoji":[],`+
			`"options":{"kind":"text"},"attachments":[]}`, i, i, i%60)
	}
	fmt.Fprintf(&b, `],"total":%d},"_time":"2026-11-18 15:00:00","_timezone":"Europe/Prague"}`, messages)
	return []byte(b.String())
}

// TestDecodingTakesLittleMemory counts: a message has four texts of its own and two lists. Checked and copied level by
// level, as json.Unmarshal does where values decode themselves, one took 56.
func TestDecodingTakesLittleMemory(t *testing.T) {
	const messages = 50
	body := transcript(messages)
	got := testing.AllocsPerRun(20, func() {
		e, why, _ := parseEnvelope(body)
		raw, _, total, ok := listParts(e.result)
		if why != "" || !ok || total != messages || len(raw) != messages {
			t.Fatalf("the transcript was not read: %q, %v, %d rows", why, ok, len(raw))
		}
		for _, row := range raw {
			var m Message
			if err := decode(row, &m); err != nil || m.Text.Value == "" || m.User.Title.Value != "Petr Novotný" || m.Attachments == nil {
				t.Fatal("a message was not read")
			}
		}
	})
	if most := 12.0 * messages; got > most {
		t.Errorf("%d messages took %.0f allocations, want at most %.0f", messages, got, most)
	}
}
