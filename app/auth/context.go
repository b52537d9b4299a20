package auth

import "context"

// The cookies. Their names make browsers take them from this host alone, over TLS.
const (
	SessionCookie = "__Host-steelyard"
	DeviceCookie  = "__Host-steelyard-device"
)

type (
	identityKey struct{}
	clientKey   struct{}
)

// With hands down with a request's context who is there.
func With(ctx context.Context, who Identity) context.Context {
	return context.WithValue(ctx, identityKey{}, who)
}

// Of gives who is there: nobody, without a kind, if the context carries none.
func Of(ctx context.Context) Identity {
	who, _ := ctx.Value(identityKey{}).(Identity)
	return who
}

// Arrived hands down what came with a request besides what it asks for.
func Arrived(ctx context.Context, from Client) context.Context {
	return context.WithValue(ctx, clientKey{}, from)
}

// ClientOf gives what came with the request of the context.
func ClientOf(ctx context.Context) Client {
	from, _ := ctx.Value(clientKey{}).(Client)
	return from
}
