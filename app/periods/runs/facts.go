package runs

import (
	"cmp"
	"context"
	"slices"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/scoring"
)

// byPlace orders facts by member, and so that what names its place more exactly
// comes later and takes the place of what does not. Targets and actuals do
// without: they are many, and the order would cost a sort.
const byPlace = " ORDER BY staff_id, unit_id IS NOT NULL, position <> ''"

// read gives the members of a chunk of staff with their inputs: one query for
// each table of facts. They are good until the next read. A fact that fits no
// segment, or its scorecard no longer, because assignments or scorecards
// changed after it came in, is left out.
func (a *assembly) read(ctx context.Context, tx db.Tx, chunk []staff) ([]scoring.Member, error) {
	a.begin(chunk)
	for _, stream := range []struct {
		table, columns, order string
		place                 func(db.Row, int) error
	}{
		{"targets", "unit_id, position, metric_id, target, baseline", "", a.target},
		{"actuals", "unit_id, position, metric_id, actual", "", a.actual},
		{"surveys", "unit_id, position, item, answers, answers_sum", byPlace, a.survey},
		{"events", "unit_id, position, event_type, item, occurrences", byPlace, a.event},
		{"reviews", "unit_id, position, item, role, rater, level", byPlace, a.review},
		{"adjustments", "key, points", "", a.adjustment},
		{"vetoes", "key", "", a.veto},
	} {
		a.cursor = 0
		query := "SELECT staff_id, " + stream.columns + " FROM " + stream.table +
			" WHERE period_id = ? AND staff_id BETWEEN ? AND ? AND ended_batch_id IS NULL" + stream.order
		args := []any{a.in.period.ID, chunk[0].id, chunk[len(chunk)-1].id}
		err := tx.Each(ctx, query, args, func(row db.Row) error {
			if i := a.find(row.Int(0)); i >= 0 {
				return stream.place(row, i)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	a.countEvents()
	for i := range a.members {
		a.dropUnlisted(i)
		inOrder(&a.members[i])
	}
	return a.members, nil
}

// dropUnlisted leaves out adjustments and vetoes that none of a member's
// scorecards lists. What another than the main one lists stays, and leaves the
// member incomplete.
func (a *assembly) dropUnlisted(i int) {
	m := &a.members[i]
	own := a.cards[a.firsts[i] : a.firsts[i]+len(a.staff[i].segments)]
	listed := func(lists func(*card) bool) bool { return slices.ContainsFunc(own, lists) }
	m.Adjustments = slices.DeleteFunc(m.Adjustments, func(e scoring.Entry) bool {
		return !listed(func(c *card) bool {
			return slices.ContainsFunc(c.Adjustments, func(a scoring.Adjustment) bool { return a.Key == e.Key })
		})
	})
	m.Vetoes = slices.DeleteFunc(m.Vetoes, func(key string) bool {
		return !listed(func(c *card) bool {
			return slices.ContainsFunc(c.Vetoes, func(v scoring.Veto) bool { return v.Key == key })
		})
	})
}

// inOrder puts the lists of a member's inputs into an order that does not
// depend on how they were stored: the same inputs freeze to the same text.
func inOrder(m *scoring.Member) {
	for s := range m.Segments {
		for i := range m.Segments[s].Inputs {
			input := &m.Segments[s].Inputs[i]
			slices.SortFunc(input.Ratings, func(a, b scoring.Rating) int {
				return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Rater, b.Rater))
			})
			slices.SortFunc(input.Events, func(a, b scoring.EventCount) int { return cmp.Compare(a.Type, b.Type) })
		}
	}
	slices.SortFunc(m.Adjustments, func(a, b scoring.Entry) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), a.Points.Cmp(b.Points))
	})
	slices.Sort(m.Vetoes)
}

// segment gives the place of the segment of member i that a fact belongs to among all of the chunk.
func (a *assembly) segment(row db.Row, i int) (int, bool) {
	at, why := periods.Place(a.staff[i].segments, row.Int(1), a.text(row.Bytes(2)))
	return a.firsts[i] + at, why == periods.Placed
}

func (a *assembly) target(row db.Row, i int) error {
	target, err := number(row, 4)
	if err != nil {
		return err
	}
	baseline, err := number(row, 5)
	if err != nil {
		return err
	}
	position := a.text(row.Bytes(2))
	how := exactly(row.Int(1), position)
	set := func(segment int) {
		for _, item := range a.cards[segment].metrics[row.Int(3)] {
			slot := a.starts[segment] + item
			if how < a.exact[slot].target {
				continue
			}
			a.exact[slot].target = how
			input := &a.slots[slot]
			input.Target, input.Baseline = target, baseline
			input.Given = input.Given || target.Valid() || baseline.Valid()
		}
	}
	if periods.Everywhere(row.Int(1), position) {
		for s := range a.staff[i].segments {
			set(a.firsts[i] + s)
		}
		return nil
	}
	if segment, ok := a.segment(row, i); ok {
		set(segment)
	}
	return nil
}

func (a *assembly) actual(row db.Row, i int) error {
	actual, err := number(row, 4)
	if err != nil {
		return err
	}
	segment, ok := a.segment(row, i)
	if !ok {
		return nil
	}
	how := exactly(row.Int(1), a.text(row.Bytes(2)))
	for _, item := range a.cards[segment].metrics[row.Int(3)] {
		slot := a.starts[segment] + item
		if how < a.exact[slot].actual {
			continue
		}
		a.exact[slot].actual = how
		a.slots[slot].Actual = actual
		a.slots[slot].Given = a.slots[slot].Given || actual.Valid()
	}
	return nil
}

func (a *assembly) survey(row db.Row, i int) error {
	sum, err := number(row, 5)
	if err != nil {
		return err
	}
	segment, ok := a.segment(row, i)
	if !ok {
		return nil
	}
	item, ok := a.cards[segment].keys[string(row.Bytes(3))]
	if !ok {
		return nil
	}
	survey, count := a.cards[segment].items[item].Survey, row.Int(4)
	if survey == nil {
		return nil
	}
	input := &a.slots[a.starts[segment]+item]
	*input = scoring.Input{}
	answers := scoring.FromInt(count)
	if row.Null(4) || !sum.Valid() || sum.Cmp(answers.Mul(survey.ScaleMin)) < 0 || sum.Cmp(answers.Mul(survey.ScaleMax)) > 0 {
		return nil
	}
	*input = scoring.Input{Given: true, Survey: &scoring.SurveyAnswers{Count: count, Sum: sum}}
	return nil
}

func (a *assembly) review(row db.Row, i int) error {
	segment, ok := a.segment(row, i)
	if !ok {
		return nil
	}
	item, ok := a.cards[segment].keys[string(row.Bytes(3))]
	if !ok {
		return nil
	}
	rating := scoring.Rating{Role: a.text(row.Bytes(4)), Rater: row.Text(5), Level: a.text(row.Bytes(6))}
	input := &a.slots[a.starts[segment]+item]
	at := slices.IndexFunc(input.Ratings, func(r scoring.Rating) bool { return r.Role == rating.Role && r.Rater == rating.Rater })
	if at >= 0 {
		input.Ratings = slices.Delete(input.Ratings, at, at+1)
	}
	if !row.Null(6) && rates(a.cards[segment].items[item].Rating, rating) {
		input.Ratings = append(input.Ratings, rating)
	}
	input.Given = len(input.Ratings) > 0
	return nil
}

// rates says whether a rubric knows the role and the level of a rating.
func rates(rubric *scoring.Rubric, rating scoring.Rating) bool {
	return rubric != nil &&
		slices.ContainsFunc(rubric.Roles, func(r scoring.Role) bool { return r.Role == rating.Role }) &&
		slices.ContainsFunc(rubric.Levels, func(l scoring.Level) bool { return l.Level == rating.Level })
}

func (a *assembly) adjustment(row db.Row, i int) error {
	points, err := number(row, 2)
	if err != nil || !points.Valid() {
		return err
	}
	a.members[i].Adjustments = append(a.members[i].Adjustments, scoring.Entry{Key: a.text(row.Bytes(1)), Points: points})
	return nil
}

func (a *assembly) veto(row db.Row, i int) error {
	a.members[i].Vetoes = append(a.members[i].Vetoes, a.text(row.Bytes(1)))
	return nil
}
