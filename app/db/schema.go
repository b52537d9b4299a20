package db

import (
	"context"
	"database/sql"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/migrations"
)

// Migrate brings the schema to this version. A database that a newer version or
// another program has written is refused. Of programs that start at once, one does it.
func (d *DB) Migrate(ctx context.Context) error {
	lock, err := d.WaitLock(ctx, "migrate")
	if err != nil {
		return err
	}
	defer lock.Release()
	if err := d.ours(ctx); err != nil {
		return err
	}
	if err := migrations.Init(ctx, d.write); err != nil {
		return translate(err, d.name)
	}
	status, err := d.status(ctx)
	if err != nil || status.Pending == 0 {
		return err
	}
	return translate(migrations.Up(ctx, d.write), d.name)
}

// UpToDate refuses a schema that is not of this version, and changes nothing.
func (d *DB) UpToDate(ctx context.Context) error {
	if err := d.ours(ctx); err != nil {
		return err
	}
	tables, err := d.tables(ctx)
	if err != nil {
		return err
	}
	if tables == 0 {
		return fault.New(fault.Conflict, "db.older", lang.Args{"name": d.name})
	}
	status, err := d.status(ctx)
	if err == nil && status.Pending > 0 {
		err = fault.New(fault.Conflict, "db.older", lang.Args{"name": d.name})
	}
	return err
}

// status reads how far the schema is; one of a newer version is an error.
func (d *DB) status(ctx context.Context) (migrations.Status, error) {
	status, err := migrations.Check(ctx, d.read)
	if err != nil {
		return status, translate(err, d.name)
	}
	if len(status.Unknown) > 0 {
		return status, fault.New(fault.Conflict, "db.newer", lang.Args{"name": d.name, "migration": status.Unknown[0]})
	}
	return status, nil
}

// ours refuses a database that has tables and none of ours: a wrong address
// must not mix two programs' data.
func (d *DB) ours(ctx context.Context) error {
	tables, err := d.tables(ctx)
	if err != nil || tables == 0 {
		return err
	}
	query := "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'bun_migrations'"
	if d.engine == Postgres {
		query = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'bun_migrations'"
	}
	ledger, err := d.count(ctx, query)
	if err == nil && ledger == 0 {
		err = fault.New(fault.Invalid, "db.foreign", lang.Args{"name": d.name})
	}
	return err
}

// tables counts the tables of the database.
func (d *DB) tables(ctx context.Context) (int, error) {
	if d.engine == Postgres {
		return d.count(ctx, "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
	}
	return d.count(ctx, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
}

func (d *DB) count(ctx context.Context, query string) (n int, err error) {
	var found sql.NullInt64
	err = d.read.DB.QueryRowContext(ctx, query).Scan(&found)
	return int(found.Int64), translate(err, d.name)
}
