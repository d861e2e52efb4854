package listing

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Users returns the figures by user, most interactions first, then by title.
func (s *Found) Users(ctx context.Context) ([]Aggregate, error) {
	return s.aggregate(ctx, refUser, colUser)
}

// Queues returns the figures by queue, most interactions first, then by title.
func (s *Found) Queues(ctx context.Context) ([]Aggregate, error) {
	return s.aggregate(ctx, refQueue, colQueue)
}

// QueuesAndFigures returns Queues and Figures in one pass: each interaction is in one queue, or in none of them.
func (s *Found) QueuesAndFigures(ctx context.Context) ([]Aggregate, Figures, error) {
	each, err := s.sums(ctx, refQueue, colQueue)
	if err != nil {
		return nil, Figures{}, err
	}
	var all figureSums
	for _, of := range each {
		all.merge(&of.figureSums)
	}
	return s.view.aggregates(refQueue, each), all.figures(), nil
}

// TookPart returns of each user in how many interactions they had an activity, and how many of these, or
// of those that are theirs, were answered and were not; in no order. A user of several activities counts
// once in an interaction.
func (s *Found) TookPart(ctx context.Context) ([]Aggregate, error) {
	parts, err := s.parts(ctx)
	if err != nil {
		return nil, fmt.Errorf("count who took part: %w", err)
	}
	all := map[uint32]*Aggregate{}
	of := func(code uint32) *Aggregate {
		if all[code] == nil {
			all[code] = &Aggregate{Ref: s.view.dict.refs[refUser].ref(code, &s.view.dict.texts), Deactivated: s.view.dir.deactivated[refUser][code]}
		}
		return all[code]
	}
	for p, n := range parts {
		theirs := []uint32{p.user}
		s.view.eachMember(p.took, func(code uint32) {
			of(code).N += n
			if code != p.user {
				theirs = append(theirs, code)
			}
		})
		for _, code := range theirs {
			switch p.answered {
			case TriYes:
				of(code).Answered += n
			case TriNo:
				of(code).NotAnswered += n
			}
		}
	}
	var out []Aggregate
	for code, a := range all {
		if code != 0 && (s.users == nil || s.users.has(code)) {
			out = append(out, *a)
		}
	}
	return out, nil
}

// part is what interactions have in common for those who took part in them.
type part struct {
	took, user uint32 // the combination of users with an activity, and whose it is
	answered   Tri
}

// parts counts the interactions by who took part in them; few combinations occur.
func (s *Found) parts(ctx context.Context) (map[part]int, error) {
	all := map[part]int{}
	err := s.view.eachWorker(ctx, func() (func(int, *block), func()) {
		mine := map[part]int{}
		do := func(number int, b *block) {
			eachFound(s.found, number, func(slot int) {
				i := slot & blockMask
				mine[part{b.cols[colTook].code(i), b.cols[colUser].code(i), Tri(b.cols[colAnswered].code(i))}]++
			})
		}
		return do, func() {
			for p, n := range mine {
				all[p] += n
			}
		}
	})
	return all, err
}

// sums gathers the figures of one user or queue.
type sums struct {
	figureSums
	focus, focusOf          int64
	disruptions, activities int64
}

func (s *Found) aggregate(ctx context.Context, kind, column int) ([]Aggregate, error) {
	all, err := s.sums(ctx, kind, column)
	if err != nil {
		return nil, err
	}
	return s.view.aggregates(kind, all), nil
}

// sums sums up by the code of a queue or user.
func (s *Found) sums(ctx context.Context, kind, column int) (map[uint32]*sums, error) {
	all := map[uint32]*sums{}
	err := s.view.eachWorker(ctx, func() (func(int, *block), func()) {
		part := make([]*sums, s.view.dict.refs[kind].names.n) // by code
		how := s.view.counting()
		do := func(number int, b *block) {
			addBlock(part, b, s.found[number*blockWords:(number+1)*blockWords], column, how)
		}
		return do, func() {
			for code, from := range part {
				if from == nil {
					continue
				}
				if to := all[uint32(code)]; to != nil {
					to.merge(from)
				} else {
					all[uint32(code)] = from
				}
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("sum up by %s: %w", [...]string{"queue", "user"}[kind], err)
	}
	return all, nil
}

func addBlock(to []*sums, b *block, words []uint64, column int, how counting) {
	for w, word := range words {
		for ; word != 0; word &= word - 1 {
			i := w<<6 + first(word)
			code := b.cols[column].code(i)
			if to[code] == nil {
				to[code] = new(sums)
			}
			to[code].add(&b.cols, i, how)
		}
	}
}

func (to *sums) merge(from *sums) {
	to.figureSums.merge(&from.figureSums)
	to.focus += from.focus
	to.focusOf += from.focusOf
	to.disruptions += from.disruptions
	to.activities += from.activities
}

func (to *sums) add(c *[allCols]col, i int, how counting) {
	to.figureSums.add(c, i, how)
	if focus, duration := c[colFocus].at(i), c[colDuration].at(i); focus != Unknown && duration != Unknown && c[colAnomaly].code(i) == codeNo {
		to.focus += focus
		to.focusOf += duration
	}
	disruptions, activities := c[colDisruptions].at(i), c[colActivities].at(i)
	if disruptions != Unknown && activities != Unknown {
		to.disruptions += disruptions
		to.activities += activities
	}
}

func (v *View) aggregates(kind int, all map[uint32]*sums) []Aggregate {
	codes := make([]uint32, 0, len(all))
	for code := range all {
		codes = append(codes, code)
	}
	ranks := v.nameRanks(kind)
	slices.SortFunc(codes, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(all[b].n, all[a].n), cmp.Compare(ranks[a], ranks[b]), cmp.Compare(a, b))
	})
	out := make([]Aggregate, len(codes))
	for i, code := range codes {
		from := all[code]
		out[i] = Aggregate{
			Ref: v.dict.refs[kind].ref(code, &v.dict.texts), Deactivated: v.dir.deactivated[kind][code], Figures: from.figures(),
			FocusS: from.focus, FocusOfS: from.focusOf, Disruptions: from.disruptions, Activities: from.activities,
		}
	}
	return out
}
