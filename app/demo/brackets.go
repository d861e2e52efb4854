package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// node is a value of a query, form or JSON body: a text (or number, boolean, null) or an
// object with children in their order. The members of a list have the keys "0", "1", ….
type node struct {
	leaf  any // string, json.Number, bool or nil; meaningless when there are children
	keys  []string
	kids  map[string]*node
	list  bool // a JSON list, or a form key that ended in []
	isObj bool
}

// Bounds of a query, so that a hostile one costs little.
const (
	maxNesting  = 32
	maxChildren = 20_000
)

var errBrackets = errors.New("malformed brackets")

func (n *node) child(key string) *node {
	if n == nil {
		return nil
	}
	return n.kids[key]
}

func (n *node) set(key string, leaf any) { n.sub(key).leaf = leaf }

// sub returns the child of a key and makes it when it is missing.
func (n *node) sub(key string) *node {
	if kid := n.kids[key]; kid != nil {
		return kid
	}
	if n.kids == nil {
		n.kids = map[string]*node{}
	}
	kid := &node{}
	n.kids[key] = kid
	n.keys = append(n.keys, key)
	n.isObj = true
	return kid
}

// text is a child's value as text, "" when it has none.
func (n *node) text(key string) string { return n.child(key).value() }

// value is the node's own value as text.
func (n *node) value() string {
	if n == nil {
		return ""
	}
	switch leaf := n.leaf.(type) {
	case string:
		return leaf
	case json.Number:
		return leaf.String()
	case bool:
		return strconv.FormatBool(leaf)
	}
	return ""
}

// members are the children in their order; nil for a leaf.
func (n *node) members() []*node {
	if n == nil {
		return nil
	}
	all := make([]*node, len(n.keys))
	for i, key := range n.keys {
		all[i] = n.kids[key]
	}
	return all
}

// texts are the values of a list, or the one value of a leaf.
func (n *node) texts() []string {
	if n == nil {
		return nil
	}
	if !n.isObj {
		return []string{n.value()}
	}
	var all []string
	for _, kid := range n.members() {
		all = append(all, kid.value())
	}
	return all
}

// parseBrackets reads a[b][0][c]=v pairs into a tree. The pairs of one name keep their order;
// a[]=x appends.
func parseBrackets(values url.Values) (*node, error) {
	root := &node{}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.SortFunc(names, naturally)
	count := 0
	for _, name := range names {
		path, err := splitBrackets(name)
		if err != nil {
			return nil, err
		}
		for _, value := range values[name] {
			count++
			if count > maxChildren {
				return nil, fmt.Errorf("%w: too many values", errBrackets)
			}
			at := root
			for _, key := range path {
				if key == "" {
					at.list = true
					key = strconv.Itoa(len(at.keys))
				}
				at = at.sub(key)
			}
			at.leaf = value
		}
	}
	return root, nil
}

// splitBrackets cuts "filter[0][field]" into its keys.
func splitBrackets(name string) ([]string, error) {
	first, rest, found := strings.Cut(name, "[")
	path := []string{first}
	if !found {
		return path, nil
	}
	for {
		key, after, closed := strings.Cut(rest, "]")
		if !closed || strings.Contains(key, "[") {
			return nil, fmt.Errorf("%w: %q", errBrackets, name)
		}
		path = append(path, key)
		if len(path) > maxNesting {
			return nil, fmt.Errorf("%w: nested too deeply", errBrackets)
		}
		if after == "" {
			return path, nil
		}
		if rest, found = strings.CutPrefix(after, "["); !found {
			return nil, fmt.Errorf("%w: %q", errBrackets, name)
		}
	}
}

// naturally orders a[2] before a[10].
func naturally(a, b string) int {
	for a != "" && b != "" {
		ad, bd := digits(a), digits(b)
		if ad > 0 && bd > 0 {
			if ad != bd {
				return ad - bd
			}
			if c := strings.Compare(a[:ad], b[:bd]); c != 0 {
				return c
			}
			a, b = a[ad:], b[bd:]
			continue
		}
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		a, b = a[1:], b[1:]
	}
	return len(a) - len(b)
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// parseBody reads a JSON or form body; an empty one is an empty object.
func parseBody(r *http.Request, body []byte) (*node, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "application/x-www-form-urlencoded" {
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, fmt.Errorf("form body: %w", err)
		}
		return parseBrackets(values)
	}
	if len(strings.TrimSpace(string(body))) == 0 {
		return &node{isObj: true}, nil
	}
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("JSON body: %w", err)
	}
	if _, isObject := tree.(map[string]any); !isObject {
		return nil, fmt.Errorf("JSON body: %w", errBrackets)
	}
	return fromJSON(tree), nil
}

func fromJSON(value any) *node {
	n := &node{}
	switch v := value.(type) {
	case map[string]any:
		n.isObj = true
		for key, kid := range v {
			*n.sub(key) = *fromJSON(kid)
		}
		slices.Sort(n.keys)
	case []any:
		n.isObj, n.list = true, true
		for i, kid := range v {
			*n.sub(strconv.Itoa(i)) = *fromJSON(kid)
		}
	default:
		n.leaf = value
	}
	return n
}

// truthy reads the ways clients write true.
func truthy(text string) bool { return text == "1" || strings.EqualFold(text, "true") }
