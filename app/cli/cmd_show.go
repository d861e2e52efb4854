package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
)

func (s *state) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show NAME", Short: "help.show", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if profile.NameFromLink(args[0]) == "" {
				return usage("name")
			}
			p, err := s.open(cmd.Context(), offline|reads|noList)
			if err != nil {
				return err
			}
			name, err := p.NameOf(args[0])
			if err != nil {
				return err
			}
			story, err := p.Story(cmd.Context(), name)
			if err != nil {
				return err
			}
			reply := showOf(story)
			return s.print(reply, func(w io.Writer) { s.story(w, reply) })
		},
	}
}

func (s *state) story(w io.Writer, r showReply) {
	i := r.Interaction
	fmt.Fprintf(w, "%s  %s\n", text(i.Time), text(i.Title))
	fmt.Fprintf(w, "%s: %s  %s: %s  %s: %s\n", s.text("field.queue"), text(i.Queue), s.text("field.user"), text(i.User), s.text("field.contact"), text(i.Contact))
	for _, a := range r.Activities {
		fmt.Fprintf(w, "  %s  %s  %s\n", a.Name, text(a.Title), text(a.User))
	}
	for _, m := range r.Messages {
		fmt.Fprintf(w, "[%s] %s: %s\n", text(m.Time), text(m.From), m.Text)
	}
}
