package export

import (
	"strconv"

	"wapdesk/store/listing"
)

// kind is how a cell's value is kept and shown.
type kind uint8

const (
	text   kind = iota // any string, also the words of choices, numbers of phones, and ids
	moment             // n is UTC milliseconds
	span               // n is seconds
	count              // n is a number
)

// cell is the value of one column of one row. A negative n and an empty s are blank.
type cell struct {
	kind kind
	n    int64
	s    string
}

func (c cell) blank() bool {
	if c.kind == text {
		return c.s == ""
	}
	return c.n < 0
}

func textCell(s string) cell      { return cell{kind: text, s: s} }
func momentCell(ms int64) cell    { return cell{kind: moment, n: ms} }
func spanCell(seconds int64) cell { return cell{kind: span, n: seconds} }
func countCell(n int64) cell      { return cell{kind: count, n: n} }

// column describes one column of a table of T.
type column[T any] struct {
	field  string // name in queries and requests
	header string // key of the header's words
	kind   kind
	value  func(row *T, v *vocabulary) cell
}

// appendSpan appends seconds as h:mm:ss; hours are not folded into days.
func appendSpan(dst []byte, seconds int64) []byte {
	dst = strconv.AppendInt(dst, seconds/3600, 10)
	dst = append(dst, ':')
	dst = appendTwo(dst, seconds/60%60)
	dst = append(dst, ':')
	return appendTwo(dst, seconds%60)
}

// appendTwo appends n with a leading zero below ten. n is within 0 and 99.
func appendTwo(dst []byte, n int64) []byte {
	return append(dst, byte('0'+n/10), byte('0'+n%10))
}

// number lifts the list's 32-bit figures, where Unknown is kept.
func number(n int32) int64 {
	if n == listing.Unknown {
		return listing.Unknown
	}
	return int64(n)
}
