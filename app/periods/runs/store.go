package runs

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/scoring"
)

// writers is how many chunks of results are written at the same time where the
// database takes more than one writer.
const writers = 2

// store writes the results in chunks, while the next are worked out.
func (c *calculation) store(ctx context.Context) error {
	count := 1
	if c.db.Engine() == db.Postgres {
		count = writers
	}
	full, empty := make(chan []Result, 1), make(chan []Result, count+2)
	for range cap(empty) {
		empty <- make([]Result, runMembers)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(full)
		return c.resultChunks(ctx, full, empty)
	})
	var done atomic.Int64
	for range count {
		group.Go(func() error {
			for chunk := range full {
				if err := c.writeChunk(ctx, chunk, &done); err != nil {
					return err
				}
				empty <- chunk[:runMembers]
			}
			return nil
		})
	}
	return group.Wait()
}

func (c *calculation) writeChunk(ctx context.Context, chunk []Result, done *atomic.Int64) error {
	err := c.write(ctx, len(chunk), func(ctx context.Context, tx db.Tx) error { return writeResults(ctx, tx, c.run.ID, chunk) })
	if err != nil {
		return err
	}
	c.progress.tell((c.run.Members+int(done.Add(int64(len(chunk)))))/2, c.run.Members)
	return nil
}

// write writes a chunk of so many members' results, and ends with the progress
// of the run. That last statement also holds the row of the run until the
// commit: a sweep that begins with the same row comes either after the chunk,
// or so early that the chunk fails, also when the server goes on for a while
// with what a killed program has sent it.
func (c *calculation) write(ctx context.Context, results int, f func(context.Context, db.Tx) error) error {
	return c.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := f(ctx, tx); err != nil {
			return err
		}
		written, err := tx.NewUpdate().Table("runs").Set("done_members = done_members + ?", results).
			Where("id = ?", c.run.ID).Where("state = ?", Working).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := written.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, errSwept)
		}
		return nil
	})
}

var errSwept = errors.New("the run was swept away while it was at work")

func (c *calculation) resultChunks(ctx context.Context, full chan<- []Result, empty <-chan []Result) error {
	var chunk []Result
	var buffer []byte
	next := 0
	for result := range c.evaluation.Results() {
		if len(chunk) == 0 {
			select {
			case chunk = <-empty:
				chunk = chunk[:0]
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		chunk = chunk[:len(chunk)+1]
		r := &chunk[len(chunk)-1]
		if err := outcome(r, &c.in.staff[next], result, c.in.cards); err != nil {
			return err
		}
		buffer = sums(r, result, buffer)
		c.digest.result(r.StaffID, r.resultSHA, r.memberSHA)
		next++
		if len(chunk) < runMembers && next < len(c.in.staff) {
			continue
		}
		select {
		case full <- chunk:
			chunk = nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// sums fills the digests of a result: of the result as it is printed, and of the person.
func sums(r *Result, result *scoring.Result, buffer []byte) []byte {
	buffer = scoring.AppendResult(buffer[:0], result)
	ofResult := sha256.Sum256(buffer)
	ofMember, buffer := memberSum(r, buffer)
	r.resultSHA, r.memberSHA = append(r.resultSHA[:0], ofResult[:]...), append(r.memberSHA[:0], ofMember[:]...)
	return buffer
}

// writeResults writes a chunk's rows, the items first because they are the most.
func writeResults(ctx context.Context, tx db.Tx, runID int64, chunk []Result) error {
	if err := writeItems(ctx, tx, runID, chunk); err != nil {
		return err
	}
	if err := writeSegments(ctx, tx, runID, chunk); err != nil {
		return err
	}
	return writeMembers(ctx, tx, runID, chunk)
}

func writeItems(ctx context.Context, tx db.Tx, runID int64, chunk []Result) error {
	bulk := tx.Bulk(ctx, "result_items", "run_id", "staff_id", "segment_no", "item_no", "status", "reason", "score", "contribution")
	for i := range chunk {
		for s := range chunk[i].Segments {
			items := chunk[i].Segments[s].Items
			for n := range items {
				bulk.Int(runID)
				bulk.Int(chunk[i].StaffID)
				bulk.Int(int64(s + 1))
				bulk.Int(int64(n + 1))
				bulk.Text(items[n].Status)
				db.OptionalText(bulk, items[n].Reason)
				db.OptionalInt(bulk, items[n].Score.Scaled, items[n].Score.Known)
				db.OptionalInt(bulk, items[n].Contribution.Scaled, items[n].Contribution.Known)
				if err := bulk.Row(); err != nil {
					return err
				}
			}
		}
	}
	_, err := bulk.Close()
	return err
}

func writeSegments(ctx context.Context, tx db.Tx, runID int64, chunk []Result) error {
	bulk := tx.Bulk(ctx, "result_segments", "run_id", "staff_id", "segment_no",
		"unit_id", "position", "scorecard", "peer_group", "days", "last_day", "status", "base")
	for i := range chunk {
		for s := range chunk[i].Segments {
			segment := &chunk[i].Segments[s]
			bulk.Int(runID)
			bulk.Int(chunk[i].StaffID)
			bulk.Int(int64(s + 1))
			bulk.Int(segment.UnitID)
			bulk.Text(segment.Position)
			bulk.Text(segment.Scorecard)
			bulk.Text(segment.PeerGroup)
			bulk.Int(int64(segment.Days))
			bulk.Date(segment.LastDay)
			bulk.Text(segment.Status)
			db.OptionalInt(bulk, segment.Base.Scaled, segment.Base.Known)
			if err := bulk.Row(); err != nil {
				return err
			}
		}
	}
	_, err := bulk.Close()
	return err
}

func writeMembers(ctx context.Context, tx db.Tx, runID int64, chunk []Result) error {
	bulk := tx.Bulk(ctx, "results", "run_id", "staff_id", "staff_no", "name", "unit_id", "position", "scorecard", "peer_group",
		"precision", "status", "reason", "base", "bonus", "deduction", "total", "grade", "coefficient", "place", "peers",
		"result_sha256", "member_sha256")
	for i := range chunk {
		r := &chunk[i]
		bulk.Int(runID)
		bulk.Int(r.StaffID)
		bulk.Text(r.StaffNo)
		bulk.Text(r.Name)
		bulk.Int(r.UnitID)
		bulk.Text(r.Position)
		bulk.Text(r.Scorecard)
		bulk.Text(r.PeerGroup)
		bulk.Int(int64(r.Precision))
		bulk.Text(r.Status)
		bulk.Text(r.Reason)
		for _, p := range []Points{r.Base, r.Bonus, r.Deduction, r.Total} {
			db.OptionalInt(bulk, p.Scaled, p.Known)
		}
		db.OptionalText(bulk, r.Grade)
		db.OptionalText(bulk, r.Coefficient)
		db.OptionalInt(bulk, int64(r.Place), r.Place > 0)
		db.OptionalInt(bulk, int64(r.Peers), r.Peers > 0)
		bulk.Bytes(r.resultSHA)
		bulk.Bytes(r.memberSHA)
		if err := bulk.Row(); err != nil {
			return err
		}
	}
	_, err := bulk.Close()
	return err
}
