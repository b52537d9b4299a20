package grants

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/rbac"
)

// HTTP answers the operations on grants, roles, responsibilities and decisions,
// and makes users.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// CreateUser makes a user.
func (h *HTTP) CreateUser(ctx context.Context, r api.CreateUserRequestObject) (api.CreateUserResponseObject, error) {
	made, err := h.service.CreateUser(ctx, access.ActorOf(ctx), users.New{
		Username: r.Body.Username, StaffNo: api.Given(r.Body.StaffNo), Email: api.Given(r.Body.Email),
	})
	if err != nil {
		return nil, err
	}
	answer := api.CreateUser201JSONResponse{User: made.User.Answer()}
	if made.Invitation != nil {
		invitation := made.Invitation.Answer()
		answer.Invitation = &invitation
	}
	return answer, nil
}

// ListGrants lists grants.
func (h *HTTP) ListGrants(ctx context.Context, r api.ListGrantsRequestObject) (api.ListGrantsResponseObject, error) {
	p := r.Params
	on, err := day(p.On, "on")
	if err != nil {
		return nil, err
	}
	f := Filter{Username: api.Given(p.User), Role: api.Given(p.Role), Unit: api.Given(p.Unit), On: on}
	found, err := h.service.List(ctx, access.ActorOf(ctx), f, page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	answer := api.ListGrants200JSONResponse{Items: make([]api.Grant, len(found.Grants)), Next: api.Optional(found.Next)}
	for i := range found.Grants {
		answer.Items[i] = found.Grants[i].Answer()
	}
	return answer, nil
}

// GetGrant gives one grant.
func (h *HTTP) GetGrant(ctx context.Context, r api.GetGrantRequestObject) (api.GetGrantResponseObject, error) {
	g, err := h.service.Get(ctx, access.ActorOf(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return api.GetGrant200JSONResponse(g.Answer()), nil
}

// CreateGrant grants a role.
func (h *HTTP) CreateGrant(ctx context.Context, r api.CreateGrantRequestObject) (api.CreateGrantResponseObject, error) {
	from, err := day(&r.Body.From, "from")
	if err != nil {
		return nil, err
	}
	until, err := day(r.Body.Until, "until")
	if err != nil {
		return nil, err
	}
	g, err := h.service.Create(ctx, access.ActorOf(ctx), New{
		Username: r.Body.Username, Role: r.Body.Role, Unit: r.Body.Unit, From: from, Until: until, Reason: api.Given(r.Body.Reason),
	})
	if err != nil {
		return nil, err
	}
	return api.CreateGrant201JSONResponse(g.Answer()), nil
}

// ChangeGrant gives a grant another last day.
func (h *HTTP) ChangeGrant(ctx context.Context, r api.ChangeGrantRequestObject) (api.ChangeGrantResponseObject, error) {
	until, err := day(r.Body.Until, "until")
	if err != nil {
		return nil, err
	}
	g, err := h.service.ChangeEnd(ctx, access.ActorOf(ctx), r.Id, r.Body.Version, until, api.Given(r.Body.Reason))
	if err != nil {
		return nil, err
	}
	return api.ChangeGrant200JSONResponse(g.Answer()), nil
}

// RevokeGrant revokes a grant.
func (h *HTTP) RevokeGrant(ctx context.Context, r api.RevokeGrantRequestObject) (api.RevokeGrantResponseObject, error) {
	g, err := h.service.Revoke(ctx, access.ActorOf(ctx), r.Id, r.Body.Version, r.Body.Reason)
	if err != nil {
		return nil, err
	}
	return api.RevokeGrant200JSONResponse(g.Answer()), nil
}

// Answer is the grant as the contract has it.
func (g *Grant) Answer() api.Grant {
	return api.Grant{
		Id: g.ID, Username: g.Username, Role: g.Role, Unit: g.Unit, UnitName: api.Optional(g.UnitName), From: g.From.String(),
		Until: api.Optional(g.Until.String()), Reason: api.Optional(g.Reason), GrantedBy: g.GrantedBy, GrantedAt: g.GrantedAt,
		RevokedBy: api.Optional(g.RevokedBy), RevokedAt: g.RevokedAt, Version: g.Version,
	}
}

// ListRoles lists the roles.
func (h *HTTP) ListRoles(ctx context.Context, _ api.ListRolesRequestObject) (api.ListRolesResponseObject, error) {
	roles, err := h.service.Roles(ctx, access.ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	answer := api.ListRoles200JSONResponse{Items: make([]api.Role, len(roles))}
	for i := range roles {
		answer.Items[i] = roles[i].answer()
	}
	return answer, nil
}

// PutRole makes or replaces a role.
func (h *HTTP) PutRole(ctx context.Context, r api.PutRoleRequestObject) (api.PutRoleResponseObject, error) {
	role := Role{Code: r.Role, Name: lang.Text{Zh: r.Body.Name.Zh, En: r.Body.Name.En}, Version: r.Body.Version, Lines: []rbac.Line{}}
	for _, line := range r.Body.Lines {
		role.Lines = append(role.Lines, rbac.Line{
			Permission: rbac.Permission(line.Permission), Reach: rbac.Reach(line.Reach), Effect: rbac.Effect(line.Effect),
		})
	}
	stands, err := h.service.PutRole(ctx, access.ActorOf(ctx), role)
	if err != nil {
		return nil, err
	}
	return api.PutRole200JSONResponse(stands.answer()), nil
}

func (r *Role) answer() api.Role {
	answer := api.Role{Code: r.Code, Name: api.Text{Zh: r.Name.Zh, En: r.Name.En}, Version: r.Version, Lines: make([]api.RoleLine, len(r.Lines))}
	for i, line := range r.Lines {
		answer.Lines[i] = api.RoleLine{
			Permission: string(line.Permission), Reach: api.RoleLineReach(line.Reach), Effect: api.RoleLineEffect(line.Effect),
		}
	}
	return answer
}

// ListPermissions says every permission in words.
func (h *HTTP) ListPermissions(context.Context, api.ListPermissionsRequestObject) (api.ListPermissionsResponseObject, error) {
	answer := api.ListPermissions200JSONResponse{Items: []api.PermissionWords{}}
	for _, p := range rbac.Permissions() {
		name := access.Name(p)
		answer.Items = append(answer.Items, api.PermissionWords{
			Permission: string(p), Name: api.Text{Zh: name.Zh, En: name.En}, Separated: p.Separated(), WholeBank: p.WholeBank(),
		})
	}
	return answer, nil
}

// ListResponsibilities lists the responsibility table.
func (h *HTTP) ListResponsibilities(ctx context.Context, _ api.ListResponsibilitiesRequestObject) (api.ListResponsibilitiesResponseObject, error) {
	rows, err := h.service.Responsibilities(ctx, access.ActorOf(ctx))
	if err != nil {
		return nil, err
	}
	answer := api.ListResponsibilities200JSONResponse{Items: make([]api.Responsibility, len(rows))}
	for i := range rows {
		answer.Items[i] = rows[i].answer()
	}
	return answer, nil
}

// PutResponsibility gives a power to an owner level.
func (h *HTTP) PutResponsibility(ctx context.Context, r api.PutResponsibilityRequestObject) (api.PutResponsibilityResponseObject, error) {
	row, err := h.service.SetOwner(ctx, access.ActorOf(ctx), rbac.Permission(r.Permission), rbac.Level(r.Body.Owner), r.Body.Version, api.Given(r.Body.Reason))
	if err != nil {
		return nil, err
	}
	return api.PutResponsibility200JSONResponse(row.answer()), nil
}

func (r *Responsibility) answer() api.Responsibility {
	return api.Responsibility{
		Permission: string(r.Permission), Owner: api.ResponsibilityOwner(r.Owner), ChangedBy: api.Optional(r.ChangedBy),
		ChangedAt: r.ChangedAt, Version: r.Version,
	}
}

// ExplainAccess says whether a user may do something, and why.
func (h *HTTP) ExplainAccess(ctx context.Context, r api.ExplainAccessRequestObject) (api.ExplainAccessResponseObject, error) {
	on, err := day(r.Params.On, "on")
	if err != nil {
		return nil, err
	}
	answer, err := h.service.Can(ctx, access.ActorOf(ctx), Question{
		Username: api.Given(r.Params.User), Permission: rbac.Permission(r.Params.Permission), Unit: api.Given(r.Params.Unit), StaffNo: api.Given(r.Params.Staff), On: on,
	})
	if err != nil {
		return nil, err
	}
	return api.ExplainAccess200JSONResponse(answer.Contract(lang.Of(ctx))), nil
}

// ListHolders lists who may do something.
func (h *HTTP) ListHolders(ctx context.Context, r api.ListHoldersRequestObject) (api.ListHoldersResponseObject, error) {
	on, err := day(r.Params.On, "on")
	if err != nil {
		return nil, err
	}
	found, err := h.service.Holders(ctx, access.ActorOf(ctx), Question{
		Permission: rbac.Permission(r.Params.Permission), Unit: api.Given(r.Params.Unit), On: on,
	}, page.Query{Limit: api.Given(r.Params.Limit), Cursor: api.Given(r.Params.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListHolders200JSONResponse{Items: make([]api.Holder, len(found.Grants)), Next: api.Optional(found.Next)}
	for i, g := range found.Grants {
		answer.Items[i] = api.Holder{
			Username: g.Username, Name: api.Optional(g.Name), Pinyin: api.Optional(people.Written(g.Name, g.Pinyin)), Role: g.Role, Unit: g.Unit, From: g.From.String(), Until: api.Optional(g.Until.String()),
		}
	}
	return answer, nil
}

// day reads a day of a request, none where it is left out.
func day(text *string, name string) (db.Date, error) {
	if text == nil {
		return db.Date{}, nil
	}
	d, err := db.ParseDate(*text)
	if err != nil {
		return db.Date{}, fault.Wrap(err, fault.Invalid, "access.day", lang.Args{"name": name})
	}
	return d, nil
}

var _ = lang.Register(map[string]lang.Text{
	"access.day": {Zh: "{name} 不是有效日期；应如 2026-10-05", En: "{name} is no day; it should be like 2026-10-05"},
})
