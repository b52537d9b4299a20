package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
)

// wants fails the test for each text that a command has not printed.
func (b bank) wants(got printed, texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		if !strings.Contains(got.stdout+got.stderr, text) {
			b.t.Errorf("%q is not in\n%s%s", text, got.stdout, got.stderr)
		}
	}
}

// fails runs a command that must end with an exit code and say something.
func (b bank) fails(code int, says string, args ...string) printed {
	b.t.Helper()
	got := steelyard(b.t, []string{"STEELYARD_DB=" + b.url}, args...)
	if got.code != code {
		b.t.Errorf("steelyard %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got.code, code, got.stdout, got.stderr)
	}
	b.wants(got, says)
	return got
}

// tamper changes the database as only its owner can.
func (b bank) tamper(statement string) {
	b.t.Helper()
	d, err := db.Open(b.t.Context(), b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	defer d.Close()
	err = d.Write(b.t.Context(), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.NewRaw(statement).Exec(ctx)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func TestAMonthIsRunExplainedComparedAndVerifiedByCommand(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		b := bank{t, url}
		b.load()
		b.fails(exitWrong, "2026-10 has no results for you to see yet", "results", "2026-10")
		b.fails(exitWrong, "no period 2026-11", "run", "2026-11")
		b.wants(b.do("run", "2026-10"), "run 1 of 2026-10 is done: 240 members")
		b.wants(b.do("results", "2026-10", "--unit", "B0303"), "100014", "32/87", "29 members")
		b.wants(b.do("results", "2026-10", "--unit", "B0303", "--lang", "zh"), "第 1 次运行，29 人", "绩效系数")
		b.fails(exitWrong, "B99", "results", "2026-10", "--unit", "B99")
		b.wants(b.do("explain", "2026-10", "100014"), "100014", "attainment 70.00 % (cap 120 %) × weight 8 % = 5.60")
		b.fails(exitWrong, "999999", "explain", "2026-10", "999999")
		correction := filepath.Join(t.TempDir(), "actuals.csv")
		if err := os.WriteFile(correction, []byte("period,staff_no,metric_code,actual\n2026-10,100014,new_customers,30\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		b.do("import", "actuals", correction)
		b.do("run", "2026-10")
		b.wants(b.do("run", "list", "2026-10"), "Run", "240")
		b.wants(b.do("run", "diff", "2026-10", "1", "2"), "82.24 C → 86.24 B (+4.00)", "actual 14, target 20 → actual 30, target 20", "1 changed")
		b.wants(b.do("verify", "2026-10"), "same: run 2 of 2026-10, 240 members")
		b.tamper(`UPDATE result_items SET score = score + 100 WHERE item_no = 1 AND run_id = 2 AND staff_id = (SELECT id FROM staff WHERE staff_no = '100014')`)
		b.wants(b.fails(exitFailed, "differences: 1", "verify", "2026-10"),
			"result_items.score, new_customers, staff number 100014, segment 1, item 1: stored 120.0100, recomputed 120.0000")
		b.fails(exitFailed, "不一致", "verify", "2026-10", "--lang", "zh")
	})
}

func TestWhatRunsPrintForProgramsIsJSON(t *testing.T) {
	b := bank{t, t.TempDir() + "/test.db"}
	b.load()
	for _, args := range [][]string{
		{"run", "2026-10"},
		{"run", "list", "2026-10"},
		{"run", "diff", "2026-10", "1", "1"},
		{"explain", "2026-10", "100014"},
		{"verify", "2026-10"},
	} {
		text := b.do(append(args, "--json")...).stdout
		if !json.Valid([]byte(text)) {
			t.Errorf("steelyard %s: no JSON:\n%.400s", strings.Join(args, " "), text)
		}
	}
	b.tamper(`UPDATE results SET total = total + 1`)
	if got := b.fails(exitFailed, `"differences"`, "verify", "2026-10", "--json"); !json.Valid([]byte(got.stdout)) {
		t.Errorf("differences are no JSON:\n%.400s", got.stdout)
	}
}
