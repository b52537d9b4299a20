package people

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/sheets"
	"github.com/steelyard/steelyard/rbac"
)

func unitsKind(today func() db.Date) imports.Kind {
	return imports.Kind{
		Name: "units", Title: lang.Text{Zh: "机构", En: "units"},
		Permission: rbac.UnitManage,
		Columns: []sheets.Column{
			UnitCodeColumn(),
			{Name: "name", Zh: "机构名称", En: "unit name", Required: true},
			{Name: "parent_code", Zh: "上级机构", En: "parent unit", Aliases: []string{"上级机构代码", "parent"}, Required: true},
			{Name: "level", Zh: "层级", En: "level", Aliases: []string{"机构层级"}, Required: true},
		},
		Table: func(imports.Options) imports.TableImporter { return &unitImport{today: today} },
	}
}

// UnitCodeColumn is the column of unit codes that many kinds of file have.
func UnitCodeColumn() sheets.Column {
	return sheets.Column{Name: "unit_code", Zh: "机构代码", En: "unit", Aliases: []string{"机构编码", "机构号", "机构"}, Required: true}
}

func levelWords() map[string]string {
	words := map[string]string{}
	for _, l := range Levels() {
		name := l.Name()
		words[string(l)], words[name.Zh] = string(l), string(l)
	}
	return words
}

// unitLine is one row of the file.
type unitLine struct {
	imports.Taken
	code, name, parent string
	level              Level
}

type unitImport struct {
	today func() db.Date
	lines []*unitLine
	words map[string]string
}

func (i *unitImport) Parse(row sheets.Row) []fault.Problem {
	if i.words == nil {
		i.words = levelWords()
	}
	c := imports.Cells{Row: row}
	line := &unitLine{Taken: imports.Taken{Row: row}, code: c.Code("unit_code"), name: c.Text("name"), parent: c.OptionalCode("parent_code")}
	line.level = Level(c.Choice("level", i.words, "unit.level"))
	line.Wrong = len(c.Problems) > 0
	i.lines = append(i.lines, line)
	return c.Problems
}

func (i *unitImport) Apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	change := PolicyChange{Actor: b.Actor, Today: i.today(), Code: "policy.last_administrator"}
	return change.Do(ctx, tx, func(rbac.Actor) error { return i.apply(ctx, tx, b) })
}

func (i *unitImport) apply(ctx context.Context, tx db.Tx, b *imports.Batch) error {
	tree, err := Units(ctx, tx, rbac.Everything())
	if err != nil {
		return err
	}
	if tree, err = i.settle(ctx, tx, tree); err != nil {
		return err
	}
	lines := imports.Unique(b, i.lines, "unit_code", func(l *unitLine) *imports.Taken { return &l.Taken },
		func(l *unitLine) (string, bool) { return l.code, l.code != "" })
	i.checkZeros(b, tree)
	plan := &unitPlan{tree: tree, lines: lines}
	plan.check(b)
	if b.Blocked() {
		return nil
	}
	// What is left out may leave others without a parent, or in a circle.
	for plan.leave() {
		plan.check(b)
	}
	return plan.write(ctx, tx, b, i.lines)
}

// settle gives a root that no file has brought the code of the file's root:
// what was granted there stays.
func (i *unitImport) settle(ctx context.Context, tx db.Tx, tree *Tree) (*Tree, error) {
	if root := tree.Root(); len(tree.All()) != 1 || root.Code != provisional {
		return tree, nil
	}
	for _, l := range i.lines {
		if l.code == "" || l.parent != "" || l.Wrong {
			continue
		}
		if _, err := tx.ExecContext(ctx, "UPDATE units SET code = ? WHERE code = ?", l.code, provisional); err != nil {
			return nil, fmt.Errorf("giving the root its code: %w", err)
		}
		return Units(ctx, tx, rbac.Everything())
	}
	return tree, nil
}

// checkZeros finds numeric cells that have lost the zeros of a code.
func (i *unitImport) checkZeros(b *imports.Batch, tree *Tree) {
	codes := imports.NewCodes[bool](len(tree.All()) + len(i.lines))
	for _, u := range tree.All() {
		codes.Add(u.Code, true)
	}
	for _, l := range i.lines {
		codes.Add(l.code, true)
	}
	for _, l := range i.lines {
		for _, cell := range [][2]string{{"unit_code", l.code}, {"parent_code", l.parent}} {
			if p := codes.Lost(l.Row, cell[0], cell[1]); p != nil {
				b.Fault(&l.Taken, *p)
			}
		}
	}
}

// write makes the new units, then gives every unit that is not as planned its
// parent, name, level and path: those of the file and all below them.
func (p *unitPlan) write(ctx context.Context, tx db.Tx, b *imports.Batch, lines []*unitLine) error {
	before := map[int64]Unit{}
	for _, u := range p.tree.All() {
		before[u.ID] = *u
	}
	units, err := p.insert(ctx, tx, lines)
	if err != nil {
		return err
	}
	rows := map[string]int{}
	for _, l := range lines {
		if l.Wrong {
			continue
		}
		u := units[l.code]
		rows[l.code] = l.Row.Number
		u.Name, u.Level, u.ParentID = l.name, l.level, 0
		if l.parent != "" {
			u.ParentID = units[l.parent].ID
		}
	}
	changed := repath(units, before)
	countLines(b, lines, changed, before)
	for _, u := range changed {
		keep(b, "unit", u.ID, rows[u.Code], before, u)
	}
	return updateUnits(ctx, tx, changed)
}

func countLines(b *imports.Batch, lines []*unitLine, changed []*Unit, before map[int64]Unit) {
	touched := map[string]*Unit{}
	for _, u := range changed {
		touched[u.Code] = u
	}
	for _, l := range lines {
		if l.Wrong {
			continue
		}
		u, changed := touched[l.code]
		switch {
		case !changed:
			b.Count(0, 0, 1, 0)
		case before[u.ID].ID == 0:
			b.Count(1, 0, 0, 0)
		default:
			b.Count(0, 1, 0, 0)
		}
	}
}

// keep hands the history an entity's state before, if it was there, and after.
func keep[T any](b *imports.Batch, entity string, id int64, row int, before map[int64]T, after *T) {
	if old, ok := before[id]; ok {
		b.History(entity, id, row, old, after)
		return
	}
	b.History(entity, id, row, nil, after)
}

// insert makes the new units of the file, first under the root and with a path
// that nothing else has, and gives all units by their codes.
func (p *unitPlan) insert(ctx context.Context, tx db.Tx, lines []*unitLine) (map[string]*Unit, error) {
	table, root := unitTable(), p.tree.Root()
	var fresh []*Unit
	for _, l := range lines {
		if !l.Wrong && p.tree.ByCode(l.code) == nil {
			u := &Unit{Code: l.code, Name: l.name, Level: l.level, Path: "~" + l.code}
			if l.parent == "" && root == nil {
				if err := table.Insert(ctx, tx, []*Unit{u}); err != nil {
					return nil, err
				}
				root = u
				continue
			}
			fresh = append(fresh, u)
		}
	}
	if root != nil && root.ID == 0 {
		if err := tx.QueryRowContext(ctx, "SELECT id FROM units WHERE parent_id IS NULL").Scan(&root.ID); err != nil {
			return nil, fmt.Errorf("reading the root: %w", err)
		}
	}
	for _, u := range fresh {
		u.ParentID = root.ID
	}
	if err := table.Insert(ctx, tx, fresh); err != nil {
		return nil, err
	}
	tree, err := Units(ctx, tx, rbac.Everything())
	if err != nil {
		return nil, err
	}
	return tree.byCode, nil
}
