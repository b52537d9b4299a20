package audit_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

func clock() time.Time { return time.Date(2026, 11, 3, 1, 2, 3, 4000, time.UTC) }

// auditor is a user who may read the trail of the whole bank, and clerk one who may not.
func users(t *testing.T) (auditor, clerk rbac.Actor) {
	t.Helper()
	s, err := rbac.NewSnapshot(rbac.Policy{
		Units: []rbac.Unit{{ID: 1, Code: "HQ", Path: "/1/", Level: rbac.HeadOffice}, {ID: 2, Code: "B1", Path: "/1/2/", Level: rbac.Branch}},
		Users: []rbac.User{{ID: 1, Name: "auditor"}, {ID: 2, Name: "clerk"}},
		Roles: []rbac.Role{
			{Code: "auditor", Lines: []rbac.Line{{Permission: rbac.AuditRead, Reach: rbac.Subtree, Effect: rbac.Allow}}},
			{Code: "clerk", Lines: []rbac.Line{{Permission: rbac.ResultRead, Reach: rbac.Subtree, Effect: rbac.Allow}}},
		},
		Grants: []rbac.Grant{{ID: 1, UserID: 1, Role: "auditor", UnitID: 1, From: "2020-01-01"}, {ID: 2, UserID: 2, Role: "clerk", UnitID: 2, From: "2020-01-01"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.Actor(1, "2026-11-03"), s.Actor(2, "2026-11-03")
}

func count(t *testing.T, d *db.DB, where string, args ...any) (n int) {
	t.Helper()
	err := d.Snapshot(t.Context(), func(ctx context.Context, tx db.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM audit_records WHERE "+where, args...).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestL04_WhatIsOnRecordCannotBeChangedOrRemoved(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := audit.NewService(d, clock)
		if err := s.Record(t.Context(), rbac.Operator("tester"), audit.Entry{Action: "test"}); err != nil {
			t.Fatal(err)
		}
		statements := []string{"UPDATE audit_records SET actor = 'nobody'", "DELETE FROM audit_records", "DELETE FROM audit_records WHERE id = 1"}
		if d.Engine() == db.Postgres {
			statements = append(statements, "TRUNCATE audit_records", "TRUNCATE audit_records CASCADE")
		} else {
			statements = append(statements, "REPLACE INTO audit_records (id, at, actor, action, outcome) VALUES (1, '2026-11-03', 'nobody', 'x', 'done')")
		}
		for _, statement := range statements {
			err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error {
				_, err := tx.ExecContext(ctx, statement)
				return err
			})
			if err == nil {
				t.Errorf("%s is done", statement)
			}
		}
		if n := count(t, d, "actor = 'tester' AND action = 'test'"); n != 1 {
			t.Errorf("%d records are left", n)
		}
	})
}

func TestL02_ARecordSaysWhoWhenFromWhereWhatAndHowItEnded(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := audit.NewService(d, clock)
		auditor, clerk := users(t)
		ctx := audit.From(t.Context(), audit.Origin{Address: "10.1.2.3", RequestID: "r-7", Session: "digest"})
		entry := audit.Entry{Action: "unit.move", Object: "unit", Key: "B1", Detail: "why", Before: map[string]int{"parent": 1}, After: map[string]int{"parent": 2}}
		if err := s.Record(ctx, clerk, entry); err != nil {
			t.Fatal(err)
		}
		found, err := s.Search(t.Context(), auditor, audit.Filter{Object: "unit"}, page.Query{})
		if err != nil || len(found.Records) != 1 {
			t.Fatalf("got %+v, %v", found, err)
		}
		r := found.Records[0]
		if r.Actor != "clerk" || !r.At.Equal(clock().Truncate(time.Microsecond)) || r.Address != "10.1.2.3" || r.RequestID != "r-7" || r.Session != "digest" ||
			r.Action != "unit.move" || r.Outcome != audit.Done || r.Key != "B1" || r.Detail != "why" || string(r.Before) != `{"parent":1}` || string(r.After) != `{"parent":2}` {
			t.Errorf("the record is %+v", r)
		}
	})
}

func TestL06_EveryRefusalAndEveryReadingOfTheTrailIsOnRecord(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := audit.NewService(d, clock)
		auditor, clerk := users(t)
		for range 20 {
			if err := s.Refused(t.Context(), clerk, "period.publish", "publishPeriod", "access.refused.grant"); err != nil {
				t.Fatal(err)
			}
		}
		if n := count(t, d, "outcome = 'refused' AND actor = 'clerk' AND detail = 'access.refused.grant'"); n != 20 {
			t.Errorf("20 refusals left %d records", n)
		}
		if _, err := s.Search(t.Context(), clerk, audit.Filter{}, page.Query{}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a search by who may not: %v", err)
		}
		if _, err := s.Search(t.Context(), auditor, audit.Filter{Action: "publish", Outcome: audit.Refused}, page.Query{Limit: 5}); err != nil {
			t.Fatal(err)
		}
		if n := count(t, d, "action = 'audit.read' AND actor = 'auditor' AND detail = 'action=publish outcome=refused'"); n != 1 {
			t.Errorf("a search left %d records", n)
		}
	})
}

func TestASearchIsNarrowedByEveryFilterAndPagedFromTheLast(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		s := audit.NewService(d, clock)
		auditor, clerk := users(t)
		for i := range 7 {
			ctx := audit.From(t.Context(), audit.Origin{RequestID: fmt.Sprintf("r-%d", i)})
			if err := s.Record(ctx, clerk, audit.Entry{Action: "import.actuals", Object: "batch", Key: fmt.Sprint(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Record(t.Context(), clerk, audit.Entry{Action: "export.run", Object: "export"}); err != nil {
			t.Fatal(err)
		}
		for name, narrow := range map[string]struct {
			by   audit.Filter
			want int
		}{
			"the actor":              {audit.Filter{Actor: "clerk"}, 8},
			"another actor":          {audit.Filter{Actor: "nobody"}, 0},
			"the beginning":          {audit.Filter{Action: "import."}, 7},
			"no wildcard":            {audit.Filter{Action: "%"}, 0},
			"one thing":              {audit.Filter{Object: "batch", Key: "3"}, 1},
			"exceptions":             {audit.Filter{Exceptions: true}, 1},
			"one request":            {audit.Filter{RequestID: "r-4"}, 1},
			"from then on":           {audit.Filter{Actor: "clerk", From: clock().Truncate(time.Microsecond)}, 8},
			"from before the year 1": {audit.Filter{Actor: "clerk", From: time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)}, 8},
			"until before the year":  {audit.Filter{Actor: "clerk", To: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)}, 0},
			"what came before":       {audit.Filter{Actor: "clerk", To: clock().Truncate(time.Microsecond)}, 0},
			"how it ended otherwise": {audit.Filter{Actor: "clerk", Outcome: audit.Failed}, 0},
		} {
			found, err := s.Search(t.Context(), auditor, narrow.by, page.Query{})
			if err != nil || len(found.Records) != narrow.want {
				t.Errorf("%s: %d records, want %d: %v", name, len(found.Records), narrow.want, err)
			}
		}
		var keys []string
		q := page.Query{Limit: 3}
		for {
			found, err := s.Search(t.Context(), auditor, audit.Filter{Action: "import."}, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range found.Records {
				keys = append(keys, r.Key)
			}
			if q.Cursor = found.Next; q.Cursor == "" {
				break
			}
		}
		if got := strings.Join(keys, " "); got != "6 5 4 3 2 1 0" {
			t.Errorf("the pages have %s", got)
		}
	})
}

func TestListsAreOnRecordOnceForEachSessionFilterAndHour(t *testing.T) {
	t.Parallel()
	d := apptest.SQLite(t)
	now := clock()
	s := audit.NewService(d, func() time.Time { return now })
	_, clerk := users(t)
	first := audit.From(t.Context(), audit.Origin{Session: "one"})
	for range 3 {
		s.Listed(first, clerk, "result", "unit=B1")
	}
	s.Listed(first, clerk, "result", "unit=B2")
	s.Listed(audit.From(t.Context(), audit.Origin{Session: "two"}), clerk, "result", "unit=B1")
	s.Listed(first, rbac.Operator("tester"), "result", "unit=B1")
	now = now.Add(time.Hour)
	s.Listed(first, clerk, "result", "unit=B1")
	if n := count(t, d, "1 = 1"); n != 0 {
		t.Errorf("%d records are there before anything is flushed", n)
	}
	ticks, ended := make(chan time.Time), make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		defer close(ended)
		s.Run(ctx, ticks, func(err error) { t.Error(err) })
	}()
	ticks <- now
	ticks <- now // the first has been worked when the second is taken
	if n := count(t, d, "action = 'result.list'"); n != 4 {
		t.Errorf("%d records, want 4", n)
	}
	s.Listed(first, clerk, "staff", "")
	stop()
	<-ended
	if n := count(t, d, "action = 'staff.list'"); n != 1 {
		t.Errorf("what waited at the end has %d records", n)
	}
}

func TestAFlushThatTheEndBreaksOffIsNoFailure(t *testing.T) {
	t.Parallel()
	d := apptest.SQLite(t)
	s := audit.NewService(d, clock)
	_, clerk := users(t)
	ctx, stop := context.WithCancel(t.Context())
	ticks := make(chan time.Time)
	ended := make(chan struct{})
	err := d.Write(t.Context(), func(context.Context, db.Tx) error { // nothing else is written meanwhile
		s.Listed(ctx, clerk, "result", "")
		go func() {
			defer close(ended)
			s.Run(ctx, ticks, func(err error) { t.Error(err) })
		}()
		ticks <- clock()
		stop()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	<-ended
	if n := count(t, d, "action = 'result.list'"); n != 1 {
		t.Errorf("%d records are there at the end, want 1", n)
	}
}

func TestReadsThatCannotBeWrittenWaitUntilTheyCan(t *testing.T) {
	t.Parallel()
	d := apptest.SQLite(t)
	s := audit.NewService(d, clock)
	_, clerk := users(t)
	s.Listed(t.Context(), clerk, "result", "")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Flush(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("flushing into a context that ended: %v", err)
	}
	if err := s.Flush(t.Context()); err != nil || count(t, d, "1 = 1") != 1 {
		t.Errorf("flushing again: %v, %d records", err, count(t, d, "1 = 1"))
	}
}
