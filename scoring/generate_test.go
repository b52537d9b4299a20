package scoring_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"github.com/steelyard/steelyard/scoring"
)

// figure draws a decimal between least and most, often a round one so that ties
// and boundaries are hit, with up to six decimals.
func figure(t *rapid.T, label string, least, most int64) scoring.Number {
	decimals := rapid.SampledFrom([]int{0, 0, 0, 1, 2, 2, 3, 6}).Draw(t, label+".decimals")
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	return scoring.FromScaled(rapid.Int64Range(least*scale, most*scale).Draw(t, label), decimals)
}

// wide draws a figure of up to 15 digits before the point and 6 after, either sign.
func wide(t *rapid.T, label string) scoring.Number {
	whole := rapid.StringMatching(`-?[0-9]{1,15}`).Draw(t, label)
	decimals := rapid.StringMatching(`(\.[0-9]{1,6})?`).Draw(t, label+".decimals")
	n, err := scoring.ParseNumber(whole + decimals)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// amount draws a figure as banks have them: mostly moderate, at times huge, 0 or negative.
func amount(t *rapid.T, label string) scoring.Number {
	switch rapid.IntRange(0, 9).Draw(t, label+".kind") {
	case 0:
		return wide(t, label)
	case 1:
		return scoring.FromInt(0)
	case 2:
		return figure(t, label, -50, 50)
	case 3, 4:
		return scoring.FromInt(int64(rapid.IntRange(1, 4).Draw(t, label)))
	}
	return figure(t, label, 1, 300)
}

// sometimes draws an absent figure now and then.
func sometimes(t *rapid.T, label string, n func() scoring.Number) scoring.Number {
	if rapid.IntRange(0, 5).Draw(t, label+".given") == 0 {
		return scoring.Number{}
	}
	return n()
}

// maybe draws whether something is written that may be left out.
func maybe(t *rapid.T, label string) bool { return rapid.Bool().Draw(t, label) }

func drawCase(t *rapid.T) *scoring.Case {
	c := &scoring.Case{PeriodDays: rapid.IntRange(28, 31).Draw(t, "period_days"), Scorecards: map[string]*scoring.Scorecard{},
		MinDays: rapid.SampledFrom([]int{0, 0, 5}).Draw(t, "min_days")}
	for k := range rapid.IntRange(1, 2).Draw(t, "scorecards") {
		c.Scorecards[fmt.Sprintf("card%d", k)] = drawCard(t, fmt.Sprintf("card%d", k))
	}
	for k := range rapid.IntRange(0, 7).Draw(t, "staff") {
		c.Staff = append(c.Staff, drawMember(t, c, fmt.Sprintf("E%03d", k)))
	}
	return c
}

func drawCard(t *rapid.T, name string) *scoring.Scorecard {
	s := &scoring.Scorecard{Code: name, Precision: rapid.IntRange(0, 4).Draw(t, name+".precision")}
	cap := func(label string, most int64) scoring.Number {
		return figure(t, name+label, 0, most).Round(s.Precision)
	}
	if maybe(t, name+".total_cap") {
		s.TotalCap = cap(".total", 200)
	}
	if maybe(t, name+".bonus_cap") {
		s.BonusCap = cap(".bonus", 10)
	}
	if maybe(t, name+".deduction_cap") {
		s.DeductionCap = cap(".deduction", 10)
	}
	weights := drawWeights(t, name)
	for k, weight := range weights {
		if k == 0 || rapid.IntRange(0, 2).Draw(t, name+".perspective") == 0 {
			s.Perspectives = append(s.Perspectives, scoring.Perspective{Key: fmt.Sprintf("p%d", k)})
		}
		p := &s.Perspectives[len(s.Perspectives)-1]
		p.Items = append(p.Items, drawItem(t, fmt.Sprintf("i%d", k), weight))
	}
	s.Adjustments = []scoring.Adjustment{
		{Key: "idea", Type: scoring.Bonus, Cap: cap(".idea", 8)}, {Key: "team", Type: scoring.Bonus, Cap: cap(".team", 8)},
		{Key: "complaint", Type: scoring.Deduction, Cap: cap(".complaint", 20)},
	}
	s.Vetoes = []scoring.Veto{{Key: "major", Cap: cap(".major", 60)}, {Key: "grave", Cap: cap(".grave", 60)}}
	if maybe(t, name+".grades") {
		s.Grades = []scoring.Grade{{Grade: "A", Min: scoring.FromInt(90), Coefficient: "1.20"}, {Grade: "B", Min: figure(t, name+".b", 50, 89)}, {Grade: "C"}}
	}
	return s
}

// drawWeights cuts 100 into parts above 0, in hundredths.
func drawWeights(t *rapid.T, name string) []scoring.Number {
	count := rapid.IntRange(1, 6).Draw(t, name+".items")
	left := int64(10000)
	var weights []scoring.Number
	for k := count; k > 1; k-- {
		part := rapid.Int64Range(1, left-int64(k)+1).Draw(t, name+".weight")
		weights = append(weights, scoring.FromScaled(part, 2))
		left -= part
	}
	return append(weights, scoring.FromScaled(left, 2))
}

func drawItem(t *rapid.T, key string, weight scoring.Number) scoring.Item {
	i := scoring.Item{Key: key, Weight: weight,
		Source:  rapid.SampledFrom([]scoring.Source{"metric", "metric", "metric", "rating", "survey", "events"}).Draw(t, key+".source"),
		Missing: rapid.SampledFrom([]scoring.MissingRule{"", "require", "zero", "neutral", "exclude", "exclude"}).Draw(t, key+".missing")}
	if i.Missing == scoring.MissingNeutral {
		i.Neutral = figure(t, key+".neutral", 0, 100)
	}
	switch i.Source {
	case scoring.SourceMetric:
		i.Flow = rapid.Bool().Draw(t, key+".flow")
	case scoring.SourceRating:
		i.Rating = drawRubric(t, key)
	case scoring.SourceSurvey:
		i.Survey = &scoring.Survey{ScaleMin: figure(t, key+".min", 0, 1), ScaleMax: figure(t, key+".max", 5, 10), MinCount: int64(rapid.IntRange(0, 3).Draw(t, key+".count"))}
		if maybe(t, key+".prior") {
			i.Survey.PriorMean, i.Survey.PriorWeight = figure(t, key+".mean", 1, 5), figure(t, key+".prior_weight", 1, 20)
		}
	}
	i.Method = drawMethod(t, key, i.Source)
	return i
}

func drawRubric(t *rapid.T, key string) *scoring.Rubric {
	r := &scoring.Rubric{}
	for k := range 4 {
		r.Levels = append(r.Levels, scoring.Level{Level: fmt.Sprint(k), Points: figure(t, key+".level", 0, 100)})
	}
	for k := range rapid.IntRange(1, 3).Draw(t, key+".roles") {
		r.Roles = append(r.Roles, scoring.Role{Role: fmt.Sprintf("role%d", k), Weight: figure(t, key+".role", 1, 60),
			Min: int64(rapid.IntRange(0, 2).Draw(t, key+".least")), Trim: maybe(t, key+".trim"), Required: rapid.IntRange(0, 4).Draw(t, key+".required") == 0})
	}
	return r
}

var methods = map[scoring.Source][]scoring.MethodType{
	scoring.SourceMetric: {"ratio", "steps", "interpolate", "increments", "efficacy", "threshold", "rank", "relative", "standard", "direct"},
	scoring.SourceRating: {"steps", "interpolate", "increments", "efficacy", "threshold", "rank", "relative", "standard", "direct"},
	scoring.SourceSurvey: {"steps", "interpolate", "increments", "efficacy", "threshold", "rank", "relative", "standard", "direct"},
	scoring.SourceEvents: {"deduct"},
}

func drawMethod(t *rapid.T, key string, source scoring.Source) scoring.Method {
	m := scoring.Method{Type: rapid.SampledFrom(methods[source]).Draw(t, key+".method")}
	if source == scoring.SourceMetric && m.Type != "ratio" && m.Type != "direct" && maybe(t, key+".of") {
		m.Of = rapid.SampledFrom([]scoring.Of{"actual", "attainment", "gap", "growth"}).Draw(t, key+".of")
	}
	item := scoring.Item{Source: source, Method: m}
	if (item.ResolvedMethod().Of == scoring.OfAttainment || m.Type == "increments") && maybe(t, key+".directed") {
		m.Direction = rapid.SampledFrom([]scoring.Direction{"higher", "lower"}).Draw(t, key+".direction")
	}
	if m.Type == "ratio" && m.Direction == "lower" && maybe(t, key+".inverted") {
		m.Inverse = rapid.SampledFrom([]scoring.Inverse{"mirror", "reciprocal"}).Draw(t, key+".inverse")
	}
	switch m.Type {
	case "rank", "relative", "standard":
		m.Order = rapid.SampledFrom([]scoring.Order{"", "desc", "asc"}).Draw(t, key+".order")
		m.MinPeers = int64(rapid.IntRange(0, 3).Draw(t, key+".min_peers"))
	}
	drawParameters(t, key, &m)
	return m
}

func drawParameters(t *rapid.T, key string, m *scoring.Method) {
	draw := func(label string, least, most int64) scoring.Number { return figure(t, key+label, least, most) }
	switch m.Type {
	case "ratio", "increments", "efficacy", "relative", "standard", "direct":
		if maybe(t, key+".bounds") {
			m.Floor, m.Cap = draw(".floor", -20, 60), draw(".cap", 60, 150)
		}
	}
	switch m.Type {
	case "steps":
		m.Strict = maybe(t, key+".strict")
		from := draw(".from", 0, 2)
		for range rapid.IntRange(1, 3).Draw(t, key+".rows") {
			m.Table = append(m.Table, scoring.Step{From: from, Score: draw(".score", 0, 120)})
			from = from.Add(draw(".gap", 1, 3))
		}
	case "interpolate":
		x := draw(".x", 0, 2)
		for range rapid.IntRange(2, 4).Draw(t, key+".points") {
			m.Points = append(m.Points, scoring.Point{X: x, Score: draw(".score", 0, 120)})
			x = x.Add(draw(".gap", 1, 30))
		}
	case "increments":
		m.From, m.Step, m.WholeSteps = draw(".from", -5, 100), draw(".step", 1, 10), maybe(t, key+".whole")
		m.Gain, m.Loss = draw(".gain", 0, 5), draw(".loss", 0, 5)
	case "efficacy":
		m.Unsatisfactory = draw(".unsatisfactory", 0, 50)
		m.Satisfactory = m.Unsatisfactory.Add(draw(".gap", 1, 50))
		if maybe(t, key+".falling") {
			m.Unsatisfactory, m.Satisfactory = m.Satisfactory, m.Unsatisfactory
		}
	case "threshold":
		m.Op = rapid.SampledFrom([]scoring.Op{">=", ">", "<=", "<"}).Draw(t, key+".op")
		m.Value = draw(".value", 0, 3)
	case "deduct":
		m.Events = []scoring.EventPoints{{Type: "late", Points: draw(".late", 0, 20)}, {Type: "error", Points: draw(".error", 0, 20)}}
		m.Floor = sometimes(t, key+".floor", func() scoring.Number { return draw(".floor", -10, 50) })
	case "rank":
		m.Best, m.Worst = draw(".best", 80, 120), draw(".worst", 0, 80)
	case "standard":
		m.Mean, m.SD = draw(".mean", 60, 90), draw(".sd", 0, 20)
	}
}

func drawMember(t *rapid.T, c *scoring.Case, id string) scoring.Member {
	m := scoring.Member{ID: id}
	left := c.PeriodDays
	for range rapid.IntRange(1, 3).Draw(t, id+".segments") {
		if left == 0 {
			break
		}
		days := rapid.IntRange(1, left).Draw(t, id+".days")
		left -= days
		m.Segments = append(m.Segments, drawSegment(t, c, id, days))
	}
	for range rapid.IntRange(0, 3).Draw(t, id+".adjustments") {
		m.Adjustments = append(m.Adjustments, scoring.Entry{Points: figure(t, id+".points", 0, 9),
			Key: rapid.SampledFrom([]string{"idea", "team", "complaint"}).Draw(t, id+".adjustment")})
	}
	if rapid.IntRange(0, 4).Draw(t, id+".vetoed") == 0 {
		m.Vetoes = rapid.SliceOfN(rapid.SampledFrom([]string{"major", "grave"}), 1, 3).Draw(t, id+".vetoes")
	}
	return m
}

func drawSegment(t *rapid.T, c *scoring.Case, id string, days int) scoring.Segment {
	s := scoring.Segment{Days: days, PeerGroup: rapid.SampledFrom([]string{"", "g1"}).Draw(t, id+".group"),
		Scorecard: fmt.Sprintf("card%d", rapid.IntRange(0, len(c.Scorecards)-1).Draw(t, id+".scorecard"))}
	if rapid.IntRange(0, 9).Draw(t, id+".empty") == 0 {
		return s
	}
	for _, item := range c.Scorecards[s.Scorecard].Items() {
		s.Inputs = append(s.Inputs, drawInput(t, id+"."+item.Key, item))
	}
	return s
}

func drawInput(t *rapid.T, label string, item *scoring.Item) scoring.Input {
	in := scoring.Input{Given: rapid.IntRange(0, 7).Draw(t, label+".given") > 0}
	if !in.Given {
		return in
	}
	draw := func(name string) scoring.Number {
		return sometimes(t, label+name, func() scoring.Number { return amount(t, label+name) })
	}
	switch item.Source {
	case scoring.SourceMetric:
		in.Actual, in.Target, in.Baseline = draw(".actual"), draw(".target"), draw(".baseline")
	case scoring.SourceRating:
		in.Ratings = []scoring.Rating{}
		for k := range rapid.IntRange(0, 8).Draw(t, label+".ratings") {
			role := rapid.SampledFrom(item.Rating.Roles).Draw(t, label+".role").Role
			in.Ratings = append(in.Ratings, scoring.Rating{Role: role, Rater: fmt.Sprint("r", k), Level: rapid.SampledFrom([]string{"0", "1", "2", "3"}).Draw(t, label+".level")})
		}
	case scoring.SourceSurvey:
		count := int64(rapid.IntRange(0, 12).Draw(t, label+".count"))
		low, high := item.Survey.ScaleMin, item.Survey.ScaleMax
		part := scoring.FromScaled(int64(rapid.IntRange(0, 1000).Draw(t, label+".sum")), 3)
		sum := low.Add(high.Sub(low).Mul(part)).Mul(scoring.FromInt(count)).Round(2)
		if sum.Cmp(low.Mul(scoring.FromInt(count))) < 0 || sum.Cmp(high.Mul(scoring.FromInt(count))) > 0 {
			sum = low.Mul(scoring.FromInt(count))
		}
		in.Survey = &scoring.SurveyAnswers{Count: count, Sum: sum}
	case scoring.SourceEvents:
		in.Events = []scoring.EventCount{{Type: "late", Count: int64(rapid.IntRange(0, 9).Draw(t, label+".late"))}}
	}
	return in
}

// caseJSON writes a case as its file.
func caseJSON(c *scoring.Case) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `{"period_days":%d,"min_days":%d,"scorecards":{`, c.PeriodDays, c.MinDays)
	separator := ""
	for key, card := range c.Scorecards {
		name, _ := json.Marshal(key) //nolint:errchkjson // a text
		fmt.Fprintf(&b, `%s%s:%s`, separator, name, card.JSON())
		separator = ","
	}
	b.WriteString(`},"staff":[`)
	for i := range c.Staff {
		if i > 0 {
			b.WriteString(",")
		}
		b.Write(scoring.AppendMember(nil, &c.Staff[i], c.Scorecards))
	}
	b.WriteString("]}")
	return []byte(b.String())
}
