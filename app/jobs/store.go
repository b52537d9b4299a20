package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

func insert(ctx context.Context, tx db.Tx, job *Job) error {
	if _, err := tx.NewInsert().Model(job).ExcludeColumn("id").Returning("id").Exec(ctx); err != nil {
		return fmt.Errorf("writing a job: %w", err)
	}
	return nil
}

func setTicket(ctx context.Context, tx db.Tx, id, ticketID int64) error {
	if _, err := tx.NewUpdate().Table("jobs").Set("ticket = ?", ticketID).Where("id = ?", id).Exec(ctx); err != nil {
		return fmt.Errorf("writing the ticket of a job: %w", err)
	}
	return nil
}

func countOpen(ctx context.Context, tx db.Tx, userID int64) (open int64, err error) {
	err = tx.NewSelect().Table("jobs").ColumnExpr("count(*)").
		Where("user_id = ?", userID).Where("state IN ('queued', 'working')").Scan(ctx, &open)
	if err != nil {
		return 0, fmt.Errorf("counting open jobs: %w", err)
	}
	return open, nil
}

// find gives a job with its file; one that is not there is NotFound.
func find(ctx context.Context, tx db.Tx, id int64) (*Job, error) {
	job := new(Job)
	err := tx.NewSelect().Model(job).Where("j.id = ?", id).Scan(ctx)
	if db.IsNoRows(err) {
		return nil, unknown(id)
	}
	if err != nil {
		return nil, fmt.Errorf("reading job %d: %w", id, err)
	}
	return job, whole(ctx, tx, []*Job{job})
}

func list(ctx context.Context, tx db.Tx, actor rbac.Actor, f Filter, plan *page.Plan) ([]*Job, error) {
	var jobs []*Job
	query := tx.NewSelect().Model(&jobs)
	if !f.Everyone {
		if actor.IsOperator() {
			query.Where("j.user_id IS NULL")
		} else {
			query.Where("j.user_id = ?", actor.UserID)
		}
	}
	if f.State != "" {
		query.Where("j.state = ?", f.State)
	}
	err := query.Where("?", plan.Where()).OrderExpr(plan.OrderBy()).Limit(int64(plan.Fetch())).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing jobs: %w", err)
	}
	return jobs, whole(ctx, tx, jobs)
}

// whole adds to jobs what does not stand in their rows as it is.
func whole(ctx context.Context, tx db.Tx, jobs []*Job) error {
	made := map[int64]*Job{}
	var ids []int64
	for _, job := range jobs {
		if err := job.fill(); err != nil {
			return err
		}
		if job.OutputFileID != 0 {
			made[job.OutputFileID], ids = job, append(ids, job.OutputFileID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var files []*File
	err := tx.NewSelect().Model(&files).Where("id IN (?)", bun.List(ids)).Where("expires_at IS NOT NULL").Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading the files of jobs: %w", err)
	}
	for _, file := range files {
		file.fill()
		made[file.ID].Output = file
	}
	return nil
}

// claim makes a queued job a working one; false if it is not queued any more.
func claim(ctx context.Context, tx db.Tx, id int64, at time.Time) (bool, error) {
	done, err := tx.NewUpdate().Table("jobs").Set("state = 'working'").Set("attempt = attempt + 1").Set("started_at = ?", at).
		Set("step = ''").Set("done = 0").Set("total = 0").Set("version = version + 1").
		Where("id = ?", id).Where("state = 'queued'").Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("claiming job %d: %w", id, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// conclude writes the end of an attempt, unless the job is no longer this attempt's.
func conclude(ctx context.Context, tx db.Tx, job *Job) (bool, error) {
	columns := []string{"state", "step", "done", "total", "result", "problem", "reach", "output_file_id", "finished_at"}
	if job.State == Cancelled {
		columns = append(columns, "cancel_by")
	}
	done, err := tx.NewUpdate().Model(job).Column(columns...).
		Set("version = version + 1").Where("id = ?", job.ID).Where("state = 'working'").Where("attempt = ?", job.Attempt).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("ending job %d: %w", job.ID, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// requeue puts a working job back; an attempt that the job is not to blame for does not count.
func requeue(ctx context.Context, tx db.Tx, job *Job, ticketID int64, counts bool) (bool, error) {
	query := tx.NewUpdate().Table("jobs").Set("state = 'queued'").Set("ticket = ?", ticketID).Set("step = ''").
		Set("done = 0").Set("total = 0").Set("started_at = NULL").Set("version = version + 1")
	if !counts {
		query.Set("attempt = attempt - 1")
	}
	done, err := query.Where("id = ?", job.ID).Where("state = 'working'").Where("attempt = ?", job.Attempt).Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("putting job %d back: %w", job.ID, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// retake gives a queued job a new ticket.
func retake(ctx context.Context, tx db.Tx, job *Job, ticketID int64) error {
	done, err := tx.NewUpdate().Table("jobs").Set("ticket = ?", ticketID).
		Where("id = ?", job.ID).Where("state = 'queued'").Where("ticket = ?", job.Ticket).Exec(ctx)
	if err != nil {
		return fmt.Errorf("giving job %d a new ticket: %w", job.ID, err)
	}
	n, err := done.RowsAffected()
	if err == nil && n == 0 {
		err = errNotOurs
	}
	return err
}
