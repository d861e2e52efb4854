package main

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// feed gives a suite the lines of "go test -json".
func feed(t *testing.T, lines string, end error) (*report, error) {
	t.Helper()
	rep := &report{}
	suite := newGoSuite(rep)
	for line := range strings.Lines(lines) {
		suite.line([]byte(strings.TrimSpace(line)))
	}
	return rep, suite.end(end)
}

func TestGoSuiteCountsTestsAndShowsFailedOnes(t *testing.T) {
	t.Parallel()
	rep, err := feed(t, `
{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"fine\n"}
{"Action":"pass","Package":"p","Test":"TestGood"}
{"Action":"output","Package":"p","Test":"TestBad","Output":"got 1, want 2\n"}
{"Action":"fail","Package":"p","Test":"TestBad"}
{"Action":"output","Package":"p","Output":"FAIL\n"}
{"Action":"fail","Package":"p"}
{"Action":"skip","Package":"without-tests"}`, errors.New("exit status 1"))
	if err == nil {
		t.Error("no error")
	}
	if rep.passed != 1 || rep.failed != 1 {
		t.Errorf("%d passed, %d failed, want 1, 1", rep.passed, rep.failed)
	}
	if out := rep.output(); !strings.Contains(out, "got 1, want 2") || strings.Contains(out, "fine") {
		t.Errorf("output: %q", out)
	}
}

func TestGoSuiteTakesSkippedTestsForFailed(t *testing.T) {
	t.Parallel()
	rep, _ := feed(t, `
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"skip","Package":"p","Test":"TestB"}`, nil)
	if rep.passed != 1 || rep.failed != 1 || !strings.Contains(rep.output(), "skipped: p.TestB") {
		t.Errorf("%d passed, %d failed: %s", rep.passed, rep.failed, rep.output())
	}
}

func TestGoSuiteFailsWhenAPackageDoesNotBuild(t *testing.T) {
	t.Parallel()
	rep, err := feed(t, `
{"ImportPath":"p","Action":"build-output","Output":"undefined: x\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"fail","Package":"p","FailedBuild":"p"}
{"Action":"pass","Package":"q","Test":"TestA"}`, errors.New("exit status 1"))
	if err == nil || rep.passed != 1 || rep.failed != 1 || !strings.Contains(rep.output(), "undefined: x") {
		t.Errorf("%v, %d passed, %d failed: %s", err, rep.passed, rep.failed, rep.output())
	}
}

func TestSuiteWithoutTestsFails(t *testing.T) {
	t.Parallel()
	if _, err := feed(t, "", nil); !errors.Is(err, errNoTests) {
		t.Errorf("error = %v, want errNoTests", err)
	}
}

func TestJSONSuiteNeedsAResult(t *testing.T) {
	t.Parallel()
	p := &project{root: t.TempDir()}
	read := func([]byte) (result, error) { return result{passed: 3}, nil }
	if err := p.jsonSuite(&report{}, func(string) error { return nil }, read); err == nil {
		t.Error("a suite that wrote nothing passed")
	}
	rep := &report{}
	err := p.jsonSuite(rep, func(file string) error { return os.WriteFile(file, []byte("{}"), 0o600) }, read)
	if err != nil || rep.passed != 3 {
		t.Errorf("error = %v, %d passed, want nil, 3", err, rep.passed)
	}
}

func TestResultsNameTheTestsToLookAt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		read func([]byte) (result, error)
		data string
		want result
	}{
		{"Playwright", readPlaywright, `{"stats": {"expected": 1, "unexpected": 1, "flaky": 1, "skipped": 1}, "suites": [
			{"title": "a.spec.ts", "specs": [{"title": "good", "tests": [{"status": "expected", "results": [{"duration": 1500}]}]}, {"title": "bad", "tests": [{"status": "unexpected"}]}],
			 "suites": [{"title": "group", "specs": [{"title": "late", "tests": [{"status": "flaky", "results": [
				{"error": {"message": "\u001b[31mtoo\u001b[39m late\nmore", "location": {"line": 7}}}, {"duration": 7000}]}]}, {"title": "left out", "tests": [{"status": "skipped"}]}]}]}]}`,
			result{passed: 2, failed: 2, again: 1, names: []string{
				"a.spec.ts › group › late (passed at the second try), line 7: too late", "a.spec.ts › group › left out", "a.spec.ts › bad",
			}, tests: []timed{{"a.spec.ts › group › late", 0}, {"a.spec.ts › group › late", 7 * time.Second}, {"a.spec.ts › good", 1500 * time.Millisecond}}}},
		{"Vitest", readVitest, `{"numPassedTests": 1, "numFailedTests": 1, "numPendingTests": 1, "testResults": [
			{"name": "a.test.ts", "status": "failed", "assertionResults": [{"fullName": "good", "status": "passed"},
			 {"fullName": "bad", "status": "failed"}, {"fullName": "left out", "status": "pending"}]}]}`,
			result{passed: 1, failed: 2, names: []string{"bad", "left out"}}},
		{"a file that Vitest could not load", readVitest, `{"numFailedTestSuites": 1, "testResults": [
			{"name": "b.test.ts", "status": "failed", "assertionResults": []}]}`,
			result{failed: 1, names: []string{"b.test.ts"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.read([]byte(tt.data))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(result{}, timed{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheLongestTestsAreNamed(t *testing.T) {
	t.Parallel()
	tests := []timed{{"short", time.Second}, {"long", time.Minute}, {"longer", time.Hour}}
	for range mostLongest {
		tests = append(tests, timed{"some", leastLongest})
	}
	got := longest(tests)
	if len(got) != mostLongest || got[0].name != "longer" || got[1].name != "long" || got[2].name != "some" {
		t.Errorf("got %v", got)
	}
}
