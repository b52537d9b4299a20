package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/steelyard/steelyard/app/lang"
)

// Build says which program this is.
type Build struct {
	Version  string `json:"version"`
	Revision string `json:"revision"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// ThisBuild reads what the toolchain has written into the program.
func ThisBuild() Build {
	b := Build{Version: "devel", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Revision = s.Value
		}
	}
	return b
}

type versionCommand struct{}

func (versionCommand) Run(c *Context) error {
	b := ThisBuild()
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
