package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wapdesk/app/guide"
	"wapdesk/app/licences"
)

// shells are those whose completion the program can write.
var shells = []string{"bash", "fish", "powershell", "zsh"}

// licencesCommand prints the licence texts of all software of others that is in the program.
func (s *state) licencesCommand() *cobra.Command {
	return &cobra.Command{
		Use: "licences", Short: "help.licences", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return s.print(map[string]string{"text": licences.Text}, func(w io.Writer) { fmt.Fprint(w, licences.Text) })
		},
	}
}

// guideCommand prints the help of the screens, or one topic of it.
func (s *state) guideCommand() *cobra.Command {
	return &cobra.Command{
		Use: "guide [TOPIC]", Short: "help.guide", Long: "help.guideLong", Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			topics := guide.Topics()
			if len(args) == 1 {
				topic, known := guide.Named(args[0])
				if !known {
					return notOneOf("TOPIC", args[0], guide.Names())
				}
				topics = []guide.Topic{topic}
			}
			text := guide.Markdown(topics, 2, s.language(), s.Text)
			return s.print(map[string]string{"text": text}, func(w io.Writer) { fmt.Fprint(w, text) })
		},
	}
}

// completionCommand prints what lets a shell complete commands and options.
func (s *state) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "completion SHELL", Short: "help.completion", Long: "help.completion.more", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root, out := cmd.Root(), cmd.OutOrStdout()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(out, true)
			case "fish":
				return root.GenFishCompletion(out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(out)
			case "zsh":
				return root.GenZshCompletion(out)
			}
			return notOneOf("SHELL", args[0], shells)
		},
	}
}

// manualCommand prints the page for man, which packages carry.
func (s *state) manualCommand() *cobra.Command {
	return &cobra.Command{
		Use: "manual", Short: "help.manual", Args: cobra.NoArgs, Hidden: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := &writer{to: cmd.OutOrStdout()}
			s.manual(w, cmd.Root())
			return w.err
		},
	}
}

// manual writes one page in man's language: what the program is, each command with its options, what they share,
// and how it ends.
func (s *state) manual(w *writer, root *cobra.Command) {
	heading := func(key string) { w.line(".SH " + roffQuoted(s.text(key))) }
	w.line(".TH WAPDESK 1 \"\" " + roffQuoted("Wapdesk "+s.Version))
	heading("help.manual.name")
	w.line("wapdesk \\- " + roff(root.Short))
	heading("help.manual.synopsis")
	w.line(".B wapdesk\n" + roff("["+s.text("help.options.place")+"] [COMMAND]"))
	heading("help.commands")
	for _, cmd := range root.Commands() {
		s.manualOf(w, cmd)
	}
	heading("help.globalOptions")
	s.manualOptions(w, root.PersistentFlags())
	heading("help.manual.exit")
	for code, key := range []string{"help.manual.exit.done", "help.manual.exit.failed", "help.manual.exit.usage", "help.manual.exit.notPermitted", "help.manual.exit.cancelled"} {
		w.line(fmt.Sprintf(".TP\n.B %d\n%s", code, roff(s.text(key))))
	}
}

// manualOf writes a command and those below it.
func (s *state) manualOf(w *writer, cmd *cobra.Command) {
	if cmd.Hidden {
		return
	}
	_, arguments, _ := strings.Cut(cmd.Use, " ")
	path := strings.TrimPrefix(cmd.CommandPath(), "wapdesk ")
	w.line(".SS " + roffQuoted(strings.TrimSpace(path+" "+arguments)))
	w.line(roff(cmd.Short))
	if cmd.Long != "" {
		w.line(".PP\n" + roff(cmd.Long))
	}
	s.manualOptions(w, cmd.LocalNonPersistentFlags())
	for _, sub := range cmd.Commands() {
		s.manualOf(w, sub)
	}
}

func (s *state) manualOptions(w *writer, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := "\\fB" + roff("--"+f.Name) + "\\fR"
		if kind != "" {
			name += " \\fI" + roff(kind) + "\\fR"
		}
		w.line(".TP\n" + name + "\n" + roff(usage))
	})
}

// roff keeps text from being taken for commands of man's language.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n", "\n.br\n").Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != ".br" && (strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'")) {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

func roffQuoted(text string) string {
	return `"` + strings.ReplaceAll(roff(text), `"`, `\(dq`) + `"`
}
