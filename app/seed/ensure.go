package seed

import (
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
)

// Ensure loads the demo bank where it is missing or not finished, and gives the
// code of its latest month with a run, and whether months were loaded. A bank
// that is there keeps its months, whatever the day. Users and rubrics who are
// missing are made, and the month after the last is opened. A database with
// another bank in it is a conflict.
func (l *Loader) Ensure(ctx context.Context, today db.Date) (latest string, loaded bool, err error) {
	if err := l.ours(ctx); err != nil {
		return "", false, err
	}
	list, err := l.Periods.List(ctx, l.Actor)
	if err != nil {
		return "", false, err
	}
	if len(list) > 0 { // the latest month first
		oldest := list[len(list)-1]
		today = db.DateOf(oldest.FirstDay.Time().AddDate(0, months, 0))
	}
	if loaded = len(list) < months || !complete(list); loaded {
		if err := l.Load(ctx, today); err != nil {
			return "", false, err
		}
		if list, err = l.Periods.List(ctx, l.Actor); err != nil {
			return "", false, err
		}
	}
	begun := slices.IndexFunc(list, func(p *periods.Period) bool { return !p.State.Before(periods.Scoring) })
	if err := l.run(ctx, list[begun]); err != nil {
		return "", false, err
	}
	return list[begun].Code, loaded, l.staffed(ctx, New(today))
}

// staffed lets people in, and gives them something to do.
func (l *Loader) staffed(ctx context.Context, bank Bank) error {
	l.Clock.morning(bank.Months[0].First, 0)
	if err := l.rubrics(ctx); err != nil {
		return err
	}
	l.Clock.morning(bank.Open.First, 0)
	if err := l.accounts(ctx, bank.Months[0].First); err != nil {
		return err
	}
	return l.collect(ctx, bank.Open)
}

// complete says whether the months of the demo bank have come as far as loading takes them.
func complete(list []*periods.Period) bool {
	for i, p := range list[len(list)-months:] {
		if p.State.Before(periods.Scoring) || (i > 0 && p.State != periods.Closed) {
			return false
		}
	}
	return true
}

// run calculates the latest month unless it has a run, as somebody who works on in the demo bank would.
func (l *Loader) run(ctx context.Context, p *periods.Period) error {
	done, err := l.Runs.List(ctx, l.Actor, p.Code)
	if err != nil || len(done) > 0 {
		return err
	}
	_, err = l.Runs.Run(ctx, l.Actor, p.Code, runs.Progress(nil))
	return err
}

// ours refuses a database in which there is another bank.
func (l *Loader) ours(ctx context.Context) error {
	tree, err := l.People.Units(ctx, l.Actor)
	if err != nil {
		return err
	}
	root := tree.Root()
	if root == nil || (root.Code == headOffice && root.Name == bankName) {
		return nil
	}
	return fault.New(fault.Conflict, "seed.other_bank", lang.Args{"bank": root.Name})
}

var _ = lang.Register(map[string]lang.Text{
	"seed.other_bank": {
		Zh: "数据库里已有“{bank}”的数据，不会写入演示数据；请用 --db 另指一个数据库",
		En: "the database holds the data of {bank} and takes no demo data; name another with --db",
	},
})
