package listing

import (
	"context"
	"fmt"
	"strings"

	"wapdesk/store/query"
)

// text makes the predicate of a text condition: the dictionary is searched once, the rows
// are then tested by their codes.
func (c *compiler) text(ctx context.Context, f *query.Field, n *query.Node) (predicate, error) {
	op, complement := positiveOp(n.Op)
	var p predicate
	var err error
	switch f.Name {
	case query.FieldText:
		p, err = c.words(ctx, op, n.Values)
	case query.FieldAny:
		p, err = c.anyText(ctx, n.Values)
	default:
		p = c.inTexts(f.Name, op, n.Values)
	}
	if err != nil {
		return nil, err
	}
	if complement {
		return notPred{p}, nil
	}
	return p, nil
}

// positiveOp returns the operator that a complement turns around.
func positiveOp(op query.Op) (positive query.Op, complement bool) {
	switch op {
	case query.NotContains:
		return query.Contains, true
	case query.IsNot:
		return query.Is, true
	}
	return op, false
}

func (c *compiler) inTexts(field string, op query.Op, values []string) predicate {
	d := &c.v.dict
	switch field {
	case query.FieldSender:
		numbers := d.numbers.matching(numberTestOf(op, values))
		names := c.textsThat(op, values) // the other side is known by name as well
		return or(setPred{colSender, numbers}, setPred{colRecipient, numbers}, setPred{colWANumber, numbers}, setPred{colWA, names})
	case query.FieldTicket:
		return setPred{colTicket, d.texts.matching(ticketTestOf(op, values))}
	case query.FieldID:
		test := textTestOf(op, values)
		holds := test.holds
		if holds == nil {
			holds = anyNeedle(test.contains, compareFunc(op))
		}
		needles := make([]string, len(values))
		for i, value := range values {
			needles[i] = query.Fold(value)
		}
		return namePred{hit: func(name string) bool { return holds(query.Fold(name)) }, needles: needles}
	}
	set := c.textsThat(op, values)
	switch field {
	case query.FieldContact:
		return setPred{colContact, d.refs[refContact].titled(set)}
	case query.FieldAccount:
		return setPred{colAccount, d.refs[refAccount].titled(set)}
	}
	return setPred{fieldCol(field), set}
}

// textsThat returns the texts that a condition holds for, which the caller must not change.
func (c *compiler) textsThat(op query.Op, values []string) bitmap {
	key := string(op) + "\x00" + strings.Join(values, "\x00")
	set, known := c.texts[key]
	if !known {
		set = c.v.dict.texts.matching(textTestOf(op, values))
		c.texts[key] = set
	}
	return set
}

// titled returns the refs whose title is among the texts.
func (r *refs) titled(texts bitmap) bitmap {
	out := newBitmap(len(r.titles))
	for code, title := range r.titles {
		if texts.has(title) {
			out.set(uint32(code))
		}
	}
	out.clear(0)
	return out
}

// anyText holds for a bare word: contact, WhatsApp contact, title or messages contain it.
// Several words in quotes are a phrase in messages as they are in the other texts.
func (c *compiler) anyText(ctx context.Context, values []string) (predicate, error) {
	words, err := c.words(ctx, query.Is, values)
	if err != nil {
		return nil, err
	}
	set := c.textsThat(query.Contains, values)
	return or(setPred{colContact, c.v.dict.refs[refContact].titled(set)}, setPred{colWA, set}, setPred{colTitle, set}, words), nil
}

// words asks the WordSource. Ids outside of the time that the filter can match are not asked
// for where the source can restrict itself.
func (c *compiler) words(ctx context.Context, op query.Op, values []string) (predicate, error) {
	var of []predicate
	for _, value := range values {
		match := query.WordQuery(value)
		switch op {
		case query.Is:
			match = query.PhraseQuery(value, false)
		case query.StartsWith:
			match = query.PhraseQuery(value, true)
		}
		if match == "" || c.v.words == nil {
			of = append(of, constPred(false))
			continue
		}
		rows, err := c.v.wordRows(ctx, match, c.span)
		if err != nil {
			return nil, fmt.Errorf("find words in messages: %w", err)
		}
		of = append(of, rowsPred{rows})
	}
	return or(of...), nil
}
