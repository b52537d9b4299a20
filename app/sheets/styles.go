package sheets

import (
	"strconv"
	"strings"
)

// numberFormat is what a cell's format says about the number in it.
type numberFormat uint8

const (
	formatPlain numberFormat = iota
	formatPercent
	formatDate
)

// formats reads what the cell styles of a workbook say about numbers.
func (a *archive) formats(part string) ([]numberFormat, error) {
	custom := map[int]numberFormat{}
	var formats []numberFormat
	err := a.read(part, "styleSheet", namespacesMain, func(m *markup) error {
		switch m.element() {
		case "numFmts":
			return m.children(func() error {
				if id, err := strconv.Atoi(m.attribute("numFmtId")); err == nil {
					custom[id] = formatOf(m.attribute("formatCode"))
				}
				return m.skip()
			})
		case "cellXfs":
			return m.children(func() error {
				id, _ := strconv.Atoi(m.attribute("numFmtId")) // without one: General
				format, found := custom[id]
				if !found {
					format = builtinFormat(id)
				}
				formats = append(formats, format)
				return m.skip()
			})
		}
		return m.skip()
	})
	return formats, err
}

// builtinFormat tells of the formats that have a number and no code: ECMA-376
// part 1, 18.8.30, with those of the Chinese versions.
func builtinFormat(id int) numberFormat {
	switch {
	case id == 9 || id == 10:
		return formatPercent
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return formatDate
	}
	return formatPlain
}

// formatOf tells of a format code, by the first of its sections.
func formatOf(code string) numberFormat {
	bare := bareFormat(code)
	switch {
	case strings.Contains(bare, "%"):
		return formatPercent
	case strings.Contains(bare, "general"), strings.Contains(bare, "通用格式"), strings.Contains(bare, "标准"):
		return formatPlain
	case strings.ContainsAny(bare, "yd"), strings.Contains(bare, "mmm"):
		return formatDate
	case strings.Contains(bare, "m") && !strings.ContainsAny(bare, "hs"):
		return formatDate
	}
	return formatPlain
}

// bareFormat takes out of a format code what is shown as it stands: quoted and
// escaped characters, and brackets with colours and languages. Elapsed hours,
// minutes and seconds stand in brackets too, and count as times.
func bareFormat(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return strings.ToLower(b.String())
		case '"':
			i += skipTo(code[i+1:], '"')
		case '[':
			inside := code[i+1:][:skipTo(code[i+1:], ']')]
			if strings.Trim(strings.ToLower(inside), "hms") == "]" {
				b.WriteByte('h')
			}
			i += len(inside)
		case '\\', '_', '*':
			i++
		default:
			b.WriteByte(c)
		}
	}
	return strings.ToLower(b.String())
}

// skipTo gives how many bytes there are up to and with the mark.
func skipTo(s string, mark byte) int {
	if i := strings.IndexByte(s, mark); i >= 0 {
		return i + 1
	}
	return len(s)
}
