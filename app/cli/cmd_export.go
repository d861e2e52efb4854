package cli

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wapdesk/app/profile"
)

func (s *state) exportCommand() *cobra.Command {
	var l listFlags
	var out, format, transcript, columns, sheets, dialect, template string
	var raw, force bool
	cmd := &cobra.Command{
		Use: "export --out FILE", Short: "help.export", Args: cobra.NoArgs,
		Long: "help.exportLong",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if out == "" {
				return usage("required", "flag", "--out")
			}
			format, err := exportFormat(out, format, transcript, template != "")
			if err != nil {
				return err
			}
			if err := checkSheets(format, sheets); err != nil {
				return err
			}
			if err := setDialect(&profile.ExportRequest{}, dialect); err != nil {
				return err
			}
			if err := mayWrite(out, force); err != nil {
				return err
			}
			ctx := cmd.Context()
			p, err := s.open(ctx, offline|reads)
			if err != nil {
				return err
			}
			r := profile.ExportRequest{Lang: s.language(), Region: s.language()}
			if template != "" {
				if r, err = p.ExportFromTemplate(template); err != nil {
					return err
				}
				if s.lang != "" {
					r.Lang, r.Region = s.lang, s.lang
				}
			}
			if format != "" {
				r.Format = format
			}
			if columns != "" {
				r.Columns = list(columns)
			}
			if sheets != "" {
				r.Sheets = list(sheets)
			}
			if r.Format != "xlsx" {
				r.Sheets = nil // a template keeps those of its workbooks
			}
			if raw {
				r.Raw, r.RawText = true, true
			}
			if dialect != "" {
				r.Delimiter, r.BOM, r.Seconds = "", false, false
			}
			if err := setDialect(&r, dialect); err != nil {
				return err
			}
			if r.Filter, err = l.filter(ctx, p); err != nil {
				return err
			}
			x, err := p.PrepareExport(ctx, r)
			if err != nil {
				return err
			}
			written, err := x.Write(ctx, out, out, s.rowsProgress())
			if err != nil {
				return err
			}
			s.warnMissing(x.Missing, x.AsOfMs, x.KeptFrom, p.Zone())
			reply := map[string]any{"rows": written.Rows}
			if x.KeptFrom != "" {
				reply["kept_from"] = x.KeptFrom
			}
			if len(x.Missing) > 0 {
				reply["missing"] = gapsOf(x.Missing, p.Zone())
			}
			return s.print(reply, func(w io.Writer) { fmt.Fprintln(w, s.text("cli.exported", "n", fmt.Sprint(written.Rows))) })
		},
	}
	l.add(cmd)
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "help.flag.out")
	f.StringVar(&format, "format", "", "help.flag.format")
	f.StringVar(&transcript, "transcript", "", "help.flag.transcript")
	f.StringVar(&columns, "columns", "", "help.flag.columns")
	f.StringVar(&sheets, "sheets", "", "help.flag.sheets")
	f.StringVar(&dialect, "csv-dialect", "", "help.flag.csvDialect")
	f.StringVar(&template, "template", "", "help.flag.template")
	f.BoolVar(&raw, "raw", false, "help.flag.raw")
	f.BoolVar(&force, "force", false, "help.flag.force")
	return cmd
}

// The kinds of file.
var (
	tables      = []string{"xlsx", "csv"}
	transcripts = []string{"pdf", "txt", "jsonl"}
	dialects    = []string{"czech", "rfc4180"}
)

// exportFormat returns the format that the options and the file's name ask for, "" for that of a
// template. Conversations are personal through and through: no file name alone asks for them.
func exportFormat(out, format, transcript string, template bool) (string, error) {
	if transcript != "" {
		if !slices.Contains(transcripts, transcript) {
			return "", notOneOf("--transcript", transcript, transcripts)
		}
		if format != "" {
			return "", usage("exclude", "one", "--format", "other", "--transcript")
		}
		return transcript, nil
	}
	byName := strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), ".")
	if format == "" && (!template || slices.Contains(tables, byName)) {
		format = byName
	}
	if !slices.Contains(tables, format) && (format != "" || !template) {
		return "", usage("format", "allowed", strings.Join(tables, ", "))
	}
	return format, nil
}

func checkSheets(format, sheets string) error {
	if sheets != "" && format != "" && format != "xlsx" {
		return &usageError{key: "error.sheets_need_xlsx"}
	}
	return nil
}

func setDialect(r *profile.ExportRequest, name string) error {
	if name != "" && !slices.Contains(dialects, name) {
		return notOneOf("--csv-dialect", name, dialects)
	}
	r.Dialect = cmp.Or(name, r.Dialect)
	return nil
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	parts := strings.Split(text, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// rowsProgress tells a person every second how far a long export is.
func (s *state) rowsProgress() func(int64) {
	last := time.Now()
	return func(rows int64) {
		if now := time.Now(); !s.json && now.Sub(last) >= time.Second {
			last = now
			fmt.Fprintln(s.Stderr, s.text("cli.exporting", "n", fmt.Sprint(rows)))
		}
	}
}

func (s *state) anonymiseCommand() *cobra.Command {
	var l listFlags
	var yes bool
	var opts profile.EraseOptions
	cmd := &cobra.Command{
		Use: "anonymise (NAME… | list options) --yes", Short: "help.anonymise",
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) > 0) == l.given(cmd) {
				return usage("namesOrOptions")
			}
			ctx := cmd.Context()
			how := offline
			if !yes {
				how |= reads
			}
			p, err := s.open(ctx, how)
			if err != nil {
				return err
			}
			var f *profile.Filter
			if len(args) == 0 {
				chosen, err := l.filter(ctx, p)
				if err != nil {
					return err
				}
				f, opts.Filter = &chosen, &chosen
				if err := s.warnOf(ctx, p, chosen); err != nil {
					return err
				}
			}
			names, err := p.EraseTargets(ctx, args, f)
			if err != nil {
				return err
			}
			preview, err := p.PreviewErase(ctx, names)
			if err != nil {
				return err
			}
			if preview.Anonymising == "unsaid" && !opts.HereOnly {
				s.say("cli.anonymise.unsaid")
			}
			if !yes {
				return s.print(preview, func(w io.Writer) {
					fmt.Fprintln(w, s.text("cli.anonymise.would", "n", fmt.Sprint(preview.Interactions),
						"messages", fmt.Sprint(preview.Messages), "files", fmt.Sprint(preview.Files), "contacts", fmt.Sprint(preview.Contacts)))
					if preview.Anonymising == "local" {
						fmt.Fprintln(w, s.text("cli.anonymise.localOnly"))
					}
				})
			}
			result, err := p.AnonymiseNow(ctx, names, opts)
			if err != nil {
				return err
			}
			for _, name := range result.Busy {
				s.say("cli.anonymise.busy", "profile", name)
			}
			return s.print(map[string]any{"erased": result.Erased, "already": result.Already, "failed": result.Failed}, func(w io.Writer) {
				fmt.Fprintln(w, s.text("cli.anonymised", "n", fmt.Sprint(result.Erased)))
			})
		},
	}
	l.add(cmd)
	cmd.Flags().BoolVar(&yes, "yes", false, "help.flag.eraseYes")
	cmd.Flags().BoolVar(&opts.Later, "later", false, "help.flag.later")
	cmd.Flags().BoolVar(&opts.HereOnly, "local-only", false, "help.flag.localOnly")
	return cmd
}
