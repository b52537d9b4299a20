package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/rbac"
)

// Filter narrows a search; what is left out narrows nothing.
type Filter struct {
	Actor     string
	Action    string // an action, or its beginning
	Object    string
	Key       string
	Outcome   Outcome
	RequestID string
	From, To  time.Time // To is not included
	// Exceptions are what auditors look at first: what was refused or failed, what
	// went out of the system, and what changed a result or a right by somebody's hand.
	Exceptions bool
}

// exceptions are the actions that are always looked at.
var exceptions = []string{
	"batch.undo", "export.run", "grant.create", "grant.revoke", "import.adjustments", "import.grants", "import.vetoes", "job.download",
	"period.waive", "responsibility.put", "review.return", "role.put",
}

// Record is an entry as it stands on the trail.
type Record struct {
	ID        int64           `json:"id"`
	At        time.Time       `json:"at"`
	Actor     string          `json:"actor"`
	ActingFor string          `json:"acting_for,omitempty"`
	Session   string          `json:"session,omitempty"`
	Address   string          `json:"address,omitempty"`
	RequestID string          `json:"request_id,omitempty"`
	Action    string          `json:"action"`
	Outcome   Outcome         `json:"outcome"`
	Object    string          `json:"object,omitempty"`
	Key       string          `json:"key,omitempty"`
	Detail    string          `json:"detail,omitempty"`
	Before    json.RawMessage `json:"before,omitempty"`
	After     json.RawMessage `json:"after,omitempty"`
}

// List is a page of records, the last first.
type List struct {
	Records []Record
	Next    string // the cursor of the next page; empty on the last
}

// Search gives the records that a filter lets through. It needs audit.read in
// the whole bank, and is on record itself.
func (s *Service) Search(ctx context.Context, actor rbac.Actor, f Filter, q page.Query) (*List, error) {
	if err := access.RequireWhole(actor, rbac.AuditRead); err != nil {
		return nil, err
	}
	if q.Sort == "" {
		q.Sort = "-id"
	}
	plan, err := q.Plan("a.id", page.Order{Name: "id", Column: "a.id", Int: true})
	if err != nil {
		return nil, err
	}
	list := &List{Records: []Record{}}
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		list.Records, err = f.read(ctx, tx, plan)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("searching the audit trail: %w", err)
	}
	if len(list.Records) > plan.Limit {
		list.Records = list.Records[:plan.Limit]
		last := list.Records[plan.Limit-1].ID
		list.Next = plan.Next(last, last)
	}
	return list, s.Record(ctx, actor, Entry{Action: "audit.read", Object: "audit", Detail: f.text()})
}

// row is a record as the database has it.
type row struct {
	bun.BaseModel `bun:"table:audit_records,alias:a"`

	ID        int64          `bun:"id"`
	At        time.Time      `bun:"at"`
	Actor     string         `bun:"actor"`
	ActingFor string         `bun:"acting_for"`
	Session   string         `bun:"session"`
	Address   string         `bun:"address"`
	RequestID string         `bun:"request_id"`
	Action    string         `bun:"action"`
	Outcome   Outcome        `bun:"outcome"`
	Object    string         `bun:"object"`
	Key       string         `bun:"object_key"`
	Detail    string         `bun:"detail"`
	Before    sql.NullString `bun:"before"`
	After     sql.NullString `bun:"after"`
}

func (f Filter) read(ctx context.Context, tx db.Tx, plan *page.Plan) ([]Record, error) {
	var rows []row
	query := tx.NewSelect().Model(&rows).Where("?", plan.Where()).OrderExpr(plan.OrderBy()).Limit(int64(plan.Fetch()))
	for column, value := range map[string]string{
		"a.actor": f.Actor, "a.object": f.Object, "a.object_key": f.Key, "a.outcome": string(f.Outcome), "a.request_id": f.RequestID,
	} {
		if value != "" {
			query.Where(column+" = ?", value)
		}
	}
	if f.Action != "" {
		query.Where("a.action >= ? AND a.action < ?", f.Action, f.Action+"\x7f") // actions are in ASCII
	}
	if f.Exceptions {
		query.Where("(a.outcome <> ? OR a.action IN (?))", Done, bun.List(exceptions))
	}
	if !f.From.IsZero() {
		query.Where("a.at >= ?", known(f.From))
	}
	if !f.To.IsZero() {
		query.Where("a.at < ?", known(f.To))
	}
	if err := query.Scan(ctx); err != nil {
		return nil, err
	}
	records := make([]Record, len(rows))
	for i, r := range rows {
		records[i] = Record{
			ID: r.ID, At: r.At.UTC(), Actor: r.Actor, ActingFor: r.ActingFor, Session: r.Session, Address: r.Address, RequestID: r.RequestID,
			Action: r.Action, Outcome: r.Outcome, Object: r.Object, Key: r.Key, Detail: r.Detail,
		}
		if r.Before.Valid {
			records[i].Before = json.RawMessage(r.Before.String)
		}
		if r.After.Valid {
			records[i].After = json.RawMessage(r.After.String)
		}
	}
	return records, nil
}

// known gives an instant that both databases know: there is none before the year 1.
func known(t time.Time) time.Time {
	if first := (time.Time{}).Add(time.Second); t.Before(first) {
		return first
	}
	return t.UTC()
}

// text says the filter, for the record of the search.
func (f Filter) text() string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	add("actor", f.Actor)
	add("action", f.Action)
	add("object", f.Object)
	add("key", f.Key)
	if f.Exceptions {
		add("exceptions", "true")
	}
	add("outcome", string(f.Outcome))
	add("request_id", f.RequestID)
	if !f.From.IsZero() {
		add("from", f.From.UTC().Format(time.RFC3339))
	}
	if !f.To.IsZero() {
		add("to", f.To.UTC().Format(time.RFC3339))
	}
	return strings.Join(parts, " ")
}
