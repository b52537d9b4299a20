package scoring

import "strconv"

// writer appends JSON without blanks, in the order in which it is told.
type writer struct {
	dst   []byte
	comma bool // something stands before the next value
}

func (w *writer) sign(c byte) {
	if w.comma {
		w.dst = append(w.dst, ',')
	}
	w.dst = append(w.dst, c)
	w.comma = false
}

func (w *writer) end(c byte) {
	w.dst = append(w.dst, c)
	w.comma = true
}

// field begins a field of an object.
func (w *writer) field(name string) {
	if w.comma {
		w.dst = append(w.dst, ',')
	}
	w.dst = append(appendText(w.dst, name), ':')
	w.comma = false
}

func (w *writer) text(value string) {
	if w.comma {
		w.dst = append(w.dst, ',')
	}
	w.dst = appendText(w.dst, value)
	w.comma = true
}

func (w *writer) number(n Number) {
	if w.comma {
		w.dst = append(w.dst, ',')
	}
	w.dst = append(n.appendCanonical(append(w.dst, '"')), '"')
	w.comma = true
}

func (w *writer) integer(n int64) {
	if w.comma {
		w.dst = append(w.dst, ',')
	}
	w.dst = strconv.AppendInt(w.dst, n, 10)
	w.comma = true
}

// textField writes a text, or nothing if it is empty; the others likewise.
func (w *writer) textField(name, value string) {
	if value != "" {
		w.field(name)
		w.text(value)
	}
}

func (w *writer) numberField(name string, n Number) {
	if n.Valid() {
		w.field(name)
		w.number(n)
	}
}

func (w *writer) integerField(name string, n int64) {
	w.field(name)
	w.integer(n)
}

func (w *writer) countField(name string, n int64) {
	if n != 0 {
		w.integerField(name, n)
	}
}

func (w *writer) flagField(name string, set bool) {
	if set {
		w.field(name)
		w.dst = append(w.dst, "true"...)
		w.comma = true
	}
}

func (w *writer) nameField(name string, t Text) {
	switch {
	case t == Text{}:
	case t.Zh == t.En || t.Zh == "" || t.En == "":
		w.textField(name, t.In(English))
	default:
		w.field(name)
		w.sign('{')
		w.textField(Chinese, t.Zh)
		w.textField(English, t.En)
		w.end('}')
	}
}

// appendCanonical appends n without trailing zeros: the one text of its value.
func (n Number) appendCanonical(dst []byte) []byte {
	if n.big != nil || n.den == 0 {
		return append(dst, n.String()...)
	}
	units, scale, decimals := n.num, n.den, 0
	for power := int64(1); power < scale; power *= 10 {
		decimals++
		if decimals == len(powers) {
			break
		}
	}
	if decimals == len(powers) || powers[decimals] != scale {
		return append(dst, n.String()...)
	}
	for ; decimals > 0 && units%10 == 0; decimals-- {
		units /= 10
	}
	return Number{num: units, den: powers[decimals]}.appendFixed(dst, decimals)
}
