package query

// ConditionSpan returns the range that a date condition other than Eq and Ne means. Values
// have been checked by Normalise, so an error does not come from people's input.
func (c Clock) ConditionSpan(n *Node) (Range, error) {
	if n.Op == Preset {
		return c.Preset(n.Values[0])
	}
	moments, err := c.Moments(n.Values[0])
	if err != nil {
		return Range{}, err
	}
	// A lower bound is the earliest instant of its wall time, an upper bound the latest.
	r, latest := moments[0], moments[len(moments)-1].FromMs
	whole := WholeDay(n.Values[0])
	switch n.Op {
	case Lt:
		return Range{Beginning, latest}, nil
	case Le:
		if whole {
			return Range{Beginning, r.ToMs}, nil
		}
		return Range{Beginning, latest + 1}, nil
	case Gt:
		if whole {
			return Range{r.ToMs, Forever}, nil
		}
		return Range{r.FromMs + 1, Forever}, nil
	case Between:
		return c.Bounds(n.Values[0], n.Values[1])
	case Eq:
		return Range{r.FromMs, moments[len(moments)-1].ToMs}, nil
	default:
		return Range{r.FromMs, Forever}, nil
	}
}

// Span returns the range of time that a filter can match at most.
func (c Clock) Span(n *Node) Range {
	open := Always()
	switch {
	case n.Not:
		return open
	case len(n.And) > 0:
		out := open
		for i := range n.And {
			r := c.Span(&n.And[i])
			out.FromMs, out.ToMs = max(out.FromMs, r.FromMs), min(out.ToMs, r.ToMs)
		}
		return out
	case len(n.Or) > 0:
		out := Range{Forever, Beginning}
		for i := range n.Or {
			r := c.Span(&n.Or[i])
			out.FromMs, out.ToMs = min(out.FromMs, r.FromMs), max(out.ToMs, r.ToMs)
		}
		return out
	}
	if n.Field != FieldTime {
		return open
	}
	switch n.Op {
	case Ne, IsEmpty, NotEmpty:
		return open
	case Eq:
		out := Range{Forever, Beginning}
		for _, value := range n.Values {
			r, err := c.ParseDate(value)
			if err != nil {
				return open
			}
			out.FromMs, out.ToMs = min(out.FromMs, r.FromMs), max(out.ToMs, r.ToMs)
		}
		return out
	}
	r, err := c.ConditionSpan(n)
	if err != nil {
		return open
	}
	return r
}
