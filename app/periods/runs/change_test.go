package runs

import (
	"testing"

	"github.com/steelyard/steelyard/app/periods"
)

func TestATotalIsComparedWithThatOfTheMonthBeforeExactly(t *testing.T) {
	result := func(scaled int64, precision int) *Result {
		return &Result{Total: Points{Scaled: scaled, Known: true}, Precision: precision}
	}
	for _, c := range []struct {
		now, before *Result
		want        string
	}{
		{result(892700, 2), result(901250, 2), "-0.85"},
		{result(892700, 2), result(892700, 2), "0.00"},
		{result(892700, 2), result(890001, 4), "0.2699"},
		{result(892700, 2), nil, ""},
		{&Result{}, result(1, 2), ""},
	} {
		row := MemberRow{Row: Row{Result: c.now}, Before: c.before}
		got := ""
		if change := row.Change(); change != nil {
			got = *change
		}
		if got != c.want {
			t.Errorf("from %+v to %+v is %q, want %q", c.before, c.now, got, c.want)
		}
	}
}

func TestTheMonthBeforeJanuaryIsDecember(t *testing.T) {
	for code, want := range map[string]string{"2026-01": "2025-12", "2026-03": "2026-02"} {
		p, err := periods.New(code, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := monthBefore(p); got != want {
			t.Errorf("before %s is %s, want %s", code, got, want)
		}
	}
}
