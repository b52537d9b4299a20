package facts

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/sheets"
)

// Kinds are the kinds of fact that can be imported.
func Kinds() []imports.Kind {
	var list []imports.Kind
	for _, k := range kinds() {
		title, _ := lang.Lookup("facts.kind." + k.name)
		list = append(list, imports.Kind{
			Name: k.name, Title: title, Columns: k.columns, PerPeriod: true, Permission: k.needs,
			Table: func(imports.Options) imports.TableImporter { return &importer{kind: k} },
		})
	}
	return list
}

// importer takes in one file.
type importer struct {
	kind  *kind
	facts []*fact
	good  []*fact
	refs  *references
	// wanted are the rows by identity; those that are wrong do not count.
	wanted map[identity]*fact

	// block is where facts are made: one allocation for many.
	block []fact
}

const blockSize = 512

func (i *importer) next() *fact {
	if len(i.block) == 0 {
		i.block = make([]fact, blockSize)
	}
	f := &i.block[0]
	i.block = i.block[1:]
	return f
}

// Parse reads a row and keeps it, wrong or not: the list of a member is taken whole.
func (i *importer) Parse(row sheets.Row) []fault.Problem {
	f := i.next()
	f.row = row
	r := reader{row: row}
	f.period = r.month("period")
	f.staffNo = r.code("staff_no")
	i.kind.read(&r, f)
	if !i.kind.member {
		f.unit = r.optionalCode("unit_code")
		f.position = r.optionalCode("position")
	}
	f.wrong = len(r.problems) > 0
	i.facts = append(i.facts, f)
	return r.problems
}

// Apply checks the rows, compares them with what is in force, and writes what differs.
func (i *importer) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	codes, err := i.periodCodes(b.Options)
	if err != nil {
		return err
	}
	found, err := periods.LockOpen(ctx, tx, codes)
	if err != nil {
		return err
	}
	if i.refs, err = load(ctx, tx, i.kind, found, i.facts); err != nil {
		return err
	}
	i.examine(b)
	if b.Blocked() {
		return nil
	}
	if b.Options.Replace && len(b.Problems()) > 0 {
		return fault.New(fault.Invalid, "facts.replace_needs_all", nil)
	}
	return i.write(ctx, tx, b, periodIDs(found))
}

func (i *importer) write(ctx context.Context, tx db.Tx, b *imports.Batch, periodIDs []int64) error {
	if len(periodIDs) == 0 {
		return nil
	}
	if len(periodIDs) == 1 {
		b.SetPeriod(periodIDs[0])
	}
	if err := i.keepsOwn(ctx, tx, b, periodIDs); err != nil {
		return err
	}
	d, err := i.diff(ctx, tx, periodIDs, b.Options.Replace)
	if err != nil {
		return err
	}
	b.Count(0, 0, d.unchanged, d.withdrawn)
	if err := i.kind.end(ctx, tx, b.ID, d.end); err != nil {
		return err
	}
	return i.kind.insert(ctx, tx, b, d.insert)
}

// keepsOwn refuses a whole list that would withdraw what is about whoever imports it.
func (i *importer) keepsOwn(ctx context.Context, tx db.Tx, b *imports.Batch, periodIDs []int64) error {
	if !b.Options.Replace || b.Actor.StaffID == 0 {
		return nil
	}
	own, err := tx.NewSelect().Table(i.kind.name).Where("staff_id = ? AND ended_batch_id IS NULL", b.Actor.StaffID).
		Where("period_id IN (?)", bun.List(periodIDs)).Exists(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("reading %s: %w", i.kind.name, err)
	case own:
		return fault.New(fault.Forbidden, "import.self_replace", nil)
	}
	return nil
}

// periodCodes lists the periods of the file. One whose rows name none replaces
// nothing unless its period is given, because nobody could tell whose list is empty.
func (i *importer) periodCodes(o imports.Options) ([]string, error) {
	var codes []string
	seen := map[string]bool{}
	if o.Replace && o.Period != "" {
		codes, seen[o.Period] = append(codes, o.Period), true
	}
	for _, f := range i.facts {
		if f.period != "" && !seen[f.period] {
			seen[f.period] = true
			codes = append(codes, f.period)
		}
	}
	if o.Replace && len(codes) == 0 {
		return nil, fault.New(fault.Invalid, "facts.replace_needs_period", nil)
	}
	return codes, nil
}

// examine checks every row and leaves the good ones.
func (i *importer) examine(b *imports.Batch) {
	var w warnings
	c := check{refs: i.refs, others: b.Others, problem: b.Problem, warnings: &w}
	for _, f := range i.facts {
		c.f = f
		if c.resolve(i.kind) {
			i.kind.check(&c, i.kind)
		}
	}
	if i.kind.list {
		i.wholeLists(b)
	} else {
		i.duplicates(b)
	}
	for _, f := range i.facts {
		if !f.wrong {
			i.good = append(i.good, f)
		}
	}
	w.report(b.Warn)
}

// duplicates finds rows that say the same thing twice, and makes both wrong.
func (i *importer) duplicates(b *imports.Batch) {
	i.wanted = make(map[identity]*fact, len(i.facts))
	placed := false
	for _, f := range i.facts {
		if f.wrong {
			continue
		}
		if first, twice := i.wanted[f.id]; twice {
			i.twice(b, "import.twice", first, f)
			continue
		}
		i.wanted[f.id] = f
		placed = placed || f.id.unit != 0 || f.id.position != ""
	}
	if !placed || i.kind.everywhere {
		return // rows that name no place differ in what they stand for, or they would be the same
	}
	byStanding := make(map[standing]*fact, len(i.facts))
	for _, f := range i.facts {
		if f.wrong || f.segment < 0 {
			continue
		}
		if first, twice := byStanding[f.standing()]; twice {
			i.twice(b, "facts.twice_in_segment", first, f)
			continue
		}
		byStanding[f.standing()] = f
	}
}

func (i *importer) twice(b *imports.Batch, code string, first, second *fact) {
	b.Problem(second.row.Problem("staff_no", code, lang.Args{"first": first.row.Number, "second": second.row.Number}))
	if !first.wrong {
		b.Problem(first.row.Problem("staff_no", code, lang.Args{"first": first.row.Number, "second": second.row.Number}))
	}
	first.wrong, second.wrong = true, true
}

// wholeLists leaves out every row of a member with a wrong one, because half a
// list would withdraw the other half.
func (i *importer) wholeLists(b *imports.Batch) {
	type list struct{ period, staffNo string }
	wrong := map[list]int{}
	for _, f := range i.facts {
		if f.wrong {
			wrong[list{f.period, f.staffNo}] = f.row.Number
		}
	}
	for _, f := range i.facts {
		if row, half := wrong[list{f.period, f.staffNo}]; half && !f.wrong {
			f.wrong = true
			b.Problem(f.row.Problem("staff_no", "facts.half_a_list", lang.Args{"row": row}))
		}
	}
}

func periodIDs(found map[string]*periods.Period) []int64 {
	ids := make([]int64, 0, len(found))
	for _, p := range found {
		ids = append(ids, p.ID)
	}
	return ids
}
