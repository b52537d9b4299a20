package scoring

import (
	"math/big"
	"strconv"
	"strings"
)

// The widest figure that a file may hold.
const (
	maxWhole    = 15 // digits before the point
	maxDecimals = 6
)

// NumberError says why a text is not a figure; Code is one of the codes of
// [InputError] (not_a_decimal, too_many_digits, too_many_decimals).
type NumberError struct {
	Code string
	Text string
}

// Error gives the reason in English.
func (e *NumberError) Error() string {
	return InputError{Code: e.Code, Args: map[string]string{"value": e.Text}}.Message(English)
}

// ParseNumber reads a decimal: an optional minus, digits, and optionally a point
// with digits after it; at most 15 digits before the point, leading zeros aside,
// and 6 after. Its error is a *NumberError.
func ParseNumber(s string) (Number, error) {
	n, code := parseNumber(s)
	if code != "" {
		return Number{}, &NumberError{Code: code, Text: s}
	}
	return n, nil
}

// parseNumber gives the number, or the code of what is wrong with it.
func parseNumber(s string) (Number, string) {
	digits := strings.TrimPrefix(s, "-")
	whole, decimals, pointed := strings.Cut(digits, ".")
	if !allDigits(whole) || (pointed && !allDigits(decimals)) {
		return Number{}, "not_a_decimal"
	}
	whole = strings.TrimLeft(whole, "0")
	switch {
	case len(whole) > maxWhole:
		return Number{}, "too_many_digits"
	case len(decimals) > maxDecimals:
		return Number{}, "too_many_decimals"
	}
	scale := powers[len(decimals)]
	units, fits := wholeNumber(whole, 0)
	if fits {
		units, fits = wholeNumber(decimals, units)
	}
	var n Number
	if fits {
		n = Number{num: units, den: scale}
	} else {
		exact, _ := new(big.Int).SetString(whole+decimals, 10)
		n = fromRat(new(big.Rat).SetFrac(exact, big.NewInt(scale)))
	}
	if len(digits) < len(s) {
		n = n.Neg()
	}
	return n, ""
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// wholeNumber appends the decimal digits to units, as long as they fit.
func wholeNumber(digits string, units int64) (int64, bool) {
	for i := range len(digits) {
		tenfold, ok := product(units, 10)
		if !ok {
			return 0, false
		}
		if units, ok = sum(tenfold, int64(digits[i]-'0')); !ok {
			return 0, false
		}
	}
	return units, true
}

// IsDecimal reports whether n can be written with finitely many decimals.
func (n Number) IsDecimal() bool {
	_, ok := n.decimals()
	return ok
}

// decimals gives how many decimals n has, if it can be written with finitely many.
func (n Number) decimals() (int, bool) {
	if !n.Valid() {
		return 0, false
	}
	if n.big != nil {
		return decimalsOf(n.big.Denom())
	}
	den := n.reduced().den
	twos, fives := 0, 0
	for ; den%2 == 0; den /= 2 {
		twos++
	}
	for ; den%5 == 0; den /= 5 {
		fives++
	}
	return max(twos, fives), den == 1
}

func decimalsOf(den *big.Int) (int, bool) {
	rest, five, mod := new(big.Int).Set(den), big.NewInt(5), new(big.Int)
	twos, fives := int(rest.TrailingZeroBits()), 0
	rest.Rsh(rest, uint(twos))
	for {
		quotient, _ := new(big.Int).QuoRem(rest, five, mod)
		if mod.Sign() != 0 {
			break
		}
		rest = quotient
		fives++
	}
	return max(twos, fives), rest.IsInt64() && rest.Int64() == 1
}

// String gives a decimal exactly, without trailing zeros; any other fraction to
// 10 significant digits; an absent Number as the empty text.
func (n Number) String() string {
	decimals, ok := n.decimals()
	switch {
	case !n.Valid():
		return ""
	case ok && decimals < len(powers):
		return string(n.appendFixed(nil, decimals))
	case ok:
		return n.big.FloatString(decimals)
	}
	return n.Significant(significant)
}

// significant is how many digits are shown of a value that is not a decimal.
const significant = 10

// Significant gives n rounded to so many significant digits, without trailing zeros.
func (n Number) Significant(digits int) string {
	if !n.Valid() {
		return ""
	}
	if n.Sign() == 0 {
		return "0"
	}
	r := n.rat()
	magnitude := len(new(big.Int).Abs(r.Num()).String()) - len(r.Denom().String())
	decimals := digits - magnitude // one more than needed, or as many
	text := roundAt(r, decimals)
	if significantDigits(text) > digits {
		text = roundAt(r, decimals-1)
	}
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// roundAt gives r with so many decimals, or rounded to tens if they are negative.
func roundAt(r *big.Rat, decimals int) string {
	if decimals >= 0 {
		return fixedRat(r, decimals)
	}
	tens := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(-decimals)), nil)
	units := roundRat(new(big.Rat).Quo(r, new(big.Rat).SetInt(tens)))
	return units.Mul(units, tens).String()
}

// significantDigits counts the digits of a text from the first that is not 0
// to the last, or to the last before the point.
func significantDigits(text string) int {
	digits := strings.TrimLeft(strings.Replace(strings.TrimPrefix(text, "-"), ".", "", 1), "0")
	if !strings.Contains(text, ".") {
		digits = strings.TrimRight(digits, "0")
	}
	return len(digits)
}

// Fixed gives n with exactly so many decimals, half away from zero.
func (n Number) Fixed(precision int) string {
	return string(n.appendFixed(nil, precision))
}

func (n Number) appendFixed(dst []byte, precision int) []byte {
	if !n.Valid() {
		return dst
	}
	rounded := n.Round(precision)
	if rounded.den != powers[precision] {
		return append(dst, fixedRat(rounded.rat(), precision)...)
	}
	units := rounded.num
	if units < 0 {
		dst = append(dst, '-')
		units = -units
	}
	scale := powers[precision]
	dst = strconv.AppendInt(dst, units/scale, 10)
	if precision == 0 {
		return dst
	}
	dst = append(dst, '.')
	rest := units % scale
	for digit := scale / 10; digit > 0; digit /= 10 {
		dst = append(dst, byte('0'+rest/digit%10))
	}
	return dst
}

// fixedRat writes r with so many decimals, half away from zero and without a minus before zero.
func fixedRat(r *big.Rat, precision int) string {
	text := r.FloatString(precision) // rounds halves away from zero
	if strings.HasPrefix(text, "-") && strings.Trim(text, "-0.") == "" {
		return text[1:]
	}
	return text
}
