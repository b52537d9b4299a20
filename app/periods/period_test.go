package periods_test

import (
	"testing"
	"time"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/periods"
)

func TestAPeriodIsAMonth(t *testing.T) {
	t.Parallel()
	p, err := periods.New("2028-02", 5)
	if err != nil {
		t.Fatal(err)
	}
	if p.FirstDay.String() != "2028-02-01" || p.LastDay.String() != "2028-02-29" || p.Days() != 29 || p.State != periods.Draft {
		t.Errorf("got %+v", p)
	}
}

func TestWhatIsNoMonthIsNoPeriod(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "2026", "2026-13", "2026-1", "2026-10-01", "202610", "２０２６-10", "0026-10"} {
		if _, err := periods.New(code, 0); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: got %v", code, err)
		}
	}
	for _, days := range []int{-1, 32} {
		if _, err := periods.New("2026-10", days); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%d days: got %v", days, err)
		}
	}
}

// D04: of all pairs of states those of the month's course are legal, the others conflicts.
func TestD04EveryPairOfStates(t *testing.T) {
	t.Parallel()
	transitions := map[periods.State]func(*periods.Period) error{
		periods.Collecting: (*periods.Period).Open,
		periods.Scoring:    (*periods.Period).Score,
		periods.Published:  func(p *periods.Period) error { return p.Publish(7, time.Unix(0, 0).UTC()) },
		periods.Closed:     (*periods.Period).Close,
	}
	for _, from := range periods.States() {
		for to, move := range transitions {
			p, _ := periods.New("2026-10", 0)
			p.State = from
			next, _ := from.Next()
			err := move(p)
			switch {
			case next == to && (err != nil || p.State != to):
				t.Errorf("%s → %s: %v", from, to, err)
			case next != to && (fault.KindOf(err) != fault.Conflict || p.State != from):
				t.Errorf("%s → %s is no step of the month: %v, %s", from, to, err, p.State)
			}
		}
	}
}

func TestImportsEndWithPublishingAndRunsWithClosing(t *testing.T) {
	t.Parallel()
	for state, want := range map[periods.State][2]bool{
		periods.Draft: {true, true}, periods.Collecting: {true, true}, periods.Scoring: {true, true},
		periods.Published: {false, true}, periods.Closed: {false, false},
	} {
		p, _ := periods.New("2026-10", 0)
		p.State = state
		if got := [2]bool{p.CanImport() == nil, p.CanRun() == nil}; got != want {
			t.Errorf("%s: import, run: got %v, want %v", state, got, want)
		}
	}
}
