package db_test

import (
	"context"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

func TestAFullDiskIsSaidAndLeavesWhatWasThere(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		if err := d.Write(t.Context(), addScorecard("before")); err != nil {
			t.Fatal(err)
		}
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			if err := addScorecard("half")(ctx, tx); err != nil {
				return err
			}
			return fillUp(ctx, tx, d.Engine())
		})
		e, ok := fault.As(err)
		if !ok || e.Code != "db.full" || e.Kind != fault.Internal {
			t.Fatalf("got %v, want db.full", err)
		}
		if lang.Say(lang.En, e.Code, e.Args) == e.Code {
			t.Error("the fault has no words")
		}
		if n := count(t, d, "scorecards"); n != 1 {
			t.Errorf("%d scorecards are there, want the one of before", n)
		}
	})
}

// fillUp lets the engine itself meet a disk without space.
func fillUp(ctx context.Context, tx db.Tx, engine db.Engine) error {
	if engine == db.Postgres {
		_, err := tx.ExecContext(ctx, "DO $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$")
		return err
	}
	if _, err := tx.ExecContext(ctx, "PRAGMA max_page_count = 1"); err != nil { // that is: no page more than there are
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO scorecards (code)
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT 'code ' || i FROM n`)
	return err
}

func addScorecard(code string) func(context.Context, db.Tx) error {
	return func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw("INSERT INTO scorecards (code) VALUES (?)", code).Exec(ctx)
		return err
	}
}
