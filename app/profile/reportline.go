package profile

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// ScheduleLine returns the one line that makes the system's scheduler make a report at its planned moments, by the
// computer's own clock: of the Task Scheduler on Windows, of cron elsewhere. ErrReportPlan where nothing is planned.
func (p *Profile) ScheduleLine(k KeptReport) (string, error) {
	if len(k.Days) == 0 {
		return "", ErrReportPlan
	}
	program, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	folder, err := filepath.Abs(p.disk.root)
	if err != nil {
		return "", err
	}
	return scheduleLine(runtime.GOOS, k.Report, []string{program, "--data", folder, "--profile", p.Name, "report", k.Title}), nil
}

func scheduleLine(system string, r Report, command []string) string {
	if r := command; r[4] == DemoName { // it is never meant by its name
		command = append([]string{r[0], r[1], r[2], "--demo"}, r[5:]...)
	}
	quoted := make([]string, len(command))
	if system == "windows" {
		for i, word := range command {
			quoted[i] = `\"` + strings.ReplaceAll(word, `"`, `\\\"`) + `\"`
		}
		days := make([]string, len(r.Days))
		for i, d := range r.Days {
			days[i] = []string{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"}[d-1]
		}
		return fmt.Sprintf(`schtasks /Create /F /TN "Wapdesk %s" /SC WEEKLY /D %s /ST %s /TR "%s"`,
			strings.ReplaceAll(r.Title, `"`, "'"), strings.Join(days, ","), r.At, strings.Join(quoted, " "))
	}
	for i, word := range command {
		// cron takes % for the end of the line.
		quoted[i] = "'" + strings.ReplaceAll(strings.ReplaceAll(word, "'", `'\''`), "%", `'\%'`) + "'"
	}
	hour, minute, _ := strings.Cut(r.At, ":")
	days := make([]string, len(r.Days))
	for i, d := range r.Days {
		days[i] = fmt.Sprint(d % 7)
	}
	return fmt.Sprintf("%s %s * * %s %s", strings.TrimPrefix(minute, "0"), strings.TrimPrefix(hour, "0"), strings.Join(days, ","), strings.Join(quoted, " "))
}
