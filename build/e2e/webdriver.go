package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Session is one window under control: a client of the W3C WebDriver protocol,
// https://www.w3.org/TR/webdriver2/.
type Session struct {
	base   string // http://127.0.0.1:PORT/session/ID
	client *http.Client
}

// Element is a reference to an element of the page.
type Element struct {
	s  *Session
	id string
}

// ErrNoElement means the page has no such element now.
var ErrNoElement = errors.New("no such element")

// WireError is an error the driver answered with; Code is the protocol's.
type WireError struct{ Code, Message string }

func (e *WireError) Error() string { return e.Code + ": " + e.Message }

// Is makes errors about vanished elements ErrNoElement.
func (e *WireError) Is(target error) bool {
	return target == ErrNoElement && (e.Code == "no such element" || e.Code == "stale element reference")
}

// elementKey marks an element reference on the wire.
const elementKey = "element-6066-11e4-a52e-4f735466cecf"

// answerLimit bounds one call of the driver; scripts and clicks take far less.
const answerLimit = 60 * time.Second

// NewSession starts the program of options, the value of "webkitgtk:browserOptions", under
// the driver at address ("127.0.0.1:PORT").
func NewSession(ctx context.Context, address string, options map[string]any) (*Session, error) {
	s := &Session{base: "http://" + address + "/session", client: &http.Client{Timeout: answerLimit}}
	capabilities := map[string]any{"capabilities": map[string]any{
		"alwaysMatch": map[string]any{"webkitgtk:browserOptions": options},
	}}
	var made struct {
		SessionID string `json:"sessionId"`
	}
	if err := s.call(ctx, http.MethodPost, "", capabilities, &made); err != nil {
		return nil, fmt.Errorf("starting a session: %w", err)
	}
	s.base += "/" + made.SessionID
	return s, nil
}

// Close ends the session and its window. The driver answers "no such window" when the window
// went first, which is as good.
func (s *Session) Close(ctx context.Context) error {
	err := s.call(ctx, http.MethodDelete, "", nil, nil)
	if wire, ok := errors.AsType[*WireError](err); ok && wire.Code == "no such window" {
		return nil
	}
	return err
}

// Run runs script as the body of a function with args and decodes what it returns into into,
// which may be nil. A promise is waited for. Element references may be passed and returned.
func (s *Session) Run(ctx context.Context, into any, script string, args ...any) error {
	for i, arg := range args {
		if e, ok := arg.(*Element); ok {
			args[i] = map[string]string{elementKey: e.id}
		}
	}
	if args == nil {
		args = []any{}
	}
	return s.call(ctx, http.MethodPost, "/execute/sync", map[string]any{"script": script, "args": args}, into)
}

// Element runs a script that returns an element; null is ErrNoElement.
func (s *Session) Element(ctx context.Context, script string, args ...any) (*Element, error) {
	var found map[string]string
	if err := s.Run(ctx, &found, script, args...); err != nil {
		return nil, err
	}
	id, ok := found[elementKey]
	if !ok {
		return nil, ErrNoElement
	}
	return &Element{s: s, id: id}, nil
}

// Click scrolls the element into view and clicks its middle with the mouse.
func (e *Element) Click(ctx context.Context) error {
	return e.s.call(ctx, http.MethodPost, "/element/"+e.id+"/click", struct{}{}, nil)
}

// Type focuses the element and types text into it.
func (e *Element) Type(ctx context.Context, text string) error {
	return e.s.call(ctx, http.MethodPost, "/element/"+e.id+"/value", map[string]string{"text": text}, nil)
}

// Clear empties a field.
func (e *Element) Clear(ctx context.Context) error {
	return e.s.call(ctx, http.MethodPost, "/element/"+e.id+"/clear", map[string]string{}, nil)
}

// Text is the visible text of the element.
func (e *Element) Text(ctx context.Context) (string, error) {
	var text string
	err := e.s.call(ctx, http.MethodGet, "/element/"+e.id+"/text", nil, &text)
	return text, err
}

// Press presses keys where the focus is, one after the other while the earlier ones are held,
// and lets them go: Press(ctx, KeyControl, KeyEnd).
func (s *Session) Press(ctx context.Context, keys ...string) error {
	var actions []map[string]string
	for _, key := range keys {
		actions = append(actions, map[string]string{"type": "keyDown", "value": key})
	}
	for i := len(keys) - 1; i >= 0; i-- {
		actions = append(actions, map[string]string{"type": "keyUp", "value": keys[i]})
	}
	return s.call(ctx, http.MethodPost, "/actions", map[string]any{
		"actions": []any{map[string]any{"type": "key", "id": "keyboard", "actions": actions}},
	}, nil)
}

// Keys of the protocol's private-use characters.
const (
	KeyControl = "\uE009"
	KeyAlt     = "\uE00A"
	KeyShift   = "\uE008"
	KeyEnter   = "\uE007"
	KeyEscape  = "\uE00C"
	KeyEnd     = "\uE010"
	KeyHome    = "\uE011"
	KeyDown    = "\uE015"
	KeyTab     = "\uE004"
)

// call sends one command and decodes the value of the answer into into, unless it is nil.
func (s *Session) call(ctx context.Context, method, path string, body, into any) error {
	var payload io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("encoding a command: %w", err)
		}
		payload = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, s.base+path, payload)
	if err != nil {
		return err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s %s: reading the driver's answer: %w", method, path, err)
	}
	if response.StatusCode != http.StatusOK {
		var wire struct{ Error, Message string }
		if err := json.Unmarshal(answer.Value, &wire); err != nil {
			return fmt.Errorf("%s %s: %s", method, path, response.Status)
		}
		return &WireError{Code: wire.Error, Message: wire.Message}
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(answer.Value, into); err != nil {
		return fmt.Errorf("%s %s: decoding the value: %w", method, path, err)
	}
	return nil
}
