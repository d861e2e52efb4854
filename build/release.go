package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"wapdesk/build/packaging"
)

// release is the version of the checkout, from git. Without git, or in a copy without its history, it is a draft of
// the first release that names no commit.
func (p *project) release(ctx context.Context, rep *report) (packaging.Version, error) {
	first, err := p.firstRelease()
	if err != nil {
		return packaging.Version{}, err
	}
	git := func(args ...string) (string, error) {
		// It refuses to answer in a checkout of another user unless told that this is meant.
		return p.output(ctx, rep, command{args: append([]string{"git", "-c", "safe.directory=*"}, args...)})
	}
	commit, err := git("log", "-1", "--abbrev=8", "--format=%h %ct")
	if err != nil {
		rep.printf("no commit to name: %v\n", err)
		return packaging.Version{Number: first, Draft: "dev", Time: time.Unix(0, 0).UTC()}, nil
	}
	name, seconds, _ := strings.Cut(commit, " ")
	made, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return packaging.Version{}, fmt.Errorf("time of the commit: %w", err)
	}
	changes, err := git("status", "--porcelain", "--untracked-files=no")
	if err != nil {
		return packaging.Version{}, err
	}
	tag, err := git("describe", "--tags", "--long", "--match", "v[0-9]*")
	if err != nil {
		tag = "" // there is none yet
	}
	return packaging.VersionOf(tag, first, name, time.Unix(made, 0), changes != "")
}

// firstRelease is the number that stands before there is any tag.
func (p *project) firstRelease() (string, error) {
	b, err := os.ReadFile(p.path("wails.json"))
	if err != nil {
		return "", err
	}
	var settings struct {
		Info struct{ ProductVersion string }
	}
	if err := json.Unmarshal(b, &settings); err != nil {
		return "", fmt.Errorf("wails.json: %w", err)
	}
	if settings.Info.ProductVersion == "" {
		return "", errors.New("wails.json names no productVersion")
	}
	return settings.Info.ProductVersion, nil
}

// linkFlags are the linker's for a program that says its version. The tables for a debugger are left out.
func linkFlags(v packaging.Version) string { return "-s -w -X main.version=" + v.String() }
