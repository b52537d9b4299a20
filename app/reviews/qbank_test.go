package reviews_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/reviews"
)

// qbank is the bank of the file imports' tests, with a user for everybody who
// rates there: members where they work, and managers who are no members.
func qbank(t testing.TB, d *db.DB) *bank {
	b := emptyBank(t, d)
	for _, kind := range []string{"units", "staff", "assignments", "metrics"} {
		b.loadFile(kind, "../periods/facts/testdata/"+kind+".xlsx")
	}
	b.loadFile("scorecards", "../periods/facts/testdata/scorecards.json")
	b.roles()
	b.powers("review.write branch")
	b.month()
	b.exec("INSERT INTO users (username, staff_id, state, created_at) SELECT staff_no, id, 'active', ? FROM staff", clock())
	b.exec(`INSERT INTO grants (user_id, role_id, unit_id, from_on, granted_by, granted_at)
		SELECT u.id, r.id, a.unit_id, '2026-01-01', 'sec', ? FROM assignments a JOIN users u ON u.staff_id = a.staff_id, roles r
		WHERE r.code = 'member' GROUP BY u.id, r.id, a.unit_id`, clock())
	for _, unit := range b.rows("SELECT code FROM units WHERE level = 'sub_branch'") {
		b.grant("M-"+unit, "branch_manager", unit)
	}
	for _, u := range b.rows("SELECT username || ' ' || id FROM users") {
		name, id, _ := strings.Cut(u, " ")
		b.users[name] = number(id)
	}
	return b
}

func TestReviewsEnteredInTheGridAreTheFactsThatTheirFileBrings(t *testing.T) {
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := qbank(t, d)
		b.loadFile("reviews", "../periods/facts/testdata/reviews.xlsx")
		given := b.rows(`SELECT s.staff_no || '|' || COALESCE(u.code, '') || '|' || r.item || '|' || r.role || '|' || r.rater || '|' || r.level FROM reviews r
			JOIN staff s ON s.id = r.staff_id LEFT JOIN units u ON u.id = r.unit_id WHERE r.ended_batch_id IS NULL ORDER BY s.staff_no, r.item, r.role, r.rater, u.code`)
		b.exec("UPDATE reviews SET ended_batch_id = batch_id")
		byRater := map[string][]reviews.CellChange{}
		for _, line := range given {
			f := strings.Split(line, "|")
			c := reviews.CellChange{StaffNo: f[0], Unit: f[1], Item: f[2], Role: f[3], Level: f[5]}
			if c.Unit == "" {
				c.Unit = b.only(f[0])
			}
			if c.Level == "5" || c.Level == "1" {
				c.Comment = "本月表现突出"
			}
			byRater[f[4]] = append(byRater[f[4]], c)
		}
		for rater, cells := range byRater {
			b.mustSave(rater, cells...)
			b.mustSubmit(rater)
		}
		got := b.rows(`SELECT s.staff_no || '|' || CASE WHEN (SELECT COUNT(*) FROM reviews o WHERE o.staff_id = r.staff_id AND o.item = r.item AND o.role = r.role
				AND o.rater = r.rater AND o.unit_id IS NULL) > 0 THEN '' ELSE u.code END || '|' || r.item || '|' || r.role || '|' || r.rater || '|' || r.level FROM reviews r
			JOIN staff s ON s.id = r.staff_id LEFT JOIN units u ON u.id = r.unit_id WHERE r.ended_batch_id IS NULL ORDER BY s.staff_no, r.item, r.role, r.rater, u.code`)
		if !slices.Equal(got, given) {
			t.Errorf("%d facts of the grid differ from the %d of the file", len(got), len(given))
		}
	})
}
