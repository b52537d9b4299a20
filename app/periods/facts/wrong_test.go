package facts_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
)

const (
	targetsHead     = "考核期,工号,指标代码,目标值,基期值,机构代码"
	actualsHead     = "考核期,工号,指标代码,实际值,机构代码,岗位"
	surveysHead     = "period,staff_no,item,count,sum,unit_code"
	eventsHead      = "考核期,工号,事件类型,次数,考核项,机构代码"
	adjustmentsHead = "考核期,工号,项目,分值,原因"
	vetoesHead      = "考核期,工号,项目,原因"
	reviewsHead     = "考核期,工号,考核项,评价角色,评价人,等级,评语,机构代码"
)

// wrongRows are rows that must not get in: 100007 is a corporate manager with one
// segment, 007000 one with a segment at B0303 and one at B0101.
var wrongRows = []struct {
	name, kind, head, row string
	column, code          string
}{
	{"an unknown period", "actuals", actualsHead, "2026-11,100007,visits,3,,", "考核期", "period.unknown"},
	{"no period", "actuals", actualsHead, "October,100007,visits,3,,", "考核期", "cell.month"},
	{"a blank staff number", "actuals", actualsHead, "2026-10,,visits,3,,", "工号", "import.required"},
	{"an unknown staff number", "actuals", actualsHead, "2026-10,999999,visits,3,,", "工号", "facts.unknown_staff"},
	{"an unknown metric", "actuals", actualsHead, "2026-10,100007,visit,3,,", "指标代码", "facts.unknown_metric"},
	{"an unknown unit", "actuals", actualsHead, "2026-10,100007,visits,3,B9,", "机构代码", "facts.unknown_unit"},
	{"a unit where the member was not", "actuals", actualsHead, "2026-10,100007,visits,3,B0101,", "机构代码", "facts.no_such_segment"},
	{"a position in which the member was not", "actuals", actualsHead, "2026-10,100007,visits,3,,teller", "岗位", "facts.no_such_segment"},
	{"no unit for a member with two segments", "actuals", actualsHead, "2026-10,007000,visits,3,,", "机构代码", "facts.needs_unit"},
	{"no number", "actuals", actualsHead, "2026-10,100007,visits,NaN,,", "实际值", "cell.number"},
	{"too many decimals", "actuals", actualsHead, "2026-10,100007,visits,0.1234567,,", "实际值", "cell.decimals"},
	{"a percent sign on what is no percentage", "actuals", actualsHead, "2026-10,100007,visits,3%,,", "实际值", "cell.percent"},
	{"a percentage with too many decimals", "actuals", actualsHead, "2026-10,100007,churn,8.1234567%,,", "实际值", "cell.decimals"},
	{"neither target nor baseline", "targets", targetsHead, "2026-10,100007,visits,,,", "目标值", "facts.no_target"},
	{"a percent sign on a target that is no percentage", "targets", targetsHead, "2026-10,100007,visits,5%,,", "目标值", "cell.percent"},
	{"a target at a unit where the member was not", "targets", targetsHead, "2026-10,007000,visits,5,,B0202", "机构代码", "facts.no_such_segment"},
	{"a count without a sum", "surveys", surveysHead, "2026-10,100007,satisfaction,3,,", "count", "facts.count_without_sum"},
	{"a sum without a count", "surveys", surveysHead, "2026-10,100007,satisfaction,,9,", "count", "facts.count_without_sum"},
	{"half an answer", "surveys", surveysHead, "2026-10,100007,satisfaction,2.5,9,", "count", "cell.whole_number"},
	{"a negative count", "surveys", surveysHead, "2026-10,100007,satisfaction,-1,-3,", "count", "facts.negative"},
	{"a sum above what the scale allows", "surveys", surveysHead, "2026-10,100007,satisfaction,2,10.5,", "sum", "facts.survey_sum"},
	{"a sum below what the scale allows", "surveys", surveysHead, "2026-10,100007,satisfaction,2,1.9,", "sum", "facts.survey_sum"},
	{"answers that nobody gave", "surveys", surveysHead, "2026-10,100007,satisfaction,0,1,", "sum", "facts.survey_sum"},
	{"an event that no scorecard lists", "events", eventsHead, "2026-10,100007,tardiness,1,,", "事件类型", "facts.unknown_event_type"},
	{"half an event", "events", eventsHead, "2026-10,100007,complaint,0.5,,", "次数", "cell.whole_number"},
	{"a negative event", "events", eventsHead, "2026-10,100007,complaint,-1,,", "次数", "facts.negative"},
	{"an adjustment that the scorecard does not list", "adjustments", adjustmentsHead, "2026-10,100007,bribe,1,why", "项目", "facts.unknown_adjustment"},
	{"an adjustment that another scorecard lists", "adjustments", adjustmentsHead, "2026-10,100021,discipline,1,why", "项目", "facts.unknown_adjustment"},
	{"negative points", "adjustments", adjustmentsHead, "2026-10,100007,discipline,-1,why", "分值", "facts.negative"},
	{"points without a reason", "adjustments", adjustmentsHead, "2026-10,100007,discipline,1,", "原因", "import.required"},
	{"a veto that the scorecard does not list", "vetoes", vetoesHead, "2026-10,100007,theft,why", "项目", "facts.unknown_veto"},
	{"a veto without a reason", "vetoes", vetoesHead, "2026-10,100007,major_violation,", "原因", "import.required"},
	{"an unknown role", "reviews", reviewsHead, "2026-10,100007,teamwork,customer,C1,4,,", "评价角色", "facts.unknown_role"},
	{"an unknown level", "reviews", reviewsHead, "2026-10,100007,teamwork,manager,M1,6,,", "等级", "facts.unknown_level"},
	{"no rater", "reviews", reviewsHead, "2026-10,100007,teamwork,manager,,4,,", "评价人", "import.required"},
	{"a character that turns the writing direction", "reviews", reviewsHead, "2026-10,100007,teamwork,manager,M1,4,good\u202edoog,", "评语", "cell.forbidden_character"},
}

func TestAWrongRowIsNamedWithItsPlaceAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		before := b.count("SELECT COUNT(*) FROM batches")
		for _, c := range wrongRows {
			problems := b.faults(c.kind, c.head, c.row)
			if len(problems) != 1 {
				t.Errorf("%s: got %d problems: %v", c.name, len(problems), said(problems))
				continue
			}
			p := problems[0]
			if p.Row != 2 || p.Column != c.column || p.Code != c.code {
				t.Errorf("%s: got row %d, %s, %s: %s", c.name, p.Row, p.Column, p.Code, p.In("zh"))
			}
			for _, message := range []string{p.In("zh"), p.In("en")} {
				if strings.ContainsAny(message, "{}") {
					t.Errorf("%s: an argument is missing: %s", c.name, message)
				}
			}
		}
		if after := b.count("SELECT COUNT(*) FROM batches"); after != before {
			t.Errorf("%d batches were written", after-before)
		}
	})
}

func said(problems []fault.Problem) string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.In("en"))
	}
	return strings.Join(lines, "\n")
}

func TestAllErrorsOfAFileAreReportedAndWithSkipErrorsTheGoodRowsGetIn(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	lines := []string{
		actualsHead,
		"2026-10,100007,visits,3,,",
		"2026-10,100007,visit,3,,",
		"2026-10,999999,visits,x,,",
		"2026-10,100014,visits,0,,",
	}
	problems := b.faults("actuals", lines...)
	if len(problems) != 3 || problems[0].Row != 3 || problems[1].Row != 4 || problems[2].Row != 4 {
		t.Fatalf("got %s", said(problems))
	}
	summary, err := b.importFile("actuals", b.csv(lines...), skipErrors)
	if err != nil {
		t.Fatal(err)
	}
	if summary.New != 2 || summary.Wrong != 2 || len(summary.Left) != 3 {
		t.Errorf("got %+v, left %s", summary.Counts, said(summary.Left))
	}
	if n := b.count("SELECT COUNT(*) FROM actuals WHERE actual = '0'"); n != 1 {
		t.Error("0 is a value, and was not kept")
	}
}

func TestTheSameKeyTwiceNamesBothRows(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	for _, c := range []struct {
		name, kind, code string
		lines            []string
	}{
		{"the same figure twice", "actuals", "import.twice", []string{actualsHead, "2026-10,100007,visits,3,,", "2026-10,100014,visits,3,,", "2026-10,100007,visits,4,,"}},
		{"the same segment with and without its unit", "actuals", "facts.twice_in_segment", []string{actualsHead, "2026-10,100007,visits,3,,", "2026-10,100014,visits,3,,", "2026-10,100007,visits,4,B0203,"}},
		{"the same rater twice in one role", "reviews", "import.twice", []string{reviewsHead, "2026-10,100007,teamwork,peer,P1,3,,", "2026-10,100007,teamwork,peer,P2,3,,", "2026-10,100007,teamwork,peer,P1,4,,"}},
		{"the same veto twice", "vetoes", "import.twice", []string{vetoesHead, "2026-10,100007,major_violation,a", "2026-10,100014,major_violation,a", "2026-10,100007,major_violation,b"}},
	} {
		problems := b.faults(c.kind, c.lines...)
		if len(problems) != 2 || problems[0].Row != 2 || problems[1].Row != 4 {
			t.Errorf("%s: got %s", c.name, said(problems))
			continue
		}
		for _, p := range problems {
			if p.Code != c.code || p.Args["first"] != 2 || p.Args["second"] != 4 {
				t.Errorf("%s: got %s", c.name, p.In("en"))
			}
		}
	}
}

func TestAnUnknownColumnIsNamedAndAnUnscoredFactIsAWarning(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	for _, c := range []struct {
		name, kind, code string
		lines            []string
	}{
		{"a metric that the member's scorecard does not have", "actuals", "facts.not_scored", []string{actualsHead, "2026-10,100007,transactions,3,,"}},
		{"an unscored metric needs no unit", "actuals", "facts.not_scored", []string{actualsHead, "2026-10,007000,transactions,3,,"}},
		{"an item that the member's scorecard does not have", "reviews", "facts.not_scored", []string{reviewsHead, "2026-10,100007,daily_work,manager,M1,3,,"}},
		{"an item that nobody has", "surveys", "facts.not_scored", []string{surveysHead, "2026-10,100007,queueing,3,9,"}},
		{"an event of a member without events", "events", "facts.not_scored", []string{eventsHead, "2026-10,100518,complaint,1,,"}},
		{"an item of one scorecard at the segment of the other", "actuals", "facts.not_scored_there", []string{actualsHead, "2026-10,007126,visits,1,,rm_retail"}},
	} {
		summary := b.lines(c.kind, c.lines...)
		if summary.New != 1 || len(summary.Notices) != 1 || summary.Notices[0].Code != c.code {
			t.Errorf("%s: got %+v, %s", c.name, summary.Counts, said(summary.Notices))
		}
	}
	summary := b.lines("actuals", actualsHead+",来源", "2026-10,100007,visits,3,,,core")
	if len(summary.Unknown) != 1 || summary.Unknown[0] != "来源" {
		t.Errorf("unknown columns: %v", summary.Unknown)
	}
}

func TestAMemberWithoutSegmentsIsAWarning(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.lines("staff", "工号,姓名,机构代码,岗位,入职日期", "300001,张三,B0101,guard,2020-01-01")
	for _, f := range []struct{ kind, head, row string }{
		{"actuals", actualsHead, "2026-10,300001,visits,3,,"},
		{"vetoes", vetoesHead, "2026-10,300001,major_violation,why"},
		{"adjustments", adjustmentsHead, "2026-10,300001,mentor,1,why"},
	} {
		summary := b.lines(f.kind, f.head, f.row)
		if summary.New != 1 || len(summary.Notices) != 1 || summary.Notices[0].Code != "facts.no_segments" {
			t.Errorf("%s: got %+v, %s", f.kind, summary.Counts, said(summary.Notices))
		}
	}
}
