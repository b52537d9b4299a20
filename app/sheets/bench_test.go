package sheets

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// bigBook is a workbook of actuals as a bank's system would write it.
func bigBook(b *testing.B, rows int) []byte {
	b.Helper()
	book := excelize.NewFile()
	defer book.Close()
	w, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	if err := w.SetRow("A1", []any{"考核期", "工号", "指标代码", "实际值", "机构代码"}); err != nil {
		b.Fatal(err)
	}
	for i := range rows {
		row := []any{"2026-10", fmt.Sprintf("%06d", i/20), fmt.Sprintf("metric_%d", i%20), float64(i%100000) / 4, fmt.Sprintf("B%04d", i%400)}
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

const benchRows = 100_000

var actualColumns = []Column{
	{Name: "period", Zh: "考核期", Required: true}, {Name: "staff_no", Zh: "工号", Required: true},
	{Name: "metric_code", Zh: "指标代码", Required: true}, {Name: "actual", Zh: "实际值", Required: true},
	{Name: "unit_code", Zh: "机构代码"},
}

func BenchmarkRows(b *testing.B) {
	content := bigBook(b, benchRows)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		file, err := OpenReader(bytes.NewReader(content), int64(len(content)), "f.xlsx", Options{})
		if err != nil {
			b.Fatal(err)
		}
		rows, err := file.Rows(actualColumns)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			row := rows.Row()
			for _, name := range []string{"period", "staff_no", "metric_code", "unit_code"} {
				if _, problem := row.Text(name); problem != nil {
					b.Fatal(problem)
				}
			}
			if _, problem := row.Decimal("actual", false); problem != nil {
				b.Fatal(problem)
			}
			n++
		}
		if rows.Err() != nil || n != benchRows {
			b.Fatal(n, rows.Err())
		}
	}
}

func BenchmarkExcelizeRows(b *testing.B) {
	content := bigBook(b, benchRows)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		book, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := book.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != benchRows+1 {
			b.Fatal(n)
		}
		if err := book.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
