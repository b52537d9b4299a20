package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
)

func TestAMonthIsTakenFromDraftToClosedByCommand(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		b := bank{t, url}
		b.load()
		refused := func(code int, says string, args ...string) {
			t.Helper()
			got := steelyard(t, []string{"STEELYARD_DB=" + url, "STEELYARD_LANG=zh"}, args...)
			if got.code != code || got.stdout != "" || !strings.Contains(got.stderr, says) {
				t.Errorf("steelyard %s: exit %d\n%s%s", strings.Join(args, " "), got.code, got.stdout, got.stderr)
			}
		}
		shows := func(says ...string) {
			t.Helper()
			text := b.do("period", "show", "2026-10", "--lang", "zh").stdout
			for _, s := range says {
				if !strings.Contains(text, s) {
					t.Errorf("%q is missing in\n%s", s, text)
				}
			}
		}

		shows("草稿", "缺少目标值或基期值 (targets)", "B0202 城西第二支行", "loans, training_hours, visits")
		refused(exitFailed, "缺少目标值或基期值 training_hours：1（B0102", "period", "open", "2026-10")
		refused(exitFailed, "只有“数据收集”状态才能转为“计分”", "period", "score", "2026-10")
		refused(exitWrong, "豁免必须写明原因", "period", "waive", "2026-10", "targets", "--reason", " ")
		refused(exitWrong, "没有这样的阻碍", "period", "waive", "2026-10", "targets", "churn", "--reason", "无")
		b.do("period", "waive", "2026-10", "targets", "--reason", "目标未下达")
		shows("可以进入“数据收集”", "缺少目标值或基期值 全部：目标未下达")
		b.do("period", "open", "2026-10")

		shows("缺少实际值 (actuals)", "缺少评价 (reviews)")
		b.do("period", "waive", "2026-10", "actuals", "--reason", "系统迁移")
		b.do("period", "waive", "2026-10", "reviews", "--reason", "休假")
		b.do("period", "score", "2026-10")

		shows("还没有计分运行 (no_run)")
		b.do("run", "2026-10")
		shows("考核不完整的员工 (incomplete)", "101288（B0302）：daily_work 没有数据", "teamwork 必需的评价角色没有评价")
		refused(exitFailed, "考核不完整的员工", "period", "publish", "2026-10")
		b.do("period", "waive", "2026-10", "incomplete", "--reason", "按不完整发布")
		refused(exitWrong, "没有第 7 次计分运行", "period", "publish", "2026-10", "--run", "7")
		b.do("period", "publish", "2026-10")
		refused(exitFailed, "已发布，不再接受导入", "import", "vetoes", filepath.Join("testdata", "q-bank", "vetoes.xlsx"))
		b.do("period", "close", "2026-10")

		var status struct {
			State   string
			Run     struct{ Number int }
			Waivers []struct{ Blocker string }
		}
		if err := json.Unmarshal([]byte(b.do("period", "show", "2026-10", "--json").stdout), &status); err != nil {
			t.Fatal(err)
		}
		if status.State != "closed" || status.Run.Number != 1 || len(status.Waivers) != 4 {
			t.Errorf("got %+v", status)
		}
		refused(exitFailed, "已经存在", "period", "create", "2026-10")
		refused(exitWrong, "没有考核期 2026-09", "period", "show", "2026-09")
		refused(exitWrong, "应为年月", "period", "create", "2026-13")
		refused(exitWrong, "应在 0 到 30 之间", "period", "create", "2026-11", "--min-days", "31")
		if text := b.do("period", "list", "--lang", "en").stdout; !strings.Contains(text, "2026-10  closed") {
			t.Errorf("got\n%s", text)
		}
	})
}
