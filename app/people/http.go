package people

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/page"
)

// HTTP answers the operations on units and staff.
type HTTP struct {
	service *Service
	today   func() db.Date
}

// NewHTTP makes the handlers; today is the bank's.
func NewHTTP(s *Service, today func() db.Date) *HTTP { return &HTTP{s, today} }

// ListUnits lists units.
func (h *HTTP) ListUnits(ctx context.Context, r api.ListUnitsRequestObject) (api.ListUnitsResponseObject, error) {
	p := r.Params
	on, err := dayOf(api.Given(p.On))
	if err != nil {
		return nil, err
	}
	f := UnitFilter{Search: api.Given(p.Search), Under: api.Given(p.Under), Level: Level(api.Given(p.Level)), On: on}
	found, err := h.service.UnitPage(ctx, access.ActorOf(ctx), f,
		page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	answer := api.ListUnits200JSONResponse{Items: make([]api.Unit, len(found.Units)), Next: api.Optional(found.Next)}
	for i := range found.Units {
		answer.Items[i] = found.Units[i].answer()
	}
	return answer, nil
}

// GetUnit gives one unit.
func (h *HTTP) GetUnit(ctx context.Context, r api.GetUnitRequestObject) (api.GetUnitResponseObject, error) {
	answer, err := h.unit(ctx, r.Unit)
	return api.GetUnit200JSONResponse(answer), err
}

// MoveUnit puts a unit under another.
func (h *HTTP) MoveUnit(ctx context.Context, r api.MoveUnitRequestObject) (api.MoveUnitResponseObject, error) {
	answer, err := h.changed(ctx, r.Unit, func() (*imports.Record, error) {
		return h.service.MoveUnit(ctx, access.ActorOf(ctx), r.Unit, r.Body.Parent, seen(r.Body.Version))
	})
	return api.MoveUnit200JSONResponse(answer), err
}

// CloseUnit closes a unit at the end of a day.
func (h *HTTP) CloseUnit(ctx context.Context, r api.CloseUnitRequestObject) (api.CloseUnitResponseObject, error) {
	day, err := dayOf(r.Body.Day)
	if err != nil {
		return nil, err
	}
	answer, err := h.changed(ctx, r.Unit, func() (*imports.Record, error) {
		return h.service.CloseUnit(ctx, access.ActorOf(ctx), r.Unit, day, seen(r.Body.Version))
	})
	return api.CloseUnit200JSONResponse(answer), err
}

// OpenUnit opens a unit again, or says from which day it is open.
func (h *HTTP) OpenUnit(ctx context.Context, r api.OpenUnitRequestObject) (api.OpenUnitResponseObject, error) {
	day, err := dayOf(api.Given(r.Body.Day))
	if err != nil {
		return nil, err
	}
	answer, err := h.changed(ctx, r.Unit, func() (*imports.Record, error) {
		return h.service.OpenUnit(ctx, access.ActorOf(ctx), r.Unit, day, seen(r.Body.Version))
	})
	return api.OpenUnit200JSONResponse(answer), err
}

// ListStaff lists members of the staff.
func (h *HTTP) ListStaff(ctx context.Context, r api.ListStaffRequestObject) (api.ListStaffResponseObject, error) {
	p := r.Params
	on, err := dayOf(api.Given(p.On))
	if err != nil {
		return nil, err
	}
	f := PageFilter{
		Search: api.Given(p.Search), Unit: api.Given(p.Unit), On: on, Today: h.today(),
		Count: api.Given(p.Count) && api.Given(p.Cursor) == "",
	}
	found, err := h.service.StaffPage(ctx, access.ActorOf(ctx), f,
		page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor), Sort: api.Given(p.Sort)})
	if err != nil {
		return nil, err
	}
	answer := api.ListStaff200JSONResponse{Items: make([]api.StaffMember, len(found.Staff)), Next: api.Optional(found.Next)}
	if f.Count {
		answer.Total = &found.Total
	}
	for i := range found.Staff {
		answer.Items[i] = found.Staff[i].answer()
	}
	return answer, nil
}

// GetStaff gives one member of the staff.
func (h *HTTP) GetStaff(ctx context.Context, r api.GetStaffRequestObject) (api.GetStaffResponseObject, error) {
	found, err := h.service.Member(ctx, access.ActorOf(ctx), r.StaffNo)
	if err != nil {
		return nil, err
	}
	return api.GetStaff200JSONResponse(found.answer()), nil
}

func (h *HTTP) changed(ctx context.Context, code string, change func() (*imports.Record, error)) (api.Unit, error) {
	if _, err := change(); err != nil {
		return api.Unit{}, err
	}
	return h.unit(ctx, code)
}

func (h *HTTP) unit(ctx context.Context, code string) (api.Unit, error) {
	found, err := h.service.Unit(ctx, access.ActorOf(ctx), code)
	if err != nil {
		return api.Unit{}, err
	}
	return found.answer(), nil
}

// seen is the version that a caller has seen; whoever has seen none has seen an old one.
func seen(version int64) int64 {
	if version == 0 {
		return -1
	}
	return version
}

// dayOf reads a day; none for an empty text.
func dayOf(text string) (db.Date, error) {
	if text == "" {
		return db.Date{}, nil
	}
	day, err := db.ParseDate(text)
	if err != nil {
		return db.Date{}, fault.Wrap(err, fault.Invalid, "unit.day", nil)
	}
	return day, nil
}

func (u *UnitRow) answer() api.Unit {
	return api.Unit{
		Code: u.Code, Name: u.Name, Parent: api.Optional(u.ParentCode), Level: api.UnitLevel(u.Level),
		OpenedOn: api.Optional(u.OpenedOn.String()), ClosedOn: api.Optional(u.ClosedOn.String()), Version: u.Version,
	}
}

func (s *StaffRow) answer() api.StaffMember {
	answer := api.StaffMember{
		StaffNo: s.StaffNo, Name: s.Name, Pinyin: api.Optional(Written(s.Name, s.Pinyin)), Email: api.Optional(s.Email), HiredOn: s.HiredOn.String(),
		Assignments: make([]api.Assignment, len(s.Assignments)),
	}
	for i, a := range s.Assignments {
		answer.Assignments[i] = api.Assignment{
			Unit: a.UnitCode, UnitName: api.Optional(a.UnitName), Position: a.Position, From: a.From.String(),
			To: api.Optional(a.To.String()), State: api.AssignmentState(a.State),
		}
	}
	return answer
}

var _ = lang.Register(map[string]lang.Text{
	"unit.day": {Zh: "日期无效；应如 2026-10-31", En: "this is no day; it should be like 2026-10-31"},
})
