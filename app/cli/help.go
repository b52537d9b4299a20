package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/lang"
)

// errHelpShown ends parsing: help was asked for and shown.
var errHelpShown = errors.New("help was shown")

// helpFlag shows the help of the command that it stands behind.
type helpFlag bool

// BeforeReset is kong's hook for flags that act before anything is checked.
func (helpFlag) BeforeReset(parsed *kong.Context, c *Context) error {
	node := parsed.Selected()
	switch {
	case node == nil:
		node = parsed.Model.Node
	case node.DefaultCmd != nil:
		node = node.DefaultCmd
	}
	if _, err := io.WriteString(c.Stdout, c.helpOf(node)); err != nil {
		return err
	}
	return errHelpShown
}

// messageOf is the code of what a command does: its path, joined by points.
func messageOf(node *kong.Node) string {
	if node.Parent == nil {
		return "cli"
	}
	return messageOf(node.Parent) + "." + node.Name
}

// flagMessage is the code of what a flag does.
func flagMessage(node *kong.Node, flag string) string {
	if node.Parent == nil {
		return "cli.global." + flag
	}
	return messageOf(node) + "." + flag
}

// helpOf says how a command is used: usage, what it does, arguments, flags, examples.
func (c *Context) helpOf(node *kong.Node) string {
	var b strings.Builder
	code := messageOf(node)
	fmt.Fprintf(&b, "%s\n\n  %s\n", c.Say("cli.help.usage", lang.Args{"usage": c.usage(node)}),
		strings.ReplaceAll(c.Say(code, nil), "\n", "\n  "))
	c.section(&b, "cli.help.commands", c.commandRows(node))
	c.section(&b, "cli.help.arguments", c.argumentRows(node))
	if node.Parent != nil {
		c.section(&b, "cli.help.flags", c.flagRows(node))
	}
	root := node
	for root.Parent != nil {
		root = root.Parent
	}
	c.section(&b, "cli.help.global", c.flagRows(root))
	if examples, ok := lang.Lookup(code + ".examples"); ok {
		fmt.Fprintf(&b, "\n%s\n  %s\n", c.Say("cli.help.samples", nil),
			strings.ReplaceAll(examples.In(c.Lang), "\n", "\n  "))
	}
	return b.String()
}

// typed is the path of a command as it is typed: the command that stands for
// its whole group goes without its own name.
func typed(node *kong.Node) string {
	if node.Parent.DefaultCmd == node {
		return node.Parent.Path()
	}
	return node.Path()
}

func (c *Context) usage(node *kong.Node) string {
	words := []string{"steelyard"}
	if node.Parent != nil {
		words = append(words, typed(node))
	}
	for _, arg := range node.Positional {
		words = append(words, c.argument(arg))
	}
	if len(node.Children) > 0 {
		words = append(words, c.Say("cli.help.a_command", nil))
	}
	return strings.Join(append(words, c.Say("cli.help.some_flags", nil)), " ")
}

// argument is an argument as the usage shows it: in brackets, in the user's words.
func (c *Context) argument(arg *kong.Positional) string {
	text, ok := lang.Lookup("cli.argument." + arg.Name)
	if !ok {
		return arg.ShortSummary()
	}
	return strings.Replace(arg.ShortSummary(), "<"+arg.Name+">", "<"+text.In(c.Lang)+">", 1)
}

func (c *Context) section(b *strings.Builder, title string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", c.Say(title, nil))
	for _, line := range alignRows(rows, nil) {
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// commandRows lists the commands below a node, those of a group by their full names.
func (c *Context) commandRows(node *kong.Node) [][]string {
	var rows [][]string
	for _, child := range node.Children {
		if child.Hidden {
			continue
		}
		if len(child.Children) > 0 && node.Parent == nil {
			rows = append(rows, c.commandRows(child)...)
			continue
		}
		first, _, _ := strings.Cut(c.Say(messageOf(child), nil), "\n")
		rows = append(rows, []string{typed(child), first})
	}
	return rows
}

func (c *Context) argumentRows(node *kong.Node) [][]string {
	var rows [][]string
	for _, arg := range node.Positional {
		rows = append(rows, []string{c.argument(arg), c.Say(messageOf(node)+"."+arg.Name, nil)})
	}
	return rows
}

func (c *Context) flagRows(node *kong.Node) [][]string {
	var rows [][]string
	for _, flag := range node.Flags {
		if !flag.Hidden {
			rows = append(rows, []string{flagName(flag), c.flagHelp(node, flag)})
		}
	}
	return rows
}

func flagName(flag *kong.Flag) string {
	name := "--" + flag.Name
	if !flag.IsBool() && flag.Name != "help" {
		name += " " + strings.ToUpper(flag.FormatPlaceHolder())
	}
	if flag.Short != 0 {
		name = "-" + string(flag.Short) + ", " + name
	}
	return name
}

func (c *Context) flagHelp(node *kong.Node, flag *kong.Flag) string {
	text := c.Say(flagMessage(node, flag.Name), nil)
	if variable := flag.Tag.Get(config.Tag); variable != "" {
		text += c.Say("cli.help.variable", lang.Args{"name": variable})
	}
	if flag.HasDefault && flag.Default != "" {
		text += c.Say("cli.help.default", lang.Args{"value": flag.Default})
	}
	return text
}

var _ = lang.Register(map[string]lang.Text{
	"cli": {
		Zh: "Steelyard：银行员工绩效考核（平衡计分卡）与培训系统。\nsteelyard help 是使用手册；命令后加 --help 可查看用法和示例。",
		En: "Steelyard: staff performance by balanced scorecard, and training, for banks.\nsteelyard help is the manual; --help behind a command shows its use and examples.",
	},
	"cli.global.db":         {Zh: "数据库：SQLite 文件路径，或 postgres://…", En: "the database: the path of a SQLite file, or postgres://…"},
	"cli.global.lang":       {Zh: "语言：zh 或 en；不写则随系统区域设置", En: "the language: zh or en; left out, that of the locale"},
	"cli.global.json":       {Zh: "输出 JSON，供程序读取", En: "print JSON for programs to read"},
	"cli.global.time-zone":  {Zh: "银行所在时区，如 Asia/Shanghai", En: "the time zone of the bank, such as Asia/Shanghai"},
	"cli.global.as":         {Zh: "以该用户的权限执行，不多不少；审计记录写明", En: "do it with the rights of that user and no more; the audit trail says so"},
	"cli.global.verbose":    {Zh: "出错时显示内部原因", En: "show the cause that lies behind an error"},
	"cli.global.help":       {Zh: "显示命令的用法和示例", En: "show how a command is used, with examples"},
	"cli.help":              {Zh: "使用手册：概览、每月步骤、概念、退出码、环境变量", En: "The manual: overview, the month step by step, concepts, exit codes, environment"},
	"cli.help.a_command":    {Zh: "<命令>", En: "<command>"},
	"cli.help.some_flags":   {Zh: "[选项]", En: "[flags]"},
	"cli.argument.kind":     {Zh: "种类", En: "kind"},
	"cli.argument.file":     {Zh: "文件", En: "file"},
	"cli.argument.batch":    {Zh: "批次", En: "batch"},
	"cli.argument.unit":     {Zh: "机构代码", En: "unit"},
	"cli.argument.staff":    {Zh: "工号", En: "staff_no"},
	"cli.argument.staff_no": {Zh: "工号", En: "staff_no"},
	"cli.argument.period":   {Zh: "考核期", En: "period"},
	"cli.argument.code":     {Zh: "代码", En: "code"},
	"cli.argument.from":     {Zh: "原版本", En: "from"},
	"cli.argument.to":       {Zh: "新版本", En: "to"},
	"cli.argument.before":   {Zh: "前一次", En: "before"},
	"cli.argument.after":    {Zh: "后一次", En: "after"},
	"cli.argument.blocker":  {Zh: "障碍", En: "blocker"},
	"cli.argument.subject":  {Zh: "对象", En: "subject"},
	"cli.help.usage":        {Zh: "用法：{usage}", En: "Usage: {usage}"},
	"cli.help.commands":     {Zh: "命令：", En: "Commands:"},
	"cli.help.arguments":    {Zh: "参数：", En: "Arguments:"},
	"cli.help.flags":        {Zh: "选项：", En: "Flags:"},
	"cli.help.global":       {Zh: "通用选项：", En: "Flags of every command:"},
	"cli.help.samples":      {Zh: "示例：", En: "Examples:"},
	"cli.help.variable":     {Zh: "（环境变量 {name}）", En: " (variable {name})"},
	"cli.help.default":      {Zh: "（默认 {value}）", En: " (default {value})"},
})
