package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatAChangeConcerns(t *testing.T) {
	t.Parallel()
	packages := module{
		"w/store":     {Dir: "/w/store"},
		"w/profile":   {Dir: "/w/app/profile", Imports: []string{"fmt", "w/store"}},
		"w/app":       {Dir: "/w/app", Imports: []string{"w/profile"}},
		"w/export":    {Dir: "/w/app/export", XTestImports: []string{"w/store"}},
		"w/frontend":  {Dir: "/w/frontend", EmbedFiles: []string{"src/en.json"}},
		"w/apart":     {Dir: "/w/apart"},
		"w/callsPage": {Dir: "/w/page", TestImports: []string{"w/frontend"}},
	}
	tests := []struct {
		name               string
		files              []string
		changed, near, far []string
	}{
		{
			"a package, its test data and a document", []string{"store/db.go", "store/testdata/a/b.csv", "store/ERASURE.md"},
			[]string{"w/store"}, []string{"w/export", "w/profile", "w/store"}, []string{"w/app"},
		},
		{"the nearest folder", []string{"app/profile/new.go"}, []string{"w/profile"}, []string{"w/app", "w/profile"}, nil},
		{"the page", []string{"frontend/src/App.svelte"}, nil, nil, nil},
		{"what Go embeds of it", []string{"frontend/src/en.json"}, []string{"w/frontend"}, []string{"w/callsPage", "w/frontend"}, nil},
		{"no package", []string{"README.md"}, nil, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changed := packages.holding("/w", tt.files)
			near, far := packages.dependents(changed)
			got, want := [][]string{changed, near, far}, [][]string{tt.changed, tt.near, tt.far}
			for i := range got {
				if len(got[i])+len(want[i]) == 0 {
					continue
				}
				if diff := cmp.Diff(want[i], got[i]); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}
