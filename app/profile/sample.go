package profile

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"slices"
	"strconv"

	"wapdesk/store/listing"
	"wapdesk/store/query"
)

// ErrSampleSize is returned for a sample of none, or of more than MaxSample an agent.
var ErrSampleSize = errors.New("a sample takes between one and a hundred interactions of each agent")

// MaxSample bounds how many interactions of an agent a sample takes.
const MaxSample = 100

// SampleOptions say what a sample takes.
type SampleOptions struct {
	PerAgent int   `json:"perAgent"`
	AtLeast  int   `json:"atLeast"` // messages
	Seed     int64 `json:"seed"`
}

// SampleAgent is how many interactions of an agent a sample takes, and of how many.
type SampleAgent struct {
	Name  string `json:"name"` // login
	Title string `json:"title"`
	Count int    `json:"count"`
	Of    int    `json:"of"`
}

// Sample is interactions that were drawn for a review, some of each agent.
type Sample struct {
	Names  []string      `json:"names"` // agent by agent
	Agents []SampleAgent `json:"agents"`
	Seed   int64         `json:"seed"`
}

// Sample draws interactions of a filter for a review: of each agent as many, by chance. Those that have a review
// or were reviewed on this computer are left out, and so are those without an agent. The same seed draws
// the same of the same interactions, and one that is left out is followed by the next.
func (p *Profile) Sample(ctx context.Context, f Filter, o SampleOptions) (Sample, error) {
	if o.PerAgent < 1 || o.PerAgent > MaxSample {
		return Sample{}, ErrSampleSize
	}
	f = f.adding(is(query.FieldQA, "no")).adding(is(query.FieldReviewed, "no"))
	if o.AtLeast > 0 {
		f = f.adding(query.Node{Field: query.FieldMessages, Op: query.Ge, Values: []string{strconv.Itoa(o.AtLeast)}})
	}
	result, err := p.Search(ctx, f)
	if err != nil {
		return Sample{}, err
	}
	type ticket struct {
		name  string
		place uint64
	}
	drawn := map[listing.Ref][]ticket{}
	for r := range result.shot.Records(ctx) {
		if r.User.Name != "" && r.State&listing.StateAnonymised == 0 {
			drawn[r.User] = append(drawn[r.User], ticket{r.Name, placeOf(o.Seed, r.Name)})
		}
	}
	if err := ctx.Err(); err != nil {
		return Sample{}, err
	}
	s := Sample{Names: []string{}, Agents: []SampleAgent{}, Seed: o.Seed}
	for user, tickets := range drawn {
		s.Agents = append(s.Agents, SampleAgent{Name: user.Name, Title: user.Title, Count: min(o.PerAgent, len(tickets)), Of: len(tickets)})
	}
	collator := listing.NewCollator()
	slices.SortFunc(s.Agents, func(a, b SampleAgent) int {
		return cmp.Or(collator.Compare(a.Title, b.Title), cmp.Compare(a.Name, b.Name))
	})
	for _, agent := range s.Agents {
		tickets := drawn[listing.Ref{Name: agent.Name, Title: agent.Title}]
		slices.SortFunc(tickets, func(a, b ticket) int { return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.name, b.name)) })
		for _, t := range tickets[:agent.Count] {
			s.Names = append(s.Names, t.name)
		}
	}
	return s, nil
}

// placeOf is the place of an interaction among all that a seed draws. It depends on nothing else, so that it
// does not matter in which order they are, or which others there are.
func placeOf(seed int64, name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(binary.LittleEndian.AppendUint64([]byte(name), uint64(seed))) // never fails
	x := h.Sum64()
	// Names that differ at their end only have to be far apart.
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
