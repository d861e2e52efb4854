package e2e

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"image/color"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// driver answers like a WebDriver with one element, "e1", and records what it was asked.
func driver(t *testing.T) (address string, asked *[]string) {
	t.Helper()
	asked = new([]string)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*asked = append(*asked, r.Method+" "+r.URL.Path+" "+string(body))
		value, status := any(nil), http.StatusOK
		switch {
		case r.URL.Path == "/session":
			value = map[string]string{"sessionId": "s1"}
		case strings.HasSuffix(r.URL.Path, "/execute/sync"):
			var call struct{ Script string }
			if err := json.Unmarshal(body, &call); err != nil {
				t.Error(err)
			}
			if call.Script == "find" {
				value = map[string]string{elementKey: "e1"}
			}
		case strings.HasSuffix(r.URL.Path, "/element/e1/text"):
			value = "hello"
		case r.Method == http.MethodDelete:
			value, status = map[string]string{"error": "no such window"}, http.StatusNotFound
		case strings.HasSuffix(r.URL.Path, "/click"):
			value, status = map[string]string{"error": "stale element reference", "message": "gone"}, http.StatusNotFound
		}
		w.WriteHeader(status)
		if err := json.NewEncoder(w).Encode(map[string]any{"value": value}); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://"), asked
}

func TestSessionSpeaksTheProtocol(t *testing.T) {
	t.Parallel()
	address, asked := driver(t)
	s, err := NewSession(t.Context(), address, map[string]any{"binary": "/bin/true"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Element(t.Context(), "find", "button")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := e.Text(t.Context()); err != nil || text != "hello" {
		t.Errorf("Text = %q, %v", text, err)
	}
	if err := e.Click(t.Context()); !errors.Is(err, ErrNoElement) {
		t.Errorf("Click on a vanished element: %v, want ErrNoElement", err)
	}
	if _, err := s.Element(t.Context(), "nothing"); !errors.Is(err, ErrNoElement) {
		t.Errorf("Element for null: %v, want ErrNoElement", err)
	}
	if err := s.Run(t.Context(), nil, "use", e); err != nil {
		t.Error(err)
	}
	if err := s.Press(t.Context(), KeyControl, KeyEnd); err != nil {
		t.Error(err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Errorf("Close of a window that went first: %v", err)
	}
	got := strings.Join(*asked, "\n")
	for _, want := range []string{
		`POST /session {"capabilities":{"alwaysMatch":{"webkitgtk:browserOptions":{"binary":"/bin/true"}}}}`,
		`POST /session/s1/execute/sync {"args":["button"],"script":"find"}`,
		`{"args":[{"element-6066-11e4-a52e-4f735466cecf":"e1"}],"script":"use"}`,
		`{"type":"keyDown","value":"` + KeyControl + `"},{"type":"keyDown","value":"` + KeyEnd +
			`"},{"type":"keyUp","value":"` + KeyEnd + `"},{"type":"keyUp","value":"` + KeyControl + `"}`,
		`DELETE /session/s1`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("never asked %s\nasked:\n%s", want, got)
		}
	}
}

// dump makes a window dump of 2 × 1 pixels, red and blue.
func dump() []byte {
	words := make([]byte, 4*xwdWords)
	set := func(i, v int) { binary.BigEndian.PutUint32(words[4*i:], uint32(v)) }
	set(xwdHeaderSize, len(words))
	set(xwdVersion, 7)
	set(xwdWidth, 2)
	set(xwdHeight, 1)
	set(xwdBitsPerPixel, 32)
	set(xwdBytesPerLine, 8)
	set(xwdColors, 1)
	return append(append(words, make([]byte, xwdColorSize)...), 0, 0, 255, 0, 255, 0, 0, 0)
}

func TestDecodeXWD(t *testing.T) {
	t.Parallel()
	picture, err := decodeXWD(dump())
	if err != nil {
		t.Fatal(err)
	}
	red, blue := color.RGBA{R: 255, A: 255}, color.RGBA{B: 255, A: 255}
	if picture.RGBAAt(0, 0) != red || picture.RGBAAt(1, 0) != blue || colors(picture) != 2 {
		t.Errorf("pixels %v %v", picture.RGBAAt(0, 0), picture.RGBAAt(1, 0))
	}
}

func TestDecodeXWDRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	whole := dump()
	for name, data := range map[string][]byte{
		"empty":   nil,
		"header":  whole[:50],
		"cut":     whole[:len(whole)-1],
		"version": append([]byte{0, 0, 0, 100, 0, 0, 0, 6}, whole[8:]...),
	} {
		if _, err := decodeXWD(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
