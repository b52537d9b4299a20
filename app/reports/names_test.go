package reports_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/reports"
)

func TestFileNamesHaveNoSpacesAndAtMostEightyCharacters(t *testing.T) {
	m := reports.Month{Lang: lang.Zh, Scope: "深圳 分行/营业部", Period: "2026-07", RunID: "R-202607-0042"}
	if got := reports.SummaryName(m); got != "绩效得分汇总_深圳_分行_营业部_2026-07_R-202607-0042.xlsx" {
		t.Errorf("the summary is called %s", got)
	}
	p := &reports.Person{StaffNo: "007000", Name: strings.Repeat("长", 100)}
	got := reports.CardName(m, p)
	if n := len([]rune(got)); n != 80 || !strings.HasSuffix(got, ".xlsx") || strings.Contains(got, " ") {
		t.Errorf("a card's name of %d characters: %s", n, got)
	}
}
