package cli

import (
	"encoding/json"
	"path/filepath"
	"testing"
)

const teamwork = `[{"code": "teamwork", "name": {"zh": "团队协作", "en": "Teamwork"}, "version": 7, "levels": [
  {"level": "5", "name": {"zh": "卓越", "en": "Outstanding"}, "description": {"zh": "主动补位", "en": "Steps in unasked"}}]}]`

func TestRubricsComeFromAFileAndAreListedAndShown(t *testing.T) {
	b := newDesk(t)
	b.masters()
	file := b.file("rubrics.json", teamwork)
	b.has(b.do("rubric", "import", file), "teamwork", "Teamwork")
	b.do("rubric", "import", file)
	var list []struct {
		Code    string
		Version int
	}
	if err := json.Unmarshal([]byte(b.do("rubric", "list", "--json")), &list); err != nil || len(list) != 1 || list[0].Version != 1 {
		t.Errorf("the list is %+v: %v", list, err)
	}
	b.has(b.do("rubric", "show", "teamwork"), "Outstanding", "Steps in unasked")
	b.fail(exitWrong, "there is no rubric", "rubric", "show", "daily_work")
	b.fail(exitWrong, "no JSON list of rubrics", "rubric", "import", b.file("wrong.json", `[{"code": "x", "points": 3}]`))
	b.fail(exitWrong, "the rubric x has", "rubric", "import", b.file("empty.json", `[{"code": "x"}]`))
}

func TestTheOperatorSeesHowFarReviewsAreAndWhoRatesWhom(t *testing.T) {
	b := newDesk(t)
	b.masters()
	b.do("period", "create", "2026-10", "--min-days", "5")
	b.do("import", "reviews", filepath.Join("testdata", "q-bank", "reviews.xlsx"))
	b.has(b.do("review", "progress", "2026-10", "--unit", "B0101"), "B0101", "manager", "peer", "submitted")
	b.has(b.do("review", "reviewers", "2026-10", "--staff", "100021"), "peer", "by rule")
	b.do("review", "list", "2026-10", "--state", "submitted")
	b.fail(exitWrong, "2026-09", "review", "progress", "2026-09")
	b.fail(exitWrong, "draft", "review", "list", "2026-10", "--state", "lost")
}
