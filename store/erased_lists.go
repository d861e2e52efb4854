package store

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// Tombstones are kept a second time, in a list beside the file: a copy of the file from before an
// erasure, put back by hand, is erased again when it is opened. Where profiles share a data folder
// their lists lie together in a folder of it. Every profile reads all of them, so that a tombstone
// wins in each, and outlives the profile that made it. The lines hold a time, what kind of record
// it was when it was no interaction, and a unique name: nothing personal.

const erasedSuffix = ".log"

// erasedLists is what the lists hold.
type erasedLists struct {
	names   map[Name]int64 // interactions, with the time of the erasure (UTC ms)
	records map[erasedRecord]bool
}

// erasedList is the list of this profile.
func (db *DB) erasedList() string {
	if db.erasures == "" {
		return db.folder.tombstones()
	}
	return filepath.Join(db.erasures, filepath.Base(string(db.folder))+erasedSuffix)
}

func (db *DB) readErased() (erasedLists, error) {
	found := erasedLists{names: map[Name]int64{}, records: map[erasedRecord]bool{}}
	lists := []string{db.folder.tombstones()} // also where earlier versions kept the list of a shared folder
	if db.erasures != "" {
		shared, err := filepath.Glob(filepath.Join(globLiteral(db.erasures), "*"+erasedSuffix))
		if err != nil {
			return found, wrap("find the lists of erasures", err)
		}
		lists = append(lists, shared...)
	}
	for _, path := range lists {
		if err := found.read(path); err != nil {
			return found, wrap("read the list of erasures", err)
		}
	}
	return found, nil
}

// globLiteral takes a path literally, whatever it is called.
func globLiteral(path string) string {
	return strings.NewReplacer(`[`, `[[]`, `*`, `[*]`, `?`, `[?]`).Replace(path)
}

func (l *erasedLists) read(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		stamp, rest, _ := strings.Cut(lines.Text(), " ")
		atMs, err := strconv.ParseInt(stamp, 10, 64)
		if err != nil {
			continue // the line a kill cut short; it is written again from the file
		}
		kind, quoted := "", rest
		if !strings.HasPrefix(rest, `"`) {
			kind, quoted, _ = strings.Cut(rest, " ")
		}
		name, err := strconv.Unquote(quoted)
		if err != nil {
			continue
		}
		l.add(refKind(kind), name, atMs)
	}
	return lines.Err()
}

func (l *erasedLists) add(kind refKind, name Name, atMs int64) {
	if kind != "" {
		l.records[erasedRecord{kind, name}] = true
		return
	}
	if first, there := l.names[name]; !there || atMs < first {
		l.names[name] = atMs
	}
}

// unlisted are tombstones that are in the file and not yet in the list beside it.
type unlisted struct {
	mu      sync.Mutex
	names   []Erasure
	records []erasedRecord
}

// mirrorTombstones adds the new tombstones to the list. When it fails the next open does it.
func (db *DB) mirrorTombstones() error {
	db.unlisted.mu.Lock()
	defer db.unlisted.mu.Unlock()
	if len(db.unlisted.names)+len(db.unlisted.records) == 0 {
		return nil
	}
	var lines strings.Builder
	for _, e := range db.unlisted.names {
		lines.WriteString(strconv.FormatInt(e.AtMs, 10) + " " + strconv.Quote(e.Name) + "\n")
	}
	now := strconv.FormatInt(db.now().UnixMilli(), 10)
	for _, r := range db.unlisted.records {
		lines.WriteString(now + " " + string(r.kind) + " " + strconv.Quote(r.name) + "\n")
	}
	if err := os.MkdirAll(filepath.Dir(db.erasedList()), folderMode); err != nil {
		return wrap("keep the list of erasures", err)
	}
	file, err := os.OpenFile(db.erasedList(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, fileMode)
	if err != nil {
		return wrap("keep the list of erasures", err)
	}
	// A line break first ends a line that a kill cut short.
	_, err = file.WriteString("\n" + lines.String())
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return wrap("keep the list of erasures", err)
	}
	db.unlisted.names, db.unlisted.records = nil, nil
	return nil
}

// ForgetErasures removes the list of a profile from the folder that profiles share: what it
// anonymised can come back, except where another profile has taken the tombstone over.
func ForgetErasures(ctx context.Context, erasures string, folder Folder) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return removeIfThere(filepath.Join(erasures, filepath.Base(string(folder))+erasedSuffix))
}
