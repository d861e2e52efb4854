package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wapdesk/app"
	"wapdesk/app/profile"
)

// personFormats are the kinds of file that everything about a person comes in.
var personFormats = []string{"zip", "jsonl"}

// personOptions are the choices of `person`.
type personOptions struct {
	out       string
	force     bool
	anonymise bool
	yes       bool
	localOnly bool
}

func (s *state) personCommand() *cobra.Command {
	var o personOptions
	cmd := &cobra.Command{
		Use: "person TEXT", Short: "help.person", Long: "help.personLong", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return s.person(cmd.Context(), args[0], o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.out, "out", "", "help.flag.personOut")
	f.BoolVar(&o.force, "force", false, "help.flag.force")
	f.BoolVar(&o.anonymise, "anonymise", false, "help.flag.personAnonymise")
	f.BoolVar(&o.yes, "yes", false, "help.flag.eraseYes")
	f.BoolVar(&o.localOnly, "local-only", false, "help.flag.localOnly")
	return cmd
}

func (s *state) person(ctx context.Context, text string, o personOptions) error {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(o.out)), ".")
	switch {
	case strings.TrimSpace(text) == "":
		return usage("name")
	case o.out != "" && !slices.Contains(personFormats, format):
		return usage("format", "allowed", strings.Join(personFormats, ", "))
	case o.out != "" && o.anonymise:
		return usage("exclude", "one", "--out", "other", "--anonymise")
	case (o.yes || o.localOnly) && !o.anonymise:
		return usage("required", "flag", "--anonymise")
	}
	if o.out != "" {
		if err := mayWrite(o.out, o.force); err != nil {
			return err
		}
	}
	how := offline
	if !o.yes {
		how |= reads
	}
	p, err := s.open(ctx, how|noList)
	if err != nil {
		return err
	}
	found, err := p.FindPeople(ctx, text)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return &app.Error{Code: "no_person"}
	}
	if len(found) > 1 {
		if o.out != "" || o.anonymise {
			return app.NewError("several_people", nil, "n", fmt.Sprint(len(found)))
		}
		return s.printPeople(found)
	}
	person, err := p.Person(ctx, found[0].PersonKey)
	switch {
	case err != nil:
		return err
	case o.anonymise:
		return s.anonymisePerson(ctx, p, person, o)
	case o.out != "":
		return s.savePerson(ctx, p, person, format, o.out)
	}
	return s.printPerson(p, person)
}

// personRow is somebody that a text leads to, as scripts get it.
type personRow struct {
	Contact *string  `json:"contact"` // unique name, null for a number alone
	Title   *string  `json:"title"`
	Numbers []string `json:"numbers"`
	Emails  []string `json:"emails"`
}

// personInteraction is an interaction of a person as scripts get it.
type personInteraction struct {
	Name       string  `json:"name"`
	Time       *string `json:"time"`
	Queue      *string `json:"queue"`
	Title      *string `json:"title"`
	Other      *string `json:"other_contact"` // whom it is paired with, where that is somebody else
	Anonymised bool    `json:"anonymised"`
}

func personRowOf(h profile.PersonHit) personRow {
	return personRow{Contact: known(h.Contact), Title: known(h.Title), Numbers: h.Numbers, Emails: h.Emails}
}

func (s *state) printPeople(found []profile.PersonHit) error {
	rows := make([]personRow, len(found))
	for i := range found {
		rows[i] = personRowOf(found[i])
	}
	s.say("cli.person.several", "n", fmt.Sprint(len(found)))
	return s.print(map[string]any{"people": rows}, func(w io.Writer) {
		for _, r := range rows {
			fmt.Fprintf(w, "%s  %s  %s\n", text(r.Contact), text(r.Title), strings.Join(append(r.Numbers, r.Emails...), " "))
		}
	})
}

func (s *state) printPerson(p *profile.Profile, person profile.Person) error {
	rows := interactionsOf(person, p.Zone())
	reply := map[string]any{"people": []personRow{personRowOf(person.PersonHit)}, "interactions": rows}
	return s.print(reply, func(w io.Writer) {
		r := personRowOf(person.PersonHit)
		fmt.Fprintf(w, "%s  %s  %s\n", text(r.Contact), text(r.Title), strings.Join(append(r.Numbers, r.Emails...), " "))
		for _, i := range rows {
			fmt.Fprintf(w, "  %s  %s  %s  %s  %s\n", i.Name, text(i.Time), text(i.Queue), text(i.Title), text(i.Other))
		}
	})
}

func interactionsOf(person profile.Person, zone *time.Location) []personInteraction {
	rows := make([]personInteraction, len(person.Interactions))
	for n, i := range person.Interactions {
		rows[n] = personInteraction{Name: i.Name, Time: moment(i.TimeMs, zone), Queue: known(i.Queue), Title: known(i.Title), Other: known(i.Other), Anonymised: i.Erased}
	}
	return rows
}

// sayOthers tells that interactions from the same number are left out, because they are paired with
// somebody else.
func (s *state) sayOthers(person profile.Person) {
	others := 0
	for _, i := range person.Interactions {
		if i.Other != "" && !i.Erased {
			others++
		}
	}
	if others > 0 {
		s.say("cli.person.others", "n", fmt.Sprint(others))
	}
}

func (s *state) savePerson(ctx context.Context, p *profile.Profile, person profile.Person, format, out string) error {
	names := person.Own()
	f, err := p.PreparePerson(ctx, person.PersonKey, names, format, s.language())
	if err != nil {
		return err
	}
	if _, err := f.Write(ctx, out, out); err != nil {
		return err
	}
	s.sayOthers(person)
	return s.print(map[string]any{"interactions": len(names), "missing_files": f.Missing}, func(w io.Writer) {
		fmt.Fprintln(w, s.text("cli.person.saved", "n", fmt.Sprint(len(names))))
		if f.Missing > 0 {
			fmt.Fprintln(w, s.text("cli.person.missing", "n", fmt.Sprint(f.Missing)))
		}
	})
}

func (s *state) anonymisePerson(ctx context.Context, p *profile.Profile, person profile.Person, o personOptions) error {
	names := person.Own()
	preview, err := p.PreviewErase(ctx, names)
	if err != nil {
		return err
	}
	s.sayOthers(person)
	if !o.yes {
		return s.print(preview, func(w io.Writer) {
			fmt.Fprintln(w, s.text("cli.anonymise.would", "n", fmt.Sprint(preview.Interactions),
				"messages", fmt.Sprint(preview.Messages), "files", fmt.Sprint(preview.Files), "contacts", fmt.Sprint(preview.Contacts)))
			if preview.Anonymising == "local" {
				fmt.Fprintln(w, s.text("cli.anonymise.localOnly"))
			}
		})
	}
	result, err := p.ErasePerson(ctx, person.PersonKey, names, o.localOnly)
	if err != nil {
		return err
	}
	for _, name := range result.Busy {
		s.say("cli.anonymise.busy", "profile", name)
	}
	reply := map[string]any{"erased": result.Erased, "already": result.Already, "failed": result.Failed, "contact": result.Contact, "todo": result.Todo}
	return s.print(reply, func(w io.Writer) {
		fmt.Fprintln(w, s.text("cli.anonymised", "n", fmt.Sprint(result.Erased)))
		if person.Contact != "" && !result.Contact {
			fmt.Fprintln(w, s.text("cli.person.contactKept"))
		}
		if len(result.Todo) > 0 {
			fmt.Fprintln(w, s.text("cli.person.todo", "n", fmt.Sprint(len(result.Todo))))
		}
		for _, t := range result.Todo {
			fmt.Fprintln(w, "  "+t.Link)
		}
	})
}
