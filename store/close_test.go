package store

import (
	"errors"
	"os"
	"testing"
	"time"
)

// TestCloseLeavesNoLog closes while connections are still on their way back, as those of
// transactions that were cancelled are: nobody holds the data file open afterwards, and it
// has no log, also when two of them close at the same time.
func TestCloseLeavesNoLog(t *testing.T) {
	t.Parallel()
	folder := Folder(t.TempDir())
	for range 50 {
		db := openIn(t, folder)
		pool, done, err := db.files.reader()
		if err != nil {
			t.Fatal(err)
		}
		closing := make(chan struct{})
		for range readers {
			conn, err := pool.Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			go func() {
				<-closing
				_ = conn.Close() // the pool is closed by then
			}()
		}
		done()
		time.AfterFunc(5*time.Millisecond, func() { close(closing) })
		closeTest(t, db)
		for _, suffix := range []string{"-wal", "-shm"} {
			if _, err := os.Stat(folder.Database() + suffix); !errors.Is(err, os.ErrNotExist) {
				t.Fatalf("%s is there after Close: %v", suffix, err)
			}
		}
	}
}
