package periods

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Find reads a period by its code.
func Find(ctx context.Context, tx bun.IDB, code string) (*Period, error) {
	p := new(Period)
	err := tx.NewSelect().Model(p).Where("code = ?", code).Scan(ctx)
	switch {
	case db.IsNoRows(err):
		return nil, fault.New(fault.NotFound, "period.unknown", lang.Args{"period": code})
	case err != nil:
		return nil, fmt.Errorf("reading a period: %w", err)
	}
	return p, nil
}

// lock keeps other transactions from changing the state of periods until this
// one ends: what a period takes in is written before it is published, or refused.
func lock(ctx context.Context, tx bun.IDB, codes []string) error {
	_, err := tx.NewRaw("UPDATE periods SET version = version WHERE code IN (?)", bun.List(codes)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("locking periods: %w", err)
	}
	return nil
}

// LockOpen reads those of the periods that are there, by code, and keeps their
// states until the transaction ends. One that takes no imports is a conflict.
func LockOpen(ctx context.Context, tx bun.IDB, codes []string) (map[string]*Period, error) {
	if len(codes) == 0 {
		return nil, nil //nolint:nilnil // no codes, no periods
	}
	if err := lock(ctx, tx, codes); err != nil {
		return nil, err
	}
	var list []*Period
	if err := tx.NewSelect().Model(&list).Where("code IN (?)", bun.List(codes)).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading periods: %w", err)
	}
	found := make(map[string]*Period, len(list))
	for _, p := range list {
		if err := p.CanImport(); err != nil {
			return nil, err
		}
		found[p.Code] = p
	}
	return found, nil
}

// listMost is how many periods a list gives: over eighty years of months.
const listMost = 1000

func list(ctx context.Context, tx bun.IDB) ([]*Period, error) {
	var found []*Period
	if err := tx.NewSelect().Model(&found).Order("code DESC").Limit(listMost).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading periods: %w", err)
	}
	return found, nil
}

func insert(ctx context.Context, tx bun.IDB, p *Period) error {
	_, err := tx.NewInsert().Model(p).ExcludeColumn("id").Returning("id").Exec(ctx)
	switch {
	case db.IsUnique(err):
		return fault.Wrap(err, fault.Conflict, "period.exists", lang.Args{"period": p.Code})
	case err != nil:
		return fmt.Errorf("writing a period: %w", err)
	}
	return nil
}

// update writes a period whose version is still the one that was read.
func update(ctx context.Context, tx bun.IDB, p *Period) error {
	result, err := tx.NewUpdate().Model(p).
		Column("state", "min_days", "published_run_id", "published_at").Set("version = version + 1").
		Where("id = ? AND version = ?", p.ID, p.Version).Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing a period: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return fmt.Errorf("writing a period: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "period.changed", lang.Args{"period": p.Code})
	}
	p.Version++
	return nil
}
