package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestThePagesFilesAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	for name, want := range files() {
		got, err := os.ReadFile(filepath.Join("..", "..", "..", "frontend", "wailsjs", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("frontend/wailsjs/%s differs from store/query: go run ./build bindings", name)
		}
	}
}
