package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // the bank's time zone is known on every machine

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// now is the clock of the machine; whatever needs the time is handed a clock.
func now() time.Time { return time.Now().UTC() }

// Context is what a command runs with.
type Context struct {
	context.Context //nolint:containedctx // it lives as long as the one command that it is handed to
	*config.Config

	// Lang is the language of everything that is printed; it hides the flag of that name.
	Lang   lang.Language
	Getenv func(string) string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	Clock  func() time.Time

	user rbac.Actor // whom --as names, once the database is open
}

// Say gives a message in the user's language.
func (c *Context) Say(code string, args lang.Args) string { return lang.Say(c.Lang, code, args) }

// Print writes a message and a line break to standard output.
func (c *Context) Print(code string, args lang.Args) error {
	_, err := io.WriteString(c.Stdout, printableLines(c.Say(code, args))+"\n")
	return err
}

// PrintJSON writes v to standard output, indented for people to read.
func (c *Context) PrintJSON(v any) error {
	e := json.NewEncoder(c.Stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// Open opens the database of --db and makes the services on it. It is created
// where it is missing, and its schema is brought up to date. The caller closes it.
func (c *Context) Open() (*app.App, error) {
	zone, err := c.Zone()
	if err != nil {
		return nil, err
	}
	a, err := app.Open(c, c.DB, c.Clock, app.InZone(zone))
	if err != nil {
		return nil, err
	}
	return a, c.become(a)
}

// OpenExisting is Open for commands that need data: a SQLite file that is not
// there is a mistake in the path, and no file is created for it.
func (c *Context) OpenExisting() (*app.App, error) {
	if err := c.exists(); err != nil {
		return nil, err
	}
	return c.Open()
}

// OpenToRead is OpenExisting for commands that only read: the database may be read-only.
func (c *Context) OpenToRead() (*app.App, error) {
	if err := c.exists(); err != nil {
		return nil, err
	}
	zone, err := c.Zone()
	if err != nil {
		return nil, err
	}
	a, err := app.OpenToRead(c, c.DB, c.Clock, app.InZone(zone))
	if err != nil {
		return nil, err
	}
	return a, c.become(a)
}

// become takes the rights of the user that --as names, as of today; the audit
// trail has who sat at the machine as the address. On failure the database is closed.
func (c *Context) become(a *app.App) error {
	if c.As == "" {
		return nil
	}
	u, there := a.Guard.Snapshot().UserNamed(c.As)
	if !there {
		return errors.Join(fault.New(fault.NotFound, "user.unknown", lang.Args{"username": c.As}), a.Close())
	}
	c.Context = audit.From(c.Context, audit.Origin{Address: c.operator()})
	c.user = a.Actor(u.ID)
	return nil
}

func (c *Context) exists() error {
	if !strings.Contains(c.DB, "://") {
		if _, err := os.Stat(strings.TrimPrefix(c.DB, "file:")); errors.Is(err, fs.ErrNotExist) {
			return fault.New(fault.NotFound, "cli.no_database", lang.Args{"path": c.DB})
		}
	}
	return nil
}

// Zone is the bank's time zone.
func (c *Context) Zone() (*time.Location, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "cli.no_zone", lang.Args{"zone": c.TimeZone})
	}
	return zone, nil
}

// Actor is who runs the command: the operator of the machine, or the user that
// --as names, once the database is open.
func (c *Context) Actor() rbac.Actor {
	if c.As != "" {
		return c.user
	}
	return rbac.Operator(c.operator())
}

// asOperator refuses --as to a command that is the machine's and nobody's.
func (c *Context) asOperator() error {
	if c.As != "" {
		return fault.New(fault.Invalid, "cli.not_as", nil)
	}
	return nil
}

// operator is what the operator of the machine is called.
func (c *Context) operator() string {
	for _, name := range []string{"SUDO_USER", "USER", "LOGNAME"} {
		if user := c.Getenv(name); user != "" {
			return "operator:" + user
		}
	}
	return "operator"
}

var _ = lang.Register(map[string]lang.Text{
	"cli.not_as": {
		Zh: "这条命令由本机操作员执行，不能用 --as 或 STEELYARD_AS 代表用户",
		En: "this command is the operator's of the machine; leave out --as and STEELYARD_AS",
	},
	"cli.as_nobody": {
		Zh: "--as 或 STEELYARD_AS 没有写明用户；请写明用户，或去掉它",
		En: "--as or STEELYARD_AS names nobody; name a user, or leave --as out",
	},
	"cli.no_zone": {
		Zh: "没有时区 {zone}；请写成 Asia/Shanghai 这样的名称",
		En: "there is no time zone {zone}; name one such as Asia/Shanghai",
	},
	"cli.no_database": {
		Zh: "没有数据库文件 {path}；请用 --db 或 STEELYARD_DB 指明，或先导入数据来创建它",
		En: "there is no database file {path}; name it with --db or STEELYARD_DB, or create it by importing files",
	},
})
