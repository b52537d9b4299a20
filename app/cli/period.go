package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

type periodCommands struct {
	Create  periodCreate  `cmd:""`
	List    periodList    `cmd:""`
	Show    periodShow    `cmd:""`
	Open    periodOpen    `cmd:""`
	Score   periodScore   `cmd:""`
	Publish periodPublish `cmd:""`
	Close   periodClose   `cmd:""`
	Waive   periodWaive   `cmd:""`
}

// periods does f with the service of periods on the existing database.
func (c *Context) periods(f func(*periods.Service) error) (err error) {
	a, err := c.OpenExisting()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	return f(a.Periods)
}

type periodCreate struct {
	Period  string `arg:"" name:"period"`
	MinDays int    `name:"min-days" default:"0" placeholder:"DAYS"`
}

func (p periodCreate) Run(c *Context) (err error) {
	a, err := c.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	created, err := a.Periods.Create(c, c.Actor(), p.Period, p.MinDays)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.PrintJSON(created)
	}
	return c.Print("cli.period.created", lang.Args{
		"period": created.Code, "first": created.FirstDay, "last": created.LastDay, "days": created.MinDays,
	})
}

type periodList struct{}

func (periodList) Run(c *Context) error {
	return c.periods(func(s *periods.Service) error {
		list, err := s.List(c, c.Actor())
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(map[string]any{"periods": orEmpty(list)})
		}
		table := NewTable(c.Say("cli.period.head.period", nil), c.Say("cli.period.head.state", nil), c.Say("cli.period.head.min_days", nil)).Right(2)
		for _, p := range list {
			table.Row(p.Code, p.State.Name().In(c.Lang), strconv.Itoa(p.MinDays))
		}
		return table.Print(c.Stdout)
	})
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

type periodShow struct {
	Period string `arg:"" name:"period"`
}

func (p periodShow) Run(c *Context) error {
	return c.periods(func(s *periods.Service) error {
		status, err := s.Show(c, c.Actor(), p.Period)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(status)
		}
		return c.printStatus(status)
	})
}

func (c *Context) printStatus(s *periods.Status) error {
	err := c.Print("cli.period.line", lang.Args{
		"period": s.Code, "state": s.State.Name(), "first": s.FirstDay, "last": s.LastDay, "days": s.MinDays,
	})
	if err != nil {
		return err
	}
	if s.Run != nil {
		if err := c.Print("cli.period.run", lang.Args{"run": s.Run.Number, "members": s.Run.Members, "at": s.Run.FinishedAt.Format("2006-01-02 15:04")}); err != nil {
			return err
		}
	}
	if err := c.printBlockers(s); err != nil {
		return err
	}
	if len(s.Waivers) == 0 {
		return nil
	}
	if err := c.Print("cli.period.waivers", nil); err != nil {
		return err
	}
	for _, w := range s.Waivers {
		err := c.Print("cli.period.waiver_line", lang.Args{
			"blocker": w.Blocker.Words(), "subject": c.subject(w.Subject), "reason": printable(w.Reason), "by": printable(w.MadeBy), "at": w.MadeAt.Format("2006-01-02 15:04"),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// subject is what a waiver is about, in words where it is about all of a sort.
func (c *Context) subject(subject string) string {
	if subject == "" {
		return c.Say("period.all_subjects", nil)
	}
	return printable(subject)
}

func (c *Context) printBlockers(s *periods.Status) error {
	switch {
	case s.Next == "":
		return nil
	case len(s.Blockers) == 0:
		return c.Print("cli.period.free", lang.Args{"next": s.Next.Name()})
	case s.Blocked():
		if err := c.Print("cli.period.blocked", lang.Args{"next": s.Next.Name()}); err != nil {
			return err
		}
	default:
		if err := c.Print("cli.period.waived", lang.Args{"next": s.Next.Name()}); err != nil {
			return err
		}
	}
	table := NewTable(c.Say("cli.period.head.blocker", nil), c.Say("cli.period.head.unit", nil), c.Say("cli.period.head.count", nil),
		c.Say("cli.period.head.subjects", nil), c.Say("cli.period.head.waived", nil)).Right(2)
	for _, line := range periods.ByUnit(s.Blockers) {
		table.Row(line.Code.Words().In(c.Lang)+" ("+string(line.Code)+")", line.Unit+" "+line.UnitName,
			strconv.Itoa(line.Count), line.Subjects, strconv.Itoa(line.Waived))
	}
	if err := table.Print(c.Stdout); err != nil {
		return err
	}
	return c.printIncomplete(s.Blockers)
}

// membersShown is how many incomplete members are listed at most; --json has all.
const membersShown = 100

// printIncomplete lists the incomplete members with their items and reasons.
func (c *Context) printIncomplete(blockers []periods.Blocker) error {
	shown := 0
	for i := range blockers {
		b := &blockers[i]
		if b.Code != periods.Incomplete {
			continue
		}
		if shown++; shown > membersShown {
			return c.Print("cli.period.more_members", nil)
		}
		var items []string
		for _, item := range b.Items {
			items = append(items, item.Item+" "+c.Say("period.reason."+string(item.Reason), nil))
		}
		if len(items) == 0 {
			items = append(items, c.Say("period.reason."+string(b.Reason), nil))
		}
		err := c.Print("cli.period.member_line", lang.Args{
			"staff_no": printable(b.Subject), "unit": printable(b.Unit), "items": printable(strings.Join(items, c.Say("fault.comma", nil))),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

type periodOpen struct {
	Period string `arg:"" name:"period"`
}

func (p periodOpen) Run(c *Context) error {
	return c.move(p.Period, (*periods.Service).Open)
}

type periodScore struct {
	Period string `arg:"" name:"period"`
}

func (p periodScore) Run(c *Context) error {
	return c.move(p.Period, (*periods.Service).Score)
}

type periodClose struct {
	Period string `arg:"" name:"period"`
}

func (p periodClose) Run(c *Context) error {
	return c.move(p.Period, (*periods.Service).Close)
}

type periodPublish struct {
	Period string `arg:"" name:"period"`
	Number int    `name:"run" placeholder:"NUMBER"`
}

func (p periodPublish) Run(c *Context) error {
	return c.move(p.Period, func(s *periods.Service, ctx context.Context, actor rbac.Actor, code string, version int64) (*periods.Period, error) {
		return s.Publish(ctx, actor, code, version, p.Number)
	})
}

// move takes a period to its next state and says so.
func (c *Context) move(code string, step func(*periods.Service, context.Context, rbac.Actor, string, int64) (*periods.Period, error)) error {
	return c.periods(func(s *periods.Service) error {
		moved, err := step(s, c, c.Actor(), code, 0)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(moved)
		}
		return c.Print("cli.period.moved", lang.Args{"period": moved.Code, "state": moved.State.Name()})
	})
}

type periodWaive struct {
	Period  string `arg:"" name:"period"`
	Blocker string `arg:"" name:"blocker"`
	Subject string `arg:"" name:"subject" optional:""`
	Reason  string `name:"reason" required:"" placeholder:"TEXT"`
}

func (p periodWaive) Run(c *Context) error {
	return c.periods(func(s *periods.Service) error {
		waiver, err := s.Waive(c, c.Actor(), p.Period, periods.BlockerCode(p.Blocker), p.Subject, p.Reason)
		if err != nil {
			return err
		}
		if c.JSON {
			return c.PrintJSON(waiver)
		}
		return c.Print("cli.period.waived_now", lang.Args{"blocker": waiver.Blocker.Words(), "subject": c.subject(waiver.Subject), "reason": printable(waiver.Reason)})
	})
}
