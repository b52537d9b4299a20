package cli

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/lang"
)

// printed is what one command line printed, and its exit code.
type printed struct {
	code   int
	stdout string
	stderr string
}

// steelyard runs a command line in an environment of VARIABLE=value pairs.
func steelyard(t *testing.T, environment []string, args ...string) printed {
	t.Helper()
	var stdout, stderr bytes.Buffer
	lookup := func(name string) (string, bool) {
		for _, pair := range environment {
			if key, value, _ := strings.Cut(pair, "="); key == name {
				return value, true
			}
		}
		return "", false
	}
	code := Main(t.Context(), args, lookup, strings.NewReader(""), &stdout, &stderr)
	return printed{code, stdout.String(), stderr.String()}
}

func TestWrongArgumentsAreSaidInTheUsersLanguageAndExitWith2(t *testing.T) {
	cases := []struct {
		name string
		args []string
		zh   string
		en   string
	}{
		{"a command that does not exist", []string{"vers"}, "没有 vers 这个命令；是否想用 version？", "there is no command vers; did you mean version?"},
		{"a flag that does not exist", []string{"version", "--verbos"}, "没有 --verbos 这个选项；是否想用 --verbose？", "there is no flag --verbos; did you mean --verbose?"},
		{"a flag without its value", []string{"version", "--db"}, "--db 后面缺少值", "--db needs a value"},
		{"an argument too many", []string{"version", "twice"}, "多出的参数或未知的命令：twice；用 steelyard help 查看用法", "twice is an argument too many or no command; see steelyard help"},
		{"no command", []string{"--json"}, "没有写明命令；用 steelyard help 查看用法", "no command is given; see steelyard help"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for language, want := range map[string]string{"zh": c.zh, "en": c.en} {
				got := steelyard(t, []string{"STEELYARD_LANG=" + language}, c.args...)
				if got.code != exitWrong || got.stdout != "" || got.stderr != want+"\n" {
					t.Errorf("%s: exit %d, stdout %q, stderr %q", language, got.code, got.stdout, got.stderr)
				}
			}
		})
	}
}

func TestTheLanguageComesFromTheFlagThenTheVariableThenTheLocale(t *testing.T) {
	cases := []struct {
		name        string
		environment []string
		args        []string
		want        string
	}{
		{"the flag", []string{"STEELYARD_LANG=en", "LANG=en_US.UTF-8"}, []string{"version", "--lang", "zh"}, "（"},
		{"the flag in one word", []string{"STEELYARD_LANG=en"}, []string{"--lang=zh", "version"}, "（"},
		{"the variable", []string{"STEELYARD_LANG=zh", "LANG=en_US.UTF-8"}, []string{"version"}, "（"},
		{"the locale", []string{"LANG=zh_CN.UTF-8"}, []string{"version"}, "（"},
		{"nothing", nil, []string{"version"}, " ("},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := steelyard(t, c.environment, c.args...); got.code != exitDone || !strings.Contains(got.stdout, c.want) {
				t.Errorf("exit %d, %q %q", got.code, got.stdout, got.stderr)
			}
		})
	}
}

func TestAnInterruptIsSaidAndNothingElse(t *testing.T) {
	var stderr bytes.Buffer
	c := &Context{Lang: lang.En, Stderr: &stderr}
	c.report(context.Canceled)
	if got := stderr.String(); got != "interrupted; what was not finished has written nothing\n" {
		t.Errorf("got %q", got)
	}
}

// commands gives every command that can be run, by its path.
func commands(t *testing.T) []*kong.Node {
	t.Helper()
	parser, err := newParser(&Context{Getenv: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	return parser.Model.Leaves(false)
}

func TestEveryCommandSaysWhatItDoesWithExamplesInBothLanguages(t *testing.T) {
	for _, node := range commands(t) {
		code := messageOf(node)
		needed := []string{code, code + ".examples"}
		for _, flag := range node.Flags {
			needed = append(needed, flagMessage(node, flag.Name))
		}
		for _, arg := range node.Positional {
			needed = append(needed, code+"."+arg.Name)
		}
		for parent := node.Parent; parent != nil; parent = parent.Parent {
			needed = append(needed, messageOf(parent))
		}
		for _, message := range needed {
			if _, ok := lang.Lookup(message); !ok {
				t.Errorf("%s: the message %q is missing", node.Path(), message)
			}
		}
	}
}

func TestEveryExampleIsACommandLineThatCanBeParsed(t *testing.T) {
	for _, node := range commands(t) {
		examples, _ := lang.Lookup(messageOf(node) + ".examples")
		for line := range strings.SplitSeq(examples.Zh+"\n"+examples.En, "\n") {
			args, ok := arguments(line)
			if !ok {
				continue
			}
			parser, err := newParser(&Context{Getenv: func(string) string { return "" }})
			if err != nil {
				t.Fatal(err)
			}
			if parsed, err := parser.Parse(args); err != nil {
				t.Errorf("%s: the example %q is wrong: %v", node.Path(), line, err)
			} else if parsed.Selected().Path() != node.Path() {
				t.Errorf("%s: the example %q is one of %s", node.Path(), line, parsed.Selected().Path())
			}
		}
	}
}

// arguments gives those of the steelyard command in an example, without what a shell adds.
func arguments(line string) ([]string, bool) {
	_, line, found := strings.Cut(line, "steelyard ")
	line, _, _ = strings.Cut(line, " #")
	if end := strings.IndexAny(line, "|<>;"); end >= 0 {
		line = line[:end]
	}
	var args []string
	for i, quoted := range strings.FieldsFunc(line+" ", func(r rune) bool { return r == '"' || r == '\'' }) {
		if i%2 == 1 {
			args = append(args, quoted)
			continue
		}
		args = append(args, strings.Fields(quoted)...)
	}
	return args, found
}

func TestHelpOfACommandShowsItsUseAndExamples(t *testing.T) {
	got := steelyard(t, nil, "version", "--help")
	if got.code != exitDone || got.stderr != "" {
		t.Fatalf("exit %d, %q", got.code, got.stderr)
	}
	for _, want := range []string{"Usage: steelyard version [flags]", "--db URL", "STEELYARD_DB", "Examples:", "steelyard version --json"} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("the help lacks %q:\n%s", want, got.stdout)
		}
	}
}

func TestTheManualExistsInBothLanguages(t *testing.T) {
	for _, language := range []string{"zh", "en"} {
		got := steelyard(t, nil, "help", "--lang", language)
		for _, want := range []string{"steelyard import units", "steelyard run 2026-10", "STEELYARD_DB", "--min-days"} {
			if !strings.Contains(got.stdout, want) {
				t.Errorf("%s: the manual lacks %q", language, want)
			}
		}
	}
}

func TestEveryVariableOfTheEnvironmentIsInTheManualsAndTheReadme(t *testing.T) {
	variables := map[string]bool{}
	parser, err := newParser(&Context{Getenv: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	for _, node := range append(parser.Model.Leaves(false), parser.Model.Node) {
		for _, flag := range node.Flags {
			if name := flag.Tag.Get(config.Tag); name != "" {
				variables[name] = true
			}
		}
	}
	for _, file := range []string{"manual/zh.txt", "manual/en.txt", "../../README.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for name := range variables {
			if !strings.Contains(string(text), name) {
				t.Errorf("%s lacks %s", file, name)
			}
		}
	}
}
