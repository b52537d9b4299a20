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

// writeFile writes a file so that it appears whole or not at all: beside its
// place first, under a name that the next attempt takes again, then moved there.
func writeFile(path string, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fault.New(fault.Invalid, "cli.output.is_folder", lang.Args{"path": path})
	}
	part := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".part")
	file, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644) //nolint:gosec // the user's own file, as readable as any
	if err != nil {
		return outputFault(err, path)
	}
	defer func() {
		if err != nil {
			err = outputFault(errors.Join(err, file.Close(), os.Remove(part)), path)
		}
	}()
	buffered := bufio.NewWriterSize(file, 1<<18)
	if err := write(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(part, path)
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
