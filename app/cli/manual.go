package cli

import (
	"embed"

	"github.com/steelyard/steelyard/app/lang"
)

//go:embed manual/*.txt
var manuals embed.FS

type manualCommand struct{}

func (manualCommand) Run(c *Context) error {
	text, err := manuals.ReadFile("manual/" + string(c.Lang) + ".txt")
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(struct {
			Manual string `json:"manual"`
		}{string(text)})
	}
	_, err = c.Stdout.Write(text)
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"cli.help.examples": {Zh: "steelyard help\nsteelyard help --lang en | less", En: "steelyard help\nsteelyard help --lang zh | less"},
})
