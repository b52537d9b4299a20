package scorecards

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// MetricUse is a version of a scorecard that draws on a metric, and its items that do.
type MetricUse struct {
	Version Version
	Items   []string
}

// MetricDetail is a metric with what draws on it.
type MetricDetail struct {
	Metric
	Version int64
	UsedBy  []MetricUse
}

// Metric gives a metric with the scorecards, in force or newest, that draw on it.
func (s *Service) Metric(ctx context.Context, actor rbac.Actor, code string) (detail *MetricDetail, err error) {
	if err := access.Require(actor, rbac.MetricRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		metric, version, err := findMetric(ctx, tx, code)
		if err != nil {
			return err
		}
		if metric == nil {
			return fault.New(fault.NotFound, "metric.none", lang.Args{"code": code})
		}
		detail = &MetricDetail{Metric: *metric, Version: version}
		detail.UsedBy, err = usesOf(ctx, tx, code)
		return err
	})
	return detail, err
}

// PutMetric makes a metric, or changes the one whose version the caller has seen;
// another version is a conflict. What is as it was changes nothing.
func (s *Service) PutMetric(ctx context.Context, actor rbac.Actor, m Metric, version int64) (*MetricDetail, error) {
	if err := access.RequireWhole(actor, rbac.MetricManage); err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	_, err := s.batches.Record(ctx, actor, "metric change", func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		return m.put(ctx, tx, b, version)
	})
	if err != nil {
		return nil, err
	}
	return s.Metric(ctx, actor, m.Code)
}

func (m *Metric) put(ctx context.Context, tx db.Tx, b *imports.Batch, seen int64) error {
	before, version, err := findMetric(ctx, tx, m.Code)
	if err != nil {
		return err
	}
	b.About("metric.put", "metric", m.Code)
	switch {
	case before == nil && seen != 0:
		return fault.New(fault.NotFound, "metric.none", lang.Args{"code": m.Code})
	case version != seen:
		conflict := fault.New(fault.Conflict, "metric.old_version", lang.Args{"code": m.Code})
		conflict.Current = before
		return conflict
	case before == nil:
		if err := metricTable().Insert(ctx, tx, []*Metric{m}); err != nil {
			return err
		}
		made, _, err := findMetric(ctx, tx, m.Code)
		if err != nil {
			return err
		}
		b.Count(1, 0, 0, 0)
		b.History("metric", made.ID, 0, nil, made)
		return nil
	case m.sameAs(before):
		b.Count(0, 0, 1, 0)
		return nil
	}
	m.ID = before.ID
	b.Count(0, 1, 0, 0)
	b.History("metric", m.ID, 0, before, m)
	return metricTable().Update(ctx, tx, []*Metric{m})
}

// The limits of a metric's texts.
const (
	metricCodeMost    = 64
	metricNameMost    = 200
	metricMeasureMost = 40
)

// check says what is wrong with a metric, all of it.
func (m *Metric) check() error {
	var problems []fault.Problem
	text := func(path, value string, most int, needed bool) {
		bad, hidden := hiddenRune(value)
		switch {
		case hidden:
			problems = append(problems, fault.Problem{Path: path, Code: hiddenCharacter, Args: lang.Args{"character": fmt.Sprintf("U+%04X", bad)}})
		case utf8.RuneCountInString(value) > most:
			problems = append(problems, fault.Problem{Path: path, Code: "cell.too_long", Args: lang.Args{"limit": most}})
		case needed && value == "":
			problems = append(problems, fault.Problem{Path: path, Code: "metric.blank"})
		case value != strings.TrimSpace(value):
			problems = append(problems, fault.Problem{Path: path, Code: "metric.spaces"})
		}
	}
	text("metric", m.Code, metricCodeMost, true)
	text("name", m.Name, metricNameMost, true)
	text("unit_of_measure", m.Measure, metricMeasureMost, false)
	if m.Decimals < 0 || m.Decimals > decimalsMost {
		problems = append(problems, fault.Problem{Path: "decimals", Code: "metric.decimals", Args: lang.Args{"most": decimalsMost}})
	}
	if len(problems) == 0 {
		return nil
	}
	wrong := fault.New(fault.Invalid, "metric.wrong", lang.Args{"code": m.Code, "count": len(problems)})
	wrong.Problems = problems
	return wrong
}

// findMetric reads a metric with its version; nil where there is none.
func findMetric(ctx context.Context, tx db.Tx, code string) (metric *Metric, version int64, err error) {
	err = tx.Each(ctx, "SELECT id, code, name, unit_of_measure, decimals, version FROM metrics WHERE code = ?", []any{code}, func(r db.Row) error {
		metric = &Metric{ID: r.Int(0), Code: r.Text(1), Name: r.Text(2), Measure: r.Text(3), Decimals: int(r.Int(4))}
		version = r.Int(5)
		return nil
	})
	if err != nil {
		return nil, 0, fmt.Errorf("reading a metric: %w", err)
	}
	return metric, version, nil
}

// usesOf lists the versions in force, and the newest ones, that draw on a metric.
func usesOf(ctx context.Context, tx db.Tx, code string) ([]MetricUse, error) {
	uses := []MetricUse{}
	taken := map[int64]bool{}
	for _, read := range []func(context.Context, db.Tx) ([]Version, error){Published, newest} {
		list, err := read(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, v := range list {
			items := []string{}
			for _, item := range v.Card.Items() {
				if item.Source == scoring.SourceMetric && item.MetricCode() == code {
					items = append(items, item.Key)
				}
			}
			if len(items) > 0 && !taken[v.ID] {
				taken[v.ID] = true
				uses = append(uses, MetricUse{Version: v, Items: items})
			}
		}
	}
	return uses, nil
}

var _ = lang.Register(map[string]lang.Text{
	"metric.none":        {Zh: "没有指标 {code}", En: "there is no metric {code}"},
	"metric.old_version": {Zh: "指标 {code} 已被他人修改；请重新加载后再改", En: "somebody has changed the metric {code} meanwhile; load it again, then change it"},
	"metric.wrong":       {Zh: "指标 {code} 有 {count} 处错误", En: "the metric {code} has {count} {count:fault|faults}"},
	"metric.blank":       {Zh: "不能为空", En: "this may not be empty"},
	"metric.spaces":      {Zh: "首尾不能有空格", En: "there may be no space at the beginning or the end"},
})
