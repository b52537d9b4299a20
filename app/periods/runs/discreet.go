package runs

import (
	"cmp"
	"slices"

	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// anonymousLeast is how many ratings of one role it takes until a mean of them
// tells nobody who gave which. With fewer an item shows its value alone, because
// the means of the other roles would give that of this one away.
const anonymousLeast = 3

// named are the roles whose raters everybody knows: the member, and the manager of
// the unit. Ratings of all others are anonymous to whoever may not read reviews there.
var named = []string{"manager", "self"}

// cut takes out of an explained result what is out of sight, and who gave which
// rating where the actor may not read reviews; false if nothing stays.
func (b *Book) cut(t *MemberTrace) bool {
	kept, ok := b.sight.cut(t.Result)
	if !ok {
		return false
	}
	if !b.sight.allOf(t.StaffID) {
		t.keep(kept)
	}
	t.Unit = b.Units[t.UnitID]
	for i := range t.Trace.Segments {
		if !b.reviews.whole && !b.reviews.units[t.Segments[i].UnitID] {
			t.hush(i)
		}
	}
	return true
}

// keep leaves the segments of these places, and of a partial result nothing of the whole.
func (t *MemberTrace) keep(kept []int) {
	trace, input, result := *t.Trace, *t.Input, *t.Trace.Result
	trace.Segments, input.Segments, result.Segments = nil, nil, nil
	trace.Main, result.Main = -1, -1
	for at, i := range kept {
		segment := t.Trace.Segments[i]
		segment.Index = at
		if t.Trace.Main == i {
			trace.Main = at
		}
		trace.Segments = append(trace.Segments, segment)
		if i < len(t.Input.Segments) {
			input.Segments = append(input.Segments, t.Input.Segments[i])
		}
	}
	for n, of := range t.Trace.Result.Segments {
		at := slices.Index(kept, of.Index)
		if at < 0 {
			continue
		}
		if t.Trace.Result.Main == n {
			result.Main = len(result.Segments)
		}
		of.Index = at
		result.Segments = append(result.Segments, of)
	}
	if t.Status == Partial {
		trace.Adjustments, trace.Vetoes, trace.Grade, input.Adjustments, input.Vetoes = nil, nil, nil, nil, nil
		result = scoring.Result{
			ID: result.ID, Status: Partial, Precision: result.Precision, Main: result.Main, Segments: result.Segments,
		}
	}
	trace.Result = &result
	t.Trace, t.Input = &trace, &input
}

// hush takes from a segment who gave which rating.
func (t *MemberTrace) hush(segment int) {
	items := t.Trace.Segments[segment].Items
	for i := range items {
		if slices.ContainsFunc(items[i].Roles, tooFew) {
			items[i].Roles = nil
		}
	}
	if segment < len(t.Input.Segments) {
		inputs := slices.Clone(t.Input.Segments[segment].Inputs)
		for i := range inputs {
			inputs[i].Ratings = anonymous(inputs[i].Ratings)
		}
		segments := slices.Clone(t.Input.Segments)
		segments[segment].Inputs = inputs
		input := *t.Input
		input.Segments = segments
		t.Input = &input
	}
}

// tooFew says whether the mean of a role would tell who gave which rating.
func tooFew(r scoring.RoleTrace) bool {
	return r.Count > 0 && r.Count < anonymousLeast && !slices.Contains(named, r.Role)
}

// anonymous gives ratings without those who gave them; none of a role that has too few.
func anonymous(ratings []scoring.Rating) []scoring.Rating {
	if ratings == nil {
		return nil
	}
	counts := map[string]int{}
	for _, r := range ratings {
		counts[r.Role]++
	}
	kept := make([]scoring.Rating, 0, len(ratings))
	for _, r := range ratings {
		if slices.Contains(named, r.Role) || counts[r.Role] >= anonymousLeast {
			kept = append(kept, scoring.Rating{Role: r.Role, Level: r.Level})
		}
	}
	slices.SortFunc(kept, func(a, b scoring.Rating) int { // not in the order of who gave them
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Level, b.Level))
	})
	return kept
}

// NamePlaces gives the segments of a trace their units and positions in words.
func (b *Book) NamePlaces(t *MemberTrace, l lang.Language) {
	for i := range min(len(t.Segments), len(t.Trace.Segments)) {
		if u := b.Units[t.Segments[i].UnitID]; u != nil {
			t.Trace.Segments[i].Place = lang.Say(l, "runs.place", lang.Args{"unit": u.Name, "position": t.Segments[i].Position})
		}
	}
}

// Lines says in words how the result came about, as far as it is in sight.
func (t *MemberTrace) Lines(l lang.Language) []string {
	lines := t.Trace.Lines(string(l))
	if t.Status == Partial && len(lines) > 0 {
		lines[0] = lang.Say(l, "runs.partial", lang.Args{"staff": t.StaffNo})
	}
	return lines
}
