package scorecards

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// Kinds lists the files of this feature in the order in which a bank loads them.
func Kinds() []imports.Kind { return []imports.Kind{metricsKind(), scorecardsKind()} }

// Entities lists what this feature keeps a history of, the referred first.
func Entities() []imports.Entity {
	return []imports.Entity{metricEntity{metricTable()}, versionEntity{}}
}

// metricEntity puts metrics back, unless a scorecard in force draws on one that goes.
type metricEntity struct{ *imports.Table[Metric] }

func (e metricEntity) Undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	if err := e.Table.Undo(ctx, tx, b, changes); err != nil {
		return err
	}
	all, err := readShelf(ctx, tx)
	if err != nil {
		return err
	}
	for code, v := range all.published {
		if metric := all.unknownMetric(v.Card); metric != "" {
			return fault.New(fault.Conflict, "metric.undo_used", lang.Args{"metric": metric, "scorecard": code})
		}
	}
	return nil
}

// unknownMetric gives a metric that a card draws on and that does not exist, "" if all do.
func (s *shelf) unknownMetric(card *scoring.Scorecard) string {
	for _, item := range card.Items() {
		if item.Source == scoring.SourceMetric && !s.metrics[item.MetricCode()] {
			return item.MetricCode()
		}
	}
	return ""
}

// versionEntity takes versions back: a draft goes, a published version is
// withdrawn, because its words never change and never vanish.
type versionEntity struct{}

func (versionEntity) Kind() string { return entity }

func (versionEntity) Subject() imports.Subject {
	return imports.Subject{
		Key: []imports.Field{
			{Name: "code", Title: lang.Text{Zh: "计分卡", En: "scorecard"}},
			{Name: "version", From: "number", Title: lang.Text{Zh: "版本", En: "version"}},
		},
		Fields: []imports.Field{{Name: "state", Words: "scorecard.state.", Title: lang.Text{Zh: "状态", En: "state"}}},
	}
}

func (versionEntity) Undo(ctx context.Context, tx db.Tx, b *imports.Batch, changes []imports.Change) error {
	for _, c := range changes {
		if err := takeBack(ctx, tx, b, c); err != nil {
			return err
		}
	}
	all, err := readShelf(ctx, tx)
	if err != nil {
		return err
	}
	for code, v := range all.published {
		for _, position := range v.Card.Positions {
			if other := all.holder(position, map[string]bool{code: true}); other != "" {
				return fault.New(fault.Conflict, "scorecard.position_taken", lang.Args{"position": position, "scorecard": other})
			}
		}
	}
	return nil
}

func takeBack(ctx context.Context, tx db.Tx, b *imports.Batch, c imports.Change) error {
	var was versionState
	if len(c.Before) > 0 {
		var before versionState
		if err := json.Unmarshal(c.Before, &before); err != nil {
			return fmt.Errorf("reading the history of version %d: %w", c.ID, err)
		}
		if before.Definition != "" {
			return putBack(ctx, tx, b, c, before)
		}
	}
	if err := json.Unmarshal(c.After, &was); err != nil {
		return fmt.Errorf("reading the history of version %d: %w", c.ID, err)
	}
	b.Count(0, 0, 0, 1)
	if was.State == StateDraft {
		b.History(entity, c.ID, 0, was, nil)
		_, err := tx.NewDelete().Table("scorecard_versions").Where("id = ? AND state = 'draft'", c.ID).Exec(ctx)
		return err
	}
	b.History(entity, c.ID, 0, was, stateOf(was.Code, was.Number, StateWithdrawn))
	_, err := tx.NewUpdate().Table("scorecard_versions").Set("state = 'withdrawn'").Where("id = ?", c.ID).Exec(ctx)
	return err
}

// putBack gives a draft the words that it had, or brings it back under a number that is free.
func putBack(ctx context.Context, tx db.Tx, b *imports.Batch, c imports.Change, before versionState) error {
	sum := digest(before.Definition)
	if len(c.After) > 0 {
		b.Count(0, 1, 0, 0)
		b.History(entity, c.ID, 0, c.After, before)
		return redraft(ctx, tx, c.ID, before.Definition, sum, b.ID)
	}
	all, err := readShelf(ctx, tx)
	if err != nil {
		return err
	}
	b.Options.Draft = true
	b.Count(1, 0, 0, 0)
	return all.insert(ctx, tx, b, before.Code, before.Definition, sum)
}

var _ = lang.Register(map[string]lang.Text{
	"metric.undo_used": {Zh: "不能撤销：计分卡 {scorecard} 用到指标 {metric}；请先撤销后来的批次", En: "this cannot be undone: the scorecard {scorecard} draws on the metric {metric}; undo the later batches first"},
})
