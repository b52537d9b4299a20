package access

import (
	"context"

	"github.com/steelyard/steelyard/rbac"
)

type actorKey struct{}

// With hands the actor of a request down with its context.
func With(ctx context.Context, actor rbac.Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, actor)
}

// ActorOf gives the actor that the context carries: one who may do nothing if it carries none.
func ActorOf(ctx context.Context) rbac.Actor {
	actor, _ := ctx.Value(actorKey{}).(rbac.Actor)
	return actor
}
