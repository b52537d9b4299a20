package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"

	"github.com/steelyard/steelyard/app/bench/bank"
)

func (b *bench) file(name string) string { return filepath.Join(b.folder, name) }

// copyFile copies a SQLite database that nobody has open.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close() //nolint:errcheck // it was read only
	for _, beside := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(to + beside); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return writeFile(to, func(w io.Writer) error { _, err := io.Copy(w, source); return err })
}

func writeFile(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// writeActuals writes members' actuals as a workbook, figures as numbers.
func writeActuals(path string, members int64) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	row := 1
	set := func(cells ...any) error {
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return err
		}
		row++
		return sheet.SetRow(at, cells)
	}
	if err := set("考核期", "工号", "指标代码", "实际值"); err != nil {
		return err
	}
	for id := int64(1); id <= members; id++ {
		for _, f := range bank.Figures {
			if err := set(bank.Period, bank.StaffNo(id), f.Metric, f.ActualFloat(id)); err != nil {
				return err
			}
		}
	}
	if err := sheet.Flush(); err != nil {
		return err
	}
	return book.SaveAs(path)
}
