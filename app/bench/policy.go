package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/bench/bank"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/rbac"
)

// servedWithin is how long a change of grants may take until every copy serves it.
const servedWithin = 2 * time.Second

// measurePolicy revokes a grant among a hundred thousand on one copy of the program
// and waits until another copy refuses what it gave, while that copy decides on.
func measurePolicy(ctx context.Context, b *bench) (lines []line, err error) {
	grants := b.size(manyGrants)
	where, err := b.postgres.database(ctx)
	if err != nil {
		return nil, err
	}
	here, err := app.Open(ctx, where, time.Now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, here.Close()) }()
	if err := loadGrants(ctx, here, grants); err != nil {
		return nil, err
	}
	if err := here.LoadPolicy(ctx); err != nil {
		return nil, err
	}
	there, err := app.Open(ctx, where, time.Now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, there.Close()) }()
	watching, stop := context.WithCancel(ctx)
	var watch sync.WaitGroup
	watch.Go(func() { there.Watch(watching, func(error) {}) })
	defer watch.Wait()
	defer stop()

	var took, pause sample
	for id := int64(1); id <= int64(b.rounds); id++ {
		t, p, err := revoked(ctx, here, there, id)
		if err != nil {
			return nil, err
		}
		b.say("  round %d: served elsewhere after %s, longest decision meanwhile %s", id, seconds(t), seconds(p))
		took.took, pause.took = max(took.took, t), max(pause.took, p)
	}
	return []line{{
		what: fmt.Sprintf("a revoked grant of %d until another copy refuses, PostgreSQL", grants), value: seconds(took.took),
		against: "longest decision meanwhile: " + seconds(pause.took), mark: "≤ " + seconds(servedWithin), verdict: verdict(took.took <= servedWithin),
	}}, nil
}

// revoked gives how long it took, and the longest that a decision took meanwhile.
func revoked(ctx context.Context, here, there *app.App, user int64) (took, pause time.Duration, err error) {
	before := there.Guard.Snapshot().Version()
	meanwhile, failed := context.WithCancelCause(ctx)
	defer failed(nil)
	begin := time.Now()
	var revoking sync.WaitGroup
	defer revoking.Wait()
	revoking.Go(func() {
		if _, err := here.Grants.Revoke(ctx, rbac.Operator("bench"), user*grantsPerUser, 1, "bench"); err != nil {
			failed(err)
		}
	})
	for there.Guard.Snapshot().Version() == before {
		asked := time.Now()
		if d := there.Actor(user).Decide(rbac.ResultRead, rbac.Target{UnitID: 2}); d.Step == rbac.StepPolicy {
			return 0, 0, errors.New("the policy went away while it was renewed")
		}
		pause = max(pause, time.Since(asked))
		if err := context.Cause(meanwhile); err != nil {
			return 0, 0, err
		}
	}
	return time.Since(begin), pause, nil
}

// loadGrants fills the tables directly: units, staff, their sign-ins and the grants.
func loadGrants(ctx context.Context, a *app.App, grants int64) error {
	users := grants / grantsPerUser
	if err := bank.LoadMasters(ctx, a.DB, users); err != nil {
		return err
	}
	return a.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO users (id, username, staff_id, state, version, created_at)
			SELECT id, staff_no, id, 'active', 1, '2026-01-01 00:00:00+00:00' FROM staff`)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO grants (id, user_id, role_id, unit_id, from_on, granted_by, granted_at, version)
			SELECT u.id * 2 + n.k, u.id, (SELECT id FROM roles WHERE code = n.role), 2 + (u.id + n.k) % 100, '2026-01-01', 'bench', '2026-01-01 00:00:00+00:00', 1
			FROM users u CROSS JOIN (SELECT 0 AS k, 'relationship_manager' AS role UNION ALL SELECT 1, 'branch_manager') n`)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE policy_version SET version = version + 1")
		return err
	})
}
