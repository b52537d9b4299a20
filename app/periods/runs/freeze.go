package runs

import (
	"context"
	"crypto/sha256"
	"errors"

	"golang.org/x/sync/errgroup"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// runMembers is how many members are read and written at a time: the writing
// transaction stays well below a second on SQLite.
const runMembers = 1024

// frozen is a chunk of members' inputs on its way into the database.
type frozen struct {
	ids  []int64
	ends []int // of each member's text
	text []byte
	sums [][sha256.Size]byte
}

// freeze reads every member's inputs, hands them to the evaluation and stores
// them under the working run. Reading goes on while the chunk before is written.
func (c *calculation) freeze(ctx context.Context, tx db.Tx) error {
	full, empty := make(chan *frozen, 1), make(chan *frozen, 3)
	for range cap(empty) {
		empty <- new(frozen)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(full)
		return c.readChunks(ctx, tx, full, empty)
	})
	group.Go(func() error {
		done := 0
		for chunk := range full {
			if err := c.writeFrozen(ctx, chunk); err != nil {
				return err
			}
			done += len(chunk.ids)
			c.progress.tell(done/2, c.run.Members)
			empty <- chunk
		}
		return nil
	})
	return group.Wait()
}

func (c *calculation) readChunks(ctx context.Context, tx db.Tx, full chan<- *frozen, empty <-chan *frozen) error {
	assembly, parsed := newAssembly(c.in), c.in.cards.scoring()
	for rest := c.in.staff; len(rest) > 0; {
		chunk := rest[:min(runMembers, len(rest))]
		rest = rest[len(chunk):]
		members, err := assembly.read(ctx, tx, chunk)
		if err != nil {
			return err
		}
		var out *frozen
		select {
		case out = <-empty:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := c.freezeMembers(out, chunk, members, parsed); err != nil {
			return err
		}
		select {
		case full <- out:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (c *calculation) freezeMembers(out *frozen, chunk []staff, members []scoring.Member, parsed map[string]*scoring.Scorecard) error {
	out.ids, out.ends, out.text, out.sums = out.ids[:0], out.ends[:0], out.text[:0], out.sums[:0]
	for i := range members {
		if err := c.evaluation.Add(&members[i]); err != nil {
			return badInputs(c.in.period.Code, members[i].ID, err)
		}
		from := len(out.text)
		out.text = scoring.AppendMember(out.text, &members[i], parsed)
		sum := sha256.Sum256(out.text[from:])
		out.ids, out.ends, out.sums = append(out.ids, chunk[i].id), append(out.ends, len(out.text)), append(out.sums, sum)
		c.digest.input(chunk[i].id, sum[:])
	}
	return nil
}

func (c *calculation) writeFrozen(ctx context.Context, chunk *frozen) error {
	return c.write(ctx, 0, func(ctx context.Context, tx db.Tx) error {
		bulk := tx.Bulk(ctx, "frozen_members", "run_id", "staff_id", "input", "input_sha256")
		from := 0
		for i, id := range chunk.ids {
			bulk.Int(c.run.ID)
			bulk.Int(id)
			bulk.Text(string(chunk.text[from:chunk.ends[i]]))
			bulk.Bytes(chunk.sums[i][:])
			if err := bulk.Row(); err != nil {
				return err
			}
			from = chunk.ends[i]
		}
		_, err := bulk.Close()
		return err
	})
}

// badInputs says which inputs of a member scoring refuses.
func badInputs(period, staffNo string, err error) error {
	refused := fault.Wrap(err, fault.Invalid, "runs.bad_inputs", lang.Args{"period": period})
	var faults scoring.InputErrors
	if !errors.As(err, &faults) {
		return refused
	}
	for i := range faults {
		refused.Problems = append(refused.Problems, fault.Problem{Code: "runs.input", Args: lang.Args{
			"staff": staffNo, "what": lang.Text{Zh: faults[i].In(scoring.Chinese), En: faults[i].In(scoring.English)},
		}})
	}
	return refused
}
