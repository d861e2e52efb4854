package logbook

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func open(t *testing.T, b *Book, folder string) {
	t.Helper()
	if err := b.Open(folder); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestTheLogKeepsItsLastFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	b := New()
	b.maxBytes = 1000
	log := slog.New(b.Handler())
	log.Error("before a profile is open")
	open(t, b, folder)
	for n := range 200 {
		log.Info("line", "n", n)
	}
	files, err := filepath.Glob(filepath.Join(folder, name+"*"))
	if err != nil || len(files) != kept {
		t.Errorf("files %v, %v", files, err)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || info.Size() > b.maxBytes || info.Size() == 0 {
			t.Errorf("%s has %d bytes, %v", file, info.Size(), err)
		}
		if info.Mode()&0o077 != 0 {
			t.Errorf("%s may be read by others: %s", file, info.Mode())
		}
	}
	tail, err := Tail(folder, 50)
	if err != nil || len(tail) != 50 {
		t.Fatalf("%d lines, %v", len(tail), err)
	}
	for i, line := range tail {
		if !strings.HasSuffix(line, fmt.Sprint(" n=", 150+i)) {
			t.Fatalf("line %d is %q", i, line)
		}
	}
	if all, err := Tail(folder, 1_000_000); err != nil || len(all) < 50 || len(all) >= 200 || strings.Contains(strings.Join(all, ""), "before") {
		t.Errorf("%d lines, %v", len(all), err)
	}
}

func TestALogThatCannotBeTurnedGoesOn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	b := New()
	b.maxBytes = 100
	open(t, b, folder)
	log := slog.New(b.Handler())
	log.Info("the first line, which fills the file up to where the next one is to be begun")
	// A folder is in the way of the oldest file.
	if err := os.MkdirAll(filepath.Join(folder, name+".4"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".3"), []byte("old\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	log.Info("lost")
	if err := os.Remove(filepath.Join(folder, name+".4")); err != nil {
		t.Fatal(err)
	}
	log.Info("kept")
	if tail, err := Tail(folder, 1); err != nil || len(tail) != 1 || !strings.Contains(tail[0], "kept") {
		t.Errorf("%q, %v", tail, err)
	}
}

func TestTheLogGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	folder, other := t.TempDir(), t.TempDir()
	b := New()
	log := slog.New(b.Handler())
	for _, in := range []string{folder, other, folder} {
		open(t, b, in)
		log.Info("opened", "here", filepath.Base(in) == filepath.Base(folder))
	}
	tail, err := Tail(folder, 10)
	if err != nil || len(tail) != 2 || strings.Contains(strings.Join(tail, ""), "false") {
		t.Errorf("%q, %v", tail, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	log.Info("nobody hears")
	if tail, err := Tail(folder, 10); err != nil || len(tail) != 2 {
		t.Errorf("a closed book was written to: %q, %v", tail, err)
	}
	if tail, err := Tail(t.TempDir(), 10); err != nil || tail == nil || len(tail) != 0 {
		t.Errorf("without a log there is %q, %v", tail, err)
	}
	if err := b.Open(filepath.Join(folder, "not there")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestRedactTakesOutWhatLooksPersonal(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	b := New()
	open(t, b, folder)
	log := slog.New(b.Handler())
	for text, want := range map[string]string{
		`cannot convert "Jana Nováková" to a time`:                     `cannot convert [text] to a time`,
		`user „Jana Nováková“ is unknown`:                              `user [text] is unknown`,
		`no contact 'Jana O\'Neill'`:                                   `no contact [text]`,
		`mail to jana.novakova@example.cz failed`:                      `mail to [e-mail] failed`,
		`number +420 777 123 456 is taken`:                             `number [number] is taken`,
		`number 777123456, 00420777123456`:                             `number [number], [number]`,
		`GET https://c.daktela.com/api/v6/contacts.json?q=Jana+N: EOF`: `GET https://c.daktela.com/api/v6/contacts.json?[query] EOF`,
		`wap_65a0f00dcafe1234567 is gone`:                              `wap_65a0f00dcafe1234567 is gone`,
		`listing.go:1234567 +0x1d`:                                     `listing.go:1234567 +0x1d`,
		`database disk image is malformed (11)`:                        `database disk image is malformed (11)`,
	} {
		log.Error("failed", "error", errors.New(text), "text", text, "thing", struct{ Name string }{text})
		tail, err := Tail(folder, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range []string{"error", "text"} {
			if line := fmt.Sprintf("%s=%q", field, want); !strings.Contains(tail[0], line) {
				t.Errorf("%s became %s", text, tail[0])
			}
		}
		if strings.Contains(tail[0], "Jana") || strings.Contains(tail[0], "777") {
			t.Errorf("%s became %s", text, tail[0])
		}
	}
	log.Info("numbers stay", "n", 1764500000000)
	if tail, err := Tail(folder, 1); err != nil || !strings.Contains(tail[0], "n=1764500000000") {
		t.Errorf("%q, %v", tail, err)
	}
}
