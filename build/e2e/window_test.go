//go:build linux && e2e

package e2e

import (
	"archive/zip"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// E01: a first start leads to demo data and the list of today.
func TestFirstRunLeadsToToday(t *testing.T) {
	w := open(t)
	w.click("button", "^Try with demo data")
	w.click("button", "^Open demo data$")
	w.listed()
	w.title("^Interactions – .+ – Demo data$")
	if text := w.text("[id=filter-time]"); !strings.HasPrefix(text, "Today") {
		t.Errorf("the period is %q, want Today", text)
	}
}

// E02: a changed filter waits for Search, and the count on the button is the one that comes.
func TestFilterWaitsForSearch(t *testing.T) {
	w := open(t, "--demo")
	today := w.listed()
	w.preset("Last 7 days")
	promised := 0
	waitFor(t, "the live count on Search", func() error {
		button, err := w.Element(w.ctx, find, "button", `^Search · [\d,]+$`)
		if err != nil {
			return err
		}
		text, err := button.Text(w.ctx)
		if err != nil {
			return err
		}
		promised = digits(text)
		return nil
	})
	if _, total := w.rows(); total != today {
		t.Errorf("before Search the list has %d rows, want %d still", total, today)
	}
	w.click("button", "^Search")
	w.total(promised)

	w.fill("textbox", "^Sender", "zzz nobody")
	w.press(KeyEscape)
	w.element("button", "^Search$")
	w.total(promised)
}

// E09: the ends of the list are one key away, and the last row is really the last.
func TestEndAndHomeReachBothEnds(t *testing.T) {
	w := open(t, "--demo")
	today := w.listed()
	w.preset("Everything stored")
	w.click("button", "^Search")
	total := w.moreThan(today)
	w.run(nil, `document.querySelector('[role=grid] [role=rowheader][tabindex="0"], [role=grid] [tabindex="0"]').focus()`)
	w.press(KeyControl, KeyEnd)
	w.rowShown(total + 1)
	w.press(KeyControl, KeyHome)
	w.rowShown(2)
}

// E13: the eye opens the details with their activities and tabs; Esc closes them.
func TestEyeOpensDetails(t *testing.T) {
	w := open(t, "--demo")
	w.listed()
	w.click("button", "^Open details$")
	w.element("complementary", "^Interaction details$")
	w.element("heading", "^Activities$")
	w.element("heading", "^Chat transcript$")
	w.click("tab", "^Activity$")
	w.element("heading", "^Focus disruptions$")
	w.press(KeyEscape)
	w.missing("complementary", "^Interaction details$")
}

// E23: an export saved through the system's dialog is a workbook with every row of the list. Where it took long and
// nobody looks at the window, the system says that it has ended, and nothing of it.
func TestExportSavesAWorkbook(t *testing.T) {
	h := newHome(t)
	notified := h.notifications(t)
	w := h.open(t, "--demo")
	total := w.listed()
	w.run(nil, `let minutes = 0; const now = Date.now; Date.now = () => now() + 60000 * minutes++; document.hasFocus = () => false;`)
	w.click("button", "^Export")
	w.element("dialog", "^Export")
	w.click("button", "^Export "+strconv.Itoa(total)+" rows$")
	var file string
	waitFor(t, "the saved file", func() error {
		files, err := filepath.Glob(filepath.Join(w.home.path("out"), "*"))
		switch {
		case err != nil:
			return err
		case len(files) != 1 || !strings.HasSuffix(files[0], ".xlsx"):
			return notYet("saved: %q", files)
		}
		file = files[0]
		return nil
	})
	if got := workbookRows(t, file); got != total+1 {
		t.Errorf("%s has %d rows, want the header and %d", filepath.Base(file), got, total)
	}
	select {
	case said := <-notified:
		if want := "Wapdesk: The export is done."; said != want {
			t.Errorf("the system says %q, want %q", said, want)
		}
	case <-time.After(patience):
		t.Error("the system says nothing")
	}
}

var rowElement = regexp.MustCompile(`<row[ >]`)

// workbookRows counts the rows of the first sheet.
func workbookRows(t *testing.T, name string) int {
	t.Helper()
	book, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet, err := book.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	content, err := io.ReadAll(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return len(rowElement.FindAll(content, -1))
}

// preset chooses a period in the filter bar, without applying it.
func (w *window) preset(name string) {
	w.t.Helper()
	w.run(nil, `document.querySelector('[id=filter-time]').click()`)
	w.click("button", "^"+name+"$")
}

// total waits until the list has want rows in all.
func (w *window) total(want int) {
	w.t.Helper()
	waitFor(w.t, strconv.Itoa(want)+" rows", func() error {
		if _, got := w.rows(); got != want {
			return notYet("the list has %d", got)
		}
		return nil
	})
}

// moreThan waits until the list has more rows than before, as it has once a longer period is
// searched, and returns how many.
func (w *window) moreThan(before int) int {
	w.t.Helper()
	count := 0
	waitFor(w.t, "more than "+strconv.Itoa(before)+" rows", func() error {
		if _, count = w.rows(); count <= before {
			return notYet("the list has %d", count)
		}
		return nil
	})
	return count
}

// rowShown waits until the row of an index, counted as a screen reader is told, is in view.
func (w *window) rowShown(index int) {
	w.t.Helper()
	waitFor(w.t, "row "+strconv.Itoa(index), func() error {
		var shown bool
		w.run(&shown, `
			const row = document.querySelector('[role=grid] [role=row][aria-rowindex="' + arguments[0] + '"]');
			const grid = document.querySelector('[role=grid]').getBoundingClientRect();
			const box = row?.getBoundingClientRect();
			return Boolean(box) && row.innerText.trim() !== '' && box.top >= grid.top && box.bottom <= grid.bottom + 1;`, index)
		if !shown {
			return notYet("it is out of view")
		}
		return nil
	})
}

// digits reads a grouped number: "Search · 1,284" is 1284.
func digits(text string) int {
	n, _ := strconv.Atoi(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text))
	return n
}

// E36: a second start shows its link, of Daktela or of the program's own, in the window that is open, and ends.
func TestASecondStartShowsItsLink(t *testing.T) {
	w := open(t, "--demo")
	w.listed()
	w.click("button", "^Open details$")
	w.element("complementary", "^Interaction details$")
	w.element("heading", "^Chat transcript$")
	name := regexp.MustCompile(`wap_[0-9a-f]+`).FindString(w.text(".detail-pane"))
	if name == "" {
		t.Fatal("the details show no unique name")
	}
	for _, link := range []string{"https://demo.daktela.com/listing/activities/?activityDetail=" + name, "wapdesk:" + name} {
		w.press(KeyEscape)
		w.missing("complementary", "^Interaction details$")
		second := w.home.start(t, nil, program(t), "--data", w.home.path("wapdesk"), "--demo", link)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = second.Wait() // that it ends is what is asked
		}()
		select {
		case <-ended:
		case <-time.After(patience):
			t.Errorf("the second start with %s runs on", link)
		}
		w.element("complementary", "^Interaction details$")
		w.element("heading", "^Chat transcript$")
	}
}
