package reports

import (
	"fmt"
	"strconv"
	"strings"
)

// maxPoints is how many rows of a table a formula takes; of a longer one the
// cell carries the score itself.
const maxPoints = 30

// cellsOf names the cells that an item's formulas read.
type cellsOf struct {
	actual, target, x string
	days, periodDays  string
	params            map[string]string // by key of a parameter
}

func (c cellsOf) p(key string) string { return c.params[key] }

// actualOverTime is the actual as numerator and denominator: raised to a full period if it is a flow.
func (c cellsOf) actualOverTime(flow bool) (numerator, denominator string) {
	if flow {
		return c.actual + "*" + c.periodDays, c.days
	}
	return c.actual, ""
}

// overTarget is target / actual, both over the same time.
func (c cellsOf) overTarget(factor string, flow bool) string {
	if flow {
		return quotient(factor+times(c.target, c.days), c.actual, c.periodDays)
	}
	return quotient(factor+c.target, c.actual)
}

// quotient spells a fraction; empty denominators are left out.
func quotient(numerator string, denominators ...string) string {
	var kept []string
	for _, d := range denominators {
		if d != "" {
			kept = append(kept, d)
		}
	}
	switch len(kept) {
	case 0:
		return numerator
	case 1:
		return numerator + "/" + kept[0]
	}
	return numerator + "/(" + strings.Join(kept, "*") + ")"
}

func times(a, b string) string {
	if b == "" {
		return a
	}
	return a + "*" + b
}

// valueFormula works x out of the item's inputs; empty where there is nothing to work out.
func valueFormula(i itemView, c cellsOf) string {
	switch i.source {
	case "metric":
		return metricValue(i, c)
	case "rating":
		return ratingValue(i, c)
	case "survey":
		return surveyValue(i, c)
	}
	return eventsValue(i, c)
}

// eventsValue is what the events cost together.
func eventsValue(i itemView, c cellsOf) string {
	var costs []string
	for n := range i.events {
		costs = append(costs, c.p(pointKey("count", n))+"*"+c.p(pointKey("points", n)))
	}
	return strings.Join(costs, "+")
}

func metricValue(i itemView, c cellsOf) string {
	a, days := c.actualOverTime(i.flow)
	switch i.method.of {
	case "attainment":
		switch {
		case i.method.direction == "lower" && i.method.inverse == "reciprocal":
			return c.overTarget("", i.flow)
		case i.method.direction == "lower" && i.method.kind != "increments":
			return "2-" + quotient(a, c.target, days)
		}
		return quotient(a, c.target, days)
	case "gap":
		return quotient(bracket(a+"-"+times(c.target, days), days), days)
	case "growth":
		baseline := c.p("baseline")
		return quotient("("+a+"-"+times(baseline, days)+")", "ABS("+baseline+")", days)
	}
	return quotient(a, days)
}

func bracket(text, denominator string) string {
	if denominator == "" {
		return text
	}
	return "(" + text + ")"
}

func ratingValue(i itemView, c cellsOf) string {
	if len(i.roles) == 0 {
		return c.p("rating_value")
	}
	var sums, weights []string
	for n := range i.roles {
		weight := c.p(roleKey("weight", n))
		sums = append(sums, weight+"*"+c.p(roleKey("mean", n)))
		weights = append(weights, weight)
	}
	return "(" + strings.Join(sums, "+") + ")/(" + strings.Join(weights, "+") + ")"
}

func roleKey(what string, n int) string { return what + strconv.Itoa(n) }

func surveyValue(i itemView, c cellsOf) string {
	sum, count := c.p("sum"), c.p("count")
	if i.survey.priorWeight != "" {
		sum = c.p("prior_mean") + "*" + c.p("prior_weight") + "+" + sum
		count = "(" + c.p("prior_weight") + "+" + count + ")"
	}
	low, high := c.p("scale_min"), c.p("scale_max")
	return fmt.Sprintf("100*(%s-%s*%s)/(%s*(%s-%s))", sum, low, count, count, high, low)
}

// scoreFormula works the item score out, rounded (R1); empty where no formula can.
func scoreFormula(i itemView, c cellsOf, precision int) string {
	raw := rawScore(i, c)
	if raw == "" {
		return ""
	}
	return fmt.Sprintf("ROUND(%s,%d)", raw, precision)
}

func rawScore(i itemView, c cellsOf) string {
	m := i.method
	clamp := func(s string) string { return fmt.Sprintf("MIN(MAX(%s,%s),%s)", s, c.p("floor"), c.p("cap")) }
	switch m.kind {
	case "ratio":
		return ratioScore(i, c, clamp)
	case "steps":
		return stepsScore(m, c)
	case "interpolate":
		return interpolateScore(m, c)
	case "increments":
		d := c.p("steps")
		return clamp(fmt.Sprintf("%s+IF(%s>0,%s,%s)*%s", c.p("start"), d, c.p("gain"), c.p("loss"), d))
	case "efficacy":
		return clamp(fmt.Sprintf("%s+%s*(%s-%s)/(%s-%s)", c.p("base"), c.p("span"), c.x, c.p("unsatisfactory"),
			c.p("satisfactory"), c.p("unsatisfactory")))
	case "threshold":
		return fmt.Sprintf("IF(%s%s%s,%s,%s)", c.x, m.op, c.p("value"), c.p("pass"), c.p("fail"))
	case "deduct":
		return deductScore(i, c)
	case "direct":
		return clamp(c.x)
	}
	return peerScore(m, c, clamp)
}

func ratioScore(i itemView, c cellsOf, clamp func(string) string) string {
	a, days := c.actualOverTime(i.flow)
	if i.method.direction != "lower" {
		return clamp(quotient("100*"+a, c.target, days))
	}
	score := clamp("200-" + quotient("100*"+a, c.target, days))
	if i.method.inverse == "reciprocal" {
		score = fmt.Sprintf("IF(%s<=0,%s,%s)", c.actual, c.p("cap"), clamp(c.overTarget("100*", i.flow)))
	}
	return fmt.Sprintf("IF(%s=0,IF(%s<=0,%s,%s),%s)", c.target, c.actual, c.p("cap"), c.p("floor"), score)
}

func pointKey(what string, n int) string { return what + strconv.Itoa(n) }

func stepsScore(m methodView, c cellsOf) string {
	if len(m.points) > maxPoints {
		return ""
	}
	operator := ">="
	if m.strict {
		operator = ">"
	}
	formula := c.p("below")
	for n := range m.points {
		formula = fmt.Sprintf("IF(%s%s%s,%s,%s)", c.x, operator, c.p(pointKey("x", n)), c.p(pointKey("score", n)), formula)
	}
	return formula
}

func interpolateScore(m methodView, c cellsOf) string {
	last := len(m.points) - 1
	if last >= maxPoints {
		return ""
	}
	formula := c.p(pointKey("score", last))
	for n := last; n > 0; n-- {
		x0, x1 := c.p(pointKey("x", n-1)), c.p(pointKey("x", n))
		s0, s1 := c.p(pointKey("score", n-1)), c.p(pointKey("score", n))
		formula = fmt.Sprintf("IF(%s<=%s,%s+(%s-%s)*(%s-%s)/(%s-%s),%s)", c.x, x1, s0, s1, s0, c.x, x0, x1, x0, formula)
	}
	return fmt.Sprintf("IF(%s<=%s,%s,%s)", c.x, c.p(pointKey("x", 0)), c.p(pointKey("score", 0)), formula)
}

// stepsTaken is the number of steps better (above 0) or worse of increments.
func stepsTaken(m methodView, c cellsOf) string {
	d := fmt.Sprintf("(%s-%s)/%s", c.x, c.p("from"), c.p("step"))
	if m.direction == "lower" {
		d = fmt.Sprintf("(%s-%s)/%s", c.p("from"), c.x, c.p("step"))
	}
	if m.whole {
		return "TRUNC(ROUND(" + d + ",9))"
	}
	return d
}

func deductScore(i itemView, c cellsOf) string {
	if len(i.events) == 0 || i.x == "" {
		return fmt.Sprintf("MAX(%s,%s)", c.p("start"), c.p("floor"))
	}
	return fmt.Sprintf("MAX(%s-%s,%s)", c.p("start"), c.x, c.p("floor"))
}

func peerScore(m methodView, c cellsOf, clamp func(string) string) string {
	switch m.kind {
	case "rank":
		n := c.p("peers")
		return fmt.Sprintf("IF(%s=1,%s,%s-(%s-%s)*(%s-1)/(%s-1))", n, c.p("best"), c.p("best"), c.p("best"), c.p("worst"),
			c.p("rank"), n)
	case "relative":
		if m.order == "asc" {
			return fmt.Sprintf("IF(%s<=0,%s,%s)", c.x, c.p("cap"), clamp("100*"+c.p("peer_best")+"/"+c.x))
		}
		return fmt.Sprintf("IF(%s<=0,%s,%s)", c.x, c.p("floor"), clamp("100*"+c.x+"/"+c.p("peer_best")))
	case "standard":
		sign := "+"
		if m.order == "asc" {
			sign = "-"
		}
		z := fmt.Sprintf("%s%s%s*(%s-%s)/%s", c.p("mean"), sign, c.p("sd"), c.x, c.p("mu"), c.p("sigma"))
		return fmt.Sprintf("IF(%s=0,%s,%s)", c.p("sigma"), clamp(c.p("mean")), clamp(z))
	}
	return ""
}
