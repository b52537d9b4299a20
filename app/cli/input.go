package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// standardInput is the file name that stands for it, and what messages call it.
const (
	standardInput = "-"
	inputName     = "<stdin>"
)

// open opens a file that an argument names, - being standard input, and gives
// what messages call it. The caller closes it.
func (c *Context) open(name string) (file io.ReadCloser, called string, err error) {
	if name == standardInput {
		return io.NopCloser(c.Stdin), inputName, nil
	}
	opened, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, name, fault.Wrap(err, fault.NotFound, "cli.file.missing", lang.Args{"path": printable(name)})
	case errors.Is(err, fs.ErrPermission):
		return nil, name, fault.Wrap(err, fault.Invalid, "cli.file.forbidden", lang.Args{"path": printable(name)})
	case err != nil:
		return nil, name, fault.Wrap(err, fault.Invalid, "cli.file.unreadable", lang.Args{"path": printable(name)})
	}
	if info, err := opened.Stat(); err == nil && info.IsDir() {
		_ = opened.Close() // it was opened to look at alone
		return nil, name, fault.New(fault.Invalid, "cli.file.folder", lang.Args{"path": printable(name)})
	}
	return opened, name, nil
}

var _ = lang.Register(map[string]lang.Text{
	"cli.file.missing":    {Zh: "{path}：没有这个文件", En: "{path}: there is no such file"},
	"cli.file.forbidden":  {Zh: "{path}：没有读取权限", En: "{path}: reading it is not allowed"},
	"cli.file.unreadable": {Zh: "{path}：无法读取", En: "{path}: cannot be read"},
	"cli.file.folder":     {Zh: "{path}：这是文件夹，不是文件", En: "{path}: this is a folder, not a file"},
})
