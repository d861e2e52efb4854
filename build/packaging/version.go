package packaging

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Version is what a program and its packages are called.
type Version struct {
	// Number is that of a release, three numbers, or of the one that comes next.
	Number string
	// Draft says which commit before that release it is, "" for the release itself: dev.20261130.a6e2e53.
	Draft string
	// Time is when the commit was made, in UTC.
	Time time.Time
}

// String is the version as the program says it: 1.2.3 or 1.2.4-dev.20261130.a6e2e53.
func (v Version) String() string {
	if v.Draft == "" {
		return v.Number
	}
	return v.Number + "-" + v.Draft
}

// Quad is the version as Windows wants it, four numbers.
func (v Version) Quad() string { return v.Number + ".0" }

// described is what "git describe --tags --long" prints: a tag, how many commits came after it, and the commit.
var described = regexp.MustCompile(`^v(\d+)\.(\d+)\.(\d+)-(\d+)-g[0-9a-f]+$`)

// VersionOf makes the version of a commit: its tag where it has one, else the number after the last tag with the
// commit's day and name. First is the number before there is any tag; describe is then empty. Changed marks
// files that differ from the commit, of which nobody can tell what they were.
func VersionOf(describe, first, commit string, made time.Time, changed bool) (Version, error) {
	v := Version{Number: first, Time: made.UTC()}
	exact := false
	if describe != "" {
		found := described.FindStringSubmatch(describe)
		if found == nil {
			return Version{}, fmt.Errorf("the tag of %q is not of the form v1.2.3", describe)
		}
		patch, err := strconv.Atoi(found[3])
		if err != nil {
			return Version{}, fmt.Errorf("read the tag of %q: %w", describe, err)
		}
		exact = found[4] == "0"
		if !exact {
			patch++
		}
		v.Number = fmt.Sprintf("%s.%s.%d", found[1], found[2], patch)
	}
	if exact && !changed {
		return v, nil
	}
	parts := []string{"dev", v.Time.Format("20060102"), "g" + commit}
	if changed {
		parts = append(parts, "changed")
	}
	v.Draft = strings.Join(parts, ".")
	return v, nil
}
