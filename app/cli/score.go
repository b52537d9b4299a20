package cli

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

type scoreCommand struct {
	File  string `arg:"" name:"file"`
	Trace bool   `name:"trace"`
}

func (s scoreCommand) Run(c *Context) error {
	file, name, err := c.open(s.File)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it was only read
	read, err := scoring.ReadCase(file, name)
	if err != nil {
		return err
	}
	e := scoring.NewEvaluation(read.PeriodDays, read.MinDays, read.Scorecards)
	for i := range read.Staff {
		if err := e.Add(&read.Staff[i]); err != nil {
			return err
		}
	}
	e.Finish()
	out := bufio.NewWriter(c.Stdout)
	if s.Trace {
		err = writeTraces(out, e, read, c.Lang)
	} else {
		err = scoring.WriteResults(out, e.Results())
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeTraces writes the results, each with its trace beside the fixed fields: the values, and the words.
func writeTraces(out *bufio.Writer, e *scoring.Evaluation, read *scoring.Case, l lang.Language) error {
	if _, err := io.WriteString(out, `{"staff": [`); err != nil {
		return err
	}
	var line []byte
	var trace scoring.Trace
	next := 0
	for result := range e.Results() {
		line = scoring.AppendResult(line[:0], result)
		e.ExplainTo(&trace, &read.Staff[next])
		words, err := json.Marshal(trace.Lines(string(l)))
		if err != nil {
			return err
		}
		line = append(line[:len(line)-1], `, "trace": `...)
		line = scoring.AppendTrace(line, &trace)
		line = append(line, `, "words": `...)
		line = append(append(line, words...), '}')
		if next > 0 {
			line = append([]byte(",\n"), line...)
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
		next++
	}
	_, err := io.WriteString(out, "]}\n")
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"cli.score": {
		Zh: "对一个 JSON 文件计分，不需要数据库\n读取考核期天数、计分卡和员工数据，输出每位员工的结果。输入有误时逐条列出，退出码为 2。",
		En: "Score a JSON file that stands by itself, without a database\nReads the days of the period, scorecards and staff, and prints each member's result. Faults of the input are listed, all of them, with exit code 2.",
	},
	"cli.score.file":     {Zh: "JSON 文件；- 表示标准输入", En: "the JSON file; - is standard input"},
	"cli.score.trace":    {Zh: "在每位员工的结果旁写明计算过程：数值和文字", En: "write beside each result how it came about, in values and in words"},
	"cli.score.examples": {Zh: "steelyard score case.json\nsteelyard score case.json --trace --lang zh\ncat case.json | steelyard score -", En: "steelyard score case.json\nsteelyard score case.json --trace\ncat case.json | steelyard score -"},
})
