package listing

import "context"

// compiler makes predicates of a filter for one view. The filter has been normalised.
type compiler struct {
	v     *View
	clock Clock
	span  Range // of time that the whole filter can match
}

// compile makes a predicate of a filter and a scope within a span of time, and gives the span
// that it can match. Errors: *SyntaxError, or that of the WordSource.
func (v *View) compile(ctx context.Context, where *Node, scope Scope, within Range) (predicate, Range, error) {
	plain, err := Normalise(where)
	if err != nil {
		return nil, Range{}, err
	}
	c := compiler{v: v, clock: v.Clock(), span: within}
	filter := predicate(constPred(true))
	if plain != nil {
		c.span = c.clock.span(plain)
		c.span.FromMs, c.span.ToMs = max(c.span.FromMs, within.FromMs), min(c.span.ToMs, within.ToMs)
		if filter, err = c.node(ctx, plain); err != nil {
			return nil, Range{}, err
		}
	}
	return and(v.scoped(scope), spanPred(colTime, within), filter), c.span, nil
}

func (c *compiler) node(ctx context.Context, n *Node) (predicate, error) {
	p, err := c.positive(ctx, n)
	if err != nil {
		return nil, err
	}
	if n.Not {
		return notPred{p}, nil
	}
	return p, nil
}

func (c *compiler) positive(ctx context.Context, n *Node) (predicate, error) {
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
	case IsEmpty:
		return c.empty(f), nil
	case NotEmpty:
		return notPred{c.empty(f)}, nil
	}
	switch f.Kind {
	case KindText:
		return c.text(ctx, f, n)
	case KindChoice:
		return c.choice(f, n), nil
	case KindDate:
		return c.date(f, n)
	default:
		return c.number(f, n), nil
	}
}

func (c *compiler) nodes(ctx context.Context, group []Node) ([]predicate, error) {
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

// fieldCol gives the column of a field that has just one.
func fieldCol(field string) int {
	switch field {
	case FieldTime:
		return colTime
	case FieldQueue:
		return colQueue
	case FieldUser:
		return colUser
	case FieldContact:
		return colContact
	case FieldWA:
		return colWA
	case FieldTitle:
		return colTitle
	case FieldAnswered:
		return colAnswered
	case FieldWait:
		return colWait
	case FieldDuration:
		return colDuration
	case FieldEnded:
		return colEnded
	case FieldConnector:
		return colConnector
	case FieldMissed:
		return colMissed
	case FieldMissedTime:
		return colMissedTime
	case FieldDirection:
		return colDirection
	case FieldSender:
		return colSender
	case FieldAccount:
		return colAccount
	case FieldTicket:
		return colTicket
	case FieldQA:
		return colQA
	case FieldState:
		return colState
	case FieldAnomaly:
		return colAnomaly
	case FieldFocus:
		return colFocus
	case FieldFirstReply:
		return colFirstReply
	case FieldSilence:
		return colSilence
	case FieldActivities:
		return colActivities
	case FieldMessages, FieldText:
		return colMessages
	default:
		return colDisruptions
	}
}

// empty holds for rows without a value in the field.
func (c *compiler) empty(f *Field) predicate {
	switch f.Name {
	case FieldSender:
		return and(blankPred{colSender}, blankPred{colRecipient}, blankPred{colWANumber})
	case FieldText: // no messages, or none known
		return or(blankPred{colMessages}, rangePred{colMessages, 0, 0})
	case FieldID:
		return namePred{func(name string) bool { return name == "" }}
	}
	return blankPred{fieldCol(f.Name)}
}

func (c *compiler) number(f *Field, n *Node) predicate {
	column := fieldCol(f.Name)
	values := make([]int64, len(n.Values))
	for i, text := range n.Values {
		values[i], _ = figure(f.Kind, text) // Normalise has checked it
	}
	switch n.Op {
	case Lt:
		return rangePred{column, Beginning, values[0] - 1}
	case Le:
		return rangePred{column, Beginning, values[0]}
	case Gt:
		return rangePred{column, values[0] + 1, Forever}
	case Ge:
		return rangePred{column, values[0], Forever}
	case Between:
		return rangePred{column, values[0], values[1]}
	}
	equal := make([]predicate, len(values))
	for i, x := range values {
		equal[i] = rangePred{column, x, x}
	}
	if n.Op == Ne {
		return notPred{or(equal...)}
	}
	return or(equal...)
}

func (c *compiler) date(f *Field, n *Node) (predicate, error) {
	column := fieldCol(f.Name)
	if n.Op == Eq || n.Op == Ne {
		var of []predicate
		for _, value := range n.Values {
			r, err := c.clock.ParseDate(value)
			if err != nil {
				return nil, err
			}
			of = append(of, spanPred(column, r))
		}
		if n.Op == Ne {
			return notPred{or(of...)}, nil
		}
		return or(of...), nil
	}
	r, err := c.clock.conditionSpan(n)
	if err != nil {
		return nil, err
	}
	return spanPred(column, r), nil
}

// spanPred holds for the instants of a range. "All" holds for rows without the value too,
// since it means no condition.
func spanPred(column int, r Range) predicate {
	if r.FromMs == Beginning && r.ToMs == Forever {
		return constPred(true)
	}
	hi := r.ToMs
	if hi != Forever {
		hi--
	}
	return rangePred{column, r.FromMs, hi}
}

func (c *compiler) choice(f *Field, n *Node) predicate {
	p := setPred{fieldCol(f.Name), c.v.choiceCodes(f, n.Values)}
	if n.Op == NoneOf {
		return notPred{p}
	}
	return p
}

// choiceCodes gives the codes that the values of a choice field stand for.
func (v *View) choiceCodes(f *Field, values []string) bitmap {
	if kind, ok := refKindOf(f.Name); ok {
		out := newBitmap(v.dict.refs[kind].names.n)
		for _, value := range values {
			v.named(kind, value, out)
		}
		return out
	}
	out := newBitmap(max(v.dict.labels.n, 256))
	for _, value := range values {
		v.setChoice(f, value, out)
	}
	return out
}

func (v *View) setChoice(f *Field, value string, out bitmap) {
	if f.Name == FieldState {
		for s := range uint32(256) {
			if stateIs(State(s), value) {
				out.set(s + 1) // as writer.row stores it
			}
		}
		return
	}
	if value == NoneValue {
		out.set(0)
		return
	}
	switch f.Name {
	case FieldEnded, FieldDirection:
		for code := uint32(1); int(code) < v.dict.labels.n; code++ {
			if v.dict.labels.at(code) == value {
				out.set(code)
			}
		}
	case FieldMissed:
		for i, name := range missedNames() {
			if name == value {
				out.set(uint32(i))
			}
		}
	default:
		out.set(map[string]uint32{"yes": codeYes, "no": codeNo}[value])
	}
}

// missedNames gives the values of the missed field by their codes.
func missedNames() []string { return []string{"never", "waiting", "contactedback", "cleared"} }

// stateIs tells whether a value of the state field holds. Several may hold at once; normal
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
