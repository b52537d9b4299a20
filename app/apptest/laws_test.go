package apptest_test

import (
	"go/ast"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/access"
)

// features are the parts of the product; each may import those that follow it, never those before.
var features = []string{"app/reports", "app/periods", "app/reviews", "app/training", "app/scorecards", "app/people"}

// base is what features stand on; it knows none of them.
var base = []string{"app/db", "app/access", "app/audit", "app/idempotency", "app/page", "app/jobs", "app/notify", "app/auth", "app/config", "app/fault", "app/lang", "app/sheets", "app/imports"}

// closed packages import the standard library, themselves, and what stands here.
var closed = map[string][]string{
	"scoring":    {},
	"rbac":       {"github.com/casbin/casbin/v2"},
	"exports":    {"github.com/xuri/excelize/v2"},
	"migrations": {"github.com/uptrace/bun"},
	"cmd":        {"app/cli"},
}

// owners are the only ones who may import a module.
var owners = map[string][]string{
	"github.com/alecthomas/kong":             {"app/cli"},
	"github.com/gofiber/fiber/v2":            append([]string{"app/server", "app/bench", "app/api", "app/auth", "app/imports", "app/audit", "app/jobs"}, features...),
	"github.com/xuri/excelize/v2":            {"exports", "app/bench"},
	"github.com/casbin/casbin/v2":            {"rbac"},
	"github.com/jackc/pgx/v5":                {"app/db", "app/apptest", "app/bench"},
	"modernc.org/sqlite":                     {"app/db", "app/bench"},
	"github.com/uptrace/bun":                 append([]string{"migrations", "app/db", "app/page", "app/imports", "app/audit", "app/jobs", "app/auth", "app/notify", "app/seed", "app/bench"}, features...),
	"github.com/riverqueue/river":            {"app/jobs"},
	"github.com/alexedwards/argon2id":        {"app/auth"},
	"github.com/getkin/kin-openapi":          {"app/api", "app/server", "app/apptest"},
	"github.com/oapi-codegen":                append([]string{"app/api", "app/server", "app/auth", "app/imports", "app/audit", "app/jobs"}, features...),
	"github.com/go-playground/validator/v10": {"app/server"},
	"github.com/prometheus/client_golang":    {"app/server"},
	"pgregory.net/rapid":                     {},
	"github.com/google/go-cmp":               {},
	"go.uber.org/goleak":                     {},
	"app/apptest":                            {"app/bench"},
	"app/cli":                                {"cmd"},
	"app/server":                             {"app", "app/cli", "app/apptest"},
	"app/seed":                               {"app", "app/cli", "app/apptest", "app/bench"},
	"testing":                                {"app/apptest", "app/bench", "exports/exporttest"},
	"github.com/gofrs/flock":                 {"app/db"},
	"github.com/mozillazg/go-pinyin":         {"app/people"},
}

func TestPackagesImportOnlyWhatTheLawsAllow(t *testing.T) {
	for _, file := range source(t) {
		if file.isTest() {
			continue
		}
		for _, path := range file.imports() {
			if why := breach(file.folder, path); why != "" {
				t.Errorf("%s imports %s: %s", file.path, path, why)
			}
		}
	}
}

// breach says which law an import breaks, or nothing.
func breach(folder, path string) string {
	for who, allowed := range closed {
		if within(folder, who) && !isStd(path) && !within(path, who) && !within(path, allowed...) {
			return who + " imports the standard library and " + strings.Join(allowed, ", ") + " alone"
		}
	}
	for what, who := range owners {
		if within(path, what) && !within(folder, what) && !allows(folder, who) {
			return "only " + strings.Join(who, ", ") + " may"
		}
	}
	upper := slices.IndexFunc(features, func(f string) bool { return within(path, f) })
	own := slices.IndexFunc(features, func(f string) bool { return within(folder, f) })
	switch {
	case own >= 0 && upper >= 0 && upper < own:
		return "features import those below them alone; declare a small interface instead"
	case own >= 0 && within(path, "app/cli", "app/server"):
		return "features know no command line and no server"
	case within(folder, base...) && (upper >= 0 || path == "app"):
		return "what features stand on knows none of them"
	case isOurs(folder) && within(folder, "app") && within(path, "cmd"):
		return "nothing imports a command"
	}
	return ""
}

// allows is within, with "app" standing for the package app itself and not for all below it.
func allows(folder string, who []string) bool {
	return slices.ContainsFunc(who, func(w string) bool { return folder == w || (w != "app" && within(folder, w)) })
}

func TestTheLawsFindABreach(t *testing.T) {
	breaches := map[string][2]string{
		"a feature imports one above it":              {"app/people", "app/periods/runs"},
		"scoring imports a library":                   {"scoring", "github.com/xuri/excelize/v2"},
		"exports know the database":                   {"exports", "app/db"},
		"the database knows a feature":                {"app/db", "app/people"},
		"a command starts without the command line":   {"cmd/steelyard", "app/db"},
		"a feature prints on the command line":        {"app/periods", "app/cli"},
		"a file reader asks the database's driver":    {"app/sheets", "github.com/jackc/pgx/v5"},
		"the product carries its tests' random cases": {"app/people", "pgregory.net/rapid"},
	}
	for name, b := range breaches {
		if breach(b[0], b[1]) == "" {
			t.Errorf("%s: %s imports %s, and no law forbids it", name, b[0], b[1])
		}
	}
	for folder, path := range map[string]string{"app/reports": "app/people", "app/periods/runs": "app/periods", "cmd/steelyard": "app/cli", "scoring": "math/big"} {
		if why := breach(folder, path); why != "" {
			t.Errorf("%s may import %s, but: %s", folder, path, why)
		}
	}
}

func TestFilesHave400LinesAndFunctions70AtMost(t *testing.T) {
	for _, file := range source(t) {
		if file.generated || file.isTest() {
			continue
		}
		if file.lines > 400 {
			t.Errorf("%s has %d lines", file.path, file.lines)
		}
		for _, declared := range file.ast.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok && file.linesOf(f) > 70 {
				t.Errorf("%s:%d: %s has %d lines", file.path, file.line(f), f.Name.Name, file.linesOf(f))
			}
		}
	}
}

func TestNothingElseStandsAtTheTop(t *testing.T) {
	given := []string{"cmd", "app", "rbac", "scoring", "exports", "migrations", "go.mod", "README.md"}
	tools := []string{"go.sum", ".gitignore", "Makefile", ".ci", ".tools", ".golangci.yml", "Dockerfile", "compose.yaml"}
	made := []string{".git", ".cache", "bin", "out"}
	entries, err := os.ReadDir(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if !slices.Contains(slices.Concat(given, tools, made), name) && !ignored(name) {
			t.Errorf("%s does not belong at the top", name)
		}
	}
}

// ignored are the files that .gitignore keeps out wherever they lie.
func ignored(name string) bool {
	return slices.ContainsFunc([]string{".db", ".db-shm", ".db-wal", ".lock", ".test", ".prof"}, func(end string) bool {
		return strings.HasSuffix(name, end)
	})
}

func TestNoPackageIsADrawerForEverything(t *testing.T) {
	for _, file := range source(t) {
		for part := range strings.SplitSeq(file.folder, "/") {
			if slices.Contains([]string{"util", "utils", "common", "helpers", "models", "misc"}, part) {
				t.Errorf("%s: a package is named after what it is about", file.path)
			}
		}
	}
}

func TestNoTestIsSkippedOrSleeps(t *testing.T) {
	for _, file := range source(t) {
		if !file.isTest() {
			continue
		}
		ast.Inspect(file.ast, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch name := call.Sel.Name; {
			case strings.HasPrefix(name, "Skip") && isNamed(call.X, "t", "b", "tb"):
				t.Errorf("%s:%d: a test is skipped", file.path, file.line(n))
			case name == "Sleep" && isNamed(call.X, "time"):
				t.Errorf("%s:%d: a test sleeps", file.path, file.line(n))
			}
			return true
		})
	}
}

// machine are the files that make an actor of a name that is not written there: that of
// the operator of the machine, which is "operator" or holds a colon as no username does.
var machine = []string{"app/cli/context.go", "app/jobs/work.go"}

func TestNoUserMayBeCalledAsTheProgramItselfIsOnRecord(t *testing.T) {
	found := 0
	for _, file := range source(t) {
		if file.isTest() || within(file.folder, "app/apptest") || within(file.folder, "rbac") {
			continue
		}
		ast.Inspect(file.ast, func(n ast.Node) bool {
			for _, name := range actorNames(n) {
				text, written := literal(name)
				switch {
				case written && !access.IsProgram(text):
					t.Errorf("%s:%d: the name %q is on record and not among those of app/access/program.go", file.path, file.line(n), text)
				case !written && isOperator(n) && !slices.Contains(machine, file.path):
					t.Errorf("%s:%d: an actor of the program needs a name that is written there", file.path, file.line(n))
				}
				found++
			}
			return true
		})
	}
	if found < 3 {
		t.Errorf("%d actors of the program were found: the law is blind", found)
	}
}

// actorNames gives the names of an actor that is made without a user: that of
// rbac.Operator, and that of an rbac.Actor which is written out.
func actorNames(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		if isOperator(n) {
			return n.Args
		}
	case *ast.CompositeLit:
		if s, ok := n.Type.(*ast.SelectorExpr); ok && isNamed(s.X, "rbac") && s.Sel.Name == "Actor" {
			for _, e := range n.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok && isNamed(pair.Key, "Name") {
					return []ast.Expr{pair.Value}
				}
			}
		}
	}
	return nil
}

func isOperator(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	return ok && isCall(call, "Operator", "rbac")
}

func isNamed(x ast.Expr, names ...string) bool {
	id, ok := x.(*ast.Ident)
	return ok && slices.Contains(names, id.Name)
}
