package imports

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
)

// input is a file that was read and waits to be written.
type input struct {
	name, sha256 string
	rows         int
	unknown      []string
	problems     []fault.Problem
	notices      []fault.Problem
	apply        func(context.Context, db.Tx, *Batch) error
}

func read(ctx context.Context, k *Kind, path string, o Options, progress Progress) (*input, error) {
	if k.Document != nil {
		return readDocument(k.Document(o), path, cmp.Or(o.Name, filepath.Base(path)))
	}
	return readTable(ctx, k, path, o, progress)
}

// progressRows is after how many rows progress is told.
const progressRows = 2000

func readTable(ctx context.Context, k *Kind, path string, o Options, progress Progress) (in *input, err error) {
	limits := sheets.DefaultLimits()
	limits.CSVRowsUnlimited = true
	file, err := sheets.Open(path, sheets.Options{Limits: limits, Name: o.Name, AllowFormulas: o.AllowFormulas})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	rows, err := file.Rows(k.Columns)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	importer := k.Table(o)
	in = &input{name: file.Name, sha256: file.SHA256, apply: importer.Apply}
	for rows.Next() {
		row := rows.Row()
		if misfit := row.Misfit(); misfit != nil {
			in.problems = append(in.problems, *misfit)
		} else {
			in.problems = append(in.problems, importer.Parse(row)...)
		}
		if in.rows++; in.rows%progressRows == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			progress("import.step.read", in.rows, 0)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	in.unknown, in.notices = rows.Unknown(), rows.Notices()
	return in, nil
}

func readDocument(importer DocumentImporter, path, name string) (*input, error) {
	content, err := readWhole(path, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	return &input{
		name: name, sha256: hex.EncodeToString(sum[:]), apply: importer.Apply,
		problems: importer.Read(bytes.NewReader(content), name),
	}, nil
}

// readWhole reads a document, which is refused by its size before it is read.
func readWhole(path, name string) ([]byte, error) {
	args := lang.Args{"file": name}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(err, fault.Invalid, "file.missing", args)
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "file.unreadable", args)
	case !info.Mode().IsRegular():
		return nil, fault.New(fault.Invalid, "file.not_a_file", args)
	case info.Size() == 0:
		return nil, fault.New(fault.Invalid, "import.empty_document", args)
	case info.Size() > sheets.DefaultLimits().Bytes:
		return nil, fault.New(fault.Invalid, "file.too_big", lang.Args{"file": name, "limit": sheets.DefaultLimits().Bytes / 1_000_000})
	}
	content, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, fault.Wrap(err, fault.Invalid, "file.no_permission", args)
	case err != nil:
		return nil, fault.Wrap(err, fault.Invalid, "file.unreadable", args)
	}
	return content, nil
}
