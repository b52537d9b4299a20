package seed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/rbac"
)

// minDays is how many days a stretch must have to count in the demo bank.
const minDays = 5

// Clock is the time in the demo bank's past: it goes on with what is loaded.
// Services that load the bank are made with its Now.
type Clock struct{ at time.Time }

// Now gives the time.
func (c *Clock) Now() time.Time { return c.at }

// morning puts the clock to nine o'clock at the bank, on the n-th day after a day.
func (c *Clock) morning(day db.Date, n int) { c.at = day.AddDays(n).Time().Add(time.Hour) }

// Loader loads the demo bank through the services.
type Loader struct {
	Imports *imports.Service
	People  *people.Service
	Periods *periods.Service
	Runs    *runs.Service
	Users   *users.Service
	Grants  *grants.Service
	Auth    *auth.Service
	Reviews *reviews.Service
	Clock   *Clock
	Actor   rbac.Actor
	// As gives a user as the one who acts, under the policy as it is now.
	As func(userID int64) rbac.Actor
	// Progress, if there is one, is told how many of the months are done.
	Progress func(done, total int)
}

// Load fills a database with the bank whose months end with the one before a
// day: the months are run, published and closed, but the last, which is run and
// waits to be published. An interrupted load is taken up where it ended.
func (l *Loader) Load(ctx context.Context, today db.Date) (err error) {
	folder, err := os.MkdirTemp("", "steelyard-demo-")
	if err != nil {
		return fmt.Errorf("making a folder for the demo bank's files: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	bank := New(today)
	l.Clock.morning(bank.Months[0].First, 0)
	if err := l.masters(ctx, folder, bank); err != nil {
		return err
	}
	for i, m := range bank.Months {
		l.tell(i, len(bank.Months))
		if err := l.month(ctx, folder, m, i == len(bank.Months)-1); err != nil {
			return fmt.Errorf("the demo bank's %s: %w", m.Code, err)
		}
	}
	l.tell(len(bank.Months), len(bank.Months))
	return nil
}

func (l *Loader) masters(ctx context.Context, folder string, bank Bank) error {
	cards := filepath.Join(folder, "scorecards.json")
	if err := os.WriteFile(cards, Scorecards, 0o600); err != nil {
		return err
	}
	for _, t := range bank.Masters {
		if err := l.table(ctx, folder, t); err != nil {
			return err
		}
	}
	_, err := l.Imports.Import(ctx, l.Actor, "scorecards", cards, imports.Options{}, nil)
	return err
}

// table writes a file and has it imported.
func (l *Loader) table(ctx context.Context, folder string, t Table) error {
	if len(t.Rows) == 0 {
		return nil
	}
	path := filepath.Join(folder, t.Kind+".csv")
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := errors.Join(t.WriteCSV(file), file.Close()); err != nil {
		return err
	}
	_, err = l.Imports.Import(ctx, l.Actor, t.Kind, path, imports.Options{}, nil)
	return err
}

// month takes a period through its course, from wherever it stands. What a bank
// would let pass, it lets pass. The last month stops when it has been run.
func (l *Loader) month(ctx context.Context, folder string, m Month, last bool) error {
	for {
		status, err := l.Periods.Show(ctx, l.Actor, m.Code)
		if fault.KindOf(err) == fault.NotFound {
			l.Clock.morning(m.First, 0)
			if _, err = l.Periods.Create(ctx, l.Actor, m.Code, minDays); err == nil {
				continue
			}
		}
		if err != nil {
			return err
		}
		if status.State == periods.Closed || (last && status.State == periods.Scoring && status.Run != nil) {
			return nil
		}
		if err := l.step(ctx, folder, m, status); err != nil {
			return err
		}
	}
}

// step does what the period's state calls for.
func (l *Loader) step(ctx context.Context, folder string, m Month, status *periods.Status) error {
	switch status.State {
	case periods.Draft:
		l.Clock.morning(m.First, 1)
		if err := l.tables(ctx, folder, m, func(kind string) bool { return kind == "targets" }); err != nil {
			return err
		}
		return l.on(ctx, m, l.Periods.Open)
	case periods.Collecting:
		l.Clock.morning(m.Last, 3)
		if err := l.tables(ctx, folder, m, func(kind string) bool { return kind != "targets" }); err != nil {
			return err
		}
		return l.on(ctx, m, l.Periods.Score)
	case periods.Scoring:
		if status.Run == nil {
			l.Clock.morning(m.Last, 4)
			_, err := l.Runs.Run(ctx, l.Actor, m.Code, nil)
			return err
		}
		l.Clock.morning(m.Last, 6)
		return l.on(ctx, m, l.publish)
	default:
		l.Clock.morning(m.Last, 20)
		return l.on(ctx, m, l.Periods.Close)
	}
}

func (l *Loader) tables(ctx context.Context, folder string, m Month, wanted func(kind string) bool) error {
	for _, t := range m.Facts {
		if !wanted(t.Kind) {
			continue
		}
		if err := l.table(ctx, folder, t); err != nil {
			return err
		}
	}
	return nil
}

func (l *Loader) publish(ctx context.Context, actor rbac.Actor, code string, version int64) (*periods.Period, error) {
	return l.Periods.Publish(ctx, actor, code, version, runs.Latest)
}

// reasons are why the demo bank lets something pass.
var reasons = map[periods.BlockerCode]string{
	periods.NoScorecard:    "该岗位由总行另行考核，不在计分卡范围内",
	periods.MissingTargets: "本月未下达目标，经总行人力资源部同意",
	periods.MissingActuals: "业务系统未提供数据，已与数据部门核实",
	periods.MissingSurveys: "本月未收到客户评价，按计分卡规则处理",
	periods.MissingReviews: "评价人长期外派，经分行行长同意",
	periods.UnplacedFacts:  "已调离，数据不再适用",
	periods.Incomplete:     "本月结果按不完整发布，经总行人力资源部同意",
}

// on moves a period to its next state, and first waives what stands in the way.
func (l *Loader) on(ctx context.Context, m Month, step func(context.Context, rbac.Actor, string, int64) (*periods.Period, error)) error {
	status, err := l.Periods.Show(ctx, l.Actor, m.Code)
	if err != nil {
		return err
	}
	type pass struct {
		code    periods.BlockerCode
		subject string
	}
	done := map[pass]bool{}
	for _, b := range status.Blockers {
		p := pass{b.Code, b.Subject}
		if b.Waived != "" || done[p] || reasons[b.Code] == "" {
			continue
		}
		done[p] = true
		if _, err := l.Periods.Waive(ctx, l.Actor, m.Code, b.Code, b.Subject, reasons[b.Code]); err != nil {
			return err
		}
	}
	_, err = step(ctx, l.Actor, m.Code, 0)
	return err
}

func (l *Loader) tell(done, total int) {
	if l.Progress != nil {
		l.Progress(done, total)
	}
}
