package auth

import (
	"context"
	"strings"
	"time"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/rbac"
)

// Profile says who somebody is beyond their sign-in, and what they may do.
type Profile func(ctx context.Context, who Identity) (api.Me, error)

// HTTPOptions are what the handlers need besides the service.
type HTTPOptions struct {
	Profile   Profile
	Zone      *time.Location // in which a token's last day ends
	PublicURL string         // where links lead; without it there are none
}

// HTTP answers the operations of signing in, and on one's own password, sessions and tokens.
type HTTP struct {
	service *Service
	options HTTPOptions
}

// NewHTTP makes the handlers.
func NewHTTP(s *Service, o HTTPOptions) *HTTP { return &HTTP{s, o} }

// SignIn begins a session.
func (h *HTTP) SignIn(ctx context.Context, r api.SignInRequestObject) (api.SignInResponseObject, error) {
	in, err := h.service.SignIn(ctx, r.Body.Username, r.Body.Password, ClientOf(ctx))
	if err != nil {
		return nil, err
	}
	me, err := h.options.Profile(ctx, in.Identity)
	if err != nil {
		return nil, err
	}
	h.bound(&me, in.Identity)
	return signedIn{api.SignIn200JSONResponse{Body: me}, in}, nil
}

// SignOut ends the session.
func (h *HTTP) SignOut(ctx context.Context, _ api.SignOutRequestObject) (api.SignOutResponseObject, error) {
	if err := h.service.SignOut(ctx, Of(ctx)); err != nil {
		return nil, err
	}
	return signedOut{}, nil
}

// RedeemSecret sets a password with a one-time secret.
func (h *HTTP) RedeemSecret(ctx context.Context, r api.RedeemSecretRequestObject) (api.RedeemSecretResponseObject, error) {
	var username string
	if r.Body.Username != nil {
		username = *r.Body.Username
	}
	done, err := h.service.Redeem(ctx, r.Body.Secret, username, r.Body.Password, ClientOf(ctx))
	if err != nil {
		return nil, err
	}
	return redeemed{api.RedeemSecret200JSONResponse{Username: done.Username}, done.Device}, nil
}

// ResetUser starts a reset.
func (h *HTTP) ResetUser(ctx context.Context, r api.ResetUserRequestObject) (api.ResetUserResponseObject, error) {
	username, secret, err := h.service.Reset(ctx, access.ActorOf(ctx), r.Username)
	if err != nil {
		return nil, err
	}
	answer := api.ResetUser200JSONResponse{Username: username, Secret: &secret.Value, ExpiresAt: secret.ExpiresAt}
	if link := Link(h.options.PublicURL, secret.Value); link != "" {
		answer.Link = &link
	}
	return answer, nil
}

// Link is where a one-time secret is taken: nothing without the address of the
// server, which is configured and never what a request says. The secret stands
// behind #, so that no server and no proxy logs it.
func Link(publicURL, secret string) string {
	if publicURL == "" {
		return ""
	}
	return strings.TrimRight(publicURL, "/") + "/password#" + secret
}

// GetMe says who the caller is.
func (h *HTTP) GetMe(ctx context.Context, _ api.GetMeRequestObject) (api.GetMeResponseObject, error) {
	me, err := h.options.Profile(ctx, Of(ctx))
	if err != nil {
		return nil, err
	}
	h.bound(&me, Of(ctx))
	return api.GetMe200JSONResponse(me), nil
}

// bound adds what is true of this session alone.
func (h *HTTP) bound(me *api.Me, who Identity) {
	me.ExpiresAt = &who.ExpiresAt
	if who.SessionID != 0 {
		me.Session = &who.SessionID
	}
}

// ChangePassword changes the caller's password.
func (h *HTTP) ChangePassword(ctx context.Context, r api.ChangePasswordRequestObject) (api.ChangePasswordResponseObject, error) {
	in, err := h.service.ChangePassword(ctx, Of(ctx), r.Body.Current, r.Body.New, ClientOf(ctx))
	if err != nil {
		return nil, err
	}
	return changedPassword{in}, nil
}

// ListSessions lists the caller's sessions.
func (h *HTTP) ListSessions(ctx context.Context, _ api.ListSessionsRequestObject) (api.ListSessionsResponseObject, error) {
	found, err := h.service.Sessions(ctx, Of(ctx))
	if err != nil {
		return nil, err
	}
	answer := api.ListSessions200JSONResponse{Items: make([]api.Session, len(found))}
	for i, s := range found {
		answer.Items[i] = api.Session{
			Id: s.ID, Current: s.Current, Address: s.Address, Agent: s.Agent, CreatedAt: s.CreatedAt, SeenAt: s.SeenAt, ExpiresAt: s.ExpiresAt,
		}
	}
	return answer, nil
}

// EndSession ends one of the caller's sessions.
func (h *HTTP) EndSession(ctx context.Context, r api.EndSessionRequestObject) (api.EndSessionResponseObject, error) {
	if err := h.service.EndSession(ctx, Of(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.EndSession204Response{}, nil
}

// EndOtherSessions ends all the caller's sessions but this one.
func (h *HTTP) EndOtherSessions(ctx context.Context, _ api.EndOtherSessionsRequestObject) (api.EndOtherSessionsResponseObject, error) {
	if err := h.service.EndOthers(ctx, Of(ctx)); err != nil {
		return nil, err
	}
	return api.EndOtherSessions204Response{}, nil
}

// ListTokens lists the caller's API tokens.
func (h *HTTP) ListTokens(ctx context.Context, _ api.ListTokensRequestObject) (api.ListTokensResponseObject, error) {
	found, err := h.service.Tokens(ctx, Of(ctx))
	if err != nil {
		return nil, err
	}
	answer := api.ListTokens200JSONResponse{Items: make([]api.Token, len(found))}
	for i := range found {
		answer.Items[i] = found[i].answer()
	}
	return answer, nil
}

// CreateToken makes an API token.
func (h *HTTP) CreateToken(ctx context.Context, r api.CreateTokenRequestObject) (api.CreateTokenResponseObject, error) {
	last, err := db.ParseDate(r.Body.ExpiresOn)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "token.expiry", nil)
	}
	n := NewToken{Name: r.Body.Name, ExpiresAt: endOf(last, h.options.Zone)}
	for _, p := range r.Body.Permissions {
		n.Permissions = append(n.Permissions, rbac.Permission(p))
	}
	token, made, err := h.service.CreateToken(ctx, Of(ctx), access.ActorOf(ctx), n)
	if err != nil {
		return nil, err
	}
	return api.CreateToken201JSONResponse{Token: token, Details: made.answer()}, nil
}

// endOf is the instant at which a day ends in a time zone.
func endOf(day db.Date, zone *time.Location) time.Time {
	next := day.AddDays(1).Time()
	return time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, zone)
}

// RevokeToken revokes one of the caller's API tokens.
func (h *HTTP) RevokeToken(ctx context.Context, r api.RevokeTokenRequestObject) (api.RevokeTokenResponseObject, error) {
	if err := h.service.RevokeToken(ctx, Of(ctx), r.Id); err != nil {
		return nil, err
	}
	return api.RevokeToken204Response{}, nil
}

// answer is the token as the contract has it.
func (t *APIToken) answer() api.Token {
	shown := api.Token{Id: t.ID, Name: t.Name, Permissions: make([]string, len(t.Permissions)), CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt}
	for i, p := range t.Permissions {
		shown.Permissions[i] = string(p)
	}
	if !t.UsedAt.IsZero() {
		shown.UsedAt = &t.UsedAt
	}
	return shown
}
