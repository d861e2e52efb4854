package measure

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// words asks for words in messages, with the rights, the exact total and the first page, beside
// the shell's own match.
func (r *run) words() {
	r.columns("words in messages")
	r.word("g  commonest word", "text:"+commonestWord, match(commonestWord), r.shell, 0.5)
	r.firstPage()
	rare := newWords().list[rarePlace]
	r.word("g  rare word", "text:"+rare, match(rare), r.shell, 0)
	r.word("g  phrase", `text="ka no"`, match(`"ka no"`), r.shell, 0.5)
}

// prefix asks for words that begin with three letters, beside the file's own index, which knows beginnings of
// that length, and beside one that knows none.
func (r *run) prefix() {
	r.columns("beginnings of words")
	r.word("g  three letters*, peer with the prefix index", "text:"+threeLetters+"*", match(threeLetters+"*"), r.shell, 1)
	plain := plainIndex(r.b, r.shell)
	r.word("g  three letters*, peer without prefix index", "text:"+threeLetters+"*", match(threeLetters+"*"), plain, 0.6)
}

// match is the shell's own match, whose ids go nowhere.
func match(words string) string { return "SELECT rowid FROM search WHERE search MATCH '" + words + "'" }

// word measures a question beside a peer; a limit of 0 is none.
func (r *run) word(name, where, statement string, peer *shell, ratio float64) {
	query, total := r.query(where, nil), 0
	own := r.shell
	defer func() { r.shell = own }()
	r.shell = peer
	our, theirs := r.beside(func() time.Duration {
		took, snap := r.ask(r.fresh(), query, r.scope)
		total = snap.Total()
		return took
	}, statement)
	var limits []limit
	if ratio > 0 && peer != nil {
		limits = append(limits, limit{"ratio", quantile(our, 0.5) / quantile(theirs, 0.5), ratio})
	}
	r.t.line(name, cells(total, our, theirs), limits...)
}

// firstPage measures what is shown of the commonest word before its total is known.
func (r *run) firstPage() {
	where := r.query("text:"+commonestWord, nil).Where
	our, _ := r.beside(func() time.Duration {
		view := r.fresh()
		start := time.Now()
		if _, _, err := view.First(r.b.Context(), where, r.scope, 200); err != nil {
			r.b.Fatal(err)
		}
		return time.Since(start)
	})
	r.t.line("g  its first page alone", cells(200, our, []float64{0}), limit{"p95", quantile(our, 0.95), 16})
}

// plainIndex returns a shell on an index of the same messages without prefixes, made once and
// kept beside the file.
func plainIndex(b *testing.B, s *shell) *shell {
	b.Helper()
	if s == nil {
		return nil
	}
	file := filepath.Join(filepath.Dir(s.file), "plain.db")
	if _, err := os.Stat(file); err == nil {
		return &shell{s.path, file}
	}
	fmt.Println("making an index without prefixes, once")
	making := file + ".making"
	_ = os.Remove(making) // of a run that was ended
	script := fmt.Sprintf(`PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE VIRTUAL TABLE search USING fts5 (text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
ATTACH '%s' AS full;
INSERT INTO search (rowid, text) SELECT id >> 16, group_concat(text, char(10)) FROM full.messages GROUP BY id >> 16;
`, s.file)
	cmd := exec.Command(s.path, "-batch", making)
	cmd.Stdin = strings.NewReader(script)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("sqlite3: %v: %s", err, out)
	}
	if err := os.Rename(making, file); err != nil {
		b.Fatal(err)
	}
	return &shell{s.path, file}
}
