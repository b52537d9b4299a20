package cli

import (
	"encoding/json"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods/runs"
)

type verifyCommand struct {
	Period string `arg:"" name:"period"`
}

func (v verifyCommand) Run(c *Context) error {
	a, err := c.OpenToRead()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	progress := c.Progress("cli.verify.progress", lang.Args{"period": v.Period})
	defer progress.Done()
	differences := 0
	verified, err := a.Runs.Verify(c, c.Actor(), v.Period, progress.Step, func(d runs.Difference) error {
		progress.Done()
		differences++
		return c.printDifference(d, differences == 1)
	})
	progress.Done()
	if err != nil {
		return err
	}
	args := lang.Args{
		"period": v.Period, "run": verified.Run.Number, "members": grouped(int64(verified.Members)),
		"count": verified.Differences, "digest": verified.Run.Digest,
	}
	if c.JSON {
		err = c.endDifferences(verified)
	} else if verified.Same() {
		err = c.Print("cli.verify.same", args)
	}
	if err == nil && !verified.Same() {
		err = fault.New(fault.Conflict, "cli.verify.different", args)
	}
	return err
}

// printDifference prints a difference in words; with --json as one of the list in an object.
func (c *Context) printDifference(d runs.Difference, first bool) error {
	if !c.JSON {
		return c.Print("cli.verify.difference", lang.Args{"what": printable(d.In(c.Lang))})
	}
	line, err := json.Marshal(d)
	if err != nil {
		return err
	}
	before := ",\n"
	if first {
		before = `{"differences": [`
	}
	_, err = c.Stdout.Write(append([]byte(before), line...))
	return err
}

// endDifferences ends the object that printDifference began, or writes one without differences.
func (c *Context) endDifferences(v *runs.Verified) error {
	tail, err := json.Marshal(map[string]any{
		"same": v.Same(), "run": v.Run.Number, "published": v.Published, "members": v.Members, "digest": v.Run.Digest,
	})
	if err != nil {
		return err
	}
	before := "],\n"
	if v.Same() {
		before = `{"differences": [],` + "\n"
	}
	_, err = c.Stdout.Write(append(append([]byte(before), tail[1:]...), '\n'))
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"cli.verify": {
		Zh: "核验已发布的结果\n用冻结的数据重新计算每位员工的结果，与存储的每一列比较，并核对摘要。一致时退出码为 0；否则逐条列出差异，退出码为 1。尚未发布时核验最近一次运行。",
		En: "Verify the published results\nRecomputes every member from the frozen inputs, compares every stored column, and checks the digests. Exit code 0 if all is the same; otherwise each difference is named, with exit code 1. While nothing is published the last run is verified.",
	},
	"cli.verify.period":     {Zh: "考核期，如 2026-10", En: "the period, such as 2026-10"},
	"cli.verify.examples":   {Zh: "steelyard verify 2026-10\nsteelyard verify 2026-10 --json", En: "steelyard verify 2026-10\nsteelyard verify 2026-10 --json"},
	"cli.verify.progress":   {Zh: "正在核验 {period}", En: "verifying {period}"},
	"cli.verify.difference": {Zh: "{what}", En: "{what}"},
	"cli.verify.same": {
		Zh: "一致：考核期 {period} 第 {run} 次运行的 {members} 人重算结果与存储的完全相同，摘要 {digest}",
		En: "same: run {run} of {period}, {members} members recomputed, every figure as it is stored; digest {digest}",
	},
	"cli.verify.different": {
		Zh: "不一致：考核期 {period} 第 {run} 次运行有 {count} 处差异",
		En: "not the same: run {run} of {period}, differences: {count}",
	},
})
