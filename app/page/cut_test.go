package page_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/page"
)

func TestAListThatIsWorkedOutIsCutIntoPagesThatMissAndRepeatNothing(t *testing.T) {
	rows := []string{"a 1", "b 1", "b 2", "b 3", "b 4", "c 1", "d 1"}
	name := func(row string) string { return strings.Fields(row)[0] }
	for _, sort := range []string{"", "name", "-name"} {
		for limit := 1; limit <= len(rows)+1; limit++ {
			var got []string
			q := page.Query{Limit: limit, Sort: sort}
			for {
				cut, next, err := page.Cut(q, "name", rows, name)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, cut...)
				if q.Cursor = next; next == "" {
					break
				}
			}
			want := slices.Clone(rows)
			if sort == "-name" {
				slices.Reverse(want)
			}
			if !slices.Equal(got, want) {
				t.Errorf("by %q, %d a page: %q", sort, limit, got)
			}
		}
	}
}

func TestACursorWhoseRowIsGoneGoesOnAfterItsPlace(t *testing.T) {
	name := func(row string) string { return row }
	_, next, err := page.Cut(page.Query{Limit: 2}, "name", []string{"a", "b", "c", "d"}, name)
	if err != nil {
		t.Fatal(err)
	}
	if cut, _, err := page.Cut(page.Query{Limit: 2, Cursor: next}, "name", []string{"a", "c", "d"}, name); err != nil || !slices.Equal(cut, []string{"c", "d"}) {
		t.Errorf("got %q, %v", cut, err)
	}
	for _, q := range []page.Query{{Limit: -1}, {Limit: 1000}, {Sort: "points"}, {Cursor: "x"}} {
		if _, _, err := page.Cut(q, "name", []string{"a"}, name); err == nil {
			t.Errorf("%+v is taken", q)
		}
	}
}
