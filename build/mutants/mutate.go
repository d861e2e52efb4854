package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// mutant is one small change of the code, which some test has to notice.
type mutant struct {
	file   string
	line   int
	was    string // the code, shortened
	is     string // what it is changed to
	number int    // from 1
}

func (m mutant) String() string { return fmt.Sprintf("%s:%d: %s → %s", m.file, m.line, m.was, m.is) }

// mutator writes a package's files anew so that each holds all of its mutants, none of them switched on:
// "a < b" becomes "(isMutant(7) && (a <= b) || !isMutant(7) && (a < b))". One program then tries them all.
type mutator struct {
	mutants []mutant

	name string
	src  []byte
	file *token.File
	made []change
}

// change is a place of the source with what is written in its stead. write is given the number of the
// mutant and how a part of the source is written, with the changes inside of it.
type change struct {
	from, to int
	is       string
	number   int
	write    func(n int, part func(from, to ast.Node) string) string
}

// rewrite returns the source of a file with its mutants in it. Lines stay where they are.
func (m *mutator) rewrite(name string, src []byte) (string, error) {
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, name, src, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	m.name, m.src, m.file, m.made = name, src, set.File(parsed.Pos()), nil
	ast.Inspect(parsed, m.visit)
	slices.SortStableFunc(m.made, func(a, b change) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	for i := range m.made {
		c := &m.made[i]
		c.number = len(m.mutants) + 1
		m.mutants = append(m.mutants, mutant{
			file: name, line: m.file.Line(m.file.Pos(c.from)), was: brief(string(src[c.from:c.to])), is: c.is, number: c.number,
		})
	}
	return m.text(0, len(src), -1), nil
}

// text writes a stretch of the source with the changes inside of it, without the one at a place of made.
func (m *mutator) text(from, to, without int) string {
	var out bytes.Buffer
	at := from
	for i, c := range m.made {
		if i == without || c.from < at || c.to > to || (without >= 0 && i < without) {
			continue // before, beside, or inside of one that was written
		}
		out.Write(m.src[at:c.from])
		out.WriteString(c.write(c.number, func(first, last ast.Node) string {
			return m.text(m.offset(first.Pos()), m.offset(last.End()), i)
		}))
		at = c.to
	}
	out.Write(m.src[at:to])
	return out.String()
}

func (m *mutator) offset(pos token.Pos) int { return m.file.Offset(pos) }

func (m *mutator) add(n ast.Node, is string, write func(n int, part func(from, to ast.Node) string) string) {
	m.made = append(m.made, change{from: m.offset(n.Pos()), to: m.offset(n.End()), is: is, write: write})
}

// others are the operators that take the place of comparisons and joints.
var others = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&",
}

func (m *mutator) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GenDecl:
		return n.Tok != token.CONST // has to be known when it is compiled
	case *ast.BinaryExpr:
		m.binary(n)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			m.add(n, "without !", func(id int, part func(from, to ast.Node) string) string {
				return fmt.Sprintf("(isMutant(%d) != !bool(%s))", id, part(n.X, n.X))
			})
		}
	case *ast.IfStmt:
		switch n.Cond.(type) {
		case *ast.CallExpr, *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
			m.add(n.Cond, "the contrary", func(id int, part func(from, to ast.Node) string) string {
				return fmt.Sprintf("(isMutant(%d) != bool(%s))", id, part(n.Cond, n.Cond))
			})
		}
	case *ast.BlockStmt:
		m.statements(n.List)
	case *ast.CaseClause:
		m.statements(n.Body)
	case *ast.ReturnStmt:
		m.returned(n)
	}
	return true
}

func (m *mutator) binary(n *ast.BinaryExpr) {
	other, known := others[n.Op]
	_, x := n.X.(*ast.BasicLit)
	_, y := n.Y.(*ast.BasicLit)
	if !known || x && y {
		return
	}
	m.add(n, other, func(id int, part func(from, to ast.Node) string) string {
		a, b := part(n.X, n.X), part(n.Y, n.Y)
		return fmt.Sprintf("(isMutant(%d) && (%s %s %s) || !isMutant(%d) && (%s %s %s))", id, a, other, b, id, a, n.Op, b)
	})
}

// harmless are calls that nothing depends on but order, time or an ending that the system sees to as well.
var harmless = []string{"Lock", "Unlock", "RLock", "RUnlock", "Close", "Wait", "Done", "Warn", "Info", "Debug", "Error", "panic", "Stop"}

// statements leaves out statements that do something and name nothing new.
func (m *mutator) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ExprStmt:
			call, is := s.X.(*ast.CallExpr)
			if !is || slices.ContainsFunc(harmless, func(name string) bool {
				return strings.HasSuffix(string(m.src[m.offset(call.Fun.Pos()):m.offset(call.Fun.End())]), name)
			}) {
				continue
			}
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE || isBlank(s.Lhs) {
				continue
			}
		case *ast.IncDecStmt:
		default:
			continue
		}
		m.add(s, "left out", func(id int, part func(from, to ast.Node) string) string {
			return fmt.Sprintf("if !isMutant(%d) { %s }", id, part(s, s))
		})
	}
}

func isBlank(list []ast.Expr) bool {
	return !slices.ContainsFunc(list, func(e ast.Expr) bool { name, is := e.(*ast.Ident); return !is || name.Name != "_" })
}

// returned swaps true and false.
func (m *mutator) returned(n *ast.ReturnStmt) {
	for _, e := range n.Results {
		name, is := e.(*ast.Ident)
		if !is || name.Name != "true" && name.Name != "false" {
			continue
		}
		m.add(name, "the contrary", func(id int, _ func(from, to ast.Node) string) string {
			return fmt.Sprintf("(isMutant(%d) != %s)", id, name.Name)
		})
	}
}

// brief is a text on one line, not too long.
func brief(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 70 {
		return string(r[:69]) + "…"
	}
	return text
}

// support is the file that is compiled beside them: which mutant is switched on comes from the
// environment, and which places were reached goes into a file, a byte each.
func support(name string, mutants int) string {
	return fmt.Sprintf(`package %s

import (
	"os"
	"strconv"
	"sync/atomic"
)

var (
	mutantOn, _ = strconv.Atoi(os.Getenv("MUTANT"))
	mutantsHit, _ = os.OpenFile(os.Getenv("MUTANTS_REACHED"), os.O_WRONLY|os.O_CREATE, 0o600)
	mutantsSeen [%d]atomic.Bool
)

func isMutant(n int) bool {
	if mutantsHit != nil && !mutantsSeen[n].Load() && !mutantsSeen[n].Swap(true) {
		mutantsHit.WriteAt([]byte{1}, int64(n))
	}
	return n == mutantOn
}
`, name, mutants+1)
}
