package reports

import (
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/scoring"
)

// Person is one member of the month with the explained result.
type Person struct {
	StaffNo, Name      string
	UnitCode, UnitName string // of the main segment, or the last
	Position           string
	Places             []Place // where each segment of the trace was spent
	Trace              *scoring.Trace
}

// Place is a unit and a position.
type Place struct{ Unit, Position string }

// view gives what the person's card shows, in a language.
func (p *Person) view(l lang.Language) memberView {
	t, r := p.Trace, p.Trace.Result
	v := memberView{
		staffNo: p.StaffNo, name: p.Name, unit: p.UnitName, position: p.Position,
		status: string(r.Status), precision: r.Precision, main: -1,
		rank: r.Rank, peers: r.Peers, grade: r.Grade, coefficient: r.Coefficient,
	}
	for n := range t.Segments {
		if s := &t.Segments[n]; s.Counts {
			if n == t.Main {
				v.main = len(v.segments)
			}
			v.segments = append(v.segments, segmentOf(l, s, p.place(n)))
		}
	}
	if r.Status != scoring.Complete || v.main < 0 {
		return v
	}
	fixed := func(n scoring.Number) string { return n.Fixed(r.Precision) }
	v.base, v.bonus, v.deduction, v.total = fixed(r.Base), fixed(r.Bonus), fixed(r.Deduction), fixed(r.Total)
	v.beforeVeto = fixed(t.BeforeVeto)
	v.totalCap, v.bonusCap, v.deductionCap = t.TotalCap.String(), t.BonusCap.String(), t.DeductionCap.String()
	v.adjustments, v.vetoes = adjustmentsOf(l, t, r.Precision), vetoesOf(l, t)
	for _, g := range t.Segments[t.Main].Card.Grades {
		v.grades = append(v.grades, gradeView{g.Grade, g.Min.String(), g.Coefficient})
	}
	return v
}

func (p *Person) place(segment int) Place {
	if segment < len(p.Places) {
		return p.Places[segment]
	}
	return Place{Unit: p.UnitName, Position: p.Position}
}

// adjustmentsOf lists all that the main scorecard knows, also those without an entry.
func adjustmentsOf(l lang.Language, t *scoring.Trace, precision int) []adjustmentView {
	entered := map[string]*scoring.AdjustmentTrace{}
	for n := range t.Adjustments {
		entered[t.Adjustments[n].Key] = &t.Adjustments[n]
	}
	var views []adjustmentView
	for _, a := range t.Segments[t.Main].Card.Adjustments {
		v := adjustmentView{name: named(l, a.Name, a.Key), bonus: a.Type == scoring.Bonus, entered: "0", cap: a.Cap.String()}
		v.kept = scoring.FromInt(0).Fixed(precision)
		if e := entered[a.Key]; e != nil {
			v.entered, v.kept = e.Entered.String(), e.Counted.Fixed(precision)
		}
		views = append(views, v)
	}
	return views
}

func vetoesOf(l lang.Language, t *scoring.Trace) []vetoView {
	triggered := map[string]bool{}
	for _, v := range t.Vetoes {
		triggered[v.Key] = true
	}
	var views []vetoView
	for _, v := range t.Segments[t.Main].Card.Vetoes {
		views = append(views, vetoView{name: named(l, v.Name, v.Key), cap: v.Cap.String(), triggered: triggered[v.Key]})
	}
	return views
}

// named is a name in a language, or the key of what has no name.
func named(l lang.Language, name scoring.Text, key string) string {
	return scoring.AdjustmentName(name, key).In(string(l))
}

func segmentOf(l lang.Language, s *scoring.SegmentTrace, place Place) segmentView {
	precision := s.Card.Precision
	v := segmentView{
		unit: place.Unit, position: place.Position, scorecard: s.Scorecard, scorecardName: named(l, s.Card.Name, s.Scorecard),
		peerGroup: s.PeerGroup, days: s.Days, precision: precision, complete: s.Status == scoring.Complete,
		base: s.Base.Fixed(precision),
	}
	for _, p := range s.Card.Perspectives {
		v.perspectives = append(v.perspectives, perspectiveView{key: p.Key, name: named(l, p.Name, p.Key)})
	}
	for n := range s.Items {
		i := &s.Items[n]
		group := &v.perspectives[i.Perspective]
		group.items = append(group.items, itemOf(l, i, precision))
	}
	return v
}

// shown is how many digits of a figure that is no decimal go into a cell: as many as a spreadsheet keeps.
const shown = 15

func itemOf(l lang.Language, i *scoring.ItemTrace, precision int) itemView {
	v := itemView{
		key: i.Item.Key, name: named(l, i.Item.Name, i.Item.Key), source: string(i.Item.Source), flow: i.Item.Flow,
		method: methodOf(i.Method), weight: i.Weight.String(), effective: i.EffectiveWeight.Significant(shown),
		status: string(i.Status), reason: string(i.Reason), neutral: i.Item.Neutral.String(),
		score: i.Score.Fixed(precision), contribution: i.Contribution.Fixed(precision), x: i.X.Significant(shown),
		actual: i.Actual.String(), target: i.Target.String(), baseline: i.Baseline.String(), raised: i.Raised.Significant(shown),
		peers: peersOf(i),
	}
	for _, r := range i.Roles {
		if r.Counts {
			v.roles = append(v.roles, roleView{roleName(l, r.Role), r.Weight.String(), r.Mean.Significant(shown), r.Used})
		}
	}
	v.events = eventsOf(l, i)
	if i.Item.Survey != nil {
		s := i.Item.Survey
		v.survey = surveyView{
			min: s.ScaleMin.String(), max: s.ScaleMax.String(), priorMean: s.PriorMean.String(), priorWeight: s.PriorWeight.String(),
			count: scoring.FromInt(i.Count).String(), sum: i.Sum.String(),
		}
	}
	if i.Item.Source == scoring.SourceEvents && i.Status == scoring.ItemScored && !i.X.Valid() {
		v.x = "0" // nothing happened
	}
	if i.Method.Type == scoring.MethodIncrements && i.X.Valid() {
		v.steps = steps(i).Significant(shown)
	}
	return v
}

// eventsOf lists every type of event that the method knows, also what did not happen.
func eventsOf(l lang.Language, i *scoring.ItemTrace) []eventView {
	counts := map[string]int64{}
	for _, e := range i.Events {
		counts[e.Type] = e.Count
	}
	var views []eventView
	for _, e := range i.Method.Events {
		views = append(views, eventView{eventName(l, e.Type), scoring.FromInt(counts[e.Type]).String(), e.Points.String()})
	}
	return views
}

// steps is how many steps better the value of increments is; below 0, worse.
func steps(i *scoring.ItemTrace) scoring.Number {
	d := i.X.Sub(i.Method.From).Quo(i.Method.Step)
	if i.Method.Direction == scoring.Lower {
		d = d.Neg()
	}
	if !i.Method.WholeSteps {
		return d
	}
	whole := d.Round(0)
	if whole.Abs().Cmp(d.Abs()) > 0 {
		whole = whole.Sub(scoring.FromInt(int64(d.Sign())))
	}
	return whole
}

func peersOf(i *scoring.ItemTrace) peersView {
	best := i.Peers.Max
	if i.Method.Order == scoring.Asc {
		best = i.Peers.Min
	}
	return peersView{
		count: scoring.FromInt(int64(i.Peers.N)).String(), rank: i.Peers.Rank.String(), best: best.Significant(shown),
		mean: i.Peers.Mean.Significant(shown), sigma: i.Peers.SD.Significant(shown),
	}
}

func methodOf(m *scoring.Method) methodView {
	v := methodView{
		kind: string(m.Type), of: string(m.Of), direction: string(m.Direction), inverse: string(m.Inverse),
		op: string(m.Op), order: string(m.Order), strict: m.Strict, whole: m.WholeSteps,
		floor: m.Floor.String(), cap: m.Cap.String(), below: m.Below.String(),
		from: m.From.String(), step: m.Step.String(), gain: m.Gain.String(), loss: m.Loss.String(), start: m.Start.String(),
		unsatisfactory: m.Unsatisfactory.String(), satisfactory: m.Satisfactory.String(), base: m.Base.String(), span: m.Span.String(),
		value: m.Value.String(), pass: m.Pass.String(), fail: m.Fail.String(), best: m.Best.String(), worst: m.Worst.String(),
		mean: m.Mean.String(), sd: m.SD.String(),
	}
	for _, row := range m.Table {
		v.points = append(v.points, pointView{row.From.String(), row.Score.String()})
	}
	for _, p := range m.Points {
		v.points = append(v.points, pointView{p.X.String(), p.Score.String()})
	}
	return v
}

func roleName(l lang.Language, code string) string { return scoring.RoleName(code).In(string(l)) }

func eventName(l lang.Language, code string) string { return scoring.EventName(code).In(string(l)) }
