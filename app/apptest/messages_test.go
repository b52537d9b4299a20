package apptest_test

import (
	"go/ast"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// message is a registered message, as its source has it. Texts that are put
// together by the program are empty here; lang.Register looks at those.
type message struct{ zh, en, at string }

// registered finds the messages of every lang.Register(map…) in the source, tests included.
func registered(t *testing.T, files []goFile) map[string]message {
	t.Helper()
	found := map[string]message{}
	for _, file := range files {
		ast.Inspect(file.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isCall(call, "Register", "lang") || len(call.Args) != 1 {
				return true
			}
			texts, ok := call.Args[0].(*ast.CompositeLit)
			if !ok {
				return true
			}
			for _, element := range texts.Elts {
				pair, ok := element.(*ast.KeyValueExpr)
				if !ok {
					continue
				}
				code, _ := literal(pair.Key)
				m := message{at: file.path + ":" + strconv.Itoa(file.line(pair))}
				if text, ok := pair.Value.(*ast.CompositeLit); ok {
					m.zh, m.en = field(text, "Zh"), field(text, "En")
				}
				found[code] = m
			}
			return true
		})
	}
	if len(found) < 50 {
		t.Fatalf("only %d messages were found: this test looks in the wrong place", len(found))
	}
	return found
}

func TestEveryMessageThatIsSaidExistsInBothLanguages(t *testing.T) {
	files := source(t)
	messages := registered(t, files)
	for _, file := range files {
		if file.isTest() {
			continue
		}
		for code, at := range said(file) {
			if _, ok := messages[code]; !ok {
				t.Errorf("%s:%d says %q, which nobody has registered", file.path, at, code)
			}
		}
	}
	for code, m := range messages {
		if (m.zh == "") != (m.en == "") {
			t.Errorf("%s: %q lacks a language", m.at, code)
		}
	}
}

// asked is a code by which a page knows a problem.
var asked = regexp.MustCompile(`isProblem\([^()]*, '([a-z_.]+)'\)`)

func TestPagesKnowProblemsByCodesThatThereAre(t *testing.T) {
	messages, found := registered(t, source(t)), 0
	err := filepath.WalkDir("../web/src", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.Contains(filepath.Ext(path), ".ts") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, code := range asked.FindAllStringSubmatch(string(text), -1) {
			found++
			if _, ok := messages[code[1]]; !ok {
				t.Errorf("%s asks for %q, which nobody has registered", path, code[1])
			}
		}
		return err
	})
	if err != nil || found == 0 {
		t.Fatalf("%d codes in the pages, %v", found, err)
	}
}

// said finds the codes that a file hands to fault and lang as literals, with their lines.
func said(file goFile) map[string]int {
	codes := map[string]int{}
	take := func(x ast.Expr) {
		if code, ok := literal(x); ok && code != "" {
			codes[code] = file.line(x)
		}
	}
	ast.Inspect(file.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			switch {
			case isCall(n, "New", "fault") && len(n.Args) > 1, isCall(n, "Say", "lang") && len(n.Args) > 1:
				take(n.Args[1])
			case isCall(n, "Wrap", "fault") && len(n.Args) > 2:
				take(n.Args[2])
			case (isCall(n, "Say", "c") || isCall(n, "Print", "c")) && len(n.Args) > 0:
				take(n.Args[0])
			}
		case *ast.CompositeLit:
			if kind, ok := n.Type.(*ast.SelectorExpr); ok && kind.Sel.Name == "Problem" && isNamed(kind.X, "fault") {
				if code := field(n, "Code"); code != "" {
					codes[code] = file.line(n)
				}
			}
		}
		return true
	})
	return codes
}

var placeholder = regexp.MustCompile(`\{[a-z0-9_]+\}`)

func TestAMessageNamesTheSameArgumentsInBothLanguages(t *testing.T) {
	for code, m := range registered(t, source(t)) {
		zh, en := placeholders(m.zh), placeholders(m.en)
		if !slices.Equal(zh, en) {
			t.Errorf("%s: %q names %v in Chinese and %v in English", m.at, code, zh, en)
		}
	}
}

func placeholders(text string) []string {
	names := map[string]bool{}
	for _, name := range placeholder.FindAllString(text, -1) {
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}

func isCall(call *ast.CallExpr, name, on string) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	return ok && selector.Sel.Name == name && isNamed(selector.X, on)
}

// literal gives the text of a string literal, also of one that is put together by +.
func literal(x ast.Expr) (string, bool) {
	switch x := x.(type) {
	case *ast.BasicLit:
		if x.Kind == token.STRING {
			text, err := strconv.Unquote(x.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		left, ok := literal(x.X)
		right, also := literal(x.Y)
		return left + right, ok && also
	}
	return "", false
}

func field(lit *ast.CompositeLit, name string) string {
	for _, element := range lit.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok && isNamed(pair.Key, name) {
			text, _ := literal(pair.Value)
			return text
		}
	}
	return ""
}
