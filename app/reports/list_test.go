package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// staffAPI answers three pages of one member each, and keeps what it was asked.
type staffAPI struct {
	ListAPI
	asked []string
}

func (a *staffAPI) ListStaff(_ context.Context, r api.ListStaffRequestObject) (api.ListStaffResponseObject, error) {
	said, err := json.Marshal(r.Params)
	if err != nil {
		return nil, err
	}
	a.asked = append(a.asked, string(said))
	n := len(a.asked)
	unit := fmt.Sprint("Unit ", n)
	answer := api.ListStaff200JSONResponse{Items: []api.StaffMember{{
		StaffNo: fmt.Sprintf("00700%d", n), Name: "张伟", HiredOn: "2020-01-31", Assignments: []api.Assignment{{Unit: "A", Position: "rm"}, {Unit: "B", UnitName: &unit, Position: "rm", State: "leave"}},
	}}}
	if n < 3 {
		next := fmt.Sprint("after ", n)
		answer.Next = &next
	}
	return answer, nil
}

func TestAListIsReadPageByPageWithItsFiltersAndInItsColumns(t *testing.T) {
	e, err := openList(rbac.Operator("tester"), jobs.ListArgs{List: "staff", Query: "search=007&sort=-name", Columns: []string{"unit_name", "staff_no", "state", "hired_on"}})
	if err != nil {
		t.Fatal(err)
	}
	source := &staffAPI{}
	var got []string
	var told []int64
	for row, err := range e.rows(t.Context(), source, func(done, _ int64) { told = append(told, done) }) {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range e.columns {
			cells = append(cells, plain(c.value(row)))
		}
		got = append(got, strings.Join(cells, "|"))
	}
	want := []string{"Unit 1|007001|leave|2020-01-31", "Unit 2|007002|leave|2020-01-31", "Unit 3|007003|leave|2020-01-31"}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff([]int64{1, 2, 3}, told); difference != "" {
		t.Error(difference)
	}
	for i, asked := range source.asked {
		if !strings.Contains(asked, `"search":"007"`) || !strings.Contains(asked, `"sort":"-name"`) || strings.Contains(asked, "cursor") != (i > 0) {
			t.Errorf("page %d was asked for with %s", i, asked)
		}
	}
}

func TestWhatIsNoListIsRefusedBeforeItIsRead(t *testing.T) {
	for code, args := range map[string]jobs.ListArgs{
		"export.unknown_list":   {List: "secrets", Columns: []string{"id"}},
		"export.unknown_column": {List: "users", Columns: []string{"password"}},
		"export.query":          {List: "users", Query: "role=x", Columns: []string{"username"}},
		"export.unknown_filter": {List: "users", Query: "limit=1", Columns: []string{"username"}},
		"export.period":         {List: "results", Columns: []string{"staff_no"}},
	} {
		if e, ok := fault.As(checkList(t.Context(), rbac.Operator("tester"), args)); !ok || e.Code != code {
			t.Errorf("%+v: %v, want %s", args, e, code)
		}
	}
	if err := checkList(t.Context(), rbac.Operator("tester"), jobs.ListArgs{List: "results", Period: "2026-10", Query: "run=2&grade=A", Columns: []string{"total"}}); err != nil {
		t.Error(err)
	}
	if err := checkList(t.Context(), rbac.Operator("tester"), jobs.ListArgs{List: "audit", Query: "exceptions=true", Columns: []string{"at"}}); err != nil {
		t.Error(err)
	}
	if err := checkList(t.Context(), rbac.Actor{}, jobs.ListArgs{List: "staff", Columns: []string{"name"}}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("whoever may nothing: %v", err)
	}
}

func TestEveryColumnOfEveryListHasAHeadingInBothLanguages(t *testing.T) {
	for name, l := range lists() {
		for _, c := range l.columns {
			for _, language := range []lang.Language{lang.Zh, lang.En} {
				if heading := c.heading(language); heading == "" || strings.HasPrefix(heading, "export.") {
					t.Errorf("%s.%s has the heading %q in %s", name, c.name, heading, language)
				}
			}
		}
	}
}

func TestFiguresAreNumbersAndWhatIsNoneStaysText(t *testing.T) {
	row := listRow{"total": "101.73", "rank": json.Number("3"), "staff_no": "007001", "base": "n/a", "status": "complete"}
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	said := map[string]string{}
	for _, c := range resultColumns {
		if row[c.name] != nil {
			said[c.name] = fmt.Sprintf("%+v", c.cell(row, lang.En, zone))
		}
	}
	if strings.Contains(said["total"], "kind:1 ") || strings.Contains(said["rank"], "kind:1 ") {
		t.Errorf("figures are texts: %v", said)
	}
	for _, name := range []string{"staff_no", "base", "status"} {
		if !strings.Contains(said[name], "kind:1 ") {
			t.Errorf("%s is no text: %s", name, said[name])
		}
	}
}

// teamAPI answers three results of two scorecards.
type teamAPI struct{ ListAPI }

func (teamAPI) ListItemResults(context.Context, api.ListItemResultsRequestObject) (api.ListItemResultsResponseObject, error) {
	row := func(no, card, item, score string) api.ItemResultRow {
		return api.ItemResultRow{
			Result: api.Result{StaffNo: no, Name: "张伟", Scorecard: card, Total: &score},
			Items:  []api.ItemScore{{Item: item, Name: api.Text{Zh: "存款", En: "Deposits"}, Score: &score}},
		}
	}
	return api.ListItemResults200JSONResponse{Items: []api.ItemResultRow{
		row("1", "teller", "deposits", "90.00"), row("2", "rm", "loans", "80.00"), row("3", "teller", "deposits", "70.00"),
	}}, nil
}

func TestATeamStandsByItsScorecardsWithItsItemsAsColumns(t *testing.T) {
	e, err := openList(rbac.Operator("tester"), jobs.ListArgs{List: "team", Period: "2026-10", Columns: []string{"staff_no", "total", "item:deposits", "item:loans"}})
	if err != nil {
		t.Fatal(err)
	}
	b := &listBook{listExport: e, lang: lang.En}
	rows, err := b.together(b.permitted(e.rows(t.Context(), teamAPI{}, func(int64, int64) {}), map[string]bool{"1": true, "2": true, "3": true}))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{b.columns[2].heading(lang.En)}
	for row := range rows {
		var cells []string
		for _, c := range b.columns {
			cells = append(cells, plain(c.value(row)))
		}
		got = append(got, strings.Join(cells, "|"))
	}
	if difference := cmp.Diff([]string{"Deposits", "1|90.00|90.00|", "3|70.00|70.00|", "2|80.00||80.00"}, got); difference != "" {
		t.Error(difference)
	}
}
