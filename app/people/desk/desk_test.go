package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/steelyard/steelyard/app"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/apptest/world"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/idempotency"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people/desk"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/rbac/rbactest"
)

// bank has two users.
type bank struct {
	*testing.T
	*app.App
}

func eachBank(t *testing.T, f func(b bank)) {
	t.Helper()
	apptest.EachEngine(t, func(t *testing.T, d *db.DB) {
		a := app.New(d, func() time.Time { return time.Date(2026, 10, 31, 4, 0, 0, 0, time.UTC) })
		world.Load(t, a, rbactest.World{
			Units: []rbactest.Unit{{Code: "HQ", Level: rbac.HeadOffice}},
			Staff: []rbactest.Member{{No: "A1", Assignments: []rbactest.Assignment{{Unit: "HQ", From: "2026-01-01"}}}},
			Users: []rbactest.User{{Name: "a1", Staff: "A1"}, {Name: "b1"}},
		})
		f(bank{t, a})
	})
}

func (b bank) as(name string) rbac.Actor {
	b.Helper()
	u, ok := b.Guard.Snapshot().UserNamed(name)
	if !ok {
		b.Fatalf("there is no user %s", name)
	}
	return b.Actor(u.ID)
}

func (b bank) expect(err error, code string) {
	b.Helper()
	if e, ok := fault.As(err); !ok || e.Code != code {
		b.Errorf("got %v, want %s", err, code)
	}
}

func (b bank) save(who string, v desk.View) desk.View {
	b.Helper()
	made, err := b.Desk.CreateView(b.Context(), b.as(who), v)
	if err != nil {
		b.Fatal(err)
	}
	return made
}

func (b bank) views(who, name string) string {
	b.Helper()
	found, err := b.Desk.Views(b.Context(), b.as(who), name)
	if err != nil {
		b.Fatal(err)
	}
	var said []string
	for _, v := range found {
		said = append(said, fmt.Sprintf("%s/%s mine=%t", v.Page, v.Name, v.Mine))
	}
	return strings.Join(said, ", ")
}

func TestPreferencesAreThoseOfTheRequestUntilTheyAreKept(t *testing.T) {
	eachBank(t, func(b bank) {
		english := lang.With(b.Context(), lang.En)
		unasked := desk.Preferences{Language: "en", Theme: "system", Density: "default"}
		if got, err := b.Desk.Preferences(english, b.as("a1")); err != nil || got != unasked {
			b.Errorf("unasked: %+v %v", got, err)
		}
		kept := desk.Preferences{Language: "zh", Theme: "dark", Density: "dense", TabMovesInGrids: true, TourSeen: true}
		for range 2 {
			if err := b.Desk.PutPreferences(b.Context(), b.as("a1"), kept); err != nil {
				b.Fatal(err)
			}
		}
		if got, err := b.Desk.Preferences(english, b.as("a1")); err != nil || got != kept {
			b.Errorf("kept: %+v %v", got, err)
		}
		if got, _ := b.Desk.Preferences(english, b.as("b1")); got != unasked {
			b.Errorf("somebody else's: %+v", got)
		}
		b.expect(b.Desk.PutPreferences(b.Context(), b.as("a1"), desk.Preferences{Language: "fr", Theme: "dark", Density: "dense"}), "desk.preferences")
		list, err := b.Audit.Search(b.Context(), rbac.Operator("tester"), audit.Filter{Action: "preferences."}, page.Query{})
		if err != nil || len(list.Records) != 1 || list.Records[0].Key != "a1" {
			b.Errorf("on record: %+v %v", list, err)
		}
	})
}

func TestASharedViewIsListedForEverybodyAndChangedByItsOwnerAlone(t *testing.T) {
	eachBank(t, func(b bank) {
		made := b.save("a1", desk.View{Page: "results", Name: " A级 ", Query: "grade=A&sort=-total", Shared: true})
		b.save("a1", desk.View{Page: "results", Name: "mine alone", Query: ""})
		b.save("b1", desk.View{Page: "staff", Name: "S1", Query: "unit=S1"})
		want := desk.View{ID: made.ID, Page: "results", Name: "A级", Query: "grade=A&sort=-total", Shared: true, Mine: true, MadeBy: "A1", Pinyin: "a1", Version: 1}
		if difference := cmp.Diff(want, made); difference != "" {
			b.Error(difference)
		}
		if got := b.views("a1", "results"); got != "results/A级 mine=true, results/mine alone mine=true" && got != "results/mine alone mine=true, results/A级 mine=true" {
			b.Errorf("the owner sees %s", got)
		}
		if got := b.views("b1", ""); got != "staff/S1 mine=true, results/A级 mine=false" {
			b.Errorf("another user sees %s", got)
		}
		_, err := b.Desk.ChangeView(b.Context(), b.as("b1"), made)
		b.expect(err, "view.unknown")
		b.expect(b.Desk.DeleteView(b.Context(), b.as("b1"), made.ID), "view.unknown")
		if err := b.Desk.DeleteView(b.Context(), b.as("a1"), made.ID); err != nil {
			b.Fatal(err)
		}
		if got := b.views("b1", "results"); got != "" {
			b.Errorf("after it was deleted: %s", got)
		}
	})
}

func TestAnOldVersionOfAViewIsAConflictThatShowsWhatIsThere(t *testing.T) {
	eachBank(t, func(b bank) {
		made := b.save("a1", desk.View{Page: "results", Name: "one", Query: "grade=A"})
		renamed := made
		renamed.Name = "two"
		if changed, err := b.Desk.ChangeView(b.Context(), b.as("a1"), renamed); err != nil || changed.Version != 2 || changed.Query != "grade=A" {
			b.Fatalf("%+v %v", changed, err)
		}
		_, err := b.Desk.ChangeView(b.Context(), b.as("a1"), made)
		b.expect(err, "view.version")
		if e, _ := fault.As(err); e == nil || e.Current == nil {
			b.Errorf("the conflict shows nothing: %v", err)
		}
	})
}

func TestNamesOfViewsAreUniquePerUserAndPageAndTheyAreNotMany(t *testing.T) {
	eachBank(t, func(b bank) {
		for i := range 100 {
			b.save("a1", desk.View{Page: "results", Name: fmt.Sprint("view ", i)})
		}
		_, err := b.Desk.CreateView(b.Context(), b.as("a1"), desk.View{Page: "staff", Name: "one more"})
		b.expect(err, "view.too_many")
		made := b.save("b1", desk.View{Page: "results", Name: "view 1"})
		b.save("b1", desk.View{Page: "staff", Name: "view 1"})
		_, err = b.Desk.CreateView(b.Context(), b.as("b1"), desk.View{Page: "results", Name: "view 1"})
		b.expect(err, "view.name_taken")
		other := b.save("b1", desk.View{Page: "results", Name: "view 2"})
		other.Name = made.Name
		_, err = b.Desk.ChangeView(b.Context(), b.as("b1"), other)
		b.expect(err, "view.name_taken")
	})
}

func TestWhatIsNoViewIsRefused(t *testing.T) {
	eachBank(t, func(b bank) {
		for code, v := range map[string]desk.View{
			"view.name":  {Page: "results", Name: " \t"},
			"view.query": {Page: "Results?", Name: "n"},
		} {
			_, err := b.Desk.CreateView(b.Context(), b.as("a1"), v)
			b.expect(err, code)
		}
		for _, v := range []desk.View{
			{Page: "results", Name: strings.Repeat("名", 101)}, {Page: "results", Name: "a\u202eb"},
			{Page: "results", Name: "n", Query: strings.Repeat("q", 2001)}, {Page: "results", Name: "n", Query: "a\nb"},
		} {
			if _, err := b.Desk.CreateView(b.Context(), b.as("a1"), v); fault.KindOf(err) != fault.Invalid {
				b.Errorf("%.60q: %v", v.Name+v.Query, err)
			}
		}
	})
}

func TestARequestThatIsRepeatedSavesOneView(t *testing.T) {
	eachBank(t, func(b bank) {
		ctx := idempotency.With(b.Context(), idempotency.Key{UserID: b.as("a1").UserID, Key: "k", Operation: "createView"})
		var ids []int64
		for range 2 {
			made, err := b.Desk.CreateView(ctx, b.as("a1"), desk.View{Page: "results", Name: "once"})
			if err != nil {
				b.Fatal(err)
			}
			ids = append(ids, made.ID)
		}
		if ids[0] != ids[1] {
			b.Errorf("two views: %v", ids)
		}
	})
}
