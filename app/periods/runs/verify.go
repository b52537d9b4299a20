package runs

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/rbac"
)

// DifferenceKind says in what way stored and recomputed differ.
type DifferenceKind string

// The kinds of difference.
const (
	Differs    DifferenceKind = "differs"    // what is stored is not what is recomputed
	Broken     DifferenceKind = "broken"     // what is stored does not have the digest that it was stored with
	Missing    DifferenceKind = "missing"    // a row is not there
	Extra      DifferenceKind = "extra"      // a row is there that should not be
	Unreadable DifferenceKind = "unreadable" // what was frozen cannot be read any more
)

// Difference is one place where a run is not what was calculated.
type Difference struct {
	Kind    DifferenceKind `json:"kind"`
	Table   string         `json:"table"`
	Column  string         `json:"column,omitempty"` // empty for a whole row
	StaffID int64          `json:"staff_id,omitempty"`
	StaffNo string         `json:"staff_no,omitempty"`
	Segment int            `json:"segment,omitempty"` // from 1
	Item    int            `json:"item,omitempty"`    // from 1
	Key     string         `json:"key,omitempty"`     // of the scorecard or unit
	Stored  string         `json:"stored,omitempty"`
	Want    string         `json:"recomputed,omitempty"`
}

// In says the difference in a language.
func (d Difference) In(l lang.Language) string {
	place := d.Table
	if d.Column != "" {
		place += "." + d.Column
	}
	for _, part := range []struct{ code, value string }{
		{"key", d.Key}, {"staff", d.StaffNo}, {"segment", positive(d.Segment)}, {"item", positive(d.Item)},
	} {
		if part.value != "" {
			place += lang.Say(l, "runs.verify."+part.code, lang.Args{"value": part.value})
		}
	}
	if d.StaffNo == "" && d.StaffID != 0 {
		place += lang.Say(l, "runs.verify.staff_id", lang.Args{"value": d.StaffID})
	}
	return lang.Say(l, "runs.verify."+string(d.Kind), lang.Args{"place": place, "stored": shown(d.Stored), "want": shown(d.Want)})
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func shown(value string) string {
	if value == "" {
		return "–"
	}
	return value
}

// Verified says what was examined.
type Verified struct {
	Run         *Run
	Published   bool
	Members     int
	Differences int
}

// Same says whether everything is as it was calculated.
func (v *Verified) Same() bool { return v.Differences == 0 }

// Verify recomputes the published run of a period (the last one while none is
// published) from what it froze, compares every stored column, and checks the
// digests. Each difference is handed out as it is found.
func (s *Service) Verify(ctx context.Context, actor rbac.Actor, code string, progress Progress, f func(Difference) error) (*Verified, error) {
	if err := access.RequireWhole(actor, rbac.RunVerify); err != nil {
		return nil, err
	}
	v := &verification{report: f, progress: progress}
	err := s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) error {
		p, err := periods.Find(ctx, tx, code)
		if err != nil {
			return err
		}
		run, err := verifiable(ctx, tx, p)
		if err != nil {
			return err
		}
		v.period, v.run = p, run
		return v.do(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	return &Verified{Run: v.run, Published: v.run.Published, Members: v.members, Differences: v.count}, nil
}

// verifiable finds the run of a period whatever its state: it may have been changed.
func verifiable(ctx context.Context, tx db.Tx, p *periods.Period) (*Run, error) {
	if p.PublishedRunID == 0 {
		return findRun(ctx, tx, p, Latest)
	}
	run := new(Run)
	err := tx.NewSelect().Model(run).Where("id = ?", p.PublishedRunID).Scan(ctx)
	if err != nil && !db.IsNoRows(err) { // an instant that somebody made unreadable fails its digest
		err = tx.NewSelect().Model(run).ExcludeColumn("started_at", "finished_at").Where("id = ?", p.PublishedRunID).Scan(ctx)
	}
	if db.IsNoRows(err) {
		return nil, fault.New(fault.Conflict, "runs.published_gone", lang.Args{"period": p.Code})
	}
	run.Published = true
	run.StartedAt, run.FinishedAt = run.StartedAt.UTC(), run.FinishedAt.UTC()
	return run, err
}

// verification is one run being verified.
type verification struct {
	period   *periods.Period
	run      *Run
	cards    cards
	book     *Book
	heads    []head // of the frozen members, by id
	digest   *digest
	progress Progress
	report   func(Difference) error
	members  int
	count    int
}

func (v *verification) found(d Difference) error {
	v.count++
	return v.report(d)
}

func (v *verification) do(ctx context.Context, tx db.Tx) error {
	v.digest = newDigest()
	readable, list, err := v.readCards(ctx, tx)
	if err != nil {
		return err
	}
	units, err := frozenUnits(ctx, tx, v.run.ID)
	if err != nil {
		return err
	}
	v.book = &Book{Run: v.run, Period: v.period, cards: v.cards}
	if readable {
		if err := v.recompute(ctx, tx); err != nil {
			return err
		}
	}
	return v.checkDigests(list, units, readable)
}

// readCards reads the frozen scorecards and holds them against the versions
// that they were frozen from. Of one that was changed the version is used, so
// that the members can still be recomputed; false if there is none to use.
func (v *verification) readCards(ctx context.Context, tx db.Tx) (readable bool, list []Card, err error) {
	readable, v.cards = true, cards{}
	err = tx.Each(ctx, `SELECT r.code, r.scorecard_version_id, r.definition, r.sha256, s.code, v.definition, v.sha256
		FROM run_scorecards AS r LEFT JOIN scorecard_versions AS v ON v.id = r.scorecard_version_id
		LEFT JOIN scorecards AS s ON s.id = v.scorecard_id WHERE r.run_id = ? ORDER BY r.code`, []any{v.run.ID}, func(row db.Row) error {
		frozen := Card{Code: row.Text(0), VersionID: row.Int(1), Definition: row.Text(2), SHA256: row.Text(3)}
		list = append(list, frozen)
		if err := v.checkCard(row, frozen); err != nil {
			return err
		}
		if trusted := trustedCard(frozen, row.Text(5)); trusted != nil {
			v.cards[trusted.Scorecard.Code] = trusted
			return nil
		}
		readable = false
		return v.found(Difference{Kind: Unreadable, Table: "run_scorecards", Column: "definition", Key: frozen.Code})
	})
	slices.SortFunc(list, func(a, b Card) int { return strings.Compare(a.Code, b.Code) })
	return readable, list, err
}

// trustedCard gives the scorecard that a run used: the frozen definition, or
// that of its version, whichever still has the digest that was frozen; nil if neither has.
func trustedCard(frozen Card, version string) *card {
	for _, definition := range []string{frozen.Definition, version} {
		if sumOf([]byte(definition)) != frozen.SHA256 && definition != version {
			continue
		}
		if parsed, err := readCard(frozen.Code, definition); err == nil {
			frozen.Scorecard = parsed
			return newCard(frozen)
		}
	}
	return nil
}

func (v *verification) checkCard(row db.Row, frozen Card) error {
	if sum := sumOf([]byte(frozen.Definition)); sum != frozen.SHA256 {
		if err := v.found(Difference{Kind: Broken, Table: "run_scorecards", Column: "definition", Key: frozen.Code, Stored: frozen.SHA256, Want: sum}); err != nil {
			return err
		}
	}
	for _, column := range []struct{ name, stored, want string }{
		{"code", frozen.Code, row.Text(4)}, {"definition", frozen.Definition, row.Text(5)}, {"sha256", frozen.SHA256, row.Text(6)},
	} {
		if column.stored != column.want {
			d := Difference{Kind: Differs, Table: "run_scorecards", Column: column.name, Key: frozen.Code, Stored: column.stored, Want: column.want}
			if err := v.found(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkDigests holds the digests of the parts, worked out from what is stored,
// against those that the run was stored with.
func (v *verification) checkDigests(list []Card, units []Unit, members bool) error {
	now := v.digest.of(v.run, v.period, list, units)
	stored := strings.Split(v.run.PartDigests, " ")
	want := strings.Split(now.text(), " ")
	tables := []string{"runs", "run_scorecards", "run_units", "frozen_members", "results"}
	for i, table := range tables {
		if !members && i >= 3 {
			break
		}
		if i >= len(stored) || stored[i] != want[i] {
			d := Difference{Kind: Broken, Table: table, Want: want[i]}
			if i < len(stored) {
				d.Stored = stored[i]
			}
			if err := v.found(d); err != nil {
				return err
			}
		}
	}
	for _, column := range []struct{ name, stored, want string }{
		{"digest", v.run.Digest, sumOf([]byte(v.run.PartDigests))},
		{"state", v.run.State, Done},
		{"period_id", strconv.FormatInt(v.run.PeriodID, 10), strconv.FormatInt(v.period.ID, 10)},
		{"done_members", strconv.Itoa(v.run.DoneMembers), strconv.Itoa(v.run.Members)},
	} {
		if column.stored != column.want {
			if err := v.found(Difference{Kind: Differs, Table: "runs", Column: column.name, Stored: column.stored, Want: column.want}); err != nil {
				return err
			}
		}
	}
	return nil
}
