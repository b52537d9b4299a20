package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
)

// digitMembers is how many people the bank has whose digits are changed: each
// change is looked for in all of it.
const digitMembers = 200

// figure is a column of a published run that holds digits.
type figure struct {
	table, column, keys string
	number              bool
}

var figures = []figure{
	{"frozen_members", "input", "run_id, staff_id", false},
	{"results", "total", "run_id, staff_id", true},
	{"results", "base", "run_id, staff_id", true},
	{"results", "bonus", "run_id, staff_id", true},
	{"results", "place", "run_id, staff_id", true},
	{"results", "peers", "run_id, staff_id", true},
	{"results", "coefficient", "run_id, staff_id", false},
	{"results", "staff_no", "run_id, staff_id", false},
	{"result_segments", "base", "run_id, staff_id, segment_no", true},
	{"result_segments", "days", "run_id, staff_id, segment_no", true},
	{"result_items", "score", "run_id, staff_id, segment_no, item_no", true},
	{"result_items", "contribution", "run_id, staff_id, segment_no, item_no", true},
	{"run_scorecards", "definition", "run_id, code", false},
}

// digits changes single digits of a published run past its guards, one at a
// time, and lets the program look for each.
func (l *lab) digits(ctx context.Context, e engine, times int) (outcome, error) {
	o := outcome{what: "verify finds one changed digit on " + e.name(), times: times}
	l.say("%s: %d times", o.what, times)
	url, err := l.base(ctx, e, published)
	if err != nil {
		return o, err
	}
	if said, err := l.do(ctx, url, "verify", bank.Period); err != nil {
		return o, fmt.Errorf("before any change: %w: %s", err, said)
	}
	for range times {
		f := figures[l.random.IntN(len(figures))]
		change, err := l.change(ctx, e, url, f)
		if err != nil {
			return o, err
		}
		said, err := l.do(ctx, url, "verify", bank.Period)
		if err == nil {
			o.before++
			o.failure = fmt.Errorf("not found: %s; verify says %s", change, cut(said))
			return o, nil
		}
		o.after++
		if err := write(ctx, e, url, change.undo()); err != nil {
			return o, err
		}
	}
	if said, err := l.do(ctx, url, "verify", bank.Period); err != nil {
		o.failure = fmt.Errorf("after every digit was put back: %w: %s", err, said)
	}
	return o, nil
}

// published loads a small bank and brings its period to being published.
func published(ctx context.Context, d *db.DB) error {
	if err := bank.Load(ctx, d, digitMembers); err != nil {
		return err
	}
	period := periods.NewService(d, time.Now)
	if _, err := period.Score(ctx, operator, bank.Period, 0); err != nil {
		return err
	}
	if _, err := runs.New(d, time.Now).Run(ctx, operator, bank.Period, nil); err != nil {
		return err
	}
	_, err := period.Publish(ctx, operator, bank.Period, 0, runs.Latest)
	return err
}

// change is one digit of one cell, before and after.
type change struct {
	figure
	where    string // the condition that finds the row
	from, to string
}

func (c change) String() string {
	return fmt.Sprintf("%s.%s where %s: %q became %q", c.table, c.column, c.where, cut(c.from), cut(c.to))
}

func (c change) undo() change {
	c.from, c.to = c.to, c.from
	return c
}

// change picks a cell and a digit of it, and writes another digit in its place.
func (l *lab) change(ctx context.Context, e engine, url string, f figure) (change, error) {
	c := change{figure: f}
	err := inside(ctx, url, func(ctx context.Context, tx db.Tx) error {
		var rows int64
		if err := tx.NewRaw("SELECT COUNT(*) FROM "+f.table+" WHERE "+f.column+" IS NOT NULL").Scan(ctx, &rows); err != nil {
			return err
		}
		if rows == 0 {
			return errors.New(f.table + "." + f.column + " has no figures")
		}
		var conditions []string
		for key := range strings.SplitSeq(f.keys, ", ") {
			conditions = append(conditions, "'"+key+" = ''' || CAST("+key+" AS TEXT) || ''''")
		}
		query := fmt.Sprintf("SELECT CAST(%s AS TEXT), %s FROM %s WHERE %s IS NOT NULL ORDER BY %s LIMIT 1 OFFSET %d",
			f.column, strings.Join(conditions, " || ' AND ' || "), f.table, f.column, f.keys, l.random.Int64N(rows))
		return tx.Tx.Tx.QueryRowContext(ctx, query).Scan(&c.from, &c.where)
	})
	if err != nil {
		return c, err
	}
	c.to = l.otherDigit(c.from)
	return c, write(ctx, e, url, c)
}

// otherDigit changes one digit of a text.
func (l *lab) otherDigit(text string) string {
	var places []int
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			places = append(places, i)
		}
	}
	at := places[l.random.IntN(len(places))]
	digit := '0' + (text[at]-'0'+byte(1+l.random.IntN(9)))%10
	return text[:at] + string(rune(digit)) + text[at+1:]
}

func write(ctx context.Context, e engine, url string, c change) error {
	d, err := db.Open(ctx, url)
	if err != nil {
		return err
	}
	err = d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := e.unguarded(ctx, tx); err != nil {
			return err
		}
		value := "?"
		if c.number {
			value = "CAST(? AS BIGINT)"
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", c.table, c.column, value, c.where), c.to)
		return err
	})
	return errors.Join(err, d.Close())
}
