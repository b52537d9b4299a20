package scoring

import (
	"bufio"
	"io"
	"iter"
	"strconv"
)

// WriteResults writes the output object of a case: every result's fixed fields.
func WriteResults(w io.Writer, results iter.Seq[*Result]) error {
	out := bufio.NewWriterSize(w, 1<<16)
	separator := "{\"staff\": [\n"
	empty := true
	var line []byte
	for r := range results {
		line = AppendResult(append(line[:0], separator...), r)
		if _, err := out.Write(line); err != nil {
			return err
		}
		separator, empty = ",\n", false
	}
	end := "\n]}\n"
	if empty {
		end = "{\"staff\": []}\n"
	}
	if _, err := out.WriteString(end); err != nil {
		return err
	}
	return out.Flush()
}

// AppendResult appends the fixed fields of a result as JSON. The same result
// gives the same bytes.
func AppendResult(dst []byte, r *Result) []byte {
	dst = append(dst, `{"id": `...)
	dst = appendText(dst, r.ID)
	dst = append(dst, `, "status": "`...)
	dst = append(dst, r.Status...)
	dst = append(dst, '"')
	dst = appendFigure(dst, "base", r.Base, r.Precision)
	dst = appendFigure(dst, "bonus", r.Bonus, r.Precision)
	dst = appendFigure(dst, "deduction", r.Deduction, r.Precision)
	dst = appendFigure(dst, "total", r.Total, r.Precision)
	dst = appendOptional(append(dst, `, "grade": `...), r.Grade)
	dst = appendOptional(append(dst, `, "coefficient": `...), r.Coefficient)
	dst = appendPlace(append(dst, `, "rank": `...), r.Rank)
	dst = appendPlace(append(dst, `, "peers": `...), r.Peers)
	dst = append(dst, `, "segments": [`...)
	for i := range r.Segments {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendSegmentResult(dst, &r.Segments[i])
	}
	return append(dst, "]}"...)
}

func appendSegmentResult(dst []byte, s *SegmentResult) []byte {
	dst = appendText(append(dst, `{"scorecard": `...), s.Scorecard)
	dst = append(dst, `, "days": `...)
	dst = strconv.AppendInt(dst, int64(s.Days), 10)
	dst = append(dst, `, "status": "`...)
	dst = append(dst, s.Status...)
	dst = append(dst, '"')
	dst = appendFigure(dst, "base", s.Base, s.Precision)
	dst = append(dst, `, "items": [`...)
	for i := range s.Items {
		item := &s.Items[i]
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendText(append(dst, `{"key": `...), item.Key)
		dst = append(dst, `, "status": "`...)
		dst = append(dst, item.Status...)
		dst = appendOptional(append(dst, `", "reason": `...), string(item.Reason))
		dst = appendFigure(dst, "score", item.Score, s.Precision)
		dst = appendFigure(dst, "contribution", item.Contribution, s.Precision)
		dst = append(dst, '}')
	}
	return append(dst, "]}"...)
}

// appendFigure appends a figure as a text with the decimals of the precision, or null.
func appendFigure(dst []byte, name string, n Number, precision int) []byte {
	dst = append(dst, `, "`...)
	dst = append(dst, name...)
	if !n.Valid() {
		return append(dst, `": null`...)
	}
	dst = n.appendFixed(append(dst, `": "`...), precision)
	return append(dst, '"')
}

func appendOptional(dst []byte, text string) []byte {
	if text == "" {
		return append(dst, "null"...)
	}
	return appendText(dst, text)
}

func appendPlace(dst []byte, n int) []byte {
	if n == 0 {
		return append(dst, "null"...)
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

// appendText appends a JSON text. What could be mistaken in a page or a terminal is escaped.
func appendText(dst []byte, text string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ' || c == 0x7f:
			dst = append(dst, `\u00`...)
			dst = append(dst, hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}
