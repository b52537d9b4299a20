package cli

import (
	"errors"
	"regexp"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// mistakes are the sentences in which kong reports arguments that are wrong,
// each with the message that says it in both languages. The groups of the
// pattern fill {1}, {2} and {3}.
var mistakes = []struct {
	pattern *regexp.Regexp
	code    string
}{
	{regexp.MustCompile(`^unknown flag (\S+), did you mean (?:one of )?"?(.*?)"?\?$`), "cli.parse.flag_like"},
	{regexp.MustCompile(`^unknown flag (\S+)`), "cli.parse.flag"},
	{regexp.MustCompile(`^unexpected argument (.*), did you mean (?:one of )?"?(.*?)"?\?$`), "cli.parse.argument_like"},
	{regexp.MustCompile(`^unexpected argument (.*)$`), "cli.parse.argument"},
	{regexp.MustCompile(`^missing flags: (.*)$`), "cli.parse.missing_flags"},
	{regexp.MustCompile(`^expected one of`), "cli.parse.no_command"},
	{regexp.MustCompile(`^expected "(.*)"$`), "cli.parse.missing_arguments"},
	{regexp.MustCompile(`^missing positional arguments (.*)$`), "cli.parse.missing_arguments"},
	{regexp.MustCompile(`^(\S+) must be one of (.*) but got "(.*)"$`), "cli.parse.choice"},
	{regexp.MustCompile(`^(--\S+): expected .* value but got "EOL"`), "cli.parse.no_value"},
	{regexp.MustCompile(`^(\S+): expected a valid .* but got "(.*)"$`), "cli.parse.value"},
	{regexp.MustCompile(`^(\S+): expected .* but got "(.*?)"`), "cli.parse.value"},
	{regexp.MustCompile(`^(--\S+) and (--\S+) can't be used together$`), "cli.parse.together"},
}

// quotes takes away kong's quotation marks; a setting that may be empty is shown without its empty choice.
var quotes = strings.NewReplacer(`,""`, "", `"`, "")

// parseFault says what is wrong with the arguments. A fault, and the sign that
// help was shown instead, are handed on.
func parseFault(err error) error {
	if errors.Is(err, errHelpShown) {
		return err
	}
	if _, ok := fault.As(err); ok {
		return err
	}
	said := err.Error()
	for _, m := range mistakes {
		if groups := m.pattern.FindStringSubmatch(said); groups != nil {
			args := lang.Args{}
			for i, g := range groups[1:] {
				args[string(rune('1'+i))] = printable(quotes.Replace(g))
			}
			return fault.Wrap(err, fault.Invalid, m.code, args)
		}
	}
	return fault.Wrap(err, fault.Invalid, "cli.parse.other", lang.Args{"said": printable(said)})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.parse.flag":              {Zh: "没有 {1} 这个选项；用 --help 查看可用的选项", En: "there is no flag {1}; --help lists the flags"},
	"cli.parse.flag_like":         {Zh: "没有 {1} 这个选项；是否想用 {2}？", En: "there is no flag {1}; did you mean {2}?"},
	"cli.parse.argument":          {Zh: "多出的参数或未知的命令：{1}；用 steelyard help 查看用法", En: "{1} is an argument too many or no command; see steelyard help"},
	"cli.parse.argument_like":     {Zh: "没有 {1} 这个命令；是否想用 {2}？", En: "there is no command {1}; did you mean {2}?"},
	"cli.parse.missing_flags":     {Zh: "缺少选项：{1}", En: "a flag is missing: {1}"},
	"cli.parse.no_command":        {Zh: "没有写明命令；用 steelyard help 查看用法", En: "no command is given; see steelyard help"},
	"cli.parse.missing_arguments": {Zh: "缺少参数：{1}", En: "an argument is missing: {1}"},
	"cli.parse.choice":            {Zh: "{1} 不能是“{3}”；可选：{2}", En: "{1} cannot be {3}; it is one of {2}"},
	"cli.parse.no_value":          {Zh: "{1} 后面缺少值", En: "{1} needs a value"},
	"cli.parse.value":             {Zh: "{1} 的值不正确：“{2}”", En: "{1} cannot take the value {2}"},
	"cli.parse.together":          {Zh: "{1} 与 {2} 不能同时使用", En: "{1} and {2} cannot be used together"},
	"cli.parse.other":             {Zh: "命令行有误：{said}", En: "the command line is wrong: {said}"},
})
