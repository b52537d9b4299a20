package scorecards_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/scorecards"
)

// codes lists the findings of a definition as "code path".
func (b bank) codes(definition string) []string {
	b.Helper()
	found, err := b.cards.Check(b.Context(), operator(), []byte(definition))
	if err != nil {
		b.Fatal(err)
	}
	list := make([]string, len(found.Findings))
	for i, f := range found.Findings {
		list[i] = strings.TrimSpace(f.Code + " " + f.Path)
		for _, l := range []lang.Language{lang.Zh, lang.En} {
			message, source := f.In(l)
			if message == "" || strings.Contains(message, "{") || f.Source != "" && source == "" {
				b.Errorf("%s says %q, %q", list[i], message, source)
			}
		}
	}
	return list
}

func TestADefinitionIsCheckedByScoringByTheBankAndByTheRulesOfTheField(t *testing.T) {
	eachBank(t, func(b bank) {
		sales := card("a", "rm", "deposits", "99.5")
		got := b.codes(sales)
		want := []string{
			"rule.weights", "rule.sales_only /perspectives", "rule.risk /perspectives", "rule.qualitative /perspectives",
			"rule.heavy /perspectives/0/items/0/weight",
		}
		if !slices.Equal(got, want) {
			b.Errorf("a sales-only card:\n%q\nwant\n%q", got, want)
		}
		found, err := b.cards.Check(b.Context(), operator(), []byte(sales))
		if err != nil || found.WeightSum != "99.5" || found.Valid() {
			b.Errorf("sum %s, valid %t, %v", found.WeightSum, found.Valid(), err)
		}
		got = b.codes(strings.Replace(card("a", "rm", "nothing", "100"), `{"type":"ratio"}`, `{"type":"steps","table":[{"from":"1","score":"60"},{"from":"0.5","score":"x"}]}`, 1))
		for _, each := range []string{
			"metric.unknown /perspectives/0/items/0/metric", "scorecard.fault /perspectives/0/items/0/method/table/1/score",
		} {
			if !slices.Contains(got, each) {
				b.Errorf("no %s among %q", each, got)
			}
		}
		got = b.codes(strings.Replace(card("a", "rm", "deposits", "100"), `{"type":"ratio"}`, `{"type":"rank"}`, 1))
		if !slices.Contains(got, "rule.rank /perspectives/0/items/0/method") {
			b.Errorf("a rank without a target: %q", got)
		}
		got = b.codes(strings.Replace(card("a", "rm", "deposits", "100"), `"zh":"项"`, `"zh":"时点存款余额"`, 1))
		if !slices.Contains(got, "rule.balance /perspectives/0/items/0/metric") {
			b.Errorf("a balance at the period's end: %q", got)
		}
		if got := b.codes(`{"perspectives": 3}`); len(got) == 0 {
			b.Error("nothing is found in what is no scorecard")
		}
	})
}

func TestADraftIsMadeReplacedAndThrownAwayByWhoHasSeenIt(t *testing.T) {
	eachBank(t, func(b bank) {
		put := func(metric, seen string) (*scorecards.Version, error) {
			return b.cards.PutDraft(b.Context(), operator(), "a", []byte(card("a", "rm", metric, "100")), seen)
		}
		first, err := put("deposits", "")
		if err != nil || first.Number != 1 || first.State != scorecards.StateDraft {
			b.Fatal(first, err)
		}
		if _, err := put("loans", ""); codeOf(err) != "scorecard.old_version" {
			b.Errorf("a draft that was not seen: %v", err)
		}
		second, err := put("loans", first.SHA256)
		if err != nil || second.Number != 1 || second.SHA256 == first.SHA256 {
			b.Fatal(second, err)
		}
		if again, err := put("loans", "whatever"); err != nil || again.SHA256 != second.SHA256 {
			b.Errorf("the same again: %+v, %v", again, err)
		}
		batches, err := b.imports.Batches(b.Context(), operator(), imports.Filter{Kind: "scorecard draft"})
		if err != nil || len(batches) != 2 {
			b.Fatalf("batches %+v, %v", batches, err)
		}
		if _, err := b.imports.Undo(b.Context(), operator(), batches[0].ID); err != nil {
			b.Fatal(err)
		}
		if list, err := b.cards.Versions(b.Context(), operator(), "a"); err != nil || list[0].SHA256 != first.SHA256 {
			b.Errorf("after undoing: %+v, %v", list, err)
		}
		if _, err := b.cards.Publish(b.Context(), operator(), "a"); err != nil {
			b.Fatal(err)
		}
		if _, err := put("loans", first.SHA256); codeOf(err) != "scorecard.old_version" {
			b.Errorf("a draft that was published meanwhile: %v", err)
		}
		if next, err := put("loans", ""); err != nil || next.Number != 2 {
			b.Fatal(next, err)
		}
		if err := b.cards.DeleteDraft(b.Context(), operator(), "a"); err != nil {
			b.Fatal(err)
		}
		if err := b.cards.DeleteDraft(b.Context(), operator(), "a"); codeOf(err) != "scorecard.no_draft_left" {
			b.Errorf("no draft to throw away: %v", err)
		}
		discards, err := b.imports.Batches(b.Context(), operator(), imports.Filter{Kind: "scorecard discard"})
		if err != nil || len(discards) != 1 {
			b.Fatal(discards, err)
		}
		if _, err := b.imports.Undo(b.Context(), operator(), discards[0].ID); err != nil {
			b.Fatal(err)
		}
		if list, err := b.cards.Versions(b.Context(), operator(), "a"); err != nil || len(list) != 2 || list[0].State != scorecards.StateDraft {
			b.Errorf("after undoing: %+v, %v", list, err)
		}
	})
}

func TestADraftThatCannotBeReadIsRefusedWithEveryPlace(t *testing.T) {
	eachBank(t, func(b bank) {
		_, err := b.cards.PutDraft(b.Context(), operator(), "a", []byte(card("a", "rm", "deposits", "99")), "")
		b.refused(err, "the weights add up to 99, not 100")
		_, err = b.cards.PutDraft(b.Context(), operator(), "a", []byte(card("a", "rm", "none", "100")), "")
		b.refused(err, "there is no metric none")
		if wrong, _ := fault.As(err); wrong.Problems[0].Path != "/perspectives/0/items/0/metric" {
			b.Errorf("at %q", wrong.Problems[0].Path)
		}
		if _, err = b.cards.PutDraft(b.Context(), operator(), "b", []byte(card("a", "rm", "deposits", "100")), ""); codeOf(err) != "scorecard.other_code" {
			b.Errorf("another code: %v", err)
		}
	})
}

func TestAMetricIsMadeAndChangedByWhoHasSeenIt(t *testing.T) {
	eachBank(t, func(b bank) {
		put := func(m scorecards.Metric, version int64) (*scorecards.MetricDetail, error) {
			return b.cards.PutMetric(b.Context(), operator(), m, version)
		}
		made, err := put(scorecards.Metric{Code: "calls", Name: "拜访", Measure: "次"}, 0)
		if err != nil || made.Version != 1 {
			b.Fatal(made, err)
		}
		if _, err := put(scorecards.Metric{Code: "calls", Name: "走访", Measure: "次"}, 0); codeOf(err) != "metric.old_version" {
			b.Errorf("a metric that was not seen: %v", err)
		}
		changed, err := put(scorecards.Metric{Code: "calls", Name: "走访", Measure: "次"}, 1)
		if err != nil || changed.Version != 2 || changed.Name != "走访" {
			b.Fatal(changed, err)
		}
		if _, err := put(scorecards.Metric{Code: "none", Name: "x", Measure: ""}, 3); codeOf(err) != "metric.none" {
			b.Errorf("a metric that is not there: %v", err)
		}
		_, err = put(scorecards.Metric{Code: "v\u202e", Name: " ", Decimals: 7}, 0)
		b.refused(err, "U+202E", "no space", "whole number from 0 to 6")
		b.mustTake(card("a", "rm", "deposits", "100"), imports.Options{})
		detail, err := b.cards.Metric(b.Context(), operator(), "deposits")
		if err != nil || len(detail.UsedBy) != 1 || detail.UsedBy[0].Version.Code != "a" || detail.UsedBy[0].Items[0] != "deposits" {
			b.Errorf("%+v, %v", detail, err)
		}
	})
}

func TestChangesAreSaidInWords(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake(card("a", "rm", "deposits", "100"), imports.Options{})
		b.mustTake(strings.Replace(card("a", "rm", "deposits", "100"), `{"type":"ratio"}`, `{"type":"ratio","cap":"120"}`, 1), imports.Options{})
		b.mustTake(card("a", "rm", "loans", "100"), imports.Options{})
		_, _, list, err := b.cards.Changes(b.Context(), operator(), "a", 1, 2, lang.En)
		if err != nil || len(list) != 1 || list[0].Item != "deposits" ||
			list[0].Words != "“I”, method: ratio: 100 × attainment, from 0 to 100 → ratio: 100 × attainment, from 0 to 120" {
			b.Errorf("%+v, %v", list, err)
		}
		_, _, list, err = b.cards.Changes(b.Context(), operator(), "a", 2, 3, lang.Zh)
		if err != nil || len(list) != 2 || !strings.HasPrefix(list[0].Words, "删除考核项「项」") || !strings.HasPrefix(list[1].Words, "新增考核项「项」") {
			b.Errorf("%+v, %v", list, err)
		}
		if _, _, _, err := b.cards.Changes(b.Context(), operator(), "a", 2, 9, lang.Zh); codeOf(err) != "scorecard.version_unknown" {
			b.Error(err)
		}
	})
}
