package exports_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/exports/exporttest"
)

func words() exports.Words {
	return exports.Words{
		Font: "微软雅黑", Cover: "封面", Notes: "说明", Codes: "_字典",
		Period: "考核期", Scope: "范围", Filters: "筛选", Rows: "行数", Totals: "控制总数", Run: "计分运行", RuleVersion: "规则版本",
		CutOff: "数据截止", Generated: "生成时间", GeneratedBy: "生成人", System: "系统版本", Digest: "数据摘要", Confidentiality: "密级",
		Contents: "目录", Sheet: "工作表", About: "内容", Prepared: "制表", Reviewed: "复核", Approved: "审批", SignatureAndDate: "签字 / 日期",
		Dictionary: "字段说明", Column: "列", Unit: "单位", Meaning: "含义", Source: "来源", Remarks: "备注",
		DigestNote: "摘要算法说明", LongFigures: "{n} 个数字超过 15 位", CutTexts: "{n} 个文本过长",
		Total: "合计", Name: "名称", Value: "值", Header: "内部资料", Page: "第 &P 页/共 &N 页", Code: "代码", CodeMeaning: "含义",
		ExactFigure: "此处为系统精确值",
	}
}

func info() exports.Info {
	return exports.Info{
		Title: "绩效月报", Period: "2026年10月", Scope: "全行", Filters: "无", RunID: "R-202610-0001", RuleVersion: "v1",
		CutOff: "2026-10-31", GeneratedAt: time.Date(2026, 11, 3, 1, 2, 3, 0, time.UTC), GeneratedText: "2026-11-03 09:02 +08:00",
		GeneratedBy: "operator", SystemVersion: "Steelyard 1", Confidentiality: "内部资料", SchemaVersion: 1,
	}
}

type line struct {
	code, name, amount, score string
	joined                    time.Time
}

func lines(n int) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		for i := range n {
			l := line{
				code: "00" + strconv.Itoa(7000+i), name: "=HYPERLINK(\"x\")", amount: strconv.Itoa(i*7) + ".10",
				score: strconv.Itoa(60+i%40) + ".25", joined: time.Date(2026, 10, 1+i%30, 0, 0, 0, 0, time.UTC),
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

func columns() []exports.Column[line] {
	return []exports.Column[line]{
		{Key: "code", Header: "工号", Format: exports.Code, ID: true, Value: func(l line) exports.Cell { return exports.String(l.code) }, Meaning: "员工工号"},
		{Key: "name", Header: "姓名", Width: 14, Value: func(l line) exports.Cell { return exports.String(l.name) }},
		{Key: "amount", Header: "金额", Format: exports.Money, Total: true, Value: func(l line) exports.Cell { return exports.Number(l.amount) }},
		{Key: "score", Header: "得分", Format: exports.Score(2), Mark: exports.Bars, Value: func(l line) exports.Cell { return exports.Number(l.score) }},
		{Key: "joined", Header: "日期", Format: exports.Date, Value: func(l line) exports.Cell {
			return exports.Day(l.joined.Date())
		}},
	}
}

func build(t testing.TB, fill func(*exports.Book)) []byte {
	t.Helper()
	b, err := exports.New(info(), words())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	fill(b)
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func table(n int) exports.Table[line] {
	return exports.Table[line]{
		Sheet: "明细", Title: "明细表", Scope: "全行 · 2026年10月", About: "每人一行", Columns: columns(), Rows: lines(n),
		Charts: func(b exports.Block) []exports.Chart {
			return []exports.Chart{{
				Kind: exports.ColumnChart, Title: "得分", Column: 1, Row: b.Last + 3, Width: 600, Height: 280, Format: exports.Score(2), Max: 100,
				Series: []exports.Series{{Name: b.Head("score"), Categories: b.Column("code"), Values: b.Column("score")}},
			}}
		},
	}
}

func fillSample(t testing.TB) func(*exports.Book) {
	return func(b *exports.Book) {
		if err := exports.AddTable(b, table(12)); err != nil {
			t.Fatal(err)
		}
		f := &exports.Form{Sheet: "计分卡 张/伟", About: "一人一页", Widths: []float64{20, 12}, OnePage: true, Protected: true}
		f.Put(exports.At{Column: 1, Row: 1}, exports.Title, exports.String("张伟"))
		f.Put(exports.At{Column: 1, Row: 2}, exports.Input, exports.Number("1").As(exports.General))
		f.Put(exports.At{Column: 2, Row: 2}, exports.Input, exports.Number("3").As(exports.General))
		f.Name("Share", exports.At{Column: 1, Row: 3})
		f.Compute(exports.At{Column: 1, Row: 3}, exports.Computed, "ROUND(100*A2/B2,2)", "33.33", exports.Score(2))
		f.Compute(exports.At{Column: 2, Row: 3}, exports.Computed, "ROUND(Share*2,1)", "66.8", exports.Score(1))
		f.ComputeText(exports.At{Column: 1, Row: 4}, exports.Computed, `IF(Share>30,"一致","已改动")`, "一致")
		f.Alarm(exports.At{Column: 1, Row: 4}, `A4<>"一致"`)
		if cells := f.Exact(); len(cells) != 1 || cells[0].String() != "B3" {
			t.Errorf("the cells %v carry the exact figure, want B3", cells)
		}
		if _, err := exports.AddForm(b, f); err != nil {
			t.Fatal(err)
		}
		groups := []exports.Group{{Heading: "计分卡", Parameters: []exports.Parameter{
			{Name: "TotalCap", Label: "总分封顶", Value: exports.Number("120").As(exports.Score(0)), Meaning: "总分上限"},
		}}}
		if err := exports.AddParams(b, "参数", "参数", "规则参数", groups); err != nil {
			t.Fatal(err)
		}
		b.Codes(exports.Pair{Name: "no_data", Value: "无数据"})
	}
}

func save(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// parts reads the raw parts of a workbook.
func parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
	}
	return out
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	first := build(t, fillSample(t))
	for range 5 {
		if !bytes.Equal(first, build(t, fillSample(t))) {
			t.Fatal("two workbooks of the same input differ")
		}
	}
}

func TestLibreOfficeAndOpenPyXLReadTheWorkbookAndAgreeOnEveryFormula(t *testing.T) {
	path := save(t, "sample.xlsx", build(t, fillSample(t)))
	saved := exporttest.OpenPyXL(t, path)[0]
	fresh := exporttest.OpenPyXL(t, exporttest.Recalculate(t, path)[0])[0]
	formulas := exporttest.SameValues(t, saved, fresh)
	if formulas != 3 {
		t.Errorf("%d formulas compared, want 3", formulas)
	}
	if got := saved["明细"]["B4"]; got.Formula != "" || got.Value != `=HYPERLINK("x")` {
		t.Errorf("a text that begins with = came out as %+v", got)
	}
}

func TestARowThatFailsFailsTheWorkbook(t *testing.T) {
	b, err := exports.New(info(), words())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Close() }()
	boom := errors.New("boom")
	broken := table(0)
	broken.Rows = func(yield func(line, error) bool) { yield(line{}, boom) }
	if err := exports.AddTable(b, broken); !errors.Is(err, boom) {
		t.Errorf("AddTable: %v, want boom", err)
	}
	if _, err := b.WriteTo(io.Discard); !errors.Is(err, boom) {
		t.Errorf("WriteTo: %v, want boom", err)
	}
}

func TestEverySheetIsSetUpForPrint(t *testing.T) {
	raw := parts(t, build(t, fillSample(t)))
	visible := 0
	for name, xml := range raw {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/worksheets/sheet6.xml" || name == "xl/worksheets/sheet7.xml" {
			continue
		}
		visible++
		for _, want := range []string{`paperSize="9"`, `fitToWidth="1"`, "<oddHeader>", "<oddFooter>", "<pageMargins", "fitToPage"} {
			if !strings.Contains(xml, want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
	}
	if visible != 5 {
		t.Errorf("%d visible sheets, want 5", visible)
	}
	data := raw["xl/worksheets/sheet3.xml"]
	for _, want := range []string{`state="frozen"`, "<autoFilter ", `orientation="landscape"`, "<dataBar", "<drawing "} {
		if !strings.Contains(data, want) {
			t.Errorf("the data sheet lacks %s", want)
		}
	}
	book := raw["xl/workbook.xml"]
	for _, want := range []string{"_xlnm.Print_Titles", "_xlnm.Print_Area", `fullCalcOnLoad="true"`, `name="TotalCap"`, `state="hidden"`} {
		if !strings.Contains(book, want) {
			t.Errorf("the workbook lacks %s", want)
		}
	}
	if !strings.Contains(raw["docProps/custom.xml"], "R-202610-0001") {
		t.Error("the file has no property RunID")
	}
}
