package scoring

// MethodType names how a value becomes an item score.
type MethodType string

// The methods.
const (
	MethodRatio       MethodType = "ratio"
	MethodSteps       MethodType = "steps"
	MethodInterpolate MethodType = "interpolate"
	MethodIncrements  MethodType = "increments"
	MethodEfficacy    MethodType = "efficacy"
	MethodThreshold   MethodType = "threshold"
	MethodDeduct      MethodType = "deduct"
	MethodRank        MethodType = "rank"
	MethodRelative    MethodType = "relative"
	MethodStandard    MethodType = "standard"
	MethodDirect      MethodType = "direct"
)

// Of says which value of a metric the method takes.
type Of string

// What a method may be of.
const (
	OfActual     Of = "actual"
	OfAttainment Of = "attainment" // actual / target
	OfGap        Of = "gap"        // actual − target
	OfGrowth     Of = "growth"     // (actual − baseline) / |baseline|
)

// Direction says whether more or less is better.
type Direction string

// The directions.
const (
	Higher Direction = "higher"
	Lower  Direction = "lower"
)

// Inverse says how an attainment is turned round when less is better.
type Inverse string

// The inverses: 2 − actual/target, and target/actual.
const (
	Mirror     Inverse = "mirror"
	Reciprocal Inverse = "reciprocal"
)

// Order says which end is best among peers.
type Order string

// The orders.
const (
	Desc Order = "desc"
	Asc  Order = "asc"
)

// Op is a comparison of a threshold.
type Op string

// The comparisons.
const (
	AtLeast Op = ">="
	Above   Op = ">"
	AtMost  Op = "<="
	Below   Op = "<"
)

// Method is how a value becomes an item score, with its parameters as written:
// what was left out is empty here (see [Item.ResolvedMethod]).
type Method struct {
	Type       MethodType
	Of         Of
	Direction  Direction
	Inverse    Inverse
	Order      Order
	Op         Op
	Strict     bool
	WholeSteps bool
	MinPeers   int64

	Floor, Cap                   Number
	Below                        Number // steps: the score under the first row
	From, Step, Gain, Loss       Number // increments
	Start                        Number // increments, deduct
	Unsatisfactory, Satisfactory Number // efficacy
	Base, Span                   Number // efficacy
	Value, Pass, Fail            Number // threshold
	Best, Worst                  Number // rank
	Mean, SD                     Number // standard

	Table  []Step        // steps
	Points []Point       // interpolate
	Events []EventPoints // deduct
}

// Step is a row of a steps table.
type Step struct{ From, Score Number }

// Point is a corner of an interpolated line.
type Point struct{ X, Score Number }

// EventPoints says what one event of a type costs.
type EventPoints struct {
	Type   string
	Points Number
}

// Needs says which figures a metric item must have for a value.
func (i *Item) Needs() (actual, target, baseline bool) {
	if i.Source != SourceMetric {
		return false, false, false
	}
	switch i.ResolvedMethod().Of {
	case OfAttainment, OfGap:
		return true, true, false
	case OfGrowth:
		return true, false, true
	}
	return true, false, false
}
