package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/exports"
)

const (
	exportRows    = 100_000
	exportColumns = 30
	exportTexts   = 6 // of the columns; the others are figures with two decimals
)

func init() {
	works["export"], works["export-bare"] = exportOurs, exportBare
}

// measureExport writes a table of a hundred thousand rows as a workbook.
func measureExport(ctx context.Context, b *bench) ([]line, error) {
	rows := b.size(exportRows)
	m, err := b.interleave(ctx,
		inChild(job{Work: "export", Size: rows, File: b.file("export.xlsx")}),
		inChild(job{Work: "export-bare", Size: rows, File: b.file("export-bare.xlsx")}))
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("export of %d rows × %d columns", rows, exportColumns)
	bare := peak(what+", peak memory", m[0].rss, 256)
	bare.against = "bare stream writer: " + mebibytes(m[1].rss)
	return []line{atMost(what, m[0].took, "bare excelize stream writer", m[1].took, 1.2), bare}, nil
}

// cellText and cellFigure are the cells of both workbooks.
func cellText(row int64, column int) string {
	return "员工" + strconv.FormatInt(row%977, 10) + "-" + strconv.Itoa(column)
}

func cellFigure(row int64, column int) string {
	return bank.Decimal(int64(bank.Mix(uint64(row)<<8|uint64(column))%1_000_000_00), 2)
}

func exportOurs(_ context.Context, j job) (time.Duration, error) {
	begin := time.Now()
	// Every text of the shell is this one; they must only be there.
	words := shellWords()
	book, err := exports.New(exports.Info{Title: "bench", GeneratedAt: time.Unix(0, 0).UTC(), SchemaVersion: 1}, words)
	if err != nil {
		return 0, err
	}
	columns := make([]exports.Column[int64], exportColumns)
	for i := range columns {
		key := "c" + strconv.Itoa(i)
		columns[i] = exports.Column[int64]{Key: key, Header: key, Format: exports.Score(2), Width: 12,
			Value: func(row int64) exports.Cell { return exports.Number(cellFigure(row, i)) }}
		if i < exportTexts {
			columns[i].Format = exports.Text
			columns[i].Value = func(row int64) exports.Cell { return exports.String(cellText(row, i)) }
		}
	}
	err = exports.AddTable(book, exports.Table[int64]{Sheet: "rows", Title: "bench", Columns: columns, Rows: counting(j.Size)})
	if err != nil {
		return 0, errors.Join(err, book.Close())
	}
	if err := writeFile(j.File, func(w io.Writer) error { _, err := book.WriteTo(w); return err }); err != nil {
		return 0, errors.Join(err, book.Close())
	}
	return time.Since(begin), book.Close()
}

func counting(to int64) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		for row := range to {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func exportBare(_ context.Context, j job) (time.Duration, error) {
	begin := time.Now()
	book := excelize.NewFile()
	style, err := book.NewStyle(&excelize.Style{NumFmt: 2})
	if err != nil {
		return 0, err
	}
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return 0, err
	}
	cells := make([]any, exportColumns)
	for row := range j.Size {
		for i := range cells {
			if i < exportTexts {
				cells[i] = excelize.Cell{Value: cellText(row, i)}
				continue
			}
			figure, err := strconv.ParseFloat(cellFigure(row, i), 64)
			if err != nil {
				return 0, err
			}
			cells[i] = excelize.Cell{StyleID: style, Value: figure}
		}
		if err := sheet.SetRow("A"+strconv.FormatInt(row+1, 10), cells); err != nil {
			return 0, err
		}
	}
	if err := sheet.Flush(); err != nil {
		return 0, err
	}
	if err := writeFile(j.File, func(w io.Writer) error { _, err := book.WriteTo(w); return err }); err != nil {
		return 0, err
	}
	return time.Since(begin), book.Close()
}

func shellWords() exports.Words {
	return exports.Words{
		Font: "Arial", Cover: "Cover", Notes: "Notes", Codes: "_codes", Total: "Total", Header: "Header", Page: "&P",
		Dictionary: "Dictionary", Column: "Column",
	}
}
