package cli

import (
	"strings"
	"testing"
)

func TestColumnsStandInLineWhereChineseStandsBesideLatin(t *testing.T) {
	var out strings.Builder
	table := NewTable("工号", "姓名", "总分").Right(2)
	table.Row("007001", "尉迟敬德", "98.73")
	table.Row("7", "Li", "101.7")
	if err := table.Print(&out); err != nil {
		t.Fatal(err)
	}
	want := "工号    姓名       总分\n" +
		"───────────────────────\n" +
		"007001  尉迟敬德  98.73\n" +
		"7       Li        101.7\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestControlAndDirectionCharactersAreShownAndNotObeyed(t *testing.T) {
	for in, want := range map[string]string{
		"王\x1b[2J芳":  `王\u001B[2J芳`,
		"a\nb":       `a\u000Ab`,
		"\u202Exslx": `\u202Exslx`,
		"李 🏦":        "李 🏦",
	} {
		if got := printable(in); got != want {
			t.Errorf("printable(%q) = %q, want %q", in, got, want)
		}
	}
}
