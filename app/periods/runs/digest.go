package runs

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"
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

// parts are the digests of the parts of a run, in hexadecimal.
type parts struct {
	run     string // the row of the run, and its period
	cards   string
	units   string
	inputs  string
	results string
}

// of gives the digests of the parts of a run whose members have all been written.
func (d *digest) of(run *Run, p *periods.Period, frozen []Card, units []Unit) parts {
	return parts{
		run: sumOf(fields(nil, p.Code, p.FirstDay.String(), p.LastDay.String(),
			strconv.Itoa(run.Number), run.Rules, strconv.Itoa(run.PeriodDays), strconv.Itoa(run.MinDays),
			strconv.FormatInt(run.LastBatchID, 10), strconv.Itoa(run.Members), run.MadeBy,
			run.StartedAt.UTC().Format(time.RFC3339Nano), run.FinishedAt.UTC().Format(time.RFC3339Nano))),
		cards:   sumOf(cardFields(frozen)),
		units:   sumOf(unitFields(units)),
		inputs:  hex.EncodeToString(d.inputs.Sum(nil)),
		results: hex.EncodeToString(d.results.Sum(nil)),
	}
}

// text gives the digests as they are stored.
func (p parts) text() string {
	return strings.Join([]string{p.run, p.cards, p.units, p.inputs, p.results}, " ")
}

// sum gives the digest over the digests of the parts: that of the run.
func (p parts) sum() string { return sumOf([]byte(p.text())) }

func cardFields(frozen []Card) []byte {
	var text []byte
	for i := range frozen {
		c := &frozen[i]
		text = fields(text, c.Code, strconv.FormatInt(c.VersionID, 10), c.SHA256, c.Definition)
	}
	return text
}

func unitFields(units []Unit) []byte {
	var text []byte
	for i := range units {
		u := &units[i]
		text = fields(text, strconv.FormatInt(u.ID, 10), u.Code, u.Name, u.Level, strconv.FormatInt(u.ParentID, 10))
	}
	return text
}

func sumOf(text []byte) string {
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
