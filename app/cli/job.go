package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
)

type jobCommands struct {
	List   jobList   `cmd:""`
	Show   jobShow   `cmd:""`
	Cancel jobCancel `cmd:""`
}

type jobList struct {
	State    string `name:"state" placeholder:"STATE" enum:"queued,working,done,failed,cancelled," default:""`
	Everyone bool   `name:"everyone"`
	Limit    int    `name:"limit" default:"50" placeholder:"N"`
}

func (l jobList) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	found, err := a.Jobs.List(c, c.Actor(), jobs.Filter{State: jobs.State(l.State), Everyone: l.Everyone || c.Actor().IsOperator()}, page.Query{Limit: l.Limit})
	if err != nil {
		return err
	}
	if c.JSON {
		list := make([]jobJSON, len(found.Jobs))
		for i, job := range found.Jobs {
			list[i] = c.jobJSON(job)
		}
		return c.PrintJSON(list)
	}
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	table := NewTable(c.Say("cli.job.id", nil), c.Say("cli.job.queued_at", nil), c.Say("cli.job.kind", nil), c.Say("cli.job.subject", nil),
		c.Say("cli.job.state", nil), c.Say("cli.job.progress", nil), c.Say("cli.job.by", nil)).Right(0)
	for _, job := range found.Jobs {
		table.Row(strconv.FormatInt(job.ID, 10), job.QueuedAt.In(zone).Format(minute), c.Say("cli.job.kind."+job.Kind, nil), job.Subject,
			c.Say("cli.job.state."+string(job.State), nil), progressOf(job), job.MadeBy)
	}
	return table.Print(c.Stdout)
}

// progressOf is how far a working job is.
func progressOf(job *jobs.Job) string {
	switch {
	case job.State != jobs.Working:
		return ""
	case job.Total > 0:
		return grouped(job.Done) + " / " + grouped(job.Total)
	}
	return grouped(job.Done)
}

type jobShow struct {
	Job int64 `arg:"" name:"job"`
}

func (s jobShow) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // it was only read
	job, err := a.Jobs.Get(c, c.Actor(), s.Job)
	if err != nil {
		return err
	}
	return c.printJob(job)
}

func (c *Context) printJob(job *jobs.Job) error {
	if c.JSON {
		return c.PrintJSON(c.jobJSON(job))
	}
	zone, err := c.Zone()
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintln(&b, c.Say("cli.job.head", lang.Args{
		"job": job.ID, "kind": c.Say("cli.job.kind."+job.Kind, nil), "subject": printable(job.Subject), "by": printable(job.MadeBy),
		"at": job.QueuedAt.In(zone).Format(minute), "state": c.Say("cli.job.state."+string(job.State), nil),
	}))
	if progress := progressOf(job); progress != "" {
		fmt.Fprintln(&b, "  "+c.Say(job.Step, nil)+" "+progress)
	}
	if job.Result != nil {
		fmt.Fprintln(&b, "  "+printable(string(job.Result)))
	}
	if file := job.Output; file != nil {
		fmt.Fprintln(&b, "  "+c.Say("cli.job.file", lang.Args{
			"file": printable(file.Name), "bytes": grouped(file.Size), "until": file.ExpiresAt.In(zone).Format(minute),
		}))
	}
	if job.Problem != nil {
		fmt.Fprintln(&b, "  "+printable(job.Problem.Fault().In(c.Lang)))
		for i, p := range job.Problem.At {
			if i == shownProblems {
				fmt.Fprintln(&b, "  "+c.Say("cli.more_problems", lang.Args{"count": job.Problem.Count - i}))
				break
			}
			fmt.Fprintln(&b, "    "+printable(p.In(c.Lang)))
		}
	}
	_, err = io.WriteString(c.Stdout, b.String())
	return err
}

type jobCancel struct {
	Job int64 `arg:"" name:"job"`
}

func (j jobCancel) Run(c *Context) error {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // what was asked for is written
	job, err := a.Jobs.Cancel(c, c.Actor(), j.Job)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(c.jobJSON(job))
	}
	if job.State == jobs.Cancelled {
		return c.Print("cli.job.cancelled", lang.Args{"job": job.ID})
	}
	return c.Print("cli.job.cancelling", lang.Args{"job": job.ID})
}

// jobJSON is a job as programs read it.
type jobJSON struct {
	ID         int64      `json:"id"`
	Kind       string     `json:"kind"`
	Subject    string     `json:"subject"`
	MadeBy     string     `json:"made_by"`
	State      jobs.State `json:"state"`
	Done       int64      `json:"done"`
	Total      int64      `json:"total"`
	Attempt    int        `json:"attempt"`
	Result     any        `json:"result,omitempty"`
	Problem    string     `json:"problem,omitempty"` // its code
	Message    string     `json:"message,omitempty"`
	File       string     `json:"file,omitempty"`
	QueuedAt   time.Time  `json:"queued_at"`
	StartedAt  *time.Time `json:"started_at,omitempty"`
	FinishedAt *time.Time `json:"finished_at,omitempty"`
}

func (c *Context) jobJSON(j *jobs.Job) jobJSON {
	out := jobJSON{
		ID: j.ID, Kind: j.Kind, Subject: j.Subject, MadeBy: j.MadeBy, State: j.State,
		Done: j.Done, Total: j.Total, Attempt: j.Attempt, QueuedAt: j.QueuedAt,
	}
	if j.Result != nil {
		out.Result = j.Result
	}
	if j.Problem != nil {
		out.Problem, out.Message = j.Problem.Code, j.Problem.Fault().In(c.Lang)
	}
	if j.Output != nil {
		out.File = j.Output.Name
	}
	if !j.StartedAt.IsZero() {
		out.StartedAt = &j.StartedAt
	}
	if !j.FinishedAt.IsZero() {
		out.FinishedAt = &j.FinishedAt
	}
	return out
}

var _ = lang.Register(map[string]lang.Text{
	"cli.job": {
		Zh: "查看或取消服务器的后台任务",
		En: "Look at the server's jobs, or cancel one",
	},
	"cli.job.list":            {Zh: "列出后台任务，最近的在前", En: "List jobs, the last first"},
	"cli.job.list.state":      {Zh: "只列出此状态：queued、working、done、failed、cancelled", En: "those in one state alone: queued, working, done, failed, cancelled"},
	"cli.job.list.everyone":   {Zh: "也列出他人提交的；不用 --as 时总是列出", En: "those of others too; without --as they always are"},
	"cli.job.list.limit":      {Zh: "最多列出多少个（不超过 200）", En: "how many at most (up to 200)"},
	"cli.job.list.examples":   {Zh: "steelyard job list\nsteelyard job list --state working --json", En: "steelyard job list\nsteelyard job list --state working --json"},
	"cli.job.show":            {Zh: "查看一个任务：进度、结果或失败原因", En: "Show a job: how far it is, what it gave, or why it failed"},
	"cli.job.show.job":        {Zh: "任务编号", En: "the job's number"},
	"cli.job.show.examples":   {Zh: "steelyard job show 17\nsteelyard job show 17 --json", En: "steelyard job show 17\nsteelyard job show 17 --json"},
	"cli.job.cancel":          {Zh: "取消一个任务\n排队中的立即取消；执行中的在一秒内停止，未完成的部分不会写入。", En: "Cancel a job\nA queued one at once; a working one stops within a second, and nothing half-done stays."},
	"cli.job.cancel.job":      {Zh: "任务编号", En: "the job's number"},
	"cli.job.cancel.examples": {Zh: "steelyard job cancel 17", En: "steelyard job cancel 17"},
	"cli.job.id":              {Zh: "任务", En: "Job"},
	"cli.job.queued_at":       {Zh: "提交时间", En: "Asked for"},
	"cli.job.kind":            {Zh: "种类", En: "Kind"},
	"cli.job.subject":         {Zh: "对象", En: "About"},
	"cli.job.state":           {Zh: "状态", En: "State"},
	"cli.job.progress":        {Zh: "进度", En: "Progress"},
	"cli.job.by":              {Zh: "提交人", En: "By"},
	"cli.job.kind.import":     {Zh: "导入", En: "import"},
	"cli.job.kind.run":        {Zh: "计分", En: "run"},
	"cli.job.kind.export":     {Zh: "导出", En: "export"},
	"cli.job.kind.verify":     {Zh: "复算", En: "verify"},
	"cli.job.state.queued":    {Zh: "排队中", En: "queued"},
	"cli.job.state.working":   {Zh: "执行中", En: "working"},
	"cli.job.state.done":      {Zh: "已完成", En: "done"},
	"cli.job.state.failed":    {Zh: "失败", En: "failed"},
	"cli.job.state.cancelled": {Zh: "已取消", En: "cancelled"},
	"cli.job.head":            {Zh: "任务 {job}（{kind} {subject}）：{state}；{by} 于 {at} 提交", En: "job {job} ({kind} {subject}): {state}; asked for by {by} at {at}"},
	"cli.job.file":            {Zh: "文件 {file}（{bytes} 字节），可下载至 {until}", En: "file {file} ({bytes} bytes), to be had until {until}"},
	"cli.job.cancelled":       {Zh: "任务 {job} 已取消", En: "job {job} is cancelled"},
	"cli.job.cancelling":      {Zh: "已要求取消任务 {job}；执行它的服务器会在一秒内停止", En: "job {job} is to be cancelled; the server that works it stops within a second"},
})
