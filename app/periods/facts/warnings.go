package facts

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// warnings gathers warnings of one sort about one thing into one, because bank
// systems send far more than is scored.
type warnings struct {
	order []warning
	byKey map[warning]*gathered
}

type warning struct{ code, subject string }

type gathered struct {
	first fault.Problem
	count int
	rows  []string
}

const rowsNamed = 10

func (w *warnings) add(p fault.Problem, subject string) {
	key := warning{p.Code, subject}
	g := w.byKey[key]
	if g == nil {
		if w.byKey == nil {
			w.byKey = map[warning]*gathered{}
		}
		g = &gathered{first: p}
		w.byKey[key] = g
		w.order = append(w.order, key)
	}
	if g.count++; len(g.rows) < rowsNamed {
		g.rows = append(g.rows, strconv.Itoa(p.Row))
	}
}

// report hands on what was gathered, in the order of first appearance.
func (w *warnings) report(warn func(fault.Problem)) {
	for _, key := range w.order {
		g := w.byKey[key]
		rows := strings.Join(g.rows, ", ")
		if g.count > len(g.rows) {
			rows += ", …"
		}
		g.first.Args = lang.Args{"subject": key.subject, "count": g.count, "rows": rows}
		warn(g.first)
	}
}

// names lists a set for a message.
func names(set map[string]bool) string {
	const most = 20
	list := slices.Sorted(maps.Keys(set))
	if len(list) > most {
		list = append(list[:most], "…")
	}
	return strings.Join(list, ", ")
}
