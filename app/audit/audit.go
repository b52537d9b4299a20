// Package audit keeps the trail: who did, was refused or saw what, when, from
// where, with what before and after. A change is on record in its own
// transaction or does not happen.
package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// Outcome is how what is on record ended.
type Outcome string

// The outcomes.
const (
	Done    Outcome = "done"
	Refused Outcome = "refused"
	Failed  Outcome = "failed"
)

// Entry is what happened. No secret stands in it; values that people are better
// not read by (passwords, tokens) are left out by whoever makes it.
type Entry struct {
	Action  string  // "user.create", "period.publish", "sign_in", "result.read", …
	Outcome Outcome // Done if left out
	Object  string  // what sort of thing: "user", "period", "result"
	Key     string  // which one, by the key people know: username, period code, staff number
	Detail  string  // what else is to be known, such as the reason, or the code of a refusal
	Before  any     // as JSON; nil where there was nothing
	After   any
}

// Origin is where a request came from.
type Origin struct {
	Address   string
	RequestID string
	Session   string // a digest that names the session or token, never the token
}

type originKey struct{}

// From hands the origin of a request down with its context.
func From(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// OriginOf gives the origin that the context carries.
func OriginOf(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin)
	return o
}

// Write puts an entry on record in the transaction of the change. When it cannot
// be written it is Unavailable, and the transaction, with the change, is to fail.
func Write(ctx context.Context, tx db.Tx, at time.Time, actor rbac.Actor, e Entry) error {
	before, err := state(e.Before)
	if err != nil {
		return err
	}
	after, err := state(e.After)
	if err != nil {
		return err
	}
	if e.Outcome == "" {
		e.Outcome = Done
	}
	o := OriginOf(ctx)
	var user any
	if actor.UserID != 0 {
		user = actor.UserID
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO audit_records
		(at, actor, user_id, session, address, request_id, action, outcome, object, object_key, detail, before, after)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		at.UTC(), actor.Name, user, o.Session, o.Address, o.RequestID, e.Action, string(e.Outcome), e.Object, e.Key, e.Detail, before, after)
	if err != nil && ctx.Err() == nil {
		return fault.Wrap(err, fault.Unavailable, "audit.unavailable", nil)
	}
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"audit.unavailable": {
		Zh: "审计记录无法写入，因此未作任何更改；请稍后重试，或联系系统管理员",
		En: "the audit trail cannot be written, so nothing was changed; try again in a moment, or ask the system administrator",
	},
})

func state(v any) (any, error) {
	if v == nil {
		return nil, nil //nolint:nilnil // SQL's NULL
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("writing a state for the audit trail: %w", err)
	}
	return string(text), nil
}
