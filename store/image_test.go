package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// readFromImage reports whether the list was read from its image and nothing was written since.
func readFromImage(db *DB) bool {
	db.image.mu.Lock()
	defer db.image.mu.Unlock()
	return db.image.fits
}

func imageThere(t *testing.T, folder Folder) bool {
	t.Helper()
	_, err := os.Stat(folder.image())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

// withImage returns a folder of a closed profile that holds an image of 60 interactions.
func withImage(t *testing.T) Folder {
	t.Helper()
	folder := newFolder(t)
	db := openIn(t, folder, withList)
	seeAll(t, db)
	must(db.ApplyWindow(t.Context(), wholeWindow(conversations(0, 60))))(t)
	waitForList(t, db)
	closeTest(t, db)
	if !imageThere(t, folder) {
		t.Fatal("no image is kept")
	}
	return folder
}

func TestTheNextStartReadsTheImage(t *testing.T) {
	t.Parallel()
	folder := withImage(t)
	for range 2 { // a start that changes nothing leaves it
		db := openIn(t, folder, withList)
		waitForList(t, db)
		if !readFromImage(db) {
			t.Error("the image was not read")
		}
		same(t, "list", stored(t, db), listed(t, db))
		closeTest(t, db)
	}
	db := openIn(t, folder, withList)
	waitForList(t, db)
	check(t, db.SetSetting(t.Context(), "theme", "dark"))
	if imageThere(t, folder) {
		t.Error("a commit leaves the image")
	}
	must(db.ApplyWindow(t.Context(), Window{Conversations: conversations(60, 70)}))(t)
	closeTest(t, db)
	db = openIn(t, folder, withList)
	defer closeTest(t, db)
	waitForList(t, db)
	if !readFromImage(db) {
		t.Error("the second image was not read")
	}
	if got := listed(t, db); len(got) != 70 {
		t.Errorf("%d interactions, want 70", len(got))
	}
	same(t, "list after commits", stored(t, db), listed(t, db))
}

func TestAnImageThatDoesNotFitIsNotRead(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(t *testing.T, folder Folder, image []byte) []byte{
		"of an earlier state": func(t *testing.T, folder Folder, image []byte) []byte {
			db := openIn(t, folder, withList)
			must(db.MarkGone(t.Context(), []Name{"wap_0003"}))(t)
			waitForList(t, db)
			closeTest(t, db)
			return image
		},
		"after a kill": func(t *testing.T, folder Folder, image []byte) []byte {
			// Without a list nothing is kept at the end.
			db := openIn(t, folder)
			must(db.MarkGone(t.Context(), []Name{"wap_0003"}))(t)
			closeTest(t, db)
			return image
		},
		"damaged": func(_ *testing.T, _ Folder, image []byte) []byte {
			image[len(image)/2] ^= 1
			return image
		},
		"cut short": func(_ *testing.T, _ Folder, image []byte) []byte { return image[:len(image)-100] },
		"empty":     func(*testing.T, Folder, []byte) []byte { return nil },
		"of another program": func(t *testing.T, folder Folder, image []byte) []byte {
			note := strings.Fields(string(image[:noteBytes]))[0] + " 1.2"
			db := openIn(t, folder)
			must(db.commit(t.Context(), func(*tx) error { return nil }))(t)
			must(db.commit(t.Context(), func(tx *tx) error { return tx.setSetting(t.Context(), settingImage, note) }))(t)
			closeTest(t, db)
			return append(fmt.Appendf(nil, "%-*s", noteBytes, note), image[noteBytes:]...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := withImage(t)
			image := must(os.ReadFile(folder.image()))(t)
			check(t, os.WriteFile(folder.image(), spoil(t, folder, image), fileMode))
			db := openIn(t, folder, withList)
			waitForList(t, db)
			if readFromImage(db) {
				t.Error("it was read")
			}
			same(t, "list", stored(t, db), listed(t, db))
			closeTest(t, db)
			db = openIn(t, folder, withList) // a good one was kept meanwhile
			defer closeTest(t, db)
			waitForList(t, db)
			if !readFromImage(db) {
				t.Error("no new image was kept")
			}
			same(t, "list from the new image", stored(t, db), listed(t, db))
		})
	}
}

func TestNoImageHoldsWhatIsErased(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]func(*testing.T, *DB){
		"while the list may still be loading": func(*testing.T, *DB) {},
		"when it is there":                    func(t *testing.T, db *DB) { waitForList(t, db) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := withImage(t)
			who := customerOf(7)
			personal := []string{who.title, who.wa, who.number}
			if len(bytesHolding(t, folder, personal)) < 2*len(personal) {
				t.Fatal("the image does not hold the person: the test sees nothing")
			}
			db := openIn(t, folder, withList)
			before(t, db)
			must(db.Erase(t.Context(), []Name{"wap_0007"}, "novak.j"))(t)
			if imageThere(t, folder) {
				t.Error("the image outlives the erasure")
			}
			check(t, db.Compact(t.Context(), nil))
			waitForList(t, db)
			closeTest(t, db)
			if !imageThere(t, folder) {
				t.Fatal("no image is kept after the erasure")
			}
			if found := bytesHolding(t, folder, personal); len(found) > 0 {
				t.Errorf("remains: %q", found)
			}
		})
	}
}

func TestAListThatIsNotWholeIsNotKept(t *testing.T) {
	t.Parallel()
	folder := withImage(t)
	db := openIn(t, folder) // without a list
	check(t, db.SetSetting(t.Context(), "theme", "dark"))
	closeTest(t, db)
	if imageThere(t, folder) {
		t.Error("an empty list was kept")
	}
	db = openIn(t, folder, withList, func(o *Options) { o.image = 61 })
	waitForList(t, db)
	closeTest(t, db)
	if imageThere(t, folder) {
		t.Error("a short list was kept")
	}
}
