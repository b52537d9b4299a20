package scorecards

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Recorder does a change as a batch that is kept, and can be undone.
type Recorder interface {
	Record(ctx context.Context, actor rbac.Actor, kind string, f func(context.Context, db.Tx, *imports.Batch) error) (*imports.Record, error)
}

// Service shows metrics and scorecards, and publishes drafts.
type Service struct {
	db      *db.DB
	batches Recorder
	trail   *audit.Service
	rubrics Rubrics
}

// NewService makes the service.
func NewService(d *db.DB, batches Recorder) *Service { return &Service{db: d, batches: batches} }

// Audited has reads of lists put on the audit trail; without it they are not.
func (s *Service) Audited(trail *audit.Service) *Service {
	s.trail = trail
	return s
}

// Metrics lists the bank's metrics by code.
func (s *Service) Metrics(ctx context.Context, actor rbac.Actor) (metrics []*Metric, err error) {
	if err := access.Require(actor, rbac.MetricRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		metrics, err = Metrics(ctx, tx)
		return err
	})
	return metrics, err
}

// List gives the newest version of every scorecard by code, drafts included.
func (s *Service) List(ctx context.Context, actor rbac.Actor) (list []Version, err error) {
	return s.read(ctx, actor, newest)
}

// InForce gives the newest published version of every scorecard by code.
func (s *Service) InForce(ctx context.Context, actor rbac.Actor) (list []Version, err error) {
	return s.read(ctx, actor, Published)
}

// Versions gives every version of one scorecard, the newest first.
func (s *Service) Versions(ctx context.Context, actor rbac.Actor, code string) ([]Version, error) {
	list, err := s.read(ctx, actor, func(ctx context.Context, tx db.Tx) ([]Version, error) { return history(ctx, tx, code) })
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "scorecard.unknown", lang.Args{"scorecard": code})
	}
	return list, err
}

// Version gives one version of a scorecard; number 0 is the one in force, or the
// newest where none is.
func (s *Service) Version(ctx context.Context, actor rbac.Actor, code string, number int) (*Version, error) {
	list, err := s.Versions(ctx, actor, code)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Number == number || number == 0 && list[i].State == StatePublished {
			return &list[i], nil
		}
	}
	if number == 0 {
		return &list[0], nil
	}
	return nil, fault.New(fault.NotFound, "scorecard.version_unknown", lang.Args{"scorecard": code, "number": number})
}

func (s *Service) read(ctx context.Context, actor rbac.Actor, f func(context.Context, db.Tx) ([]Version, error)) (list []Version, err error) {
	if err := access.Require(actor, rbac.ScorecardRead); err != nil {
		return nil, err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		list, err = f(ctx, tx)
		return err
	})
	return list, err
}

// Publish puts the newest draft of a scorecard in force. It is a conflict when
// there is none, when another scorecard in force has one of its positions, or
// when it draws on an unknown metric.
func (s *Service) Publish(ctx context.Context, actor rbac.Actor, code string) (*imports.Record, error) {
	if err := access.RequireWhole(actor, rbac.ScorecardManage); err != nil {
		return nil, err
	}
	return s.batches.Record(ctx, actor, "scorecard publish", func(ctx context.Context, tx db.Tx, b *imports.Batch) error {
		all, err := readShelf(ctx, tx)
		if err != nil {
			return err
		}
		draft, ok := all.drafts[code]
		switch {
		case all.last[code] == 0:
			return fault.New(fault.NotFound, "scorecard.unknown", lang.Args{"scorecard": code})
		case !ok:
			return fault.New(fault.Conflict, "scorecard.no_draft", lang.Args{"scorecard": code})
		}
		if metric := all.unknownMetric(draft.Card); metric != "" {
			return fault.New(fault.Conflict, "metric.unknown", lang.Args{"code": metric})
		}
		for _, position := range draft.Card.Positions {
			if other := all.holder(position, map[string]bool{code: true}); other != "" {
				return fault.New(fault.Conflict, "scorecard.position_taken", lang.Args{"position": position, "scorecard": other})
			}
		}
		b.About("scorecard.publish", "scorecard", code)
		b.Count(0, 1, 0, 0)
		return publish(ctx, tx, b, &draft)
	})
}

var _ = lang.Register(map[string]lang.Text{
	"scorecard.unknown":         {Zh: "没有计分卡 {scorecard}", En: "there is no scorecard {scorecard}"},
	"scorecard.version_unknown": {Zh: "计分卡 {scorecard} 没有第 {number} 版", En: "the scorecard {scorecard} has no version {number}"},
	"scorecard.no_draft":        {Zh: "计分卡 {scorecard} 没有待发布的草稿", En: "the scorecard {scorecard} has no draft to publish"},
})
