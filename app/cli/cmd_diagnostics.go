package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"wapdesk/app/system"
)

// diagnosticsCommand prints what the window's Copy diagnostics copies: the same for a person and for a
// script, since it is to be sent as it is.
func (s *state) diagnosticsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "diagnostics", Short: "help.diagnostics", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, err := s.open(cmd.Context(), offline|reads|noList)
			if err != nil {
				return err
			}
			d, err := p.Diagnostics(cmd.Context())
			if err != nil {
				return err
			}
			if d.DiskEncryption != system.EncryptionOn {
				fmt.Fprintln(s.Stderr, s.text("settings.data.encryption."+string(d.DiskEncryption)))
			}
			return s.printAsJSON(d)
		},
	}
}
