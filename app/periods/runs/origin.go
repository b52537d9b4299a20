package runs

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/scoring"
)

// ofAssignment is the kind of an input that says where a member worked.
const ofAssignment = "assignment"

// origin finds the rows of facts that a run has used of one member: those that were
// in force when it was made, placed as the run placed them.
type origin struct {
	tx       db.Tx
	book     *Book
	result   *Result
	segments []periods.Segment
	metrics  map[int64]string
	inputs   []LineageInput
	at       map[originKey]int // of what a more exact row takes the place
}

// originKey is what one input is for.
type originKey struct {
	segment          int
	item, kind, part string
}

// factRow is how a row of facts begins: where it belongs, and with what it came.
type factRow struct {
	unit       int64
	position   string
	batch, row int64
	ended      bool
}

const factColumns = "unit_id, position, batch_id, row_no, ended_batch_id, "

// first is the first column behind factColumns.
const first = 5

func (o *origin) read(ctx context.Context) error {
	for i := range o.result.Segments {
		s := &o.result.Segments[i]
		o.segments = append(o.segments, periods.Segment{UnitID: s.UnitID, Position: s.Position})
	}
	o.metrics = map[int64]string{}
	err := o.tx.Each(ctx, "SELECT id, code FROM metrics", nil, func(r db.Row) error {
		o.metrics[r.Int(0)] = r.Text(1)
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading metrics: %w", err)
	}
	if err := o.assignments(ctx); err != nil {
		return err
	}
	for _, t := range []struct {
		table, columns string
		take           func(db.Row, *factRow)
	}{
		{"targets", factColumns + "metric_id, target, baseline", o.target},
		{"actuals", factColumns + "metric_id, actual", o.actual},
		{"surveys", factColumns + "item, answers, answers_sum", o.survey},
		{"events", factColumns + "event_type, item, occurrences", o.event},
		{"reviews", factColumns + "item, role, rater, level", o.review},
		{"adjustments", ofWholeMember + "key, points", o.adjustment},
		{"vetoes", ofWholeMember + "key, reason", o.veto},
	} {
		// Two searches and no OR: each has an index of its own to begin with the member.
		inForce := "SELECT " + t.columns + ", id FROM " + t.table + " WHERE period_id = ? AND staff_id = ? AND batch_id <= ? AND ended_batch_id "
		of := []any{o.book.Period.ID, o.result.StaffID, o.book.Run.LastBatchID}
		err := o.tx.Each(ctx, inForce+"IS NULL UNION ALL "+inForce+"> ? ORDER BY id",
			slices.Concat(of, of, []any{o.book.Run.LastBatchID}), func(r db.Row) error {
				t.take(r, &factRow{unit: r.Int(0), position: r.Text(1), batch: r.Int(2), row: r.Int(3), ended: !r.Null(4)})
				return nil
			})
		if err != nil {
			return fmt.Errorf("reading %s: %w", t.table, err)
		}
	}
	o.hush()
	return nil
}

// ofWholeMember is factColumns for facts that have neither unit nor position.
const ofWholeMember = "CAST(NULL AS BIGINT), '', batch_id, row_no, ended_batch_id, "

// words are those of a field.
func words(code string, args ...string) lang.Text {
	given := lang.Args{}
	for pair := range slices.Chunk(args, 2) {
		given[pair[0]] = pair[1]
	}
	return lang.Text{Zh: lang.Say(lang.Zh, code, given), En: lang.Say(lang.En, code, given)}
}

// ofRole says that a figure is the level that somebody in a role gave.
func ofRole(role string) lang.Text {
	name := scoring.RoleName(role)
	return lang.Text{Zh: words("runs.lineage.level", "role", name.Zh).Zh, En: words("runs.lineage.level", "role", name.En).En}
}

// put keeps an input, unless one that names its place more exactly is there.
func (o *origin) put(key originKey, item *scoring.Item, f *factRow, field lang.Text, value string) {
	in := LineageInput{
		Segment: key.segment, Item: item, Kind: key.kind, Field: field, Value: value,
		Batch: f.batch, Row: f.row, Superseded: f.ended, exact: exactly(f.unit, f.position),
	}
	in.Unit = o.book.Units[o.result.Segments[key.segment].UnitID]
	if at, there := o.at[key]; !there {
		o.at[key] = len(o.inputs)
		o.inputs = append(o.inputs, in)
	} else if in.exact >= o.inputs[at].exact {
		o.inputs[at] = in
	}
}

// each hands out the items of the segment that a row belongs to, of those that match.
func (o *origin) each(f *factRow, everywhere bool, matches func(*scoring.Item) bool, take func(segment int, item *scoring.Item)) {
	segments := []int{}
	if everywhere {
		for i := range o.segments {
			segments = append(segments, i)
		}
	} else if at, why := periods.Place(o.segments, f.unit, f.position); why == periods.Placed {
		segments = []int{at}
	}
	for _, at := range segments {
		card := o.book.cards[o.result.Segments[at].Scorecard]
		if card == nil {
			continue
		}
		for _, item := range card.items {
			if matches(item) {
				take(at, item)
			}
		}
	}
}

// draws says whether an item draws on the metric of an id.
func (o *origin) draws(id int64) func(*scoring.Item) bool {
	code := o.metrics[id]
	return func(item *scoring.Item) bool { return item.Source == scoring.SourceMetric && item.MetricCode() == code }
}

// keyed says whether an item has a key and a source.
func keyed(key string, source scoring.Source) func(*scoring.Item) bool {
	return func(item *scoring.Item) bool { return item.Key == key && item.Source == source }
}

func (o *origin) target(r db.Row, f *factRow) {
	values := [2]string{r.Text(first + 1), r.Text(first + 2)}
	o.each(f, periods.Everywhere(f.unit, f.position), o.draws(r.Int(first)), func(at int, item *scoring.Item) {
		for i, field := range []string{"target", "baseline"} {
			o.put(originKey{at, item.Key, "target", field}, item, f, words("runs.lineage."+field), values[i])
		}
	})
}

func (o *origin) actual(r db.Row, f *factRow) {
	value := r.Text(first + 1)
	o.each(f, false, o.draws(r.Int(first)), func(at int, item *scoring.Item) {
		o.put(originKey{at, item.Key, "actual", ""}, item, f, words("runs.lineage.actual"), value)
	})
}

func (o *origin) survey(r db.Row, f *factRow) {
	values := [2]string{"", r.Text(first + 2)}
	if !r.Null(first + 1) {
		values[0] = strconv.FormatInt(r.Int(first+1), 10)
	}
	o.each(f, false, keyed(r.Text(first), scoring.SourceSurvey), func(at int, item *scoring.Item) {
		for i, field := range []string{"count", "sum"} {
			o.put(originKey{at, item.Key, "survey", field}, item, f, words("runs.lineage."+field), values[i])
		}
	})
}

func (o *origin) event(r db.Row, f *factRow) {
	kind, key, count := r.Text(first), r.Text(first+1), strconv.FormatInt(r.Int(first+2), 10)
	o.each(f, false, func(item *scoring.Item) bool {
		return item.Source == scoring.SourceEvents && (key == "" || key == item.Key) && costs(item, kind)
	}, func(at int, item *scoring.Item) {
		o.put(originKey{at, item.Key, "event", kind + "/" + key}, item, f, lang.Text(scoring.EventName(kind)), count)
	})
}

func (o *origin) review(r db.Row, f *factRow) {
	role, rater, level := r.Text(first+1), r.Text(first+2), r.Text(first+3)
	o.each(f, false, keyed(r.Text(first), scoring.SourceRating), func(at int, item *scoring.Item) {
		if level != "" && rates(item.Rating, scoring.Rating{Role: role, Level: level}) {
			o.put(originKey{at, item.Key, "review", role + "/" + rater}, item, f, ofRole(role), level)
		}
	})
}

// hush takes from ratings of others than manager and self all that could tell who
// gave them, and puts them in an order that tells nothing. Where the reader may
// not read reviews, those of a role with too few go altogether.
func (o *origin) hush() {
	counts := map[originKey]int{}
	roles := make([]string, len(o.inputs))
	for key, at := range o.at {
		if key.kind == "review" {
			roles[at], _, _ = strings.Cut(key.part, "/")
			counts[originKey{key.segment, key.item, "review", roles[at]}]++
		}
	}
	kept, hushed := make([]LineageInput, 0, len(o.inputs)), []LineageInput{}
	for i, in := range o.inputs {
		if roles[i] == "" || slices.Contains(named, roles[i]) {
			kept = append(kept, in)
			continue
		}
		open := o.book.reviews.whole || in.Unit != nil && o.book.reviews.units[in.Unit.ID]
		if !open && counts[originKey{in.Segment, in.Item.Key, "review", roles[i]}] < anonymousLeast {
			continue
		}
		in.Batch, in.Row, in.Superseded = 0, 0, false
		hushed = append(hushed, in)
	}
	slices.SortStableFunc(hushed, func(a, b LineageInput) int {
		return cmp.Or(cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Item.Key, b.Item.Key), cmp.Compare(a.Field.En, b.Field.En), cmp.Compare(a.Value, b.Value))
	})
	o.inputs = slices.Concat(kept, hushed)
}

func (o *origin) adjustment(r db.Row, f *factRow) {
	key, points := r.Text(first), r.Text(first+1)
	at, card := o.main()
	if card == nil || points == "" {
		return
	}
	for i := range card.Adjustments {
		if a := &card.Adjustments[i]; a.Key == key {
			part := key + "/" + strconv.Itoa(len(o.inputs)) // those of one key add up
			o.put(originKey{at, "", "adjustment", part}, nil, f, lang.Text(a.Name), points)
		}
	}
}

func (o *origin) veto(r db.Row, f *factRow) {
	key, reason := r.Text(first), r.Text(first+1)
	at, card := o.main()
	if card == nil {
		return
	}
	for i := range card.Vetoes {
		if v := &card.Vetoes[i]; v.Key == key {
			o.put(originKey{at, "", "veto", key}, nil, f, lang.Text(v.Name), reason)
		}
	}
}

// main gives the main segment, whose scorecard has the adjustments and vetoes.
func (o *origin) main() (int, *card) {
	at := slices.IndexFunc(o.result.Segments, func(s Segment) bool { return s.UnitID == o.result.UnitID && s.Position == o.result.Position })
	if at < 0 {
		return 0, nil
	}
	return at, o.book.cards[o.result.Segments[at].Scorecard]
}

// assignments are those that the segments come from, with the batches that made them so.
func (o *origin) assignments(ctx context.Context) error {
	p, last := o.book.Period, o.book.Run.LastBatchID
	err := o.tx.Each(ctx, `SELECT a.unit_id, a.position, h.batch_id, h.row_no,
		(SELECT MIN(l.batch_id) FROM history l WHERE l.entity = 'assignment' AND l.entity_id = a.id AND l.batch_id > ?), a.from_on, a.to_on
		FROM assignments a LEFT JOIN history h ON h.entity = 'assignment' AND h.entity_id = a.id AND h.batch_id =
			(SELECT MAX(m.batch_id) FROM history m WHERE m.entity = 'assignment' AND m.entity_id = a.id AND m.batch_id <= ?)
		WHERE a.staff_id = ? AND a.state = 'active' AND a.from_on <= ? AND (a.to_on IS NULL OR a.to_on >= ?) ORDER BY a.from_on`,
		[]any{last, last, o.result.StaffID, p.LastDay.String(), p.FirstDay.String()}, func(r db.Row) error {
			f := &factRow{unit: r.Int(0), position: r.Text(1), batch: r.Int(2), row: r.Int(3), ended: !r.Null(4)}
			at, why := periods.Place(o.segments, f.unit, f.position)
			if why != periods.Placed {
				return nil
			}
			value := f.position + " " + r.Date(5).String() + " –"
			if to := r.Date(6); !to.IsZero() {
				value += " " + to.String()
			}
			o.put(originKey{at, "", ofAssignment, r.Date(5).String()}, nil, f, words("runs.lineage.assignment"), value)
			return nil
		})
	if err != nil {
		return fmt.Errorf("reading assignments: %w", err)
	}
	return nil
}
