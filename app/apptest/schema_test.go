package apptest_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

func TestBothEnginesHaveTheSameTablesAndColumns(t *testing.T) {
	lite := columns(t, apptest.SQLite(t), `
		SELECT m.name || '.' || c.name || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' required' ELSE '' END
		FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`)
	post := columns(t, apptest.Postgres(t), `
		SELECT c.table_name || '.' || c.column_name || CASE WHEN c.is_nullable = 'NO' THEN ' required' ELSE '' END
		FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'`)
	for column := range maps.Keys(lite) {
		if !post[column] {
			t.Errorf("PostgreSQL lacks %s", column)
		}
	}
	for column := range maps.Keys(post) {
		if !lite[column] {
			t.Errorf("SQLite lacks %s", column)
		}
	}
	if len(lite) < 50 {
		t.Errorf("only %d columns were found: %v", len(lite), slices.Sorted(maps.Keys(lite)))
	}
}

func TestBothEnginesHaveTheSameIndexes(t *testing.T) {
	lite := columns(t, apptest.SQLite(t), `SELECT tbl_name || '.' || name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
	post := columns(t, apptest.Postgres(t), `
		SELECT i.tablename || '.' || i.indexname FROM pg_indexes i
		WHERE i.schemaname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`)
	if !maps.Equal(lite, post) {
		t.Errorf("SQLite has the indexes\n%v\nand PostgreSQL\n%v", slices.Sorted(maps.Keys(lite)), slices.Sorted(maps.Keys(post)))
	}
}

// columns runs a query of one text column; the tables that the migrator and the
// queue make for themselves are left out.
func columns(t *testing.T, d *db.DB, query string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := d.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.Each(ctx, query, nil, func(r db.Row) error {
			if name := r.Text(0); !strings.HasPrefix(name, "bun_migration") && !strings.HasPrefix(name, "river_") {
				found[name] = true
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
