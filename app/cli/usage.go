package cli

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"wapdesk/app/serve"
	"wapdesk/store/query"
)

// usageError is a mistake in the words of the command: a message of the catalogues with its
// values, which stand in pairs of name and value.
type usageError struct {
	key    string
	values []string
	// reason is a message inside of the message, its value "reason".
	reason *usageError
	// syntax is a mistake in a filter, whose values are said in the language of the message.
	syntax *query.SyntaxError
}

// Error is the key: what a person reads is in the catalogues.
func (e *usageError) Error() string { return e.key }

func usage(key string, values ...string) error {
	return &usageError{key: "usage." + key, values: values}
}

func (s *state) usageText(e *usageError) string {
	values := e.values
	if e.reason != nil {
		values = append(values[:len(values):len(values)], "reason", s.usageText(e.reason))
	}
	if e.syntax != nil {
		for name, value := range e.syntax.Words(s.language()) {
			values = append(values, name, value)
		}
	}
	return s.text(e.key, values...)
}

// seeHelp is where a command explains itself.
func seeHelp(cmd *cobra.Command) string { return cmd.CommandPath() + " --help" }

// flagUsage words what the library for flags complains about.
func flagUsage(cmd *cobra.Command, err error) error {
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok {
		flag := "--" + e.GetSpecifiedName()
		if short := e.GetSpecifiedShortnames(); short != "" {
			flag = "-" + short
		}
		return usage("unknownFlag", "flag", flag, "help", seeHelp(cmd))
	}
	if e, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usage("flagNeedsValue", "flag", "--"+e.GetFlag().Name)
	}
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usage("flagValue", "flag", "--"+e.GetFlag().Name, "value", e.GetValue())
	}
	if e, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return usage("flagSyntax", "flag", e.GetSpecifiedFlag(), "help", seeHelp(cmd))
	}
	return usage("options", "help", seeHelp(cmd))
}

// wordArgs words the complaints about the number of arguments, of a command and those below it:
// how many were given, and what was expected.
func wordArgs(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			if check(c, args) != nil {
				return argumentsUsage(c, len(args))
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wordArgs(sub)
	}
}

func argumentsUsage(cmd *cobra.Command, given int) error {
	_, arguments, _ := strings.Cut(cmd.Use, " ")
	if arguments == "" || strings.HasPrefix(arguments, "-") || strings.HasPrefix(arguments, "(-") {
		return usage("onlyOptions", "n", strconv.Itoa(given), "command", cmd.CommandPath(), "help", seeHelp(cmd))
	}
	return usage("arguments", "n", strconv.Itoa(given), "expected", cmd.CommandPath()+" "+arguments, "help", seeHelp(cmd))
}

// notOneOf is the error of an option that takes one of a few words.
func notOneOf(flag, value string, allowed []string) error {
	return usage("oneOf", "flag", flag, "value", value, "allowed", strings.Join(allowed, ", "))
}

// queryUsage words a mistake in a filter and names its place, counted in characters from 1.
func queryUsage(err error) error {
	s, ok := errors.AsType[*query.SyntaxError](err)
	if !ok {
		return err
	}
	return &usageError{key: "usage.query", values: []string{"place", strconv.Itoa(s.RunePos + 1)}, reason: syntaxUsage(s)}
}

// syntaxUsage words a mistake in a filter or in an order of rows.
func syntaxUsage(s *query.SyntaxError) *usageError {
	return &usageError{key: "query." + s.TextCode(), syntax: s}
}

// listen opens the listener that --addr asks for.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := serve.Listen(ctx, addr)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, serve.ErrAddress):
		return nil, usage("address", "value", addr)
	case errors.Is(err, serve.ErrNotLoopback):
		return nil, usage("loopback", "value", addr)
	}
	return nil, usage("port", "value", addr)
}
