package sheets

import (
	"testing"
)

var staffColumns = []Column{
	{Name: "staff_no", Zh: "工号", En: "Staff no.", Required: true},
	{Name: "name", Zh: "姓名", En: "Name", Required: true},
	{Name: "unit_code", Zh: "机构代码", En: "Unit code", Required: true},
	{Name: "position", Zh: "岗位", En: "Position", Required: true},
	{Name: "hired_on", Zh: "入职日期", En: "Hired on", Required: true},
	{Name: "email", Zh: "邮箱", En: "E-mail"},
}

func TestTheStaffOfABankAreReadFromItsWorkbook(t *testing.T) {
	file, err := Open("testdata/staff.xlsx", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := file.Rows(staffColumns)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n++
		row := rows.Row()
		staff, p1 := row.Text("staff_no")
		name, p2 := row.Text("name")
		y, m, d, p3 := row.Date("hired_on")
		if p1 != nil || p2 != nil || p3 != nil || staff == "" || name == "" || y < 1990 || !row.Blank("email") {
			t.Fatal(row.Number, staff, name, y, m, d, p1, p2, p3)
		}
		if n == 3 && (staff != "100014" || name != "白杰" || row.Number != 4 || y != 2020 || m != 1 || d != 8) {
			t.Errorf("row 4 is %s %s %d-%d-%d, number %d", staff, name, y, m, d, row.Number)
		}
	}
	if rows.Err() != nil || n != 240 {
		t.Errorf("%d rows, %v", n, rows.Err())
	}
	if rows.Sheet() == "" || rows.HeaderRow() != 1 || len(file.SHA256) != 64 {
		t.Error(rows.Sheet(), rows.HeaderRow(), file.SHA256)
	}
}

func TestEventsAreReadFromATextInGB18030(t *testing.T) {
	file, err := Open("testdata/events.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := file.Rows([]Column{
		{Name: "period", Zh: "考核期", Required: true}, {Name: "staff_no", Zh: "工号", Required: true},
		{Name: "event_type", Zh: "事件类型", Required: true}, {Name: "count", Zh: "次数", Required: true},
		{Name: "unit_code", Zh: "机构代码"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if !rows.Next() {
		t.Fatal(rows.Err())
	}
	row := rows.Row()
	kind, _ := row.Code("event_type")
	count, problem := row.Int("count")
	month, _ := row.Month("period")
	if kind != "complaint" || count != 2 || month != "2026-10" || row.Number != 2 || problem != nil {
		t.Error(kind, count, month, row.Number, problem)
	}
}
