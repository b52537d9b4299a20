package runs

import (
	"cmp"
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
)

// Unit is a unit as it was named and placed when the run froze it.
type Unit struct {
	ID       int64
	Code     string
	Name     string
	Level    string // see people.Level
	ParentID int64  // 0 for the root
}

// unitsOf gives the units of the tree in the order of their ids.
func unitsOf(tree *people.Tree) []Unit {
	units := make([]Unit, 0, len(tree.All()))
	for _, u := range tree.All() {
		units = append(units, Unit{ID: u.ID, Code: u.Code, Name: u.Name, Level: string(u.Level), ParentID: u.ParentID})
	}
	slices.SortFunc(units, func(a, b Unit) int { return cmp.Compare(a.ID, b.ID) })
	return units
}

// frozenUnits reads the units of a run in the order of their ids.
func frozenUnits(ctx context.Context, tx db.Tx, runID int64) ([]Unit, error) {
	var units []Unit
	err := tx.Each(ctx, `SELECT unit_id, code, name, level, parent_id FROM run_units WHERE run_id = ? ORDER BY unit_id`,
		[]any{runID}, func(row db.Row) error {
			units = append(units, Unit{ID: row.Int(0), Code: row.Text(1), Name: row.Text(2), Level: row.Text(3), ParentID: row.Int(4)})
			return nil
		})
	return units, err
}

// unitPath gives the path of a unit in sight.
func (s *sight) unitPath(ctx context.Context, tx db.Tx, code string) (string, error) {
	var id int64
	var path string
	err := tx.NewSelect().Table("units").Column("id", "path").Where("code = ?", code).Scan(ctx, &id, &path)
	if db.IsNoRows(err) || err == nil && !s.whole && !s.units[id] {
		return "", fault.New(fault.NotFound, "runs.no_unit", lang.Args{"unit": code})
	}
	return path, err
}
