package exports

import "strings"

// Format says how a cell shows its figure. The zero Format is text.
type Format struct {
	kind   formatKind
	places uint8
}

type formatKind uint8

const (
	asText formatKind = iota
	asDecimal
	asMoney
	asPercent
	asDate
	asCode
	asShortest
)

// The formats without a choice.
var (
	Text    = Format{kind: asText}
	Code    = Format{kind: asCode} // codes and staff numbers: text that never becomes a number
	Int     = Format{kind: asMoney}
	Days    = Format{kind: asDecimal}
	Date    = Format{kind: asDate}
	Money   = Format{kind: asMoney, places: 2}
	General = Format{kind: asShortest} // a figure as it is written
)

// Score is a figure with n decimals and no thousands separator.
func Score(n int) Format { return Format{kind: asDecimal, places: clampPlaces(n)} }

// Decimal is a figure with n decimals and thousands separators.
func Decimal(n int) Format { return Format{kind: asMoney, places: clampPlaces(n)} }

// Percent is a fraction shown in per cent with n decimals.
func Percent(n int) Format { return Format{kind: asPercent, places: clampPlaces(n)} }

// DecimalOf is Decimal with as many decimals as the figure is written with; of
// more than six, which no figure of a file has, four are shown.
func DecimalOf(decimal string) Format {
	_, fraction, _ := strings.Cut(decimal, ".")
	if len(fraction) > 6 {
		return Decimal(4)
	}
	return Decimal(len(fraction))
}

func clampPlaces(n int) uint8 { return uint8(min(max(n, 0), 12)) }

// code is the number format as the file spells it.
func (f Format) code() string {
	switch f.kind {
	case asDecimal:
		return "0" + point(f.places)
	case asMoney:
		return "#,##0" + point(f.places)
	case asPercent:
		return "0" + point(f.places) + "%"
	case asDate:
		return "yyyy-mm-dd"
	case asCode:
		return "@"
	}
	return "General"
}

func (f Format) numeric() bool { return f.kind != asText && f.kind != asCode }

func point(places uint8) string {
	if places == 0 {
		return ""
	}
	return "." + strings.Repeat("0", int(places))
}
