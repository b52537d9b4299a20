package reviews

import (
	"context"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

func itoa(n int) string { return strconv.Itoa(n) }

// PutRubric makes a rubric, or replaces the one whose version the caller has seen;
// another version is a conflict that carries what stands there now. What is as it
// was changes nothing.
func (s *Service) PutRubric(ctx context.Context, actor rbac.Actor, r Rubric) (*Rubric, error) {
	if err := access.RequireWhole(actor, rbac.RubricManage); err != nil {
		return nil, err
	}
	if err := r.Check(); err != nil {
		return nil, err
	}
	put := &r
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		before, err := findRubric(ctx, tx, r.Code)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		switch {
		case before != nil && before.same(&r):
			put = before
			return nil
		case before == nil && r.Version != 0:
			return err
		case before != nil && before.Version != r.Version:
			conflict := fault.New(fault.Conflict, "rubric.version", lang.Args{"rubric": r.Code})
			conflict.Current = before
			return conflict
		}
		if err := writeRubric(ctx, tx, before, put); err != nil {
			return err
		}
		entry := audit.Entry{Action: "rubric.put", Object: "rubric", Key: r.Code, After: put}
		if before != nil {
			entry.Before = before
		}
		return audit.Write(ctx, tx, db.Now(s.clock), actor, entry)
	})
	if err != nil {
		return nil, err
	}
	return put, nil
}

// same says whether another rubric has the same words, whatever its version.
func (r *Rubric) same(other *Rubric) bool {
	if r.Name != other.Name || len(r.Levels) != len(other.Levels) {
		return false
	}
	for i := range other.Levels {
		if l := r.level(other.Levels[i].Level); l == nil || *l != other.Levels[i] {
			return false
		}
	}
	return true
}

// Rubrics lists rubrics by code.
func (s *Service) Rubrics(ctx context.Context, actor rbac.Actor, q page.Query) (list []*Rubric, next string, err error) {
	if err := access.Require(actor, rbac.RubricRead); err != nil {
		return nil, "", err
	}
	plan, err := q.Plan("r.id", page.Order{Name: "code", Column: "r.code"})
	if err != nil {
		return nil, "", err
	}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		list, err = readRubrics(ctx, tx, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("?", plan.Where()).OrderExpr(plan.OrderBy()).Limit(int64(plan.Fetch()))
		})
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(list) > plan.Limit {
		list = list[:plan.Limit]
		last := list[plan.Limit-1]
		next = plan.Next(last.Code, last.id)
	}
	return list, next, nil
}

// Rubric gives a rubric by its code.
func (s *Service) Rubric(ctx context.Context, actor rbac.Actor, code string) (*Rubric, error) {
	if err := access.Require(actor, rbac.RubricRead); err != nil {
		return nil, err
	}
	var found *Rubric
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		found, err = findRubric(ctx, tx, code)
		return err
	})
	return found, err
}

// rubricRow and levelRow are a rubric as the database has it.
type rubricRow struct {
	bun.BaseModel `bun:"table:rubrics,alias:r"`

	ID      int64  `bun:"id,pk,autoincrement"`
	Code    string `bun:"code"`
	NameZh  string `bun:"name_zh"`
	NameEn  string `bun:"name_en"`
	Version int64  `bun:"version"`
}

type levelRow struct {
	bun.BaseModel `bun:"table:rubric_levels,alias:l"`

	RubricID      int64  `bun:"rubric_id"`
	Level         string `bun:"level"`
	NameZh        string `bun:"name_zh"`
	NameEn        string `bun:"name_en"`
	DescriptionZh string `bun:"description_zh"`
	DescriptionEn string `bun:"description_en"`
}

func findRubric(ctx context.Context, tx db.Tx, code string) (*Rubric, error) {
	list, err := readRubrics(ctx, tx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("r.code = ?", code) })
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "rubric.unknown", lang.Args{"rubric": code})
	}
	return list[0], nil
}

// rubricsFor reads the rubrics of the items of seats, by code.
func rubricsFor(ctx context.Context, tx db.Tx, seats []*seat) (map[string]*Rubric, error) {
	var codes []string
	byCode := map[string]*Rubric{}
	for _, x := range seats {
		for _, item := range x.items {
			if _, known := byCode[item.Key]; !known {
				byCode[item.Key] = nil
				codes = append(codes, item.Key)
			}
		}
	}
	if len(codes) == 0 {
		return byCode, nil
	}
	list, err := readRubrics(ctx, tx, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("r.code IN (?)", bun.List(codes)) })
	for _, r := range list {
		byCode[r.Code] = r
	}
	return byCode, err
}

// readRubrics reads rubrics with their levels, the best level as people name them last.
func readRubrics(ctx context.Context, tx db.Tx, narrow func(*bun.SelectQuery) *bun.SelectQuery) ([]*Rubric, error) {
	var rows []rubricRow
	if err := narrow(tx.NewSelect().Model(&rows)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading rubrics: %w", err)
	}
	list := make([]*Rubric, len(rows))
	byID := make(map[int64]*Rubric, len(rows))
	ids := make([]int64, len(rows))
	for i, r := range rows {
		list[i] = &Rubric{Code: r.Code, Name: Text{r.NameZh, r.NameEn}, Version: r.Version, id: r.ID}
		byID[r.ID], ids[i] = list[i], r.ID
	}
	if len(rows) == 0 {
		return list, nil
	}
	var levels []levelRow
	if err := tx.NewSelect().Model(&levels).Where("l.rubric_id IN (?)", bun.List(ids)).OrderExpr("l.rubric_id, l.level").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the levels of rubrics: %w", err)
	}
	for _, l := range levels {
		r := byID[l.RubricID]
		r.Levels = append(r.Levels, RubricLevel{Level: l.Level, Name: Text{l.NameZh, l.NameEn}, Description: Text{l.DescriptionZh, l.DescriptionEn}})
	}
	return list, nil
}

// writeRubric writes a rubric in the place of the one before, if there is one, and gives it its version.
func writeRubric(ctx context.Context, tx db.Tx, before, r *Rubric) error {
	row := &rubricRow{Code: r.Code, NameZh: r.Name.Zh, NameEn: r.Name.En, Version: 1}
	if before == nil {
		_, err := tx.NewInsert().Model(row).ExcludeColumn("id").Returning("id").Exec(ctx)
		if db.IsUnique(err) {
			return fault.Wrap(err, fault.Conflict, "rubric.version", lang.Args{"rubric": r.Code})
		}
		if err != nil {
			return fmt.Errorf("writing a rubric: %w", err)
		}
	} else if err := replaceRubric(ctx, tx, before, row); err != nil {
		return err
	}
	levels := make([]levelRow, len(r.Levels))
	for i, l := range r.Levels {
		levels[i] = levelRow{
			RubricID: row.ID, Level: l.Level, NameZh: l.Name.Zh, NameEn: l.Name.En,
			DescriptionZh: l.Description.Zh, DescriptionEn: l.Description.En,
		}
	}
	if _, err := tx.NewInsert().Model(&levels).Exec(ctx); err != nil {
		return fmt.Errorf("writing the levels of a rubric: %w", err)
	}
	r.id, r.Version = row.ID, row.Version
	return nil
}

func replaceRubric(ctx context.Context, tx db.Tx, before *Rubric, row *rubricRow) error {
	row.ID, row.Version = before.id, before.Version+1
	changed, err := tx.NewUpdate().Model(row).Column("name_zh", "name_en", "version").Where("id = ? AND version = ?", before.id, before.Version).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing a rubric: %w", err)
	}
	if n, err := changed.RowsAffected(); err != nil || n == 0 {
		return fault.Wrap(err, fault.Conflict, "rubric.version", lang.Args{"rubric": row.Code})
	}
	if _, err := tx.NewDelete().Model((*levelRow)(nil)).Where("rubric_id = ?", before.id).Exec(ctx); err != nil {
		return fmt.Errorf("writing the levels of a rubric: %w", err)
	}
	return nil
}
