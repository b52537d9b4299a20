package formula

import (
	"fmt"
	"math"
)

// call reads the arguments of a function and applies it.
func (p *parser) call(name string) (area, error) {
	var args []area
	for p.take(")") == "" {
		if len(args) > 0 && p.take(",") == "" {
			return area{}, errUnexpected
		}
		arg, err := p.comparison()
		if err != nil {
			return area{}, err
		}
		args = append(args, arg)
	}
	f, ok := functions[name]
	if !ok {
		return area{}, fmt.Errorf("%w: %s", ErrFunction, name)
	}
	if len(args) < f.least || len(args) > f.most {
		return area{}, fmt.Errorf("%s takes no %d arguments", name, len(args))
	}
	return one(f.apply(args)), nil
}

type function struct {
	least, most int
	apply       func([]area) Value
}

// functions are those of the whitelist that the evaluator works out.
var functions = map[string]function{
	"SUM":        {1, 255, onNumbers(total)},
	"MIN":        {1, 255, onNumbers(least)},
	"MAX":        {1, 255, onNumbers(most)},
	"ABS":        {1, 1, onNumbers(func(n []float64) float64 { return math.Abs(n[0]) })},
	"SQRT":       {1, 1, onNumbers(func(n []float64) float64 { return math.Sqrt(n[0]) })},
	"TRUNC":      {1, 1, onNumbers(func(n []float64) float64 { return truncate(n[0]) })},
	"ROUND":      {2, 2, onNumbers(func(n []float64) float64 { return Round(n[0], int(n[1])) })},
	"SUMPRODUCT": {1, 255, sumProduct},
	"IF":         {2, 3, choose},
	"AND":        {1, 255, func(a []area) Value { return conditions(a, true) }},
	"OR":         {1, 255, func(a []area) Value { return conditions(a, false) }},
	"IFERROR":    {2, 2, orElse},
	"INDEX":      {2, 2, index},
	"MATCH":      {3, 3, match},
	"LOOKUP":     {3, 3, lookup},
}

// onNumbers applies f to every number among the arguments; texts inside ranges count as nothing.
func onNumbers(f func([]float64) float64) func([]area) Value {
	return func(args []area) Value {
		var numbers []float64
		for _, a := range args {
			for _, v := range a.values {
				switch {
				case v.Kind == Failure:
					return v
				case v.Kind == Number, len(a.values) == 1 && v.Kind != Text:
					numbers = append(numbers, v.N)
				case len(a.values) == 1:
					return failure("#VALUE!")
				}
			}
		}
		if len(numbers) == 0 {
			numbers = []float64{0}
		}
		return number(f(numbers))
	}
}

func total(numbers []float64) float64 {
	sum := 0.0
	for _, n := range numbers {
		sum += n
	}
	return sum
}

func least(numbers []float64) float64 {
	result := numbers[0]
	for _, n := range numbers {
		result = math.Min(result, n)
	}
	return result
}

func most(numbers []float64) float64 {
	result := numbers[0]
	for _, n := range numbers {
		result = math.Max(result, n)
	}
	return result
}

// truncate cuts toward zero; what lies within noise of a whole number is that number.
func truncate(x float64) float64 {
	if nearest := math.Round(x); equal(nearest, x) {
		return nearest
	}
	return math.Trunc(x)
}

func sumProduct(args []area) Value {
	sum := 0.0
	for i := range args[0].values {
		product := 1.0
		for _, a := range args {
			if len(a.values) != len(args[0].values) {
				return failure("#VALUE!")
			}
			v := a.values[i]
			if v.Kind == Failure {
				return v
			}
			if v.Kind != Number {
				product = 0
			}
			product *= v.N
		}
		sum += product
	}
	return number(sum)
}

func choose(args []area) Value {
	condition := args[0].scalar()
	switch {
	case condition.Kind == Failure:
		return condition
	case condition.Kind == Text:
		return failure("#VALUE!")
	case condition.N != 0:
		return args[1].scalar()
	case len(args) == 3:
		return args[2].scalar()
	}
	return truth(false)
}

func conditions(args []area, all bool) Value {
	for _, a := range args {
		for _, v := range a.values {
			if v.Kind == Failure {
				return v
			}
			if (v.N != 0) != all {
				return truth(!all)
			}
		}
	}
	return truth(all)
}

func orElse(args []area) Value {
	if v := args[0].scalar(); v.Kind != Failure {
		return v
	}
	return args[1].scalar()
}

func index(args []area) Value {
	at := args[1].scalar()
	if at.Kind == Failure {
		return at
	}
	if i := int(at.N); i >= 1 && i <= len(args[0].values) {
		return one(args[0].values[i-1]).scalar()
	}
	return failure("#REF!")
}

// match gives the place of a value: exactly (0), the last not above it in a
// rising range (1), or the last not below it in a falling one (-1).
func match(args []area) Value {
	wanted, mode := args[0].scalar(), args[2].scalar()
	if failed, ok := firstFailure(wanted, mode); ok {
		return failed
	}
	found := 0
	for i, v := range args[1].values {
		order := compare(v, wanted)
		switch {
		case mode.N == 0 && order == 0:
			return number(float64(i + 1))
		case mode.N > 0 && order <= 0, mode.N < 0 && order >= 0:
			found = i + 1
		}
	}
	if found == 0 || mode.N == 0 {
		return failure("#N/A")
	}
	return number(float64(found))
}

func lookup(args []area) Value {
	at := match([]area{args[0], args[1], one(number(1))})
	if at.Kind == Failure {
		return at
	}
	return index([]area{args[2], one(at)})
}
