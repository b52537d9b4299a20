package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

func code(err error) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	return ""
}

func TestRowsWrittenInBulkAreReadBackAsTheyWere(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		day := db.NewDate(1899, time.December, 31)
		err := d.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			b := tx.Bulk(ctx, "staff", "id", "staff_no", "name", "hired_on", "email")
			for i := range int64(1500) {
				b.Int(i + 1)
				b.Text(string(rune('a'+i%26)) + time.Unix(i, 0).UTC().Format("150405"))
				b.Text("尉迟敬德 🏦")
				b.Date(day.AddDays(int(i)))
				b.Text("")
				if err := b.Row(); err != nil {
					return err
				}
			}
			n, err := b.Close()
			if n != 1500 {
				t.Errorf("wrote %d rows, want 1500", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var seen int64
		err = d.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
			query := "SELECT id, name, hired_on, CAST(NULL AS BIGINT) FROM staff WHERE id > ? ORDER BY id"
			return tx.Each(ctx, query, []any{int64(0)}, func(r db.Row) error {
				seen++
				if r.Int(0) != seen || r.Text(1) != "尉迟敬德 🏦" || !r.Null(3) {
					t.Fatalf("row %d came back as %d %q", seen, r.Int(0), r.Text(1))
				}
				if want := day.AddDays(int(seen - 1)); r.Date(2) != want {
					t.Fatalf("row %d: hired on %v, want %v", seen, r.Date(2), want)
				}
				return nil
			})
		})
		if err != nil || seen != 1500 {
			t.Fatalf("read %d rows, error %v", seen, err)
		}
	})
}

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		failure := errors.New("half way")
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
			b := tx.Bulk(ctx, "scorecards", "code")
			b.Text("rm")
			if err := b.Row(); err != nil {
				return err
			}
			if _, err := b.Close(); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatalf("got %v, want the function's own error", err)
		}
		if n := count(t, d, "scorecards"); n != 0 {
			t.Errorf("%d rows stayed after a rollback", n)
		}
	})
}

func TestASecondRowWithOneKeyIsRecognised(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		insert := func(ctx context.Context, tx db.Tx) error {
			_, err := tx.NewRaw("INSERT INTO scorecards (code) VALUES ('rm')").Exec(ctx)
			return err
		}
		if err := d.Write(t.Context(), insert); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(t.Context(), insert); !db.IsUnique(err) {
			t.Errorf("got %v, want the refusal of a repeated key", err)
		}
	})
}

func TestASnapshotDoesNotSeeWhatIsWrittenMeanwhile(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		err := d.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
			before := countIn(ctx, t, tx, "scorecards")
			err := d.Write(ctx, func(ctx context.Context, w db.Tx) error {
				_, err := w.NewRaw("INSERT INTO scorecards (code) VALUES ('rm')").Exec(ctx)
				return err
			})
			if err != nil {
				return err
			}
			if after := countIn(ctx, t, tx, "scorecards"); after != before {
				t.Errorf("the snapshot saw %d rows, then %d", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestALockIsHeldByOneAndFreeAfterwards(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		first, err := d.TryLock(t.Context(), "run/1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.TryLock(t.Context(), "run/1"); code(err) != "db.locked" {
			t.Errorf("the second taker got %v, want db.locked", err)
		}
		other, err := d.TryLock(t.Context(), "run/2")
		if err != nil {
			t.Fatalf("a lock of another name: %v", err)
		}
		other.Release()
		first.Release()
		again, err := d.TryLock(t.Context(), "run/1")
		if err != nil {
			t.Fatalf("after its release: %v", err)
		}
		again.Release()
	})
}

func TestOfManyWhoWantALockOneHoldsItAtATimeAndNoFileStays(t *testing.T) {
	dir := t.TempDir()
	d, err := db.Open(t.Context(), filepath.Join(dir, "bank.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var holders, most atomic.Int32
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 4 {
				lock, err := d.WaitLock(t.Context(), "run/1")
				if err != nil {
					t.Error(err)
					return
				}
				if n := holders.Add(1); n > most.Load() {
					most.Store(n)
				}
				holders.Add(-1)
				lock.Release()
			}
		})
	}
	group.Wait()
	if most.Load() != 1 {
		t.Errorf("%d held the lock at one time", most.Load())
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.lock")); len(left) > 0 {
		t.Errorf("%v stayed", left)
	}
}

func TestMigratingTwiceChangesNothing(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestADatabaseOfANewerVersionIsRefused(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		_, err := d.Bun().NewRaw("INSERT INTO bun_migrations (name, group_id, migrated_at) VALUES ('29990101000000', 9, '2999-01-01')").Exec(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Migrate(t.Context()); code(err) != "db.newer" {
			t.Errorf("got %v, want db.newer", err)
		}
	})
}

func TestFilesThatCannotHoldADatabaseAreRefusedInTheUsersWords(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte("this is a text and no database at all, long enough for a header"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ path, want string }{
		"a folder that is not there":     {filepath.Join(dir, "no", "a.db"), "db.no_folder"},
		"a folder":                       {dir, "db.is_folder"},
		"a file that is something else":  {text, "db.damaged"},
		"a PostgreSQL address in pieces": {"postgres://user@host:notaport/x", "db.bad_url"},
		"a server that is not there":     {"postgres://127.0.0.1:1/x", "db.unreachable"},
		"a kind of database of others":   {"mysql://user:secret@host/x", "db.bad_url"},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := db.Open(t.Context(), c.path)
			if err == nil {
				err = errors.Join(d.Migrate(t.Context()), d.Close())
			}
			if code(err) != c.want {
				t.Fatalf("got %v, want %s", err, c.want)
			}
			e, _ := fault.As(err)
			if e.In(lang.Zh) == e.In(lang.En) {
				t.Error("the message is the same in both languages")
			}
		})
	}
}

func TestADatabaseOfAnotherProgramIsNotTouched(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if _, err := d.Bun().NewRaw("CREATE TABLE letters (id BIGINT)").Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := d.Migrate(t.Context()); code(err) != "db.foreign" {
			t.Errorf("writing: %v, want db.foreign", err)
		}
		if _, err := db.OpenToRead(t.Context(), url); code(err) != "db.foreign" {
			t.Errorf("reading: %v, want db.foreign", err)
		}
	})
}

func TestReadingNeedsNoRightToWriteAndMakesNoTables(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		if _, err := db.OpenToRead(t.Context(), url); code(err) != "db.older" {
			t.Fatalf("an empty database: %v, want db.older", err)
		}
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(d.Migrate(t.Context()), d.Write(t.Context(), addScorecard("rm")), d.Close()); err != nil {
			t.Fatal(err)
		}
		read, err := db.OpenToRead(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer read.Close()
		if n := count(t, read, "scorecards"); n != 1 {
			t.Errorf("read %d scorecards, want 1", n)
		}
	})
}

func TestAScopeBecomesOneConditionThatNothingWidens(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		_, err := d.Bun().NewRaw(`INSERT INTO units (id, code, name, parent_id, level, path) VALUES
			(1, 'HQ', 'HQ', NULL, 'head_office', '/1/'), (2, 'B1', 'B1', 1, 'branch', '/1/2/'), (3, 'B11', 'B11', 2, 'sub_branch', '/1/2/3/'),
			(4, 'B12', 'B12', 2, 'sub_branch', '/1/2/4/'), (20, 'B2', 'B2', 1, 'branch', '/1/20/')`).Exec(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			scope rbac.Scope
			want  []int64
		}{
			"the zero scope sees nothing":          {rbac.Scope{}, nil},
			"everything is everything":             {rbac.Everything(), []int64{1, 2, 3, 4, 20}},
			"a subtree is the unit and all below":  {rbac.Scope{Subtrees: []string{"/1/2/"}}, []int64{2, 3, 4}},
			"a unit is that unit alone":            {rbac.Scope{Units: []string{"/1/2/"}}, []int64{2}},
			"two grants are their union":           {rbac.Scope{Units: []string{"/1/20/"}, Subtrees: []string{"/1/2/3/"}}, []int64{3, 20}},
			"a denial cuts out of a subtree":       {rbac.Scope{Subtrees: []string{"/1/2/"}, Except: []string{"/1/2/4/"}}, []int64{2, 3}},
			"a denial cuts out of everything":      {rbac.Scope{All: true, Except: []string{"/1/2/"}}, []int64{1, 20}},
			"a denial of a unit cuts it out alone": {rbac.Scope{Subtrees: []string{"/1/2/"}, ExceptUnits: []string{"/1/2/"}}, []int64{3, 4}},
			"own records are seen wherever":        {rbac.Scope{Staff: []int64{4}}, []int64{4}},
			"but not where a denial cuts them out": {rbac.Scope{Staff: []int64{4, 20}, Except: []string{"/1/2/"}}, []int64{20}},
			"own records can be cut out":           {rbac.Scope{Subtrees: []string{"/1/2/"}, NotStaff: []int64{3}}, []int64{2, 4}},
			"own records are cut out of all":       {rbac.Scope{All: true, NotStaff: []int64{3}}, []int64{1, 2, 4, 20}},
			"a denial without an allow is nothing": {rbac.Scope{Except: []string{"/1/2/"}}, nil},
		} {
			t.Run(name, func(t *testing.T) {
				var ids []int64
				condition := db.InScope(c.scope, "path", "id")
				err := d.Bun().NewSelect().TableExpr("units").ColumnExpr("id").Where("?", condition).Where("1 = 1").OrderExpr("id").Scan(ctx, &ids)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(ids, c.want) {
					t.Errorf("saw %v, want %v", ids, c.want)
				}
			})
		}
	})
}

func count(t *testing.T, d *db.DB, table string) (n int) {
	t.Helper()
	err := d.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
		n = countIn(ctx, t, tx, table)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func countIn(ctx context.Context, t *testing.T, tx bun.IDB, table string) (n int) {
	t.Helper()
	if err := tx.NewRaw("SELECT count(*) FROM ?", bun.Ident(table)).Scan(ctx, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// The first connections of a file switch it to the write-ahead log, and the last
// ones clean up behind themselves: SQLite then answers "busy" without waiting.
func TestOneFileIsOpenedByManyAtOnce(t *testing.T) {
	for range 40 {
		path := filepath.Join(t.TempDir(), "test.db")
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				d, err := db.Open(t.Context(), path)
				if err != nil {
					t.Error(err)
					return
				}
				if err := d.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
}
