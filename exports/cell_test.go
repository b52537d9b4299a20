package exports

import (
	"strings"
	"testing"
	"time"
)

func TestDecimalsAreKeptInTheirShortestForm(t *testing.T) {
	for written, want := range map[string]string{
		"0": "0", "-0": "0", "-0.00": "0", "007": "7", "1.50": "1.5", "-1.50": "-1.5", "100": "100", "0.05": "0.05",
		"000.10": "0.1", "12345678901234567890.10": "12345678901234567890.1", "-1": "-1", "1250000.00": "1250000",
	} {
		if got, ok := canonical(written); !ok || got != want {
			t.Errorf("canonical(%q) = %q, %v; want %q", written, got, ok, want)
		}
	}
	for _, wrong := range []string{"", "-", ".5", "5.", "1,5", "+1", "1e3", "NaN", "1.2.3", "１", " 1"} {
		if got, ok := canonical(wrong); ok {
			t.Errorf("canonical(%q) = %q, want none", wrong, got)
		}
	}
}

func TestMoreThanFifteenDigitsAreTooLong(t *testing.T) {
	for figure, want := range map[string]bool{
		"999999999999999": false, "1234567890123456": true, "0.0000000123456": false, "123456789.1234567": true,
		"100000000000000000": false, "0.1": false, "-99999999999999.9": false,
	} {
		if got := Number(figure).tooLong(); got != want {
			t.Errorf("%s too long: %v, want %v", figure, got, want)
		}
	}
	if !Count(1_000_000_000_000_000).tooLong() || Count(-999).tooLong() {
		t.Error("counts are measured like figures")
	}
}

func TestDaysAreTheSerialNumbersOfSpreadsheets(t *testing.T) {
	for _, c := range []struct {
		y    int
		m    time.Month
		d    int
		want string
	}{{1900, 3, 1, "61"}, {1970, 1, 1, "25569"}, {2026, 10, 31, "46326"}} {
		if got := Day(c.y, c.m, c.d).plain(); got != c.want {
			t.Errorf("%d-%d-%d = %s, want %s", c.y, c.m, c.d, got, c.want)
		}
	}
}

func TestSumsAreExact(t *testing.T) {
	var s sum
	for _, figure := range []string{"0.1", "0.2", "-0.3", "99999999999999999.99", "0.01", "5"} {
		s.add(Number(figure))
	}
	s.add(Count(-5))
	s.add(Blank())
	s.add(String("text"))
	if got := s.text(); got != "100000000000000000.00" {
		t.Errorf("the sum is %s", got)
	}
	var both sum
	both.merge(&s)
	both.merge(&sum{})
	if got := both.text(); got != "100000000000000000" {
		t.Errorf("the merged sum is %s", got)
	}
}

func TestTextsLongerThanACellAreCut(t *testing.T) {
	long := strings.Repeat("绩", maxText+10)
	got, cut := cutText(long)
	if !cut || len([]rune(got)) != maxText || !strings.HasSuffix(got, "…") {
		t.Errorf("cut %v to %d characters", cut, len([]rune(got)))
	}
	if got, cut := cutText("short"); cut || got != "short" {
		t.Errorf("a short text became %q", got)
	}
}

func TestSheetNamesAreAllowedAndUnique(t *testing.T) {
	b := &Book{names: map[string]bool{}}
	for _, c := range [][2]string{
		{"明细", "明细"}, {"明细", "明细 (2)"}, {"a/b:c*d?e[f]'g", "a_b_c_d_e_f__g"}, {"SUMMARY", "SUMMARY"}, {"summary", "summary (2)"},
		{strings.Repeat("长", 40), strings.Repeat("长", 31)}, {strings.Repeat("长", 40), strings.Repeat("长", 27) + " (2)"},
	} {
		if got := b.free(c[0]); got != c[1] {
			t.Errorf("%q is called %q, want %q", c[0], got, c[1])
		}
	}
}

func TestFormatsSpellNumberFormats(t *testing.T) {
	for f, want := range map[Format]string{
		Text: "General", Code: "@", Int: "#,##0", Days: "0", Money: "#,##0.00", Score(2): "0.00", Percent(1): "0.0%",
		Date: "yyyy-mm-dd", DecimalOf("1250.125"): "#,##0.000", DecimalOf("7"): "#,##0", General: "General",
	} {
		if got := f.code(); got != want {
			t.Errorf("%+v spells %q, want %q", f, got, want)
		}
	}
}
