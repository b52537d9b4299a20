package apptest_test

import (
	"context"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	for range 3 {
		apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
			err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
				_, err := tx.NewRaw("INSERT INTO scorecards (code) VALUES ('rm')").Exec(ctx)
				return err
			})
			if err != nil {
				t.Errorf("a row that another test has: %v", err)
			}
		})
	}
}

func TestADatabaseByURLIsEmpty(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		err = d.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
			_, err := tx.NewRaw("SELECT 1 FROM units").Exec(ctx)
			return err
		})
		if err == nil {
			t.Error("an empty database has a table")
		}
	})
}
