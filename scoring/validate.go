package scoring

import (
	"slices"
	"strconv"
	"strings"
)

// The decimals of scores and totals.
const (
	defaultPrecision = 2
	maxPrecision     = 4
)

// validator collects the faults of one scorecard, with paths inside it.
type validator struct {
	card   *Scorecard
	faults InputErrors
}

// Validate gives every fault of the scorecard, with paths inside it; the fault
// of the scorecard as a whole, its weights, has the empty path.
func (s *Scorecard) Validate() InputErrors {
	v := validator{card: s}
	if s.Precision < 0 || s.Precision > maxPrecision {
		v.fail("precision", "not_among", "value", strconv.Itoa(s.Precision), "choices", "0, 1, 2, 3, 4")
	}
	v.cap("total_cap", s.TotalCap)
	v.cap("bonus_cap", s.BonusCap)
	v.cap("deduction_cap", s.DeductionCap)
	if len(s.Perspectives) == 0 {
		v.fail("perspectives", "needs_one")
	}
	perspectives, items := repeats{}, repeats{}
	for i := range s.Perspectives {
		p, path := &s.Perspectives[i], at("perspectives", i)
		v.unique(perspectives, path+".key", p.Key)
		if len(p.Items) == 0 {
			v.fail(path+".items", "needs_one")
		}
		for j := range p.Items {
			itemPath := at(path+".items", j)
			v.unique(items, itemPath+".key", p.Items[j].Key)
			v.item(itemPath, &p.Items[j])
		}
	}
	v.weights()
	v.adjustments()
	v.grades()
	return v.faults
}

// at gives the path of an element of a list.
func at(list string, index int) string { return list + "[" + strconv.Itoa(index) + "]" }

// key gives the path of an entry whose key is the file's own choice.
func entryPath(object, key string) string {
	var b strings.Builder
	b.WriteString(object)
	writeKey(&b, key)
	return b.String()
}

func (v *validator) fail(path, code string, args ...string) {
	fault := InputError{Path: path, Code: code}
	for i := 0; i+1 < len(args); i += 2 {
		if fault.Args == nil {
			fault.Args = map[string]string{}
		}
		fault.Args[args[i]] = args[i+1]
	}
	v.faults = append(v.faults, fault)
}

// need reports an absent figure, and says whether it is there.
func (v *validator) need(path string, n Number) bool {
	if !n.Valid() {
		v.fail(path, "missing")
	}
	return n.Valid()
}

// needed reports absent figures of an object, and says whether all are there.
func (v *validator) needed(path string, figures ...methodFigure) bool {
	all := true
	for _, f := range figures {
		all = v.need(path+"."+f.name, *f.value) && all
	}
	return all
}

// positive reports a figure that is absent or not above zero.
func (v *validator) positive(path string, n Number) {
	if v.need(path, n) && n.Sign() <= 0 {
		v.fail(path, "not_positive", "value", n.String())
	}
}

// notNegative reports a figure below zero; an absent one is in order.
func (v *validator) notNegative(path string, n Number) {
	if n.Sign() < 0 {
		v.fail(path, "negative", "value", n.String())
	}
}

// cap checks a limit of totals or points: not negative, and no finer than the precision.
func (v *validator) cap(path string, n Number) {
	v.notNegative(path, n)
	if p := v.card.Precision; n.Sign() > 0 && p >= 0 && p <= maxPrecision && n.Round(p).Cmp(n) != 0 {
		v.fail(path, "finer_than_precision", "value", n.String(), "precision", strconv.Itoa(p))
	}
}

// among reports a text that is absent, or not one of the choices.
func among[T ~string](v *validator, path string, value T, choices ...T) bool {
	if value == "" {
		v.fail(path, "missing")
		return false
	}
	return optional(v, path, value, choices...)
}

// optional reports a text that is there and not one of the choices.
func optional[T ~string](v *validator, path string, value T, choices ...T) bool {
	if value == "" || slices.Contains(choices, value) {
		return true
	}
	names := make([]string, len(choices))
	for i, choice := range choices {
		names[i] = string(choice)
	}
	v.fail(path, "not_among", "value", shownText(string(value)), "choices", strings.Join(names, ", "))
	return false
}

// repeats are the keys met so far.
type repeats map[string]bool

// unique reports a key that is absent or was met before.
func (v *validator) unique(seen repeats, path, key string) {
	switch {
	case key == "":
		v.fail(path, "missing")
	case seen[key]:
		v.fail(path, "repeated", "value", shownText(key))
	}
	seen[key] = true
}

// weights checks that the weights add up to exactly 100, if all could be read.
func (v *validator) weights() {
	total := FromInt(0)
	for _, item := range v.card.Items() {
		total = total.Add(item.Weight)
	}
	if total.Valid() && len(v.card.Items()) > 0 && total.Cmp(FromInt(100)) != 0 {
		v.fail("", "weights", "sum", total.String())
	}
}

// adjustments checks adjustments and vetoes.
func (v *validator) adjustments() {
	keys := repeats{}
	for i := range v.card.Adjustments {
		a, path := &v.card.Adjustments[i], at("adjustments", i)
		v.unique(keys, path+".key", a.Key)
		among(v, path+".type", a.Type, Bonus, Deduction)
		v.need(path+".cap", a.Cap)
		v.cap(path+".cap", a.Cap)
	}
	keys = repeats{}
	for i := range v.card.Vetoes {
		veto, path := &v.card.Vetoes[i], at("vetoes", i)
		v.unique(keys, path+".key", veto.Key)
		v.need(path+".cap", veto.Cap)
		v.cap(path+".cap", veto.Cap)
	}
}

// grades checks the grade table: its mins fall, and the last row alone has none.
func (v *validator) grades() {
	names, last := repeats{}, len(v.card.Grades)-1
	for i := range v.card.Grades {
		g, path := &v.card.Grades[i], at("grades", i)
		v.unique(names, path+".grade", g.Grade)
		switch {
		case i == last && g.Min.Valid():
			v.fail(path+".min", "last_grade_min")
		case i < last && v.need(path+".min", g.Min) && i > 0 && v.card.Grades[i-1].Min.Valid() &&
			g.Min.Cmp(v.card.Grades[i-1].Min) >= 0:
			v.fail(path+".min", "not_falling", "value", g.Min.String(), "before", v.card.Grades[i-1].Min.String())
		}
		if _, code := parseNumber(g.Coefficient); g.Coefficient != "" && code != "" {
			v.fail(path+".coefficient", code, "value", shownText(g.Coefficient))
		}
	}
}
