package people

import (
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
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
			{Table: "run_units", Column: "unit_id"}, {Table: "grants", Column: "unit_id"},
			{Table: "reviewers", Column: "unit_id"}, {Table: "review_cells", Column: "unit_id"},
		}, factsOn("unit_id", "targets", "actuals", "surveys", "events", "reviews")...),
		Shown: imports.Subject{
			Key: []imports.Field{{Name: "unit_code", From: "code", Title: lang.Text{Zh: "机构代码", En: "unit"}}},
			Fields: []imports.Field{
				{Name: "name", Title: lang.Text{Zh: "机构名称", En: "name"}},
				{Name: "parent_code", From: "parent_id", Of: imports.OfUnit, Title: lang.Text{Zh: "上级机构", En: "parent unit"}},
				{Name: "level", Words: "unit.level.", Title: lang.Text{Zh: "层级", En: "level"}},
				{Name: "opened_on", Title: lang.Text{Zh: "开业日期", En: "opened on"}},
				{Name: "closed_on", Title: lang.Text{Zh: "撤销日期", En: "closed on"}},
				{Name: "line", From: "path", Of: imports.OfUnitPath, Title: lang.Text{Zh: "隶属", En: "line"}},
			},
		},
	}
}

func staffTable() *imports.Table[Staff] {
	return &imports.Table[Staff]{
		Entity: "staff", Name: "staff",
		Columns: []string{"staff_no", "name", "pinyin", "spellings", "email", "hired_on", "first_unit_id", "first_position"},
		ID:      func(s *Staff) int64 { return s.ID },
		Write: func(b db.Bulk, s *Staff) {
			b.Text(s.StaffNo)
			b.Text(s.Name)
			b.Text(s.Pinyin)
			b.Text(spellings(s.Name, s.Pinyin))
			b.Text(s.Email)
			b.Date(s.HiredOn)
			db.OptionalInt(b, s.FirstUnitID, s.FirstUnitID != 0)
			b.Text(s.FirstPosition)
		},
		References: append([]imports.Reference{
			{Table: "assignments", Column: "staff_id"}, {Table: "results", Column: "staff_id"}, {Table: "users", Column: "staff_id"},
			{Table: "reviewers", Column: "staff_id"}, {Table: "reviewers", Column: "rater_id"}, {Table: "review_cells", Column: "staff_id"},
		},
			factsOn("staff_id", imports.FactTables()...)...),
		Shown: imports.Subject{
			Key: []imports.Field{{Name: "staff_no", Title: lang.Text{Zh: "工号", En: "staff number"}}},
			Fields: []imports.Field{
				{Name: "name", Title: lang.Text{Zh: "姓名", En: "name"}},
				{Name: "pinyin", Title: lang.Text{Zh: "拼音", En: "pinyin"}},
				imports.UnitField("first_unit_id"), imports.PositionField("first_position"),
				{Name: "hired_on", Title: lang.Text{Zh: "入职日期", En: "hired on"}},
				{Name: "email", Title: lang.Text{Zh: "邮箱", En: "email"}},
			},
		},
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
		Shown: imports.Subject{
			Key: []imports.Field{imports.StaffField("staff_id"), {Name: "from", From: "from_on", Title: lang.Text{Zh: "生效日期", En: "from"}}},
			Fields: []imports.Field{
				imports.UnitField("unit_id"), imports.PositionField(""),
				{Name: "to", From: "to_on", Title: lang.Text{Zh: "结束日期", En: "to"}},
				{Name: "state", Words: "assignment.state.", Title: lang.Text{Zh: "状态", En: "state"}},
			},
		},
	}
}
