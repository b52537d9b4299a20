package reports

import (
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/exports"
	"github.com/steelyard/steelyard/scoring"
)

// parameters writes the sheet of what the run and its scorecards were set to.
func (r *summary) parameters() error {
	m := r.month
	groups := []exports.Group{{Heading: r.say("param.run"), Parameters: []exports.Parameter{
		{Name: "PeriodDays", Label: r.say("param.period_days"), Value: exports.Count(int64(m.PeriodDays)).As(exports.Int), Meaning: r.say("param.period_days_meaning")},
		{Name: "MinDays", Label: r.say("param.min_days"), Value: exports.Count(int64(m.MinDays)).As(exports.Int), Meaning: r.say("param.min_days_meaning")},
	}}}
	for n, card := range m.Scorecards {
		groups = append(groups, r.scorecardGroups(n+1, card)...)
	}
	return exports.AddParams(r.book, r.say("params"), r.say("params_title"), r.say("params_about"), groups)
}

func (r *summary) scorecardGroups(n int, card *scoring.Scorecard) []exports.Group {
	prefix := "Card" + strconv.Itoa(n) + "_"
	name := named(r.month.Lang, card.Name, card.Code)
	if version := r.month.ScorecardVersions[card.Code]; version != "" {
		name += " · " + version
	}
	limits := []exports.Parameter{
		{Name: prefix + "Precision", Label: r.say("param.precision"), Value: exports.Count(int64(card.Precision)).As(exports.Int), Meaning: r.say("param.precision_meaning")},
		r.limit(prefix+"TotalCap", "param.total_cap", orHundred(card.TotalCap)),
	}
	if card.BonusCap.Valid() {
		limits = append(limits, r.limit(prefix+"BonusCap", "param.bonus_cap", card.BonusCap))
	}
	if card.DeductionCap.Valid() {
		limits = append(limits, r.limit(prefix+"DeductionCap", "param.deduction_cap", card.DeductionCap))
	}
	for _, a := range card.Adjustments {
		limits = append(limits, exports.Parameter{
			Label: named(r.month.Lang, a.Name, a.Key), Value: number(a.Cap), Meaning: r.say("param." + string(a.Type)),
		})
	}
	for _, v := range card.Vetoes {
		limits = append(limits, exports.Parameter{
			Label: named(r.month.Lang, v.Name, v.Key), Value: number(v.Cap), Meaning: r.say("param.veto"),
		})
	}
	for k, g := range card.Grades {
		limits = append(limits, r.grade(prefix+"Grade"+strconv.Itoa(k+1), g))
	}
	return []exports.Group{
		{Heading: name + " · " + r.say("param.limits"), Parameters: limits},
		{Heading: name + " · " + r.say("param.items"), Parameters: r.weights(card)},
	}
}

func orHundred(n scoring.Number) scoring.Number {
	if n.Valid() {
		return n
	}
	return scoring.FromInt(100)
}

func number(n scoring.Number) exports.Cell {
	return exports.Number(n.String()).As(exports.DecimalOf(n.String()))
}

func (r *summary) limit(name, label string, n scoring.Number) exports.Parameter {
	return exports.Parameter{Name: name, Label: r.say(label), Value: number(n), Meaning: r.say(label + "_meaning")}
}

func (r *summary) grade(name string, g scoring.Grade) exports.Parameter {
	p := exports.Parameter{Name: name, Label: r.say("grade_column", "grade", g.Grade), Value: number(g.Min)}
	if !g.Min.Valid() {
		p.Value, p.Name = exports.String("—"), ""
	}
	p.Meaning = r.say("param.grade_meaning")
	if g.Coefficient != "" {
		p.Meaning = r.say("param.grade_coefficient", "coefficient", g.Coefficient)
	}
	return p
}

// weights lists the items with their weight and method in words.
func (r *summary) weights(card *scoring.Scorecard) []exports.Parameter {
	var parameters []exports.Parameter
	for _, perspective := range card.Perspectives {
		group := named(r.month.Lang, perspective.Name, perspective.Key)
		for k := range perspective.Items {
			i := &perspective.Items[k]
			parameters = append(parameters, exports.Parameter{
				Label: group + " / " + named(r.month.Lang, i.Name, i.Key), Value: number(i.Weight), Meaning: r.method(i),
			})
		}
	}
	return parameters
}

// method tells an item's method and its parameters.
func (r *summary) method(i *scoring.Item) string {
	l := r.month.Lang
	resolved := i.ResolvedMethod()
	view := itemView{source: string(i.Source), method: methodOf(&resolved)}
	for _, e := range resolved.Events {
		view.events = append(view.events, eventView{eventName(l, e.Type), "", e.Points.String()})
	}
	words := []string{say(l, "method."+view.method.kind)}
	if i.Source == scoring.SourceMetric {
		words = append(words, r.say("of."+view.method.of))
	}
	if i.Flow {
		words = append(words, r.say("flow"))
	}
	for _, in := range (&card{lang: l}).methodInputs(view) {
		if in.figure != "" {
			words = append(words, in.label+" "+in.figure)
		}
	}
	if i.Missing != "" {
		words = append(words, r.say("missing."+string(i.Missing)))
	}
	return strings.Join(words, r.say("semicolon"))
}

// remarks writes the notes and the dictionary of codes.
func (r *summary) remarks() {
	for _, note := range summaryNotes {
		r.book.Note(say(r.month.Lang, note, "days", r.month.MinDays))
	}
	if r.people <= MaxCardSheets {
		for _, note := range cardNotes {
			r.book.Note(say(r.month.Lang, note))
		}
	}
	for _, code := range dictionary {
		r.book.Codes(exports.Pair{Name: code, Value: say(r.month.Lang, code)})
	}
}
