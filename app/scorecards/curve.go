package scorecards

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
	"github.com/steelyard/steelyard/scoring"
)

// CurveAsk says which part of an item's curve is drawn.
type CurveAsk struct {
	Item      map[string]any // as in a scorecard: its source and method
	Precision int
	From, To  string
	Steps     int
	Values    []string // further values, scored with words
}

// CurvePoint is what a value scores.
type CurvePoint struct {
	X     string
	Score string // empty: the item cannot have this value
	Words string
}

// Curve is what an item's method makes of a range of values.
type Curve struct{ Points, Values []CurvePoint }

const (
	curveSteps    = 100
	curveDecimals = 6   // of x
	curveMost     = 400 // events that are drawn one by one
)

// Curve scores values by an item's method, each as a made-up member's: exactly as
// a run would. What is compared with others has no curve.
func (s *Service) Curve(_ context.Context, actor rbac.Actor, ask CurveAsk, l lang.Language) (*Curve, error) {
	if err := access.Require(actor, rbac.ScorecardRead); err != nil {
		return nil, err
	}
	item, err := curveItem(ask.Item)
	if err != nil {
		return nil, err
	}
	method := item.ResolvedMethod()
	switch method.Type {
	case scoring.MethodRank, scoring.MethodRelative, scoring.MethodStandard:
		return nil, fault.New(fault.Invalid, "curve.peers", lang.Args{"method": lang.Text{
			Zh: method.Type.Name(scoring.Chinese), En: method.Type.Name(scoring.English),
		}})
	}
	from, errFrom := scoring.ParseNumber(ask.From)
	to, errTo := scoring.ParseNumber(ask.To)
	if errFrom != nil || errTo != nil || from.Cmp(to) >= 0 {
		return nil, fault.New(fault.Invalid, "curve.range", nil)
	}
	if ask.Steps <= 0 {
		ask.Steps = curveSteps
	}
	c := newCurveCase(item, &method, ask.Precision)
	points, err := c.score(c.between(from, to, ask.Steps), "")
	if err != nil {
		return nil, err
	}
	values := make([]scoring.Number, len(ask.Values))
	for i, text := range ask.Values {
		if values[i], err = scoring.ParseNumber(text); err != nil {
			return nil, fault.New(fault.Invalid, "curve.range", nil)
		}
	}
	scored, err := c.score(values, string(l))
	if err != nil {
		return nil, err
	}
	return &Curve{Points: points, Values: scored}, nil
}

// curveItem reads the parts of an item that its curve depends on. How raters' or
// customers' answers become points is another matter: x are the points.
func curveItem(written map[string]any) (*scoring.Item, error) {
	item := map[string]any{"key": "item", "weight": "100"}
	for _, field := range []string{"source", "method", "flow"} {
		if value, ok := written[field]; ok {
			item[field] = value
		}
	}
	switch item["source"] {
	case string(scoring.SourceRating):
		item["rating"] = map[string]any{"levels": map[string]any{"1": "1"}, "roles": []any{map[string]any{"role": "r", "weight": "1"}}}
	case string(scoring.SourceSurvey):
		item["survey"] = map[string]any{"scale_min": "0", "scale_max": "100"}
	}
	text, err := json.Marshal(map[string]any{"peer_group": "bank", "perspectives": []any{map[string]any{"key": "p", "items": []any{item}}}})
	if err != nil {
		return nil, fmt.Errorf("reading an item: %w", err)
	}
	card, wrong := scoring.InspectScorecard(text)
	if len(wrong) > 0 {
		for i := range wrong {
			wrong[i].Path = strings.TrimPrefix(strings.TrimPrefix(wrong[i].Path, "perspectives[0].items[0]"), ".")
		}
		return nil, Invalid(wrong)
	}
	return card.Items()[0], nil
}

// Invalid is the refusal of a definition with all its faults.
func Invalid(wrong scoring.InputErrors) error {
	problems := Problems(wrong, "")
	for i := range problems {
		problems[i].Path = pointer(problems[i].Path)
	}
	refused := fault.New(fault.Invalid, "scorecard.invalid", lang.Args{"count": len(problems)})
	refused.Problems = problems
	return refused
}

// pointer writes a path of scoring as a JSON pointer: a.b[2].c is /a/b/2/c.
func pointer(path string) string {
	if path == "" {
		return ""
	}
	var out strings.Builder
	for i, quoted := 0, false; i < len(path); i++ {
		switch c := path[i]; {
		case c == '\\' && quoted && i+1 < len(path):
			i++
			out.WriteByte(path[i])
		case c == '"':
			quoted = !quoted
		case quoted && c == '~':
			out.WriteString("~0")
		case quoted && c == '/':
			out.WriteString("~1")
		case quoted:
			out.WriteByte(c)
		case c == '.' || c == '[':
			out.WriteByte('/')
		case c == ']':
		default:
			out.WriteByte(c)
		}
	}
	return "/" + strings.TrimPrefix(out.String(), "/")
}

// curveCase is the made-up period in which an item's values are scored.
type curveCase struct {
	item      scoring.Item
	method    *scoring.Method
	precision int
}

func newCurveCase(item *scoring.Item, method *scoring.Method, precision int) *curveCase {
	c := &curveCase{item: *item, method: method, precision: precision}
	if c.item.Source == scoring.SourceSurvey { // its points are scored as a rater's are
		c.item.Source, c.item.Survey = scoring.SourceRating, nil
	}
	return c
}

// between gives the values that are drawn: evenly spaced, with those at which the
// method turns. Events are counted one by one.
func (c *curveCase) between(from, to scoring.Number, steps int) []scoring.Number {
	drawn := map[string]scoring.Number{}
	add := func(x scoring.Number) {
		if x.Valid() && x.Cmp(from) >= 0 && x.Cmp(to) <= 0 {
			drawn[x.String()] = x
		}
	}
	if c.item.Source == scoring.SourceEvents {
		for n := range int64(curveMost + 1) {
			add(scoring.FromInt(n))
		}
	} else {
		width := to.Sub(from)
		for n := range steps + 1 {
			add(from.Add(width.Mul(scoring.FromInt(int64(n))).Quo(scoring.FromInt(int64(steps)))).Round(curveDecimals))
		}
		for _, x := range c.turns() {
			add(x)
		}
	}
	return slices.SortedFunc(maps.Values(drawn), scoring.Number.Cmp)
}

// turns are the values at which the method jumps or bends.
func (c *curveCase) turns() []scoring.Number {
	m := c.method
	list := []scoring.Number{m.From, m.Value, m.Unsatisfactory, m.Satisfactory}
	for i := range m.Table {
		list = append(list, m.Table[i].From)
	}
	for i := range m.Points {
		list = append(list, m.Points[i].X)
	}
	if m.Type == scoring.MethodRatio {
		hundred := scoring.FromInt(100)
		list = append(list, m.Floor.Quo(hundred), m.Cap.Quo(hundred))
	}
	return list
}

// score evaluates a member for each value; with a language it says how each came about.
func (c *curveCase) score(xs []scoring.Number, words string) ([]CurvePoint, error) {
	item := c.item
	if item.Source == scoring.SourceRating {
		item.Rating = &scoring.Rubric{Roles: []scoring.Role{{Role: "r", Weight: scoring.FromInt(1)}}}
		for i, x := range xs {
			item.Rating.Levels = append(item.Rating.Levels, scoring.Level{Level: strconv.Itoa(i), Points: x})
		}
	}
	card := &scoring.Scorecard{Precision: c.precision, Perspectives: []scoring.Perspective{{Key: "p", Items: []scoring.Item{item}}}}
	evaluation := scoring.NewEvaluation(1, 0, map[string]*scoring.Scorecard{"c": card})
	members := make([]scoring.Member, len(xs))
	possible := make([]bool, len(xs))
	for i, x := range xs {
		var in scoring.Input
		if in, possible[i] = c.input(i, x); !possible[i] {
			continue
		}
		members[i] = scoring.Member{ID: strconv.Itoa(i), Segments: []scoring.Segment{{Scorecard: "c", Days: 1, Inputs: []scoring.Input{in}}}}
		if err := evaluation.Add(&members[i]); err != nil {
			return nil, fmt.Errorf("scoring a made-up value: %w", err)
		}
	}
	evaluation.Finish()
	points := make([]CurvePoint, len(xs))
	for i, x := range xs {
		points[i].X = x.String()
		if !possible[i] {
			continue
		}
		trace := evaluation.Explain(&members[i])
		scored := &trace.Segments[0].Items[0]
		if scored.Score.Valid() && scored.Status == scoring.ItemScored {
			points[i].Score = scored.Score.Fixed(c.precision)
		}
		if words != "" {
			scored.Roles = nil // nobody rated
			points[i].Words = trace.ItemWords(words, 0, 0)
		}
	}
	return points, nil
}

// input gives the figures of a member whose value is x; false if nobody can have it.
func (c *curveCase) input(index int, x scoring.Number) (scoring.Input, bool) {
	hundred := scoring.FromInt(100)
	in := scoring.Input{Given: true, Actual: x}
	lower := c.method.Direction == scoring.Lower && c.method.Type != scoring.MethodIncrements
	switch {
	case c.item.Source == scoring.SourceRating:
		return scoring.Input{Given: true, Ratings: []scoring.Rating{{Role: "r", Rater: "r", Level: strconv.Itoa(index)}}}, true
	case c.item.Source == scoring.SourceEvents:
		count, whole := x.Scaled(0)
		if !whole || count < 0 || len(c.method.Events) == 0 {
			return in, false
		}
		return scoring.Input{Given: true, Events: []scoring.EventCount{{Type: c.method.Events[0].Type, Count: count}}}, true
	case c.method.Of == scoring.OfGap:
		in.Target = scoring.FromInt(0)
	case c.method.Of == scoring.OfGrowth:
		in.Baseline, in.Actual = hundred, x.Mul(hundred).Add(hundred)
	case c.method.Of != scoring.OfAttainment:
	case lower && c.method.Inverse == scoring.Reciprocal:
		if x.Sign() <= 0 {
			return in, false
		}
		in.Target, in.Actual = hundred, hundred.Quo(x)
	case lower:
		in.Target, in.Actual = hundred, scoring.FromInt(200).Sub(x.Mul(hundred))
	default:
		in.Target, in.Actual = hundred, x.Mul(hundred)
	}
	return in, true
}

var _ = lang.Register(map[string]lang.Text{
	"scorecard.invalid": {Zh: "计分卡定义有 {count} 处错误", En: "the definition has {count} {count:fault|faults}"},
	"curve.peers":       {Zh: "{method}要与可比人员比较，没有他人的数据画不出曲线；请用“模拟”看它对真实月份的影响", En: "{method} compares people: without the others' figures there is no curve; simulate a past month to see what it does"},
	"curve.range":       {Zh: "取值范围有误：起点须小于终点，且均为数字", En: "the range is wrong: it must begin below its end, and both must be figures"},
})
