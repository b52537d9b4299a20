package jobs

import (
	"context"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Cancel ends a job of the actor: a queued one at once, a working one as soon as
// its process sees it, within a second. What the job has not committed by then
// is not done. A job that is over is a Conflict.
func (s *Service) Cancel(ctx context.Context, actor rbac.Actor, id int64) (*Job, error) {
	if err := s.mayCancel(ctx, actor, id); err != nil {
		return nil, err
	}
	if err := s.cancelHere(ctx, actor, id); err != nil {
		return nil, err
	}
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return s.cancel(ctx, tx, actor, id) })
	if err != nil {
		return nil, err
	}
	return s.Get(ctx, actor, id)
}

func (s *Service) mayCancel(ctx context.Context, actor rbac.Actor, id int64) error {
	job, err := s.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	if !owns(actor, job) && !actor.IsOperator() {
		return fault.New(fault.Forbidden, "job.not_yours", lang.Args{"id": id})
	}
	return nil
}

// cancelHere ends a job that this process works, and waits for its row to say
// so. It asks nothing of the database: on SQLite the job itself may hold the
// writer that asking would wait for.
func (s *Service) cancelHere(ctx context.Context, actor rbac.Actor, id int64) error {
	s.mu.Lock()
	a := s.running[id]
	s.mu.Unlock()
	if a == nil {
		return nil
	}
	a.mu.Lock()
	if a.ender == nil {
		a.ender = &actor
	}
	a.mu.Unlock()
	a.cancel(errCancelled)
	select {
	case <-a.over:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// cancel says in the job's row that it is to end, unless that is said already.
func (s *Service) cancel(ctx context.Context, tx db.Tx, actor rbac.Actor, id int64) error {
	at := db.Now(s.o.Clock)
	ended, err := tx.NewUpdate().Table("jobs").Set("state = 'cancelled'").Set("cancel_by = ?", actor.Name).
		Set("finished_at = ?", at).Set("version = version + 1").Where("id = ?", id).Where("state = 'queued'").Exec(ctx)
	if err != nil {
		return err
	}
	asked, err := tx.NewUpdate().Table("jobs").Set("cancel_by = ?", actor.Name).Set("version = version + 1").
		Where("id = ?", id).Where("state = 'working'").Where("cancel_by = ''").Exec(ctx)
	if err != nil {
		return err
	}
	job, err := find(ctx, tx, id)
	if err != nil {
		return err
	}
	inQueue, err := ended.RowsAffected()
	if err != nil {
		return err
	}
	atWork, err := asked.RowsAffected()
	if err != nil {
		return err
	}
	switch {
	case inQueue+atWork == 0 && (job.State == Done || job.State == Failed):
		return fault.New(fault.Conflict, "job.finished", lang.Args{"id": id})
	case inQueue+atWork == 0:
		return nil
	case inQueue == 1:
		if err := settleFiles(ctx, tx, job, nil); err != nil {
			return err
		}
	}
	job.FinishedAt = at
	return writeCancelled(ctx, tx, actor, job)
}
