package export

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"wapdesk/store/listing"
)

func TestWriteFileWritesTheWholeFile(t *testing.T) {
	t.Parallel()
	for _, format := range []Format{XLSX, CSV} {
		folder := filepath.Join(t.TempDir(), "s [mezerou] a *")
		if runtime.GOOS == "windows" {
			folder = filepath.Join(t.TempDir(), "s [mezerou]")
		}
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, "out."+string(format))
		for _, n := range []int{3000, 2} { // the second replaces the first
			var reports []int64
			result, err := WriteFile(t.Context(), path, request(t, "en", format), rowsOf(n, hostileRecord), func(rows int64) {
				reports = append(reports, rows)
			})
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if result.Rows != int64(n) || result.Bytes != info.Size() {
				t.Errorf("%s: result %+v, file of %d bytes", format, result, info.Size())
			}
			if !slices.IsSorted(reports) || len(reports) == 0 || reports[len(reports)-1] != int64(n) {
				t.Errorf("%s: progress %v", format, reports)
			}
		}
		onlyFile(t, folder, path)
	}
}

// onlyFile checks that folder holds path and nothing else; an empty path means nothing.
func onlyFile(t *testing.T, folder, path string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			t.Errorf("%s is left in the folder", e.Name())
		}
	}
	if path != "" && len(entries) == 0 {
		t.Errorf("%s is not there", path)
	}
}

// cancelAt cancels when row n is asked for.
func cancelAt(n int, cancel func()) iter.Seq2[listing.Record, error] {
	return func(yield func(listing.Record, error) bool) {
		for i := 0; ; i++ {
			if i == n {
				cancel()
			}
			if !yield(hostileRecord(i), nil) {
				return
			}
		}
	}
}

func TestCancelledExportsLeaveTheOldFile(t *testing.T) {
	t.Parallel()
	for _, format := range []Format{XLSX, CSV} {
		for _, at := range []int{0, 1, 5000} {
			folder := t.TempDir()
			path := filepath.Join(folder, "out."+string(format))
			if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			_, err := WriteFile(ctx, path, request(t, "en", format), cancelAt(at, cancel), nil)
			cancel()
			if !errors.Is(err, ErrCancelled) {
				t.Errorf("%s at %d: %v, want ErrCancelled", format, at, err)
			}
			if data, err := os.ReadFile(path); err != nil || string(data) != "old" {
				t.Errorf("%s at %d: the old file holds %q, %v", format, at, data, err)
			}
			onlyFile(t, folder, path)
		}
	}
}

func TestFailingRowsLeaveNothing(t *testing.T) {
	t.Parallel()
	broken := errors.New("the store went away")
	for _, format := range []Format{XLSX, CSV} {
		folder := t.TempDir()
		_, err := WriteFile(t.Context(), filepath.Join(folder, "out"), request(t, "en", format),
			func(yield func(listing.Record, error) bool) {
				_ = yield(one(0), nil) && yield(listing.Record{}, broken)
			}, nil)
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v, want the rows' error", format, err)
		}
		onlyFile(t, folder, "")
	}
}

// failing accepts some bytes and then answers like a full disk.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.left {
		n := f.left
		f.left = 0
		return n, &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	}
	f.left -= len(p)
	return len(p), nil
}

func TestFullDiskIsNamedWhereverItHappens(t *testing.T) {
	t.Parallel()
	for _, format := range []Format{XLSX, CSV} {
		req := request(t, "en", format)
		if format == XLSX {
			req.Summary, req.Messages, req.sheetRows = true, messages(100), 350
		}
		var whole bytes.Buffer
		if _, err := Write(t.Context(), &whole, req, rowsOf(1000, hostileRecord), nil); err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			left := whole.Len() * i / 20
			_, err := Write(t.Context(), &failing{left: left}, req, rowsOf(1000, hostileRecord), nil)
			if !errors.Is(err, ErrFull) {
				t.Errorf("%s, full after %d of %d bytes: %v, want ErrFull", format, left, whole.Len(), err)
			}
		}
	}
}

func TestPlacesThatCannotBeWrittenAreNamed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	readOnly := filepath.Join(folder, "readonly.csv")
	busy := filepath.Join(folder, "busy.csv")
	for path, mode := range map[string]os.FileMode{
		file: 0o600, readOnly: 0o400, busy: 0o600, filepath.Join(folder, ".~lock.busy.csv#"): 0o600,
	} {
		if err := os.WriteFile(path, []byte("old"), mode); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]error{
		filepath.Join(folder, "missing", "x.csv"): ErrNoFolder,
		filepath.Join(file, "x.csv"):              ErrNoFolder,
		readOnly:                                  ErrPermission,
		folder:                                    ErrPermission,
		busy:                                      ErrBusy,
	} {
		_, err := WriteFile(t.Context(), path, request(t, "en", CSV), func(func(listing.Record, error) bool) {
			t.Errorf("%s: rows were read for nothing", filepath.Base(path))
		}, nil)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", filepath.Base(path), err, want)
		}
	}
	for _, path := range []string{readOnly, busy} {
		if data, err := os.ReadFile(path); err != nil || string(data) != "old" {
			t.Errorf("%s holds %q, %v", path, data, err)
		}
	}
}

func TestDraftsOfKilledRunsAreSwept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	old, fresh := filepath.Join(folder, ".wapdesk-1.part"), filepath.Join(folder, ".wapdesk-2.part")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ago := time.Now().Add(-2 * staleAfter)
	if err := os.Chtimes(old, ago, ago); err != nil {
		t.Fatal(err)
	}
	if _, err := WriteFile(t.Context(), filepath.Join(folder, "out.csv"), request(t, "en", CSV), rowsOf(1, one), nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the stale draft is still there: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a draft that may be in use is gone: %v", err)
	}
}

func TestNamedDraftsReplaceAndVanish(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "out.csv")
	for i, text := range []string{"first", "second"} {
		d, err := namedDraft(folder)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(d, text); err != nil {
			t.Fatal(err)
		}
		if err := d.rename(path); err != nil {
			t.Fatal(i, err)
		}
		d.discard()
		if data, err := os.ReadFile(path); err != nil || string(data) != text {
			t.Errorf("got %q, %v, want %q", data, err, text)
		}
	}
	d, err := namedDraft(folder)
	if err != nil {
		t.Fatal(err)
	}
	d.discard()
	onlyFile(t, folder, path)
}
