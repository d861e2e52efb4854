package query

import (
	"fmt"
	"maps"
)

// Limits of a filter.
const (
	MaxQueryLen   = 4000 // characters of the text form
	MaxDepth      = 3    // groups within groups; the AND that joins everything is no level
	MaxConditions = 50   // of the advanced filter
	MaxOfBar      = 5    // conditions that the fields of the filter bar may add to them
	MaxSortKeys   = 3
)

// SyntaxError says what is wrong with a filter. Code and Params are for translation
// ("query." + TextCode is the message key), the places are for underlining.
type SyntaxError struct {
	Code    string            `json:"code"`
	Params  map[string]string `json:"params,omitempty"`
	Pos     int               `json:"pos"`     // bytes from the start
	Len     int               `json:"len"`     // bytes, 0 at the end of the text
	RunePos int               `json:"runePos"` // characters from the start
	RuneLen int               `json:"runeLen"`
}

// Codes of syntax errors with their parameters.
const (
	ErrTooLong       = "tooLong"       // max
	ErrTooDeep       = "tooDeep"       // max
	ErrTooMany       = "tooMany"       // max
	ErrUnknownField  = "unknownField"  // name, suggestion (may be empty)
	ErrNoOperator    = "noOperator"    // field, op, allowed
	ErrNoValue       = "noValue"       // field
	ErrNoCondition   = "noCondition"   // found (empty at the end of the text)
	ErrUnexpected    = "unexpected"    // found
	ErrOpenQuote     = "openQuote"     //
	ErrOpenParen     = "openParen"     //
	ErrOpenList      = "openList"      //
	ErrBadDuration   = "badDuration"   // value
	ErrBadNumber     = "badNumber"     // value
	ErrBadDate       = "badDate"       // value
	ErrBadChoice     = "badChoice"     // value, allowed
	ErrMeansEmpty    = "meansEmpty"    // field, value
	ErrRangeNotHere  = "rangeNotHere"  // field, op
	ErrListNotHere   = "listNotHere"   // field, op
	ErrRangeReversed = "rangeReversed" // from, to
	ErrUnknownSort   = "unknownSort"   // name
	ErrTooManySorts  = "tooManySorts"  // max
	ErrBadSort       = "badSort"       // value
	ErrBadTree       = "badTree"       // a Node that is not one condition or one group
)

// TextCode is Code, or that of the text which makes the suggestion where there is one.
func (e *SyntaxError) TextCode() string {
	if e.Params["suggestion"] != "" {
		return e.Code + "Like"
	}
	return e.Code
}

// Words returns Params as they are said in a language ("en" or "cs"): a field by its word of the grammar,
// which is what people type and what Format writes. It is never nil.
func (e *SyntaxError) Words(lang string) map[string]string {
	words := map[string]string{}
	maps.Copy(words, e.Params)
	if f, ok := FieldByName(words["field"]); ok {
		words["field"] = f.Word(lang)
	}
	return words
}

// Error is the English text.
func (e *SyntaxError) Error() string {
	p := e.Params
	switch e.Code {
	case ErrTooLong:
		return fmt.Sprintf("the filter is longer than %s characters", p["max"])
	case ErrTooDeep:
		return fmt.Sprintf("groups go deeper than %s levels", p["max"])
	case ErrTooMany:
		return fmt.Sprintf("the filter has more than %s conditions", p["max"])
	case ErrUnknownField:
		if p["suggestion"] != "" {
			return fmt.Sprintf("there is no field %q; did you mean %q?", p["name"], p["suggestion"])
		}
		return fmt.Sprintf("there is no field %q; put text with a colon in quotes", p["name"])
	case ErrNoOperator:
		return fmt.Sprintf("%s does not take %q; it takes %s", p["field"], p["op"], p["allowed"])
	case ErrNoValue:
		return fmt.Sprintf("a value of %s was expected", p["field"])
	case ErrNoCondition:
		if p["found"] == "" {
			return "a condition was expected before the end"
		}
		return fmt.Sprintf("a condition was expected before %q", p["found"])
	case ErrUnexpected:
		return fmt.Sprintf("%q was not expected here", p["found"])
	case ErrOpenQuote:
		return "the closing quote is missing"
	case ErrOpenParen:
		return "the closing parenthesis is missing"
	case ErrOpenList:
		return "the list needs a comma or a closing parenthesis here"
	case ErrBadDuration:
		return fmt.Sprintf("%q is no duration; write 90s, 5m, 1h30m or 0:05:00", p["value"])
	case ErrBadNumber:
		return fmt.Sprintf("%q is no whole number", p["value"])
	case ErrBadDate:
		return fmt.Sprintf("%q is no date; write 2026-11-22, 22.11.2026, today or today-7d", p["value"])
	case ErrBadChoice:
		return fmt.Sprintf("%q is none of %s", p["value"], p["allowed"])
	case ErrMeansEmpty:
		return fmt.Sprintf("write %s:empty for what has none, or put %q in quotes", p["field"], p["value"])
	case ErrRangeNotHere:
		return fmt.Sprintf("%s with %q takes no range", p["field"], p["op"])
	case ErrListNotHere:
		return fmt.Sprintf("%s with %q takes no list", p["field"], p["op"])
	case ErrRangeReversed:
		return fmt.Sprintf("the range goes backwards: %s is more than %s", p["from"], p["to"])
	case ErrUnknownSort:
		return fmt.Sprintf("the list cannot be sorted by %q", p["name"])
	case ErrTooManySorts:
		return fmt.Sprintf("the list sorts by at most %s fields", p["max"])
	}
	return "the filter is not well formed"
}
