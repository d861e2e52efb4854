package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// colours are what a terminal makes colours of.
var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// result is what a suite of the front end came to.
type result struct {
	passed, failed int
	again          int      // of those passed, the ones that failed at first
	names          []string // of tests that failed, were left out, or passed only at the second try
	tests          []timed
}

// readVitest reads what its reporter "json" writes. A test left out counts as failed: it has not
// shown what it is there for.
func readVitest(data []byte) (result, error) {
	var r struct {
		NumPassedTests, NumFailedTests, NumPendingTests, NumTodoTests int
		NumFailedTestSuites                                           int

		TestResults []struct {
			Name             string // the file
			Status           string
			AssertionResults []struct{ FullName, Status string }
		}
	}
	err := json.Unmarshal(data, &r)
	out := result{passed: r.NumPassedTests, failed: r.NumFailedTests + r.NumPendingTests + r.NumTodoTests}
	if out.failed == 0 {
		out.failed = r.NumFailedTestSuites // a file that could not be loaded has no tests
	}
	for _, file := range r.TestResults {
		if file.Status == "failed" && len(file.AssertionResults) == 0 {
			out.names = append(out.names, file.Name)
		}
		for _, test := range file.AssertionResults {
			if test.Status != "passed" {
				out.names = append(out.names, test.FullName)
			}
		}
	}
	return out, err
}

// suiteOf is a file or a group of tests in what Playwright's reporter "json" writes.
type suiteOf struct {
	Title  string
	Suites []suiteOf
	Specs  []struct {
		Title string
		Tests []struct {
			Status  string // expected, unexpected, flaky or skipped
			Results []struct {
				Duration int // milliseconds
				Error    *struct {
					Message  string
					Location struct{ Line int }
				}
			}
		}
	}
}

// readPlaywright reads what its reporter "json" writes. A test left out counts as failed.
func readPlaywright(data []byte) (result, error) {
	var r struct {
		Stats  struct{ Expected, Unexpected, Flaky, Skipped int }
		Errors []struct{ Message string }
		Suites []suiteOf
	}
	err := json.Unmarshal(data, &r)
	out := result{
		passed: r.Stats.Expected + r.Stats.Flaky,
		failed: r.Stats.Unexpected + r.Stats.Skipped + len(r.Errors),
		again:  r.Stats.Flaky,
	}
	for _, one := range r.Suites {
		out.collect(one, "")
	}
	return out, err
}

func (r *result) collect(s suiteOf, path string) {
	path += s.Title + " › "
	for _, one := range s.Suites {
		r.collect(one, path)
	}
	for _, spec := range s.Specs {
		for _, test := range spec.Tests {
			for _, try := range test.Results {
				r.tests = append(r.tests, timed{path + spec.Title, time.Duration(try.Duration) * time.Millisecond})
			}
			if test.Status == "expected" {
				continue
			}
			name := path + spec.Title
			if test.Status == "flaky" {
				name += " (passed at the second try)"
			}
			// What it failed by first, since nothing else is left of a test that passed later.
			for _, try := range test.Results {
				if try.Error != nil {
					message, _, _ := strings.Cut(colours.ReplaceAllString(try.Error.Message, ""), "\n")
					name += fmt.Sprintf(", line %d: %s", try.Error.Location.Line, message)
					break
				}
			}
			r.names = append(r.names, name)
		}
	}
}
