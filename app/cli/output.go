package cli

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// output is a file to write and what writes it.
type output struct {
	path  string
	write func(io.Writer) error
}

// part is where a file is written before it is moved to its place: beside it,
// under a name that the next attempt takes again.
func (o output) part() string {
	return filepath.Join(filepath.Dir(o.path), "."+filepath.Base(o.path)+".part")
}

// writeFiles writes files so that they appear whole, and all of them or none.
func writeFiles(files ...output) (err error) {
	for _, o := range files {
		if info, err := os.Stat(o.path); err == nil && info.IsDir() {
			return fault.New(fault.Invalid, "cli.output.is_folder", lang.Args{"path": o.path})
		}
	}
	defer func() {
		for _, o := range files {
			_ = os.Remove(o.part()) // after a failure; what was moved to its place is not there any more
		}
	}()
	for _, o := range files {
		if err := writePart(o); err != nil {
			return outputFault(err, o.path)
		}
	}
	for _, o := range files {
		if err := os.Rename(o.part(), o.path); err != nil {
			return outputFault(err, o.path)
		}
	}
	return nil
}

func writePart(o output) (err error) {
	file, err := os.OpenFile(o.part(), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644) //nolint:gosec // the user's own file, as readable as any
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	buffered := bufio.NewWriterSize(file, 1<<18)
	if err := o.write(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	return file.Sync()
}

// outputFault says in the user's words why a file could not be written.
func outputFault(err error, path string) error {
	args := lang.Args{"path": path}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fault.Wrap(err, fault.Internal, "cli.output.full", args)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fault.Wrap(err, fault.Conflict, "cli.output.permission", args)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return fault.Wrap(err, fault.Invalid, "cli.output.no_folder", args)
	}
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"cli.output.full":       {Zh: "磁盘已满，无法写入 {path}；请腾出空间后重试", En: "the disk is full, {path} was not written; free some space and try again"},
	"cli.output.permission": {Zh: "没有写入 {path} 的权限；请换一个位置，或关闭正打开它的程序", En: "{path} may not be written; choose another place, or close the program that has it open"},
	"cli.output.no_folder":  {Zh: "{path} 所在的文件夹不存在；请先创建", En: "the folder of {path} does not exist; create it first"},
	"cli.output.is_folder":  {Zh: "{path} 是文件夹；请给出文件名", En: "{path} is a folder; name a file in it"},
})
