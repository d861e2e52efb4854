package demo

import (
	"bytes"
	"encoding/json"
	"testing"
)

func TestRepliesAreWrittenAsTheLibraryWritesThem(t *testing.T) {
	t.Parallel()
	for _, value := range []any{
		nil, "", "plain", "quo\"te", "back\\slash", "line\nbreak", "<b>&</b>", "Žluťoučký kůň", "line\u2028separator", "bad\xffbyte", "“quoted”", true, 7, int64(-7), 1.5,
		[]any{}, []any(nil), []any{"a", nil, 1}, []string{"a", "b"}, []string(nil), map[string]any{}, map[string]any(nil),
		map[string]any{"b": []any{map[string]any{"x": 1}}, "a": "1", "<": map[string]string{"k": "v"}}, []map[string]any{{"a": 1}},
		map[string][]string{"a": {"b&"}}, formErrors{"a": "<b>"}, struct {
			A string `json:"a"`
		}{"b"},
	} {
		var want bytes.Buffer
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(value); err != nil {
			t.Fatal(err)
		}
		if got := append(appendJSON(nil, value), '\n'); !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%#v: got %s, want %s", value, got, want.Bytes())
		}
	}
}
