package reports

import (
	"strings"

	"github.com/steelyard/steelyard/app/lang"
)

// remark says in words what a reader would ask of an item: why it is missing,
// whom it was compared with, who answered.
func remark(l lang.Language, i itemView) string {
	if text := reason(l, i); text != "" {
		return text
	}
	return strings.Join(answers(l, i), say(l, "comma"))
}

// reason says why an item is missing, or what its value was compared with or raised to.
func reason(l lang.Language, i itemView) string {
	if i.reason != "" {
		return say(l, "card.missing", "status", say(l, "item."+i.status), "reason", say(l, "reason."+i.reason))
	}
	switch {
	case i.method.kind == "rank":
		return say(l, "card.remark.rank", "rank", i.peers.rank, "peers", i.peers.count)
	case i.method.kind == "relative":
		return say(l, "card.remark.relative", "best", grouped(i.peers.best), "peers", i.peers.count)
	case i.method.kind == "standard":
		return say(l, "card.remark.standard", "mean", grouped(i.peers.mean), "peers", i.peers.count)
	case i.flow && i.raised != "" && i.raised != i.actual:
		return say(l, "card.remark.raised", "raised", grouped(i.raised))
	}
	return ""
}

// answers tells the inputs that are not figures of a metric.
func answers(l lang.Language, i itemView) []string {
	var parts []string
	switch i.source {
	case "rating":
		for _, r := range i.roles {
			parts = append(parts, say(l, "answer.role", "role", r.name, "mean", short(r.mean), "count", r.count))
		}
	case "survey":
		if i.survey.sum != "" {
			parts = append(parts, say(l, "answer.survey", "count", i.survey.count, "sum", i.survey.sum))
		}
	case "events":
		for _, e := range i.events {
			if e.count != "0" {
				parts = append(parts, say(l, "answer.event", "event", e.name, "count", e.count))
			}
		}
	}
	return parts
}

// short shows a figure in a sentence: two decimals, four for what is smaller than a hundred.
func short(figure string) string {
	places := 2
	if whole, _, _ := strings.Cut(strings.TrimPrefix(figure, "-"), "."); len(whole) < 3 {
		places = 4
	}
	if decimals(figure) <= places {
		return figure
	}
	return weigh([]int{1}, []string{figure}, places)
}

// grouped is short with a comma between thousands.
func grouped(figure string) string {
	whole, fraction, pointed := strings.Cut(short(figure), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for n := len(whole) - 3; n > 0; n -= 3 {
		whole = whole[:n] + "," + whole[n:]
	}
	if pointed {
		whole += "." + fraction
	}
	return sign + whole
}
