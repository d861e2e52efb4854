package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wapdesk/app/demo"
	"wapdesk/app/guide"
	"wapdesk/store/query"
)

// What commands and options say of themselves are keys of the catalogues, which stand where
// the library for commands expects English words. wordHelp puts the words of a language there.

// helpValues stand in the help's texts: words of the command line, the same in every language.
var helpValues = []string{
	"periods", strings.Join(query.Presets(), ", "),
	"tables", strings.Join(tables, ", "),
	"transcripts", strings.Join(transcripts, ", "),
	"shapes", strings.Join(demo.Shapes(), ", "),
	"topics", strings.Join(guide.Names(), ", "),
}

// wordHelp words the help of a command and of those below it.
func (s *state) wordHelp(cmd *cobra.Command) {
	cmd.Short = s.text(cmd.Short, helpValues...)
	if cmd.Long != "" {
		cmd.Long = s.text(cmd.Long, helpValues...)
	}
	// The library would add these in English.
	cmd.Flags().BoolP("help", "h", false, "help.flag.help")
	if cmd.Version != "" {
		cmd.Flags().BoolP("version", "v", false, "help.flag.version")
	}
	for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags()} {
		flags.VisitAll(func(f *pflag.Flag) { f.Usage = s.text(f.Usage, helpValues...) })
	}
	for _, sub := range cmd.Commands() {
		s.wordHelp(sub)
	}
}

// helpCommand is the command that explains another.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [command]", Short: "help.help",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usage("unknownCommand", "name", strings.Join(args, " "), "help", seeHelp(cmd.Root()))
			}
			return about.Help()
		},
	}
}

// explain writes how a command is used.
func (s *state) explain(cmd *cobra.Command) error {
	w := &writer{to: cmd.OutOrStderr()}
	w.line(s.text("help.usage"))
	if cmd.Runnable() {
		w.line("  " + strings.Replace(cmd.UseLine(), "[flags]", s.text("help.options.place"), 1))
	}
	if cmd.HasAvailableSubCommands() {
		w.line("  " + cmd.CommandPath() + " " + s.text("help.command.place"))
		w.line("\n" + s.text("help.commands"))
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				w.line(fmt.Sprintf("  %-*s %s", sub.NamePadding(), sub.Name(), sub.Short))
			}
		}
	}
	for _, part := range []struct {
		title string
		flags *pflag.FlagSet
	}{{"help.options", cmd.LocalFlags()}, {"help.globalOptions", cmd.InheritedFlags()}} {
		if part.flags.HasAvailableFlags() {
			w.line("\n" + s.text(part.title))
			w.line(strings.ReplaceAll(strings.TrimRight(part.flags.FlagUsages(), " \n"), " (default ", " ("+s.text("help.default")+" "))
		}
	}
	if cmd.HasAvailableSubCommands() {
		w.line("\n" + s.text("help.more", "help", cmd.CommandPath()+" "+s.text("help.command.place")+" --help"))
	}
	return w.err
}

// writer keeps the first error of what it writes.
type writer struct {
	to  io.Writer
	err error
}

func (w *writer) line(text string) {
	if w.err == nil {
		_, w.err = fmt.Fprintln(w.to, text)
	}
}
