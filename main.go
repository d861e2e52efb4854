// Wapdesk keeps the WhatsApp interactions of a contact centre on a team lead's own computer.
// This file only starts it; the window is app/window, everything else a command of app/cli.
package main

import (
	"context"
	"os"
	_ "time/tzdata" // Windows has no time zones of its own

	"wapdesk/app"
	"wapdesk/app/cli"
	"wapdesk/app/system"
	"wapdesk/app/window"
	"wapdesk/frontend"
)

// version is set when a release is built.
var version = "0.1.0"

func main() {
	config, err := os.UserConfigDir()
	if err != nil {
		config = "" // no home: only --data says where anything may lie
	}
	os.Exit(cli.Run(cli.Program{
		Version: version, Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Languages: system.Languages, DiskEncryption: system.DiskEncryption, Metered: system.NetworkKind, ConfigDir: config, Page: frontend.Dist(), Text: frontend.Text,
		Window: func(a *app.App, start func(context.Context) error) error {
			return window.Open(a, frontend.Dist(), start)
		},
	}))
}
