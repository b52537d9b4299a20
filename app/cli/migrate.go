package cli

import "github.com/steelyard/steelyard/app/lang"

type migrateCommand struct{}

func (migrateCommand) Run(c *Context) error {
	if err := c.asOperator(); err != nil {
		return err
	}
	program, err := c.Open()
	if err != nil {
		return err
	}
	if err := program.Close(); err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(struct {
			Database string `json:"database"`
			UpToDate bool   `json:"up_to_date"`
		}{program.DB.Name(), true})
	}
	return c.Print("cli.migrate.done", lang.Args{"name": program.DB.Name()})
}

var _ = lang.Register(map[string]lang.Text{
	"cli.migrate": {
		Zh: "建表，或把数据库升级到本版本\n其他命令会在需要时自动完成；此命令用于在升级时单独执行。",
		En: "Create the tables of a database, or bring them to this version\nOther commands do it by themselves; this one does nothing else, for upgrades.",
	},
	"cli.migrate.examples": {Zh: "steelyard migrate --db bank.db\nsteelyard migrate --db postgres://steelyard@db.example.com/steelyard", En: "steelyard migrate --db bank.db\nsteelyard migrate --db postgres://steelyard@db.example.com/steelyard"},
	"cli.migrate.done":     {Zh: "数据库 {name} 已是最新版本", En: "the database {name} is up to date"},
})
