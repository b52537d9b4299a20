package imports

import (
	"context"
	"fmt"
	"strings"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/lang"
)

// FactTables lists the tables whose rows carry the batches that made and ended them.
func FactTables() []string {
	tables := factTables()
	names := make([]string, len(tables))
	for i := range tables {
		names[i] = tables[i].name
	}
	return names
}

// factTable describes a table of facts: what tells its rows apart, and what they say.
type factTable struct {
	name, entity string
	Subject
	list bool // several rows may have one key
}

func factTables() []factTable {
	metric := Field{Name: "metric_code", From: "metric_id", Of: OfMetric, Title: lang.Text{Zh: "指标代码", En: "metric"}}
	item := Field{Name: "item", Title: lang.Text{Zh: "考核项", En: "item"}}
	key := Field{Name: "key", Title: lang.Text{Zh: "项目", En: "key"}}
	reason := Field{Name: "reason", Title: lang.Text{Zh: "原因", En: "reason"}}
	placed := func(key ...Field) []Field { return append(ofMember(key...), UnitField("unit_id"), PositionField("")) }
	return []factTable{
		{name: "targets", entity: "target", Subject: Subject{Key: placed(metric), Fields: []Field{
			{Name: "target", Title: lang.Text{Zh: "目标值", En: "target"}}, {Name: "baseline", Title: lang.Text{Zh: "基期值", En: "baseline"}},
		}}},
		{name: "actuals", entity: "actual", Subject: Subject{Key: placed(metric), Fields: []Field{{Name: "actual", Title: lang.Text{Zh: "实际值", En: "actual"}}}}},
		{name: "surveys", entity: "survey", Subject: Subject{Key: placed(item), Fields: []Field{
			{Name: "count", From: "answers", Title: lang.Text{Zh: "份数", En: "count"}}, {Name: "sum", From: "answers_sum", Title: lang.Text{Zh: "合计", En: "sum"}},
		}}},
		{name: "events", entity: "event", Subject: Subject{
			Key:    placed(Field{Name: "event_type", Title: lang.Text{Zh: "事件类型", En: "event type"}}, item),
			Fields: []Field{{Name: "count", From: "occurrences", Title: lang.Text{Zh: "次数", En: "count"}}},
		}},
		{name: "adjustments", entity: "adjustment", list: true, Subject: Subject{Key: ofMember(key), Fields: []Field{
			{Name: "points", Title: lang.Text{Zh: "分值", En: "points"}}, reason,
		}}},
		{name: "vetoes", entity: "veto", Subject: Subject{Key: ofMember(key), Fields: []Field{reason}}},
		{name: "reviews", entity: "review", Subject: Subject{
			Key:    placed(item, Field{Name: "role", Title: lang.Text{Zh: "评价角色", En: "role"}}, Field{Name: "rater", Title: lang.Text{Zh: "评价人", En: "rater"}}),
			Fields: []Field{{Name: "level", Title: lang.Text{Zh: "等级", En: "level"}}, {Name: "comment", Title: lang.Text{Zh: "评语", En: "comment"}}},
		}},
	}
}

func ofMember(key ...Field) []Field {
	return append([]Field{periodField(), StaffField("staff_id")}, key...)
}

// factChanges reads what a batch did to facts. A batch that undoes another did
// the contrary of it.
func factChanges(ctx context.Context, tx db.Tx, r *Record, page Page) ([]Difference, error) {
	done, undoing := r, r.Undoes != 0
	if undoing {
		var err error
		if done, err = find(ctx, tx, r.Undoes); err != nil {
			return nil, err
		}
	}
	for _, t := range factTables() {
		if t.name != done.Kind {
			continue
		}
		list, err := t.changes(ctx, tx, done, page)
		if err != nil {
			return nil, fmt.Errorf("reading what became of %s: %w", t.name, err)
		}
		for i := range list {
			if d := &list[i]; undoing {
				d.Row, d.Before, d.After = 0, d.After, d.Before
			}
		}
		return list, named(ctx, tx, list)
	}
	return nil, nil
}

// changes reads the rows that a batch made, each beside the row that it replaced,
// in the order of the file, and then those that it ended without another.
func (t *factTable) changes(ctx context.Context, tx db.Tx, r *Record, page Page) ([]Difference, error) {
	query, args := t.query(r)
	query += " ORDER BY 1 DESC, 3, 4 LIMIT ? OFFSET ?"
	var list []Difference
	err := tx.Each(ctx, query, append(args, page.Limit, page.Skip), func(row db.Row) error {
		d := Difference{Entity: t.entity, Row: int(row.Int(2))}
		at := 4
		read := func(fields []Field) Values {
			values := make(Values, len(fields))
			for i := range fields {
				values[i] = Value{Field: &fields[i], Text: row.Text(at)}
				at++
			}
			return values
		}
		d.Key = filled(read(t.Key))
		if before := read(t.Fields); row.Int(1) != 0 {
			d.Before = before
		}
		if after := read(t.Fields); row.Int(0) != 0 {
			d.After = after
		}
		list = append(list, d)
		return nil
	})
	return list, err
}

// query pairs the rows that a batch made (m) with those that it ended (g). Once
// it is undone, what it ended is in force again, or was ended later.
func (t *factTable) query(r *Record) (query string, args []any) {
	gone, args := "ended_batch_id = ?", []any{r.ID, r.ID}
	if r.UndoneBy != 0 {
		gone = "period_id IN (SELECT period_id FROM " + t.name + " WHERE batch_id = ?) AND batch_id < ? AND (ended_batch_id IS NULL OR ended_batch_id > ?)"
		args = []any{r.ID, r.ID, r.ID, r.UndoneBy}
	}
	query = fmt.Sprintf(`WITH m AS (%s), g AS (%s)
		SELECT CAST(1 AS BIGINT), CAST(CASE WHEN g.id IS NULL THEN 0 ELSE 1 END AS BIGINT), m.row_no, m.id, %s, %s, %s
		FROM m LEFT JOIN g ON %s`, t.rows("batch_id = ?"), t.rows(gone), texts("m", t.Key), texts("g", t.Fields), texts("m", t.Fields), t.same())
	if r.UndoneBy == 0 {
		query += fmt.Sprintf(` UNION ALL SELECT CAST(0 AS BIGINT), CAST(1 AS BIGINT), CAST(0 AS BIGINT), g.id, %s, %s, %s
		FROM g LEFT JOIN m ON %s WHERE m.id IS NULL`, texts("g", t.Key), texts("g", t.Fields), texts("m", t.Fields), t.same())
	}
	return query, args
}

// rows selects rows of the table; of those with one key, each has its turn.
func (t *factTable) rows(condition string) string {
	turn := "1"
	if t.list {
		keys := make([]string, len(t.Key))
		for i := range t.Key {
			keys[i] = t.Key[i].from()
		}
		turn = "ROW_NUMBER() OVER (PARTITION BY " + strings.Join(keys, ", ") + " ORDER BY id)"
	}
	return fmt.Sprintf("SELECT t.*, %s AS turn FROM %s t WHERE %s", turn, t.name, condition)
}

// same is the condition that m and g have one key.
func (t *factTable) same() string {
	conditions := []string{"m.turn = g.turn"}
	for i := range t.Key {
		column := t.Key[i].from()
		if t.Key[i].Of == OfUnit {
			conditions = append(conditions, "COALESCE(m."+column+", 0) = COALESCE(g."+column+", 0)")
			continue
		}
		conditions = append(conditions, "m."+column+" = g."+column)
	}
	return strings.Join(conditions, " AND ")
}

func texts(of string, fields []Field) string {
	columns := make([]string, len(fields))
	for i := range fields {
		columns[i] = "CAST(" + of + "." + fields[i].from() + " AS TEXT)"
	}
	return strings.Join(columns, ", ")
}
