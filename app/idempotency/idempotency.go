// Package idempotency gives a creating request that is repeated the answer of
// the first, and no second effect. What is kept stands in the transaction of
// the change: it is there exactly when the effect is.
package idempotency

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// Key is what a caller named a request by, and what the request was.
type Key struct {
	UserID    int64
	Key       string   // at most 255 characters
	Operation string   // its id in the contract
	Request   [32]byte // SHA-256 of what was asked: path, query and body
}

type contextKey struct{}

// With hands a request's key down with its context.
func With(ctx context.Context, k Key) context.Context { return context.WithValue(ctx, contextKey{}, k) }

// Do makes a change once: with a key in the context that is known already it
// gives the kept answer, and f is not called. The same key with another request
// is Invalid. An answer survives JSON and holds no secret.
func Do[T any](ctx context.Context, tx db.Tx, at time.Time, f func() (T, error)) (T, error) {
	k, asked := ctx.Value(contextKey{}).(Key)
	if !asked {
		return f()
	}
	var none T
	added, err := tx.ExecContext(ctx, `INSERT INTO idempotency_keys (user_id, key, operation, request_sha256, made_at)
		VALUES (?, ?, ?, ?, ?) ON CONFLICT (user_id, key) DO NOTHING`, k.UserID, k.Key, k.Operation, k.Request[:], at.UTC())
	if err != nil {
		return none, fmt.Errorf("keeping a request's key: %w", err)
	}
	if n, err := added.RowsAffected(); err != nil || n == 0 {
		return kept[T](ctx, tx, k, err)
	}
	answer, err := f()
	if err != nil {
		return none, err
	}
	text, err := json.Marshal(answer)
	if err != nil {
		return none, fmt.Errorf("keeping an answer: %w", err)
	}
	_, err = tx.ExecContext(ctx, "UPDATE idempotency_keys SET answer = ? WHERE user_id = ? AND key = ?", string(text), k.UserID, k.Key)
	if err != nil {
		return none, fmt.Errorf("keeping an answer: %w", err)
	}
	return answer, nil
}

// Sweep forgets the keys of requests that were made before an instant.
func Sweep(ctx context.Context, tx db.Tx, before time.Time) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM idempotency_keys WHERE made_at < ?", before.UTC()); err != nil {
		return fmt.Errorf("forgetting old keys: %w", err)
	}
	return nil
}

// kept reads the answer of the first request; before is what went wrong until then.
func kept[T any](ctx context.Context, tx db.Tx, k Key, before error) (answer T, err error) {
	if before != nil {
		return answer, before
	}
	var operation string
	var request []byte
	var text sql.NullString
	err = tx.QueryRowContext(ctx, "SELECT operation, request_sha256, answer FROM idempotency_keys WHERE user_id = ? AND key = ?", k.UserID, k.Key).
		Scan(&operation, &request, &text)
	switch {
	case err != nil:
		return answer, fmt.Errorf("reading a request's key: %w", err)
	case operation != k.Operation || !bytes.Equal(request, k.Request[:]):
		return answer, fault.New(fault.Invalid, "idempotency.other_request", lang.Args{"key": k.Key})
	case !text.Valid:
		return answer, errors.New("an idempotency key has no answer")
	}
	if err := json.Unmarshal([]byte(text.String), &answer); err != nil {
		return answer, fmt.Errorf("reading a kept answer: %w", err)
	}
	return answer, nil
}

var _ = lang.Register(map[string]lang.Text{
	"idempotency.other_request": {
		Zh: "幂等键“{key}”已用于另一个请求；请换一个键",
		En: "the idempotency key {key} was used for another request; use a new one",
	},
})
