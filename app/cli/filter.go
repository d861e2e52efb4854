package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
	"wapdesk/store/query"
)

// listFlags are the options that choose interactions.
type listFlags struct {
	query, preset, from, to string
	users, took, queues     []string
	contact, sender         string
	sort                    string
}

func (l *listFlags) add(cmd *cobra.Command) {
	l.addFilter(cmd)
	cmd.Flags().StringVar(&l.sort, "sort", "", "help.flag.sort")
}

// addFilter leaves out the order, for commands whose answer has none.
func (l *listFlags) addFilter(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&l.query, "query", "", "help.flag.query")
	f.StringVar(&l.preset, "time", "", "help.flag.time")
	f.StringVar(&l.from, "from", "", "help.flag.from")
	f.StringVar(&l.to, "to", "", "help.flag.to")
	f.StringArrayVar(&l.users, "user", nil, "help.flag.user")
	f.StringArrayVar(&l.took, "took", nil, "help.flag.took")
	f.StringArrayVar(&l.queues, "queue", nil, "help.flag.queue")
	f.StringVar(&l.contact, "contact", "", "help.flag.contactName")
	f.StringVar(&l.sender, "sender", "", "help.flag.sender")
}

// given reports whether any option chooses interactions.
func (l *listFlags) given(cmd *cobra.Command) bool {
	for _, name := range []string{"query", "time", "from", "to", "user", "took", "queue", "contact", "sender"} {
		if cmd.Flags().Changed(name) {
			return true
		}
	}
	return false
}

// filter puts the options together. Without a time option it is today.
func (l *listFlags) filter(ctx context.Context, p *profile.Profile) (profile.Filter, error) {
	if l.preset != "" && (l.from != "" || l.to != "") {
		return profile.Filter{}, usage("exclude", "one", "--time", "other", "--from, --to")
	}
	f := profile.Filter{Contact: l.contact, Sender: l.sender}
	switch {
	case l.preset != "":
		if !isPreset(l.preset) {
			return profile.Filter{}, notOneOf("--time", l.preset, query.Presets())
		}
		f.Time = profile.Period{Preset: l.preset}
	case l.from != "" || l.to != "":
		f.Time = profile.Period{From: l.from, To: l.to}
	default:
		f.Time = profile.Period{Preset: "today"}
	}
	for name, text := range map[string]string{"--from": l.from, "--to": l.to} {
		if text != "" && !validDate(text) {
			return profile.Filter{}, usage("date", "flag", name, "value", text)
		}
	}
	if l.query != "" {
		where, err := p.Parse(ctx, l.query)
		if err != nil {
			return profile.Filter{}, queryUsage(err)
		}
		f.Where = where
		if l.preset == "" && l.from == "" && l.to == "" && where.Mentions(query.FieldTime) {
			f.Time = profile.Period{Preset: "all"} // the query says when
		}
	}
	var err error
	if f.Sort, err = sortKeys(l.sort); err != nil {
		return profile.Filter{}, err
	}
	if f.Users, err = p.ResolveNames(ctx, query.FieldUser, l.users); err != nil {
		return profile.Filter{}, err
	}
	took, err := p.ResolveNames(ctx, query.FieldUser, l.took)
	if err != nil {
		return profile.Filter{}, err
	}
	if len(took) > 0 {
		n := query.Node{Field: query.FieldTook, Op: query.AnyOf, Values: took}
		if f.Where != nil {
			n = query.Node{And: []query.Node{*f.Where, n}}
		}
		f.Where = &n
	}
	if f.Queues, err = p.ResolveNames(ctx, query.FieldQueue, l.queues); err != nil {
		return profile.Filter{}, err
	}
	return f, p.CheckNames(ctx, f)
}

func isPreset(name string) bool {
	for _, p := range query.Presets() {
		if p == name {
			return true
		}
	}
	return false
}

// validDate accepts the contract's two forms and no other.
func validDate(text string) bool {
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04"} {
		if parses(layout, text) {
			return true
		}
	}
	return false
}

func sortKeys(text string) ([]query.SortKey, error) {
	keys, err := query.ParseSort(text)
	if bad, ok := errors.AsType[*query.SyntaxError](err); ok {
		if bad.Code == query.ErrBadSort {
			return nil, usage("sort", "value", bad.Params["value"])
		}
		return nil, syntaxUsage(bad)
	}
	return keys, err
}

// chosen opens a profile to read from, and what the options choose of it.
func (s *state) chosen(ctx context.Context, l *listFlags) (*profile.Profile, profile.Filter, error) {
	p, err := s.open(ctx, offline|reads)
	if err != nil {
		return nil, profile.Filter{}, err
	}
	f, err := l.filter(ctx, p)
	return p, f, err
}

// found runs a filter and says what of it is not stored.
func (s *state) found(ctx context.Context, p *profile.Profile, f profile.Filter) (*profile.Result, error) {
	result, err := p.Search(ctx, f)
	if err == nil {
		s.warnMissing(result.Missing, result.AsOfMs, result.KeptFrom, p.Zone())
	}
	return result, err
}
