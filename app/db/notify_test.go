package db_test

import (
	"context"
	"errors"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

const doorbell db.Notice = "steelyard_doorbell"

func ring(ctx context.Context, tx db.Tx) error { return tx.Notify(ctx, doorbell) }

func TestWhoListensHereIsCalledAfterTheCommitAndNotAfterARollback(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		heard := 0
		d.OnNotice(doorbell, func(ctx context.Context) {
			heard++
			if err := d.Snapshot(ctx, func(context.Context, db.Tx) error { return nil }); err != nil {
				t.Errorf("who listens cannot read: %v", err)
			}
		})
		failed := errors.New("no")
		err := d.Write(t.Context(), func(ctx context.Context, tx db.Tx) error { return errors.Join(ring(ctx, tx), failed) })
		if !errors.Is(err, failed) || heard != 0 {
			t.Errorf("after a rollback it was heard %d times, %v", heard, err)
		}
		if err := d.Write(t.Context(), ring); err != nil || heard != 1 {
			t.Errorf("after a commit it was heard %d times, %v", heard, err)
		}
		if err := d.Snapshot(t.Context(), ring); err == nil {
			t.Error("a transaction that only reads tells something")
		}
	})
}

func TestOnPostgresOtherProgramsHearToo(t *testing.T) {
	url := apptest.PostgresURL(t)
	open := func() *db.DB {
		d, err := db.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	here, there := open(), open()
	ctx, stop := context.WithCancel(t.Context())
	woken := there.Listen(ctx, doorbell)
	<-woken // it listens
	if err := here.Write(t.Context(), ring); err != nil {
		t.Fatal(err)
	}
	<-woken
	stop()
	if err := errors.Join(there.Close(), here.Close()); err != nil {
		t.Error(err)
	}
}
