package daktela

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
)

// envelope is what every reply is wrapped in.
type envelope struct {
	result   json.RawMessage
	problems problems
	clock    Clock
	total    Int // where a release puts it beside the result
}

// problems is the error part in any of its shapes: a list of texts, one text,
// {"primary","form"}, {"message"}, or a list of violations.
type problems struct {
	messages []string
	form     map[string][]string
}

func (p problems) none() bool { return len(p.messages) == 0 && len(p.form) == 0 }

// all are the texts, each field's behind its name.
func (p problems) all() []string { return lines(p.messages, p.form) }

func lines(messages []string, form map[string][]string) []string {
	all := slices.Clone(messages)
	for _, field := range slices.Sorted(maps.Keys(form)) {
		all = append(all, field+": "+strings.Join(form[field], ", "))
	}
	return all
}

// parseEnvelope reads a body that should be JSON. Why it is not is returned
// as text; cut is set for JSON that ends too early.
func parseEnvelope(body []byte) (e envelope, why string, cut bool) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return e, "empty", false
	}
	if body[0] == '<' {
		return e, "a web page instead of data", false
	}
	if body[0] != '{' {
		return e, "not an object", false
	}
	if !json.Valid(body) {
		return e, "broken JSON", endsEarly(body)
	}
	var w struct {
		Error      part `json:"error"`
		Errors     part `json:"errors"`
		Violations part `json:"violations"`
		Message    Text `json:"message"`
		Detail     Text `json:"detail"`
		Result     part `json:"result"`
		Time       Text `json:"_time"`
		ServerTime Text `json:"_serverTime"`
		Zone       Text `json:"_timezone"`
		Total      Int  `json:"total"`
	}
	if decode(body, &w) != nil {
		return e, "broken JSON", false
	}
	e.result, e.total = json.RawMessage(w.Result), w.Total
	e.clock = Clock{Time: w.Time.Value, Zone: w.Zone.Value}
	if e.clock.Time == "" {
		e.clock.Time = w.ServerTime.Value
	}
	e.problems.add(json.RawMessage(w.Error))
	e.problems.add(json.RawMessage(w.Errors))
	e.problems.addViolations(json.RawMessage(w.Violations))
	if e.problems.none() && w.Result == nil {
		for _, t := range []Text{w.Detail, w.Message} {
			if t.Value != "" {
				e.problems.messages = append(e.problems.messages, t.Value)
			}
		}
	}
	return e, "", false
}

func endsEarly(body []byte) bool {
	var whole json.RawMessage
	err := json.Unmarshal(body, &whole)
	var syntax *json.SyntaxError
	return errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &syntax) && syntax.Offset >= int64(len(body))
}

func (p *problems) add(raw json.RawMessage) {
	if s, ok := scalarText(raw); ok {
		if s != "" && s != "false" && s != "0" {
			p.messages = append(p.messages, s)
		}
		return
	}
	if !isObject(raw) {
		for _, member := range elements(raw) {
			p.add(member)
		}
		return
	}
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) != nil {
		return
	}
	p.messages = append(p.messages, texts(o["primary"])...)
	if isObject(o["form"]) {
		p.addForm("", o["form"])
	} else {
		p.messages = append(p.messages, texts(o["form"])...)
	}
	if s, ok := scalarText(o["message"]); ok && s != "" {
		p.messages = append(p.messages, s)
	}
}

// addForm walks the nested form: customFields holds an object of lists.
func (p *problems) addForm(prefix string, raw json.RawMessage) {
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) != nil {
		return
	}
	for key, value := range o {
		field := prefix + key
		if isObject(value) {
			p.addForm(field+".", value)
			continue
		}
		p.addField(field, texts(value)...)
	}
}

func (p *problems) addField(field string, messages ...string) {
	if len(messages) == 0 {
		return
	}
	if p.form == nil {
		p.form = map[string][]string{}
	}
	p.form[field] = append(p.form[field], messages...)
}

// addViolations reads the list of the newer gateway's ConstraintViolation.
func (p *problems) addViolations(raw json.RawMessage) {
	for _, member := range elements(raw) {
		var v struct {
			Path    Text `json:"propertyPath"`
			Message Text `json:"message"`
		}
		if !isObject(member) || decode(member, &v) != nil || v.Message.Value == "" {
			continue
		}
		if v.Path.Value == "" {
			p.messages = append(p.messages, v.Message.Value)
			continue
		}
		p.addField(v.Path.Value, v.Message.Value)
	}
}

// listParts takes a list's rows and total out of a result: {"data":[…],"total":n},
// data keyed by name, a total as text or left out (-1), or the bare list that
// some relations answer with. got also counts the rows left out because they
// are no objects. Null and {} are no list: that nothing is there has to be said by one.
func listParts(result json.RawMessage) (rows []json.RawMessage, got, total int, ok bool) {
	if isNull(result) || isEmptyObject(result) {
		return nil, 0, 0, false
	}
	if !isObject(result) {
		all := elements(result)
		return objects(all), len(all), -1, !isScalar(result)
	}
	var o struct {
		Data  part `json:"data"`
		Total Int  `json:"total"`
	}
	if decode(result, &o) != nil {
		return nil, 0, 0, false
	}
	total = -1
	if o.Total.Known && o.Total.Value >= 0 {
		total = int(o.Total.Value)
	}
	if isNull(o.Data) && total != 0 {
		return nil, 0, 0, false
	}
	if isScalar(o.Data) {
		return nil, 0, 0, false
	}
	all := elements(o.Data)
	return objects(all), len(all), total, true
}

func objects(all []json.RawMessage) []json.RawMessage {
	return slices.DeleteFunc(all, func(r json.RawMessage) bool { return !isObject(r) })
}

// single takes one record out of a result: the object itself, or the object
// under "data" that older clients expect. False when there is none.
func single(result json.RawMessage) (json.RawMessage, bool) {
	if !isObject(result) {
		return nil, false
	}
	var o map[string]json.RawMessage
	if json.Unmarshal(result, &o) == nil && len(o) <= 2 && isObject(o["data"]) && o["name"] == nil {
		return o["data"], true
	}
	return result, true
}
