package apptest_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/steelyard/steelyard"

// goFile is one parsed file of the repository.
type goFile struct {
	path      string // from the root, with slashes
	folder    string // the package's folder, from the root
	lines     int
	generated bool
	ast       *ast.File
	set       *token.FileSet
}

func (f goFile) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// imports gives the import paths, those of the module without its name.
func (f goFile) imports() []string {
	var paths []string
	for _, spec := range f.ast.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, strings.TrimPrefix(path, module+"/"))
	}
	return paths
}

func (f goFile) line(n ast.Node) int { return f.set.Position(n.Pos()).Line }

func (f goFile) linesOf(n ast.Node) int { return f.set.Position(n.End()).Line - f.line(n) + 1 }

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// source parses every Go file of the repository.
func source(t *testing.T) []goFile {
	t.Helper()
	base := root(t)
	set := token.NewFileSet()
	var files []goFile
	err := filepath.WalkDir(base, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != base && (strings.HasPrefix(name, ".") || slices.Contains([]string{"bin", "out", "node_modules", "testdata"}, name)) {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(set, path, text, parser.ParseComments)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(base, path)
		relative = filepath.ToSlash(relative)
		files = append(files, goFile{
			path: relative, folder: filepath.ToSlash(filepath.Dir(relative)),
			lines: bytes.Count(text, []byte("\n")), generated: ast.IsGenerated(parsed), ast: parsed, set: set,
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// within says whether a folder or import path is one of the roots or lies below one.
func within(path string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return path == root || strings.HasPrefix(path, root+"/")
	})
}

// isStd says whether an import path is of the standard library: those have no point in their first element.
func isStd(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && !isOurs(path)
}

func isOurs(path string) bool {
	return within(path, "cmd", "app", "rbac", "scoring", "exports", "migrations")
}
