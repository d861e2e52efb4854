package measure

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"wapdesk/store"
	"wapdesk/store/listing"
	"wapdesk/store/listing/gen"
)

var rows = flag.Int("rows", defaultRows(), "how many interactions the file holds, with ten messages each on average")

// defaultRows is what the build tool asks for.
func defaultRows() int {
	if n, err := strconv.Atoi(os.Getenv("LIST_ROWS")); err == nil {
		return n
	}
	return 100_000
}

const (
	seed = 7
	// edition rises when the same numbers give other data, so that no old file is measured.
	edition = 2
	// window is how many conversations are stored at once, as in a sync.
	window = 1000
	// doneFile marks a file that was written to its end.
	doneFile = "complete"
	// madeCursor is the cursor that says how many conversations are stored.
	madeCursor = "made"
)

// lastDay is the last day of the set, a Sunday; clock is the moment that the file is asked at.
var lastDay = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// centre is the contact centre's zone.
var centre = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		panic(err)
	}
	return zone
}()

func clock() time.Time { return lastDay.Add(15 * time.Hour) }

func set() gen.Set { return gen.Set{N: *rows, Seed: seed, End: lastDay} }

// cacheFolder is where files are kept for the next run: 250 MB with 100,000 interactions, 2.5
// GB with a million.
func cacheFolder() (string, error) {
	if folder := os.Getenv("WAPDESK_BENCH_CACHE"); folder != "" {
		return folder, nil
	}
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "wapdesk-bench"), err
}

// dataset returns the folder of a profile with the set, and makes it when it is not there.
func dataset(b *testing.B) store.Folder {
	b.Helper()
	cache, err := cacheFolder()
	if err != nil {
		b.Fatal(err)
	}
	folder := filepath.Join(cache, fmt.Sprintf("%d-%d-%d", *rows, seed, edition))
	if _, err := os.Stat(filepath.Join(folder, doneFile)); err == nil {
		return store.Folder(folder)
	}
	fmt.Printf("making %s, once\n", folder)
	start := time.Now()
	messages := fill(b, store.Folder(folder))
	took := time.Since(start)
	if err := os.WriteFile(filepath.Join(folder, doneFile), nil, 0o600); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("stored %d interactions with %d messages in %.0f s\n", *rows, messages, took.Seconds())
	return store.Folder(folder)
}

// fill writes the set through the store's own way of storing what a sync brings, going on
// where an earlier run ended, and gives the number of messages written.
func fill(b *testing.B, folder store.Folder) int {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	db, err := store.Open(ctx, folder, store.Options{NoList: true, Now: clock})
	if err != nil {
		b.Fatal(err)
	}
	made, err := db.Cursor(ctx, madeCursor)
	if err != nil {
		b.Fatal(err)
	}
	from, err := strconv.Atoi(made)
	if err != nil {
		from, err = 0, fillDirectory(ctx, db)
	}
	if err != nil {
		b.Fatal(err)
	}
	messages := 0
	for batch := range windows(ctx, from) {
		if err := db.ApplyCRM(ctx, store.CRM{Contacts: batch.contacts, Accounts: batch.accounts}); err != nil {
			b.Fatal(err)
		}
		result, err := db.ApplyWindow(ctx, batch.window)
		if err != nil {
			b.Fatal(err)
		}
		messages += result.Messages.Stored
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return messages
}

func fillDirectory(ctx context.Context, db *store.DB) error {
	if err := db.SetZone(ctx, centre.String()); err != nil {
		return err
	}
	var d store.Directory
	var all, rights store.Rights
	given, scope := set().Directory(), set().Scope()
	for _, u := range given.Users {
		d.Users = append(d.Users, store.User{Name: u.Name, Title: u.Title, Deactivated: u.Deactivated})
		all.Users = append(all.Users, u.Name)
		if !scope.HiddenUsers[u.Name] {
			rights.Users = append(rights.Users, u.Name)
		}
	}
	for _, q := range given.Queues {
		d.Queues = append(d.Queues, store.Queue{Name: q.Name, Title: q.Title})
		all.Queues = append(all.Queues, q.Name)
		if !scope.HiddenQueues[q.Name] {
			rights.Queues = append(rights.Queues, q.Name)
		}
	}
	for kind, groups := range map[string][]listing.Group{"users": given.UserGroups, "queues": given.QueueGroups} {
		for _, g := range groups {
			d.Groups = append(d.Groups, store.Group{Name: g.Name, Title: g.Title, Kind: kind, Members: g.Members})
		}
	}
	if err := db.ApplyDirectory(ctx, d); err != nil {
		return err
	}
	// What was listed and no longer is is hidden.
	if _, err := db.ApplyRights(ctx, all); err != nil {
		return err
	}
	_, err := db.ApplyRights(ctx, rights)
	return err
}
