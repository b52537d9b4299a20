package db_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/steelyard/steelyard/app/db"
)

func TestBulkAndEachSQLite(t *testing.T) {
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(t.TempDir(), "a b?.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
}
