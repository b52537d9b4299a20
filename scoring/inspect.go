package scoring

import (
	"bytes"
	"errors"
)

// InspectScorecard reads one scorecard as far as it goes, for those who write it:
// every fault is given, and what could not be read is absent in the scorecard.
func InspectScorecard(data []byte) (*Scorecard, InputErrors) {
	document, err := load(bytes.NewReader(data), "")
	if err != nil {
		var wrong InputErrors
		errors.As(err, &wrong)
		return &Scorecard{Precision: defaultPrecision}, wrong
	}
	r := reader{document}
	card := r.scorecard(0)
	r.peerGroup(0, card)
	return card, document.errors
}

// MethodWords says the item's method with its parameters, in "zh" or "en".
func (i *Item) MethodWords(lang string) string { return speaker{lang}.methodWords(i) }

// Name gives the method's name in "zh" or "en".
func (t MethodType) Name(lang string) string { return methodNames[t].In(lang) }

// ItemWords says in "zh" or "en" how the value of an item became its score, or
// why it has none: the item's line without its weight.
func (t *Trace) ItemWords(lang string, segment, item int) string {
	s, seg := speaker{lang}, &t.Segments[segment]
	i := &seg.Items[item]
	if i.Status != ItemScored {
		return i.Reason.Words(lang)
	}
	words := s.value(t, seg, i) + s.method(i, seg.Card.Precision)
	if i.Method.Type == MethodRatio { // its words end with x
		words += s.say(scoreIs, "score", i.Score.Fixed(seg.Card.Precision))
	}
	return words
}

// DefaultPrecision is the precision of a scorecard that names none.
const DefaultPrecision = defaultPrecision
