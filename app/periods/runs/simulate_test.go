package runs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/periods/runs"
)

// definition gives the definition in force of a scorecard.
func (b *bank) definition(code string) string {
	b.Helper()
	v, err := b.Cards.Version(b.Context(), b.actor, code, 0)
	if err != nil {
		b.Fatal(err)
	}
	return v.Definition
}

func (b *bank) simulate(code, definition string) *runs.Simulation {
	b.Helper()
	found, err := b.Runs.Simulate(b.Context(), b.actor, month, code, []byte(definition))
	if err != nil {
		b.Fatal(err)
	}
	return found
}

func TestASimulationIsWhatARunByThatVersionGives(t *testing.T) {
	t.Parallel()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		b := newBank(t, d)
		b.calculate()
		was := b.definition("rm-corporate")
		same := b.simulate("rm-corporate", was)
		if same.Members == 0 || same.Changed != 0 || same.Moved != 0 {
			t.Fatalf("the same definition: %d members, %d changed, %d moved", same.Members, same.Changed, same.Moved)
		}
		other := strings.Replace(was, `"type":"ratio","cap":"120"`, `"type":"ratio","cap":"100"`, 1)
		if other == was {
			other = strings.Replace(was, `"cap":"120"}`, `"cap":"100"}`, 1)
		}
		if other == was {
			t.Fatal("the definition has no cap to change")
		}
		tried := b.simulate("rm-corporate", other)
		if tried.Members != same.Members || tried.Changed == 0 {
			t.Fatalf("another cap: %d members, %d changed", tried.Members, tried.Changed)
		}
		path := filepath.Join(t.TempDir(), "card.json")
		if err := os.WriteFile(path, []byte(other), 0o600); err != nil {
			t.Fatal(err)
		}
		b.importFile("scorecards", path)
		b.calculate()
		changes, _ := b.changes(1, 2)
		moved := 0
		for _, c := range changes {
			if c.Before.Scorecard == "rm-corporate" && c.Before.Grade != c.After.Grade {
				moved++
			}
		}
		for _, one := range tried.Examples {
			c := changes[one.StaffNo]
			switch {
			case c == nil && *one.BeforeTotal != *one.AfterTotal:
				t.Errorf("%s: %s to %s, and no change in the run", one.StaffNo, *one.BeforeTotal, *one.AfterTotal)
			case c != nil && c.After.Total.Text(c.After.Precision) != *one.AfterTotal:
				t.Errorf("%s: simulated %s, the run gave %s", one.StaffNo, *one.AfterTotal, c.After.Total.Text(c.After.Precision))
			}
		}
		if tried.Moved < moved {
			t.Errorf("%d move, in the run %d did", tried.Moved, moved)
		}
	})
}

func TestASimulationTakesItemsThatComeAndGo(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	found := b.simulate("rm-corporate", `{"code":"rm-corporate","peer_group":"bank","positions":["rm_corporate"],"perspectives":[{"key":"p","items":[
		{"key":"sales","metric":"new_customers","weight":"60","source":"metric","missing":"zero","method":{"type":"ratio"}},
		{"key":"conduct","weight":"20","source":"events","method":{"type":"deduct","points":{"other":"5"}}},
		{"key":"teamwork","weight":"20","source":"rating","missing":"zero","rating":{"levels":{"x":"1"},"roles":[{"role":"nobody","weight":"1"}]},"method":{"type":"direct"}}]}],
		"grades":[{"grade":"S","min":"50"},{"grade":"T"}]}`)
	if found.Members == 0 || found.Changed == 0 || !slices.Contains(found.Grades, "S") || len(found.Moves) == 0 {
		t.Errorf("%d members, %d changed, grades %v, moves %v", found.Members, found.Changed, found.Grades, found.Moves)
	}
	graded := 0
	for _, one := range found.Examples {
		if one.AfterGrade != nil && (*one.AfterGrade == "S" || *one.AfterGrade == "T") {
			graded++
		}
	}
	if graded == 0 {
		t.Error("nobody has a grade of the other definition")
	}
}

func TestWhatCannotBeSimulatedIsSaid(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	for definition, code := range map[string]string{"": "scorecard.no_draft_left", `{"perspectives":[]}`: "scorecard.invalid"} {
		var text []byte
		if definition != "" {
			text = []byte(definition)
		}
		_, err := b.Runs.Simulate(b.Context(), b.actor, month, "rm-corporate", text)
		if wrong, ok := fault.As(err); !ok || wrong.Code != code {
			t.Errorf("%q: %v", definition, err)
		}
	}
	_, err := b.Runs.Simulate(b.Context(), b.actor, month, "no-such", []byte(b.definition("rm-corporate")))
	if wrong, ok := fault.As(err); !ok || wrong.Code != "scorecard.unknown" {
		t.Errorf("a scorecard that there is not: %v", err)
	}
}
