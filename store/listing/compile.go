package listing

import (
	"context"

	"wapdesk/store/query"
)

// compiler makes predicates of a filter for one view. The filter has been normalised.
type compiler struct {
	v     *View
	clock query.Clock
	span  query.Range // of time that the whole filter can match
	// texts are those that conditions hold for, by condition: several fields are asked about the same text.
	texts map[string]bitmap
}

// compile makes a predicate of a filter and a scope within a span of time, and gives the span
// that it can match. Errors: *SyntaxError, or that of the WordSource.
func (v *View) compile(ctx context.Context, where *query.Node, scope query.Scope, within query.Range) (predicate, query.Range, error) {
	plain, err := query.Normalise(where)
	if err != nil {
		return nil, query.Range{}, err
	}
	c := v.compiler(within)
	filter := predicate(constPred(true))
	if plain != nil {
		c.span = c.clock.Span(plain)
		c.span.FromMs, c.span.ToMs = max(c.span.FromMs, within.FromMs), min(c.span.ToMs, within.ToMs)
		if filter, err = c.node(ctx, plain); err != nil {
			return nil, query.Range{}, err
		}
	}
	return and(v.scoped(scope), spanPred(colTime, within), filter), c.span, nil
}

func (v *View) compiler(span query.Range) *compiler {
	return &compiler{v: v, clock: v.Clock(), span: span, texts: map[string]bitmap{}}
}

func (c *compiler) node(ctx context.Context, n *query.Node) (predicate, error) {
	p, err := c.positive(ctx, n)
	if err != nil {
		return nil, err
	}
	if n.Not {
		return notPred{p}, nil
	}
	return p, nil
}

func (c *compiler) positive(ctx context.Context, n *query.Node) (predicate, error) {
	switch {
	case len(n.And) > 0:
		of, err := c.nodes(ctx, n.And)
		return and(of...), err
	case len(n.Or) > 0:
		of, err := c.nodes(ctx, n.Or)
		return or(of...), err
	}
	f := fieldNamed(n.Field)
	switch n.Op {
	case query.IsEmpty:
		return c.empty(f), nil
	case query.NotEmpty:
		return notPred{c.empty(f)}, nil
	}
	switch f.Kind {
	case query.KindText:
		return c.text(ctx, f, n)
	case query.KindChoice:
		return c.choice(f, n), nil
	case query.KindDate:
		return c.date(f, n)
	default:
		return c.number(f, n), nil
	}
}

func (c *compiler) nodes(ctx context.Context, group []query.Node) ([]predicate, error) {
	of := make([]predicate, 0, len(group))
	for i := range group {
		p, err := c.node(ctx, &group[i])
		if err != nil {
			return nil, err
		}
		of = append(of, p)
	}
	return of, nil
}

// empty holds for rows without a value in the field.
func (c *compiler) empty(f *query.Field) predicate {
	switch f.Name {
	case query.FieldSender:
		return and(blankPred{colSender}, blankPred{colRecipient}, blankPred{colWANumber})
	case query.FieldText: // no messages, or none known
		return or(blankPred{colMessages}, rangePred{colMessages, 0, 0})
	case query.FieldID:
		return namePred{hit: func(name string) bool { return name == "" }}
	case query.FieldTarget:
		return c.v.targetIs(query.NoneValue)
	}
	return blankPred{fieldCol(f.Name)}
}

func (c *compiler) number(f *query.Field, n *query.Node) predicate {
	column := fieldCol(f.Name)
	values := make([]int64, len(n.Values))
	for i, text := range n.Values {
		values[i], _ = query.Figure(f.Kind, text) // Normalise has checked it
	}
	switch n.Op {
	case query.Lt:
		return rangePred{column, query.Beginning, values[0] - 1}
	case query.Le:
		return rangePred{column, query.Beginning, values[0]}
	case query.Gt:
		return rangePred{column, values[0] + 1, query.Forever}
	case query.Ge:
		return rangePred{column, values[0], query.Forever}
	case query.Between:
		return rangePred{column, values[0], values[1]}
	}
	equal := make([]predicate, len(values))
	for i, x := range values {
		equal[i] = rangePred{column, x, x}
	}
	if n.Op == query.Ne {
		return notPred{or(equal...)}
	}
	return or(equal...)
}

func (c *compiler) date(f *query.Field, n *query.Node) (predicate, error) {
	column := fieldCol(f.Name)
	if n.Op == query.Eq || n.Op == query.Ne {
		var of []predicate
		for _, value := range n.Values {
			moments, err := c.clock.Moments(value)
			if err != nil {
				return nil, err
			}
			for _, r := range moments {
				of = append(of, spanPred(column, r))
			}
		}
		if n.Op == query.Ne {
			return notPred{or(of...)}, nil
		}
		return or(of...), nil
	}
	r, err := c.clock.ConditionSpan(n)
	if err != nil {
		return nil, err
	}
	return spanPred(column, r), nil
}

// spanPred holds for the instants of a range. "All" holds for rows without the value too,
// since it means no condition.
func spanPred(column int, r query.Range) predicate {
	if r.FromMs == query.Beginning && r.ToMs == query.Forever {
		return constPred(true)
	}
	hi := r.ToMs
	if hi != query.Forever {
		hi--
	}
	return rangePred{column, r.FromMs, hi}
}

func (c *compiler) choice(f *query.Field, n *query.Node) predicate {
	if f.Name == query.FieldTarget {
		of := make([]predicate, len(n.Values))
		for i, value := range n.Values {
			of[i] = c.v.targetIs(value)
		}
		if n.Op == query.NoneOf {
			return notPred{or(of...)}
		}
		return or(of...)
	}
	codes := c.v.choiceCodes(f, n.Values)
	if isSet(f.Name) {
		codes = c.v.setsWith(codes)
	}
	p := setPred{fieldCol(f.Name), codes}
	if n.Op == query.NoneOf {
		return notPred{p}
	}
	return p
}

// choiceCodes returns the codes that the values of a choice field stand for.
func (v *View) choiceCodes(f *query.Field, values []string) bitmap {
	if kind, ok := refKindOf(f.Name); ok {
		out := newBitmap(v.dict.refs[kind].names.n)
		for _, value := range values {
			v.named(kind, value, out)
		}
		return out
	}
	out := newBitmap(max(v.dict.labels.n, int(states)+1))
	for _, value := range values {
		v.setChoice(f, value, out)
	}
	return out
}

func (v *View) setChoice(f *query.Field, value string, out bitmap) {
	if fieldCol(f.Name) == colState {
		for s := range states {
			if stateHolds(f.Name, s, value) {
				out.set(uint32(s) + 1) // as writer.row stores it
			}
		}
		return
	}
	if value == query.NoneValue {
		out.set(0)
		return
	}
	switch f.Name {
	case query.FieldEnded, query.FieldDirection:
		for code := uint32(1); int(code) < v.dict.labels.n; code++ {
			if v.dict.labels.at(code) == value {
				out.set(code)
			}
		}
	case query.FieldMissed:
		for i, name := range missedNames() {
			if name == value {
				out.set(uint32(i))
			}
		}
	default:
		out.set(map[string]uint32{"yes": codeYes, "no": codeNo}[value])
	}
}

// missedNames returns the values of the missed field by their codes.
func missedNames() []string { return []string{"never", "waiting", "contactedback", "cleared"} }

// flagFields are the fields that are one bit of the state.
var flagFields = map[string]State{
	query.FieldFailed: StateFailed, query.FieldLowReview: StateLowReview,
	query.FieldSeen: StateSeen, query.FieldReviewed: StateReviewed, query.FieldNote: StateNoted,
}

// stateHolds reports whether a value of a field that is about the state holds.
func stateHolds(field string, s State, value string) bool {
	if bit, isFlag := flagFields[field]; isFlag {
		return value == map[bool]string{true: "yes", false: "no"}[s&bit != 0]
	}
	return stateIs(s, value)
}

// stateIs reports whether a value of the state field holds. Several may hold at once; normal
// is what nothing has happened to on this computer.
func stateIs(s State, value string) bool {
	switch value {
	case "normal":
		return s&(StateAnonymised|StatePending|StateRefused|StateConflict) == 0
	case "pending":
		return s&StatePending != 0
	case "refused":
		return s&StateRefused != 0
	case "conflict":
		return s&StateConflict != 0
	case "anonymised":
		return s&StateAnonymised != 0
	case "open":
		return s&StateOpen != 0
	}
	return false
}
