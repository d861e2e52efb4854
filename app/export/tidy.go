package export

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// Excelize writes the children of two elements in an order of its own, and gives
// bars and lines a child of each other's. Excel forgives that today; the schemas of ECMA-376
// do not, and neither do stricter readers. So these small parts are put in order on their way
// into the ZIP.

// childOrder is the order in which the schemas want the children of an element:
// CT_Font (18.8.22), and CT_BarSer and CT_LineSer (21.2.2.170) together.
var childOrder = map[string][]string{
	"font": {
		"b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
		"family", "charset", "scheme",
	},
	"ser": {
		"idx", "order", "tx", "spPr", "invertIfNegative", "marker", "dPt", "dLbls", "cat", "val", "smooth",
	},
}

// alien is the child that a series of a kind of chart must not have.
var alien = map[string]string{"barChart": "smooth", "lineChart": "invertIfNegative"}

// untidy reports whether a part has to pass through tidy.
func untidy(name string) bool {
	return name == "xl/styles.xml" || strings.HasPrefix(name, "xl/charts/")
}

// tidy returns a part with its elements in the order of the schemas.
func tidy(part []byte) ([]byte, error) {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(part); err != nil {
		return nil, fmt.Errorf("read a part: %w", err)
	}
	for kind, child := range alien {
		for _, e := range doc.FindElements("//" + kind + "/ser/" + child) {
			e.Parent().RemoveChild(e)
		}
	}
	for tag, order := range childOrder {
		for _, e := range doc.FindElements("//" + tag) {
			sortChildren(e, order)
		}
	}
	var out bytes.Buffer
	if _, err := doc.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write a part: %w", err)
	}
	return out.Bytes(), nil
}

// sortChildren puts the children that order names first, in its order, and keeps the rest.
func sortChildren(e *etree.Element, order []string) {
	rank := func(child *etree.Element) int {
		if at := slices.Index(order, child.Tag); at >= 0 {
			return at
		}
		return len(order)
	}
	children := e.ChildElements()
	slices.SortStableFunc(children, func(a, b *etree.Element) int { return rank(a) - rank(b) })
	for _, child := range children {
		e.AddChild(child) // moves it behind the others
	}
}
