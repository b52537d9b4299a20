package runs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/scoring"
)

// head is what is kept of a frozen member until the results are compared.
type head struct {
	staffID  int64
	no       string
	segments []scoring.Segment // without inputs
	read     bool              // was added to the evaluation
}

// recompute evaluates every frozen member and compares what comes out with
// what is stored. Memory grows with the members as it does in a run.
func (v *verification) recompute(ctx context.Context, tx db.Tx) error {
	evaluation, reader := v.book.evaluation(), scoring.NewMemberReader(v.cards.scoring())
	words := map[string]string{}
	err := tx.Each(ctx, `SELECT staff_id, input, input_sha256 FROM frozen_members WHERE run_id = ? ORDER BY staff_id`,
		[]any{v.run.ID}, func(row db.Row) error {
			h := head{staffID: row.Int(0)}
			sum := sha256.Sum256(row.Bytes(1))
			v.digest.input(h.staffID, sum[:])
			if !bytes.Equal(sum[:], row.Bytes(2)) {
				d := Difference{
					Kind: Broken, Table: "frozen_members", Column: "input", StaffID: h.staffID,
					Stored: hex.EncodeToString(row.Bytes(2)), Want: hex.EncodeToString(sum[:]),
				}
				if err := v.found(d); err != nil {
					return err
				}
			}
			m, err := reader.Read(row.Bytes(1))
			if err == nil {
				err = evaluation.Add(&m)
			}
			if err != nil {
				v.heads = append(v.heads, h)
				return v.found(Difference{Kind: Unreadable, Table: "frozen_members", Column: "input", StaffID: h.staffID, Stored: err.Error()})
			}
			h.no, h.read, h.segments = m.ID, true, shortened(m.Segments, words)
			v.heads = append(v.heads, h)
			v.progress.tell(len(v.heads)/2, v.run.Members)
			return nil
		})
	if err != nil {
		return err
	}
	evaluation.Finish()
	return v.compareAll(ctx, tx, evaluation)
}

// shortened gives segments without their inputs, and one string for equal names.
func shortened(segments []scoring.Segment, words map[string]string) []scoring.Segment {
	short := make([]scoring.Segment, len(segments))
	for i, s := range segments {
		s.Inputs = nil
		for _, word := range []*string{&s.Scorecard, &s.PeerGroup} {
			if _, ok := words[*word]; !ok {
				words[*word] = *word
			}
			*word = words[*word]
		}
		short[i] = s
	}
	return short
}

// compareAll goes through the recomputed results in the order of the members,
// a range of ids at a time, so that rows of nobody are found too.
func (v *verification) compareAll(ctx context.Context, tx db.Tx, evaluation *scoring.Evaluation) error {
	var chunk []expected
	after, next := int64(minID), 0
	flush := func(last int64) error {
		err := v.compareRange(ctx, tx, after, last, chunk)
		after, chunk = last, chunk[:0]
		return err
	}
	take := func(result *scoring.Result) error {
		chunk = append(chunk, expected{head: &v.heads[next], result: copied(result)})
		next++
		v.progress.tell((v.run.Members+next)/2, v.run.Members)
		if len(chunk) < chunkMembers {
			return nil
		}
		return flush(v.heads[next-1].staffID)
	}
	for result := range evaluation.Results() {
		for !v.heads[next].read {
			if err := take(nil); err != nil {
				return err
			}
		}
		if err := take(result); err != nil {
			return err
		}
	}
	for next < len(v.heads) {
		if err := take(nil); err != nil {
			return err
		}
	}
	return flush(maxID)
}

// All ids lie between these.
const (
	minID = -maxID
	maxID = 1<<63 - 1
)

// expected is what should be stored of one member; result is nil if it could not be recomputed.
type expected struct {
	head   *head
	result *scoring.Result
}

// copied gives a result that the next step of the evaluation does not change.
func copied(r *scoring.Result) *scoring.Result {
	if r == nil {
		return nil
	}
	c := *r
	c.Segments = make([]scoring.SegmentResult, len(r.Segments))
	for i, s := range r.Segments {
		s.Items = append([]scoring.ItemResult(nil), s.Items...)
		c.Segments[i] = s
	}
	return &c
}

// compareRange compares the members of a range of ids with what is stored of it.
func (v *verification) compareRange(ctx context.Context, tx db.Tx, after, last int64, chunk []expected) error {
	rows, err := readStored(ctx, tx, v.run.ID, after, last)
	if err != nil {
		return err
	}
	for i := range chunk {
		stored := rows.take(chunk[i].head.staffID)
		if err := v.compareMember(&chunk[i], stored); err != nil {
			return err
		}
	}
	return rows.rest(v.found)
}

// compareMember compares one member, column by column.
func (v *verification) compareMember(e *expected, stored *storedMember) error {
	if stored == nil || stored.result == nil {
		return v.found(Difference{Kind: Missing, Table: "results", StaffID: e.head.staffID, StaffNo: e.head.no})
	}
	v.members++
	v.digest.result(e.head.staffID, stored.result.resultSHA, stored.result.memberSHA)
	if e.result == nil {
		return nil // reported as unreadable
	}
	who := staff{id: e.head.staffID, no: stored.result.StaffNo, name: stored.result.Name}
	for i, s := range e.head.segments {
		segment := periods.Segment{Scorecard: s.Scorecard, PeerGroup: s.PeerGroup, Days: s.Days}
		if row := stored.segment(i + 1); row != nil {
			segment.UnitID, segment.Position, segment.Last = row.UnitID, row.Position, row.LastDay
		}
		who.segments = append(who.segments, segment)
	}
	var want Result
	if err := outcome(&want, &who, e.result, v.cards); err != nil {
		return err
	}
	want.StaffNo = e.head.no
	sums(&want, e.result, nil)
	c := comparison{member: e.head, cards: v.cards, found: v.found}
	return c.compare(stored, &want)
}
