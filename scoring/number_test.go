package scoring_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/steelyard/steelyard/scoring"
)

func number(t *testing.T, s string) scoring.Number {
	t.Helper()
	n, err := scoring.ParseNumber(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAThirdOfFifteenThousandthsIsATieAndRoundsUp(t *testing.T) {
	third := scoring.FromInt(1).Quo(scoring.FromInt(3))
	if got := third.Mul(number(t, "0.015")).Fixed(2); got != "0.01" {
		t.Errorf("got %s", got)
	}
}

func TestNumbersAreRoundedHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		n         string
		precision int
		want      string
	}{
		{"0.005", 2, "0.01"}, {"-0.005", 2, "-0.01"}, {"0.0049", 2, "0.00"}, {"-0.0049", 2, "0.00"}, {"2.5", 0, "3"}, {"-2.5", 0, "-3"},
		{"999999999999999.999999", 4, "1000000000000000.0000"}, {"999999999999999.5", 0, "1000000000000000"}, {"-0", 2, "0.00"}, {"7", 4, "7.0000"},
	} {
		if got := number(t, c.n).Fixed(c.precision); got != c.want {
			t.Errorf("%s to %d: %s, want %s", c.n, c.precision, got, c.want)
		}
	}
}

func TestADecimalIsWrittenExactlyAndAnyOtherFractionToTenDigits(t *testing.T) {
	fraction := func(a, b int64) scoring.Number { return scoring.FromInt(a).Quo(scoring.FromInt(b)) }
	for _, c := range []struct {
		n    scoring.Number
		want string
	}{
		{number(t, "1.500"), "1.5"}, {number(t, "-0.000"), "0"}, {number(t, "000123456789012345.678901"), "123456789012345.678901"},
		{fraction(1, 3), "0.3333333333"}, {fraction(2, 3), "0.6666666667"}, {fraction(-200000000000, 3), "-66666666670"}, {fraction(1, 8), "0.125"},
		{fraction(100, 3), "33.33333333"}, {fraction(1, 3000000), "0.0000003333333333"}, {fraction(29999999999, 3), "10000000000"}, {scoring.Number{}, ""},
	} {
		if got := c.n.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestAnAbsentNumberStaysAbsent(t *testing.T) {
	var absent scoring.Number
	one := scoring.FromInt(1)
	for _, n := range []scoring.Number{absent.Add(one), one.Sub(absent), absent.Mul(one), one.Quo(absent), absent.Neg(), absent.Abs(), absent.Round(2), one.Quo(scoring.FromInt(0))} {
		if n.Valid() {
			t.Errorf("%s is there", n)
		}
	}
	if absent.Cmp(one) >= 0 || absent.Rat() != nil || scoring.FromRat(nil).Valid() || absent.IsDecimal() {
		t.Error("an absent number is below all others, and no fraction")
	}
}

func TestScaledGivesWhatTheDatabaseKeeps(t *testing.T) {
	if v, ok := number(t, "12.34").Scaled(4); !ok || v != 123400 {
		t.Error(v, ok)
	}
	if _, ok := number(t, "0.00001").Scaled(4); ok {
		t.Error("a finer figure does not fit")
	}
	if _, ok := number(t, "999999999999999").Scaled(4); ok {
		t.Error("a larger figure does not fit")
	}
	if got := scoring.FromScaled(-123400, 4); got.Cmp(number(t, "-12.34")) != 0 {
		t.Error(got)
	}
}

func TestWhatIsNoFigureHasAReason(t *testing.T) {
	for text, code := range map[string]string{"": "not_a_decimal", "1,5": "not_a_decimal", "1e3": "not_a_decimal", "1000000000000000": "too_many_digits", "0.0000001": "too_many_decimals"} {
		var wrong *scoring.NumberError
		if _, err := scoring.ParseNumber(text); !errors.As(err, &wrong) || wrong.Code != code || wrong.Error() == code {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// anyNumber draws fractions near and beyond what two integers can hold.
func anyNumber(t *rapid.T, label string) scoring.Number {
	part := rapid.OneOf(rapid.Int64Range(-20, 20), rapid.Int64(), rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64, math.MinInt64 + 1}))
	n := scoring.FromInt(part.Draw(t, label))
	if den := scoring.FromInt(part.Draw(t, label+".den")); den.Sign() != 0 {
		n = n.Quo(den)
	}
	return n
}

func TestArithmeticEqualsThatOfBigFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyNumber(t, "a"), anyNumber(t, "b")
		x, y := a.Rat(), b.Rat()
		same := func(name string, got scoring.Number, want *big.Rat) {
			if got.Rat().Cmp(want) != 0 {
				t.Fatalf("%s of %s and %s: %s, want %s", name, x, y, got.Rat(), want)
			}
		}
		same("sum", a.Add(b), new(big.Rat).Add(x, y))
		same("difference", a.Sub(b), new(big.Rat).Sub(x, y))
		same("product", a.Mul(b), new(big.Rat).Mul(x, y))
		same("negative", a.Neg(), new(big.Rat).Neg(x))
		same("magnitude", a.Abs(), new(big.Rat).Abs(x))
		if y.Sign() != 0 {
			same("quotient", a.Quo(b), new(big.Rat).Quo(x, y))
		}
		if a.Cmp(b) != x.Cmp(y) || a.Sign() != x.Sign() {
			t.Fatalf("order of %s and %s", x, y)
		}
		precision := rapid.IntRange(0, 4).Draw(t, "precision")
		text := a.Fixed(precision)
		if want := x.FloatString(precision); text != want && "-"+text != want {
			t.Fatalf("%s to %d: %s, want %s", x, precision, text, want)
		}
	})
}
