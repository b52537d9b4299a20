package people

import (
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
)

// factsOn lists the columns of that name in the tables of facts.
func factsOn(column string, tables ...string) []imports.Reference {
	references := make([]imports.Reference, len(tables))
	for i, table := range tables {
		references[i] = imports.Reference{Table: table, Column: column}
	}
	return references
}

func unitTable() *imports.Table[Unit] {
	return &imports.Table[Unit]{
		Entity: "unit", Name: "units",
		Columns: []string{"code", "name", "parent_id", "level", "path", "opened_on", "closed_on"},
		ID:      func(u *Unit) int64 { return u.ID },
		Write: func(b db.Bulk, u *Unit) {
			b.Text(u.Code)
			b.Text(u.Name)
			db.OptionalInt(b, u.ParentID, u.ParentID != 0)
			b.Text(string(u.Level))
			b.Text(u.Path)
			b.Date(u.OpenedOn)
			b.Date(u.ClosedOn)
		},
		References: append([]imports.Reference{
			{Table: "assignments", Column: "unit_id"}, {Table: "staff", Column: "first_unit_id"}, {Table: "units", Column: "parent_id"},
			{Table: "run_units", Column: "unit_id"},
		}, factsOn("unit_id", "targets", "actuals", "surveys", "events", "reviews")...),
	}
}

func staffTable() *imports.Table[Staff] {
	return &imports.Table[Staff]{
		Entity: "staff", Name: "staff",
		Columns: []string{"staff_no", "name", "pinyin", "email", "hired_on", "first_unit_id", "first_position"},
		ID:      func(s *Staff) int64 { return s.ID },
		Write: func(b db.Bulk, s *Staff) {
			b.Text(s.StaffNo)
			b.Text(s.Name)
			b.Text(s.Pinyin)
			b.Text(s.Email)
			b.Date(s.HiredOn)
			db.OptionalInt(b, s.FirstUnitID, s.FirstUnitID != 0)
			b.Text(s.FirstPosition)
		},
		References: append([]imports.Reference{{Table: "assignments", Column: "staff_id"}, {Table: "results", Column: "staff_id"}},
			factsOn("staff_id", imports.FactTables()...)...),
	}
}

func assignmentTable() *imports.Table[Assignment] {
	return &imports.Table[Assignment]{
		Entity: "assignment", Name: "assignments",
		Columns: []string{"staff_id", "unit_id", "position", "from_on", "to_on", "state"},
		ID:      func(a *Assignment) int64 { return a.ID },
		Write: func(b db.Bulk, a *Assignment) {
			b.Int(a.StaffID)
			b.Int(a.UnitID)
			b.Text(a.Position)
			b.Date(a.From)
			b.Date(a.To)
			b.Text(string(a.State))
		},
	}
}
