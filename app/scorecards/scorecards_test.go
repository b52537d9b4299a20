package scorecards_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/rbac"
)

// bank is a database with the services of scorecards on it.
type bank struct {
	*testing.T
	db      *db.DB
	imports *imports.Service
	cards   *scorecards.Service
}

// eachBank gives f a bank with the metrics of testdata.
func eachBank(t *testing.T, f func(b bank)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		clock := func() time.Time { return time.Date(2026, 11, 3, 1, 2, 3, 0, time.UTC) }
		service := imports.NewService(d, clock, scorecards.Kinds(), scorecards.Entities())
		b := bank{T: t, db: d, imports: service, cards: scorecards.NewService(d, service)}
		if _, err := b.load("metrics", filepath.Join("testdata", "metrics.xlsx"), imports.Options{}); err != nil {
			t.Fatal(err)
		}
		f(b)
	})
}

func operator() rbac.Actor { return rbac.Operator("tester") }

func (b bank) load(kind, path string, o imports.Options) (*imports.Summary, error) {
	return b.imports.Import(b.Context(), operator(), kind, path, o, nil)
}

// take imports scorecards of a text.
func (b bank) take(text string, o imports.Options) (*imports.Summary, error) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "cards.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	return b.load("scorecards", path, o)
}

func (b bank) mustTake(text string, o imports.Options) *imports.Summary {
	b.Helper()
	s, err := b.take(text, o)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func (b bank) refused(err error, want ...string) {
	b.Helper()
	wrong, ok := fault.As(err)
	if !ok || wrong.Kind != fault.Invalid || len(wrong.Problems) != len(want) {
		b.Fatalf("not refused with %d faults: %v", len(want), err)
	}
	for i := range want {
		if got := wrong.Problems[i].In(lang.En); !strings.Contains(got, want[i]) {
			b.Errorf("fault %d is\n%s\nwithout\n%s", i, got, want[i])
		}
	}
}

// inForce gives the published versions as "code number".
func (b bank) inForce() string {
	b.Helper()
	list, err := b.cards.InForce(b.Context(), operator())
	if err != nil {
		b.Fatal(err)
	}
	var said []string
	for _, v := range list {
		said = append(said, v.Code+" "+string(rune('0'+v.Number)))
	}
	return strings.Join(said, ", ")
}

func codeOf(err error) string {
	if e, ok := fault.As(err); ok {
		return e.Code
	}
	return ""
}

// card is a scorecard of one item.
func card(code, position, metric, weight string) string {
	return `{"code":"` + code + `","name":{"zh":"甲","en":"A"},"positions":["` + position + `"],"peer_group":"bank",
		"perspectives":[{"key":"p","name":{"zh":"维度","en":"P"},"items":[{"key":"` + metric + `","name":{"zh":"项","en":"I"},
		"weight":"` + weight + `","source":"metric","method":{"type":"ratio"}}]}]}`
}

func TestTheScorecardsOfABankComeInAndASecondTimeChangeNothing(t *testing.T) {
	eachBank(t, func(b bank) {
		path := filepath.Join("testdata", "scorecards.json")
		s, err := b.load("scorecards", path, imports.Options{})
		if err != nil || s.New != 3 {
			b.Fatal(s, err)
		}
		if got := b.inForce(); got != "rm-corporate 1, rm-retail 1, teller 1" {
			b.Errorf("in force: %s", got)
		}
		again, err := b.load("scorecards", path, imports.Options{})
		if err != nil || again.Unchanged != 3 || again.BatchID != 0 || again.SameAs != s.BatchID {
			b.Errorf("the second time: %+v, %v", again, err)
		}
		metrics, err := b.load("metrics", filepath.Join("testdata", "metrics.xlsx"), imports.Options{})
		if err != nil || metrics.Unchanged != metrics.Rows || metrics.BatchID != 0 {
			b.Errorf("the metrics again: %+v, %v", metrics, err)
		}
	})
}

func TestAChangedScorecardIsANewVersionAndTheOldOneStays(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake("["+card("a", "rm", "deposits", "100")+"]", imports.Options{})
		s := b.mustTake("["+card("a", "rm", "loans", "100")+"]", imports.Options{})
		if s.Changed != 1 || b.inForce() != "a 2" {
			b.Errorf("%+v, in force %s", s, b.inForce())
		}
		list, err := b.cards.Versions(b.Context(), operator(), "a")
		if err != nil || len(list) != 2 || list[1].Card.Items()[0].Key != "deposits" || list[0].PublishedAt.IsZero() {
			b.Errorf("the versions are %+v, %v", list, err)
		}
	})
}

func TestTheSameScorecardInOtherWordsIsUnchanged(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake("["+card("a", "rm", "deposits", "100")+"]", imports.Options{})
		s := b.mustTake("\n[ "+strings.ReplaceAll(card("a", "rm", "deposits", "100.00"), `"precision":2,`, "")+" ]\n", imports.Options{})
		if s.Unchanged != 1 || b.inForce() != "a 1" {
			b.Errorf("%+v, in force %s", s, b.inForce())
		}
	})
}

func TestADraftIsPublishedByCommandOrByTheSameFile(t *testing.T) {
	eachBank(t, func(b bank) {
		one, two := "["+card("a", "rm", "deposits", "100")+"]", "["+card("a", "rm", "loans", "100")+"]"
		b.mustTake(one, imports.Options{Draft: true})
		if got := b.inForce(); got != "" {
			b.Errorf("a draft is in force: %s", got)
		}
		if s := b.mustTake(one, imports.Options{Draft: true}); s.Unchanged != 1 {
			b.Errorf("the draft again: %+v", s)
		}
		if _, err := b.cards.Publish(b.Context(), operator(), "a"); err != nil {
			b.Fatal(err)
		}
		if _, err := b.cards.Publish(b.Context(), operator(), "a"); codeOf(err) != "scorecard.no_draft" {
			b.Errorf("publishing without a draft: %v", err)
		}
		b.mustTake(two, imports.Options{Draft: true})
		b.mustTake(two, imports.Options{})
		if got := b.inForce(); got != "a 2" {
			b.Errorf("in force: %s", got)
		}
	})
}

func TestScorecardsWithFaultsAreRefusedWithEveryPath(t *testing.T) {
	eachBank(t, func(b bank) {
		_, err := b.take("["+card("a", "rm", "deposits", "99.99")+","+card("b", "teller", "loans", "100.01")+"]", imports.Options{})
		b.refused(err, "[0]: the weights add up to 99.99, not 100", "[1]: the weights add up to 100.01, not 100")
		_, err = b.take("["+card("a", "rm", "nothing", "100")+","+card("b", "rm", "deposits", "100")+"]", imports.Options{})
		b.refused(err, "[1].positions[0]")
		_, err = b.take("["+card("a", "rm", "nothing", "100")+"]", imports.Options{})
		b.refused(err, "[0].perspectives[0].items[0].key: there is no metric nothing")
		_, err = b.take(strings.Replace(card("a", "rm", "deposits", "100"), `"peer_group":"bank",`, "", 1), imports.Options{})
		b.refused(err, "peer_group: peer_group must say who is compared with whom")
		_, err = b.take(`{"code": "a"`, imports.Options{})
		b.refused(err, "cards.json")
		_, err = b.take("[]", imports.Options{})
		b.refused(err, "there is no scorecard in the file")
		_, err = b.take(card("a", "rm\u202e", "deposits", "100"), imports.Options{})
		b.refused(err, "positions[0]: there is an invisible or control character U+202E")
		if b.inForce() != "" {
			b.Error("a file with faults has published something")
		}
	})
}

func TestAPositionHasOneScorecardInForce(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake("["+card("a", "rm", "deposits", "100")+","+card("b", "teller", "loans", "100")+"]", imports.Options{})
		_, err := b.take("["+card("c", "rm", "deposits", "100")+"]", imports.Options{})
		b.refused(err, "[0].positions[0]: the position rm is scored by the scorecard a already")
		b.mustTake("["+card("a", "teller", "deposits", "100")+","+card("b", "rm", "loans", "100")+"]", imports.Options{})
		b.mustTake("["+card("c", "rm", "deposits", "100")+"]", imports.Options{Draft: true})
		if _, err := b.cards.Publish(b.Context(), operator(), "c"); codeOf(err) != "scorecard.position_taken" {
			b.Errorf("publishing a second scorecard of a position: %v", err)
		}
	})
}

func TestWithSkippedErrorsTheGoodScorecardsAreTaken(t *testing.T) {
	eachBank(t, func(b bank) {
		s := b.mustTake("["+card("a", "rm", "nothing", "100")+","+card("b", "teller", "loans", "100")+"]", imports.Options{SkipErrors: true})
		if s.New != 1 || s.Wrong != 1 || b.inForce() != "b 1" {
			b.Errorf("%+v, in force %s", s, b.inForce())
		}
	})
}

func TestAnUndoneVersionIsWithdrawnAndTheOneBeforeIsInForceAgain(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake("["+card("a", "rm", "deposits", "100")+"]", imports.Options{})
		s := b.mustTake("["+card("a", "rm", "loans", "100")+"]", imports.Options{})
		if _, err := b.imports.Undo(b.Context(), operator(), s.BatchID); err != nil {
			b.Fatal(err)
		}
		if got := b.inForce(); got != "a 1" {
			b.Errorf("in force: %s", got)
		}
		b.mustTake("["+card("a", "rm", "loans", "100")+"]", imports.Options{})
		if got := b.inForce(); got != "a 3" {
			b.Errorf("in force: %s", got)
		}
	})
}

func TestMetricsThatAScorecardDrawsOnAreNotUndone(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake("["+card("a", "rm", "deposits", "100")+"]", imports.Options{})
		if _, err := b.imports.Undo(b.Context(), operator(), 1); codeOf(err) != "metric.undo_used" {
			b.Errorf("undoing metrics in use: %v", err)
		}
	})
}

func TestAPublishedVersionCannotBeRewritten(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake("["+card("a", "rm", "deposits", "100")+"]", imports.Options{})
		err := b.db.Write(b.Context(), func(ctx context.Context, tx db.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE scorecard_versions SET definition = '{}'")
			return err
		})
		if codeOf(err) != "db.published" {
			b.Errorf("rewriting a published version: %v", err)
		}
	})
}

func TestMetricFilesReportEveryFaultAndKeepWhatWasBefore(t *testing.T) {
	eachBank(t, func(b bank) {
		write := func(lines string) string {
			path := filepath.Join(b.TempDir(), "metrics.csv")
			if err := os.WriteFile(path, []byte("metric_code,name,unit_of_measure,decimals\n"+lines), 0o600); err != nil {
				b.Fatal(err)
			}
			return path
		}
		_, err := b.load("metrics", write("m1,一,户,-1\nm2,二,户,1.5\n,三,户,0\nm4,四,户,0\nm4,五,户,0\n"), imports.Options{})
		b.refused(err, "row 2, column decimals: the decimals must be a whole number from 0 to 6", "row 3, column decimals: this is no whole number",
			"row 4, column metric_code: this must not be blank", "rows 5 and 6 have the same key")
		s, err := b.load("metrics", write("deposits,日均存款,万元,3\n"), imports.Options{})
		if err != nil || s.Changed != 1 {
			b.Fatal(s, err)
		}
		_, changes, err := b.imports.Batch(b.Context(), operator(), s.BatchID, imports.Page{})
		if err != nil {
			b.Fatal(err)
		}
		got, err := json.Marshal(changes.List)
		if want := `[{"entity":"metric","did":"changed","row":2,"key":{"metric_code":"deposits"},"before":{"name":"日均存款增长","unit_of_measure":"元","decimals":"2"},"after":{"name":"日均存款","unit_of_measure":"万元","decimals":"3"}}]`; err != nil || string(got) != want {
			b.Errorf("the changes are %s, %v", got, err)
		}
	})
}

func TestWhatABatchChangedIsShownInTheOrderOfItsFile(t *testing.T) {
	eachBank(t, func(b bank) {
		path := filepath.Join(b.TempDir(), "metrics.csv")
		if err := os.WriteFile(path, []byte("metric_code,name,unit_of_measure,decimals\nz9,一,户,0\na1,二,户,0\n"), 0o600); err != nil {
			b.Fatal(err)
		}
		s, err := b.load("metrics", path, imports.Options{})
		if err != nil {
			b.Fatal(err)
		}
		_, changes, err := b.imports.Batch(b.Context(), operator(), s.BatchID, imports.Page{})
		if err != nil || len(changes.List) != 2 || changes.List[0].Row != 2 || changes.List[1].Row != 3 {
			b.Errorf("the changes are %+v, %v", changes, err)
		}
	})
}

func TestDifferencesOfVersionsAreNamedByKeys(t *testing.T) {
	eachBank(t, func(b bank) {
		b.mustTake("["+card("a", "rm", "deposits", "100")+"]", imports.Options{})
		b.mustTake("["+strings.Replace(card("a", "rm", "deposits", "100"), `{"type":"ratio"}`, `{"type":"ratio","cap":"120"}`, 1)+"]", imports.Options{})
		list, err := b.cards.Versions(b.Context(), operator(), "a")
		if err != nil {
			b.Fatal(err)
		}
		got, err := scorecards.Differences(&list[1], &list[0])
		if err != nil || len(got) != 1 || got[0].After != "120" || got[0].Path != "perspectives[p].items[deposits].method.cap" {
			b.Errorf("the differences are %+v, %v", got, err)
		}
	})
}
