package cli

import (
	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/lang"
)

type versionCommand struct{}

func (versionCommand) Run(c *Context) error {
	b := config.ThisBuild()
	if c.JSON {
		return c.PrintJSON(b)
	}
	return c.Print("cli.version.line", lang.Args{"version": b.Version, "go": b.Go, "platform": b.Platform})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.version":          {Zh: "显示程序版本", En: "Print the version of the program"},
	"cli.version.examples": {Zh: "steelyard version\nsteelyard version --json", En: "steelyard version\nsteelyard version --json"},
	"cli.version.line":     {Zh: "Steelyard {version}（{go}，{platform}）", En: "Steelyard {version} ({go}, {platform})"},
})
