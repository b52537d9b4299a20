package users

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
)

// HTTP answers the operations on users; those that make one are the grants'.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListUsers lists users.
func (h *HTTP) ListUsers(ctx context.Context, r api.ListUsersRequestObject) (api.ListUsersResponseObject, error) {
	p := r.Params
	f := Filter{Search: api.Given(p.Search), State: State(api.Given(p.State))}
	found, err := h.service.List(ctx, access.ActorOf(ctx), f, page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	answer := api.ListUsers200JSONResponse{Items: make([]api.User, len(found.Users)), Next: api.Optional(found.Next)}
	for i := range found.Users {
		answer.Items[i] = found.Users[i].Answer()
	}
	return answer, nil
}

// GetUser gives one user.
func (h *HTTP) GetUser(ctx context.Context, r api.GetUserRequestObject) (api.GetUserResponseObject, error) {
	u, err := h.service.Get(ctx, access.ActorOf(ctx), r.Username)
	if err != nil {
		return nil, err
	}
	return api.GetUser200JSONResponse(u.Answer()), nil
}

// ChangeUser changes or disables a user.
func (h *HTTP) ChangeUser(ctx context.Context, r api.ChangeUserRequestObject) (api.ChangeUserResponseObject, error) {
	u, err := h.service.Change(ctx, access.ActorOf(ctx), r.Username, Change{
		Version: r.Body.Version, Email: r.Body.Email, State: (*State)(r.Body.State),
	})
	if err != nil {
		return nil, err
	}
	return api.ChangeUser200JSONResponse(u.Answer()), nil
}

// Answer is the user as the contract has it.
func (u *User) Answer() api.User {
	return api.User{
		Username: u.Username, StaffNo: api.Optional(u.StaffNo), Name: api.Optional(u.Name), Pinyin: api.Optional(people.Written(u.Name, u.Pinyin)), Email: api.Optional(u.Email),
		State: api.UserState(u.State), CreatedAt: u.CreatedAt, Version: u.Version,
	}
}

// Answer is the invitation as the contract has it.
func (i *Invitation) Answer() api.Invitation {
	return api.Invitation{Username: i.Username, Secret: api.Optional(i.Secret), Link: api.Optional(i.Link), ExpiresAt: i.ExpiresAt}
}
