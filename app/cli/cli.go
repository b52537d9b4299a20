// Package cli is the command line: what the arguments ask for, the services
// that do it, and what is printed. A command is a struct with a Run method in
// a file of its own; its words are messages named after its path:
// "cli.score" for what it does, "cli.score.examples", and one for each flag
// and argument ("cli.score.trace"). Every message exists in both languages.
package cli

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// Exit codes.
const (
	exitDone   = 0 // what was asked for is done
	exitFailed = 1 // it could not be done
	exitWrong  = 2 // the input is wrong
)

// grammar is every command, in the order in which help lists them.
type grammar struct {
	config.Config `embed:""`
	Help          helpFlag `name:"help" short:"h"`

	Score     scoreCommand      `cmd:""`
	Scorecard scorecardCommands `cmd:""`
	Import    importCommand     `cmd:""`
	Batch     batchCommands     `cmd:""`
	Unit      unitCommands      `cmd:""`
	Staff     staffCommands     `cmd:""`
	User      userCommands      `cmd:""`
	Grant     grantCommands     `cmd:""`
	Role      roleCommands      `cmd:""`
	Duty      dutyCommands      `cmd:"" name:"responsibility"`
	Can       canCommand        `cmd:""`
	WhoCan    whoCanCommand     `cmd:"" name:"who-can"`
	Job       jobCommands       `cmd:""`
	Metric    metricCommands    `cmd:""`
	Rubric    rubricCommands    `cmd:""`
	Period    periodCommands    `cmd:""`
	Review    reviewCommands    `cmd:""`
	Calculate runCommands       `cmd:"" name:"run"`
	Results   resultsCommand    `cmd:""`
	Explain   explainCommand    `cmd:""`
	Export    exportCommand     `cmd:""`
	Verify    verifyCommand     `cmd:""`
	Audit     auditCommand      `cmd:""`
	Migrate   migrateCommand    `cmd:""`
	Demo      demoCommand       `cmd:""`
	Serve     serveCommand      `cmd:""`
	Version   versionCommand    `cmd:""`
	Manual    manualCommand     `cmd:"" name:"help"`
}

// Main runs the command line and gives the exit code. Whatever goes wrong is
// said on stderr, in the language of --lang, STEELYARD_LANG or the locale.
// lookup gives a variable of the environment, and whether it is set.
func Main(ctx context.Context, args []string, lookup func(string) (string, bool), stdin io.Reader, stdout, stderr io.Writer) int {
	getenv := func(name string) string {
		value, _ := lookup(name)
		return value
	}
	c := &Context{
		Context: ctx, Lang: language(args, getenv), Getenv: getenv,
		Stdin: stdin, Stdout: stdout, Stderr: stderr, Clock: now,
	}
	if len(args) == 0 {
		args = []string{"help"}
	}
	err := c.run(args, lookup)
	if err == nil || errors.Is(err, errHelpShown) {
		return exitDone
	}
	if !errors.Is(err, errRefused) {
		c.report(err)
	}
	return exitCode(err)
}

func (c *Context) run(args []string, lookup func(string) (string, bool)) (err error) {
	parser, err := newParser(c)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return parseFault(err)
	}
	if _, set := lookup(asVariable); strings.TrimSpace(c.As) == "" && (set || given(parsed, "as")) {
		return fault.New(fault.Invalid, "cli.as_nobody", nil)
	}
	return parsed.Run(c)
}

// asVariable is the variable that stands for --as.
const asVariable = "STEELYARD_AS"

// given says whether a flag stands among the arguments, be it without a value: an
// empty --as is a name that got lost on its way, and never the operator's rights.
func given(parsed *kong.Context, flag string) bool {
	return slices.ContainsFunc(parsed.Path, func(p *kong.Path) bool { return p.Flag != nil && p.Flag.Name == flag })
}

func newParser(c *Context) (*kong.Kong, error) {
	root := &grammar{}
	parser, err := kong.New(root,
		kong.Name("steelyard"),
		kong.NoDefaultHelp(),
		kong.Writers(c.Stdout, c.Stderr),
		kong.Bind(c),
		kong.Resolvers(fromEnvironment(c.Getenv)),
	)
	if err != nil {
		return nil, err
	}
	c.Config = &root.Config
	return parser, nil
}

// fromEnvironment gives a flag the value of its variable when the variable is set.
func fromEnvironment(getenv func(string) string) kong.ResolverFunc {
	return func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		name := flag.Tag.Get(config.Tag)
		if name == "" {
			return nil, nil // kong's word for "not given here"
		}
		if value := getenv(name); value != "" {
			return value, nil
		}
		return nil, nil
	}
}

// language is needed before the arguments are parsed: their errors are said in it.
func language(args []string, getenv func(string) string) lang.Language {
	asked := getenv("STEELYARD_LANG")
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			asked = value
		} else if arg == "--lang" && i+1 < len(args) {
			asked = args[i+1]
		}
	}
	if l, ok := lang.Parse(asked); ok {
		return l
	}
	return lang.FromLocale(getenv)
}

func exitCode(err error) int {
	if errors.As(err, new(scoring.InputErrors)) {
		return exitWrong
	}
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound, fault.Malformed:
		return exitWrong
	default:
		return exitFailed
	}
}
