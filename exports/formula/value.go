package formula

import (
	"math"
	"strconv"
	"strings"
)

// Value is what a cell or a formula is worth.
type Value struct {
	Kind Kind
	N    float64 // of Number; 1 or 0 of Bool
	S    string  // of Text, and the code of Failure ("#DIV/0!")
}

// Kind tells the sorts of value apart.
type Kind uint8

// The kinds of value.
const (
	Blank Kind = iota
	Number
	Text
	Bool
	Failure
)

func number(n float64) Value {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return Value{Kind: Failure, S: "#NUM!"}
	}
	return Value{Kind: Number, N: n}
}

func truth(b bool) Value {
	if b {
		return Value{Kind: Bool, N: 1}
	}
	return Value{Kind: Bool}
}

func failure(code string) Value { return Value{Kind: Failure, S: code} }

// equal compares numbers as spreadsheets do: what differs by less than they
// show counts as the same.
func equal(a, b float64) bool {
	if a == b {
		return true
	}
	return math.Abs(a-b) < math.Abs(a)*math.Ldexp(1, -48)
}

// compare orders two values; texts compare without case.
func compare(a, b Value) int {
	if a.Kind == Text && b.Kind == Text {
		return strings.Compare(strings.ToUpper(a.S), strings.ToUpper(b.S))
	}
	if a.Kind == Text {
		return 1
	}
	if b.Kind == Text {
		return -1
	}
	switch {
	case equal(a.N, b.N):
		return 0
	case a.N < b.N:
		return -1
	}
	return 1
}

// minus subtracts as spreadsheets do: a difference that is only noise is 0.
func minus(a, b float64) float64 {
	if (a < 0) == (b < 0) && equal(a, b) {
		return 0
	}
	return a - b
}

// Round rounds half away from zero as spreadsheets do: on the 15 digits that
// they show, so that the noise of doubles does not decide a tie.
func Round(x float64, places int) float64 {
	if x == 0 || math.Abs(x) >= 1e15 {
		return x
	}
	shown := strconv.FormatFloat(math.Abs(x), 'e', 14, 64)
	mantissa, exponent, _ := strings.Cut(shown, "e")
	digits := strings.Replace(mantissa, ".", "", 1)
	power, err := strconv.Atoi(exponent)
	if err != nil {
		return x
	}
	keep := power + 1 + places // how many digits stay
	if keep >= len(digits) {
		return x
	}
	rounded := roundDigits(digits, keep, power)
	if x < 0 {
		return -rounded
	}
	return rounded
}

// roundDigits keeps the first digits of d.ddd × 10^power and rounds by the next.
func roundDigits(digits string, keep, power int) float64 {
	if keep < 0 {
		return 0
	}
	kept := "0" + digits[:keep]
	n, err := strconv.ParseInt(kept, 10, 64)
	if err != nil {
		return math.NaN()
	}
	if digits[keep] >= '5' {
		n++
	}
	f, err := strconv.ParseFloat(strconv.FormatInt(n, 10)+"e"+strconv.Itoa(power+1-keep), 64)
	if err != nil {
		return math.NaN()
	}
	return f
}
