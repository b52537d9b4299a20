package runs

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"strconv"
	"time"

	"github.com/steelyard/steelyard/app/periods"
)

// digest is the SHA-256 over everything that a run froze and gave: the run
// itself, its period, scorecards and units, and of each member, in the order
// of their ids, the digests of input, result and person.
//
// Texts and figures are written as netstrings (length, colon, text), so that
// no two lists of them are written alike.
type digest struct {
	inputs  hash.Hash
	results hash.Hash
}

func newDigest() *digest { return &digest{inputs: sha256.New(), results: sha256.New()} }

func (d *digest) input(staffID int64, sum []byte) { write(d.inputs, staffID, sum) }

func (d *digest) result(staffID int64, result, member []byte) {
	write(d.results, staffID, result, member)
}

func write(h hash.Hash, staffID int64, sums ...[]byte) {
	var id [8]byte
	binary.BigEndian.PutUint64(id[:], uint64(staffID)) //nolint:gosec // ids are positive
	h.Write(id[:])
	for _, sum := range sums {
		h.Write(sum)
	}
}

// of gives the digest of a run whose members have all been written.
func (d *digest) of(run *Run, p *periods.Period, frozen cards, units []Unit) string {
	text := fields(nil, p.Code, p.FirstDay.String(), p.LastDay.String(),
		strconv.Itoa(run.Number), run.Rules, strconv.Itoa(run.PeriodDays), strconv.Itoa(run.MinDays),
		strconv.FormatInt(run.LastBatchID, 10), strconv.Itoa(run.Members), run.MadeBy,
		run.StartedAt.UTC().Format(time.RFC3339Nano), run.FinishedAt.UTC().Format(time.RFC3339Nano))
	for _, code := range frozen.codes() {
		text = fields(text, code, strconv.FormatInt(frozen[code].VersionID, 10), frozen[code].SHA256, frozen[code].Definition)
	}
	for i := range units {
		u := &units[i]
		text = fields(text, strconv.FormatInt(u.ID, 10), u.Code, u.Name, u.Level, strconv.FormatInt(u.ParentID, 10))
	}
	text = fields(text, hex.EncodeToString(d.inputs.Sum(nil)), hex.EncodeToString(d.results.Sum(nil)))
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// memberSum is the SHA-256 of who a member was and where: what no recomputation
// from the frozen input gives.
func memberSum(r *Result, buffer []byte) ([sha256.Size]byte, []byte) {
	buffer = fields(buffer[:0], r.StaffNo, r.Name, r.Position, r.Scorecard, r.PeerGroup)
	buffer = number64(buffer, r.StaffID, r.UnitID)
	for i := range r.Segments {
		s := &r.Segments[i]
		buffer = fields(buffer, s.Position, s.Scorecard, s.PeerGroup, s.LastDay.String())
		buffer = number64(buffer, s.UnitID, int64(s.Days))
	}
	return sha256.Sum256(buffer), buffer
}

func fields(dst []byte, texts ...string) []byte {
	for _, text := range texts {
		dst = strconv.AppendInt(dst, int64(len(text)), 10)
		dst = append(dst, ':')
		dst = append(dst, text...)
	}
	return dst
}

func number64(dst []byte, numbers ...int64) []byte {
	for _, n := range numbers {
		dst = strconv.AppendInt(dst, n, 10)
		dst = append(dst, ':')
	}
	return dst
}
