package audit

import (
	"context"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/page"
)

// HTTP answers the search of the audit trail.
type HTTP struct{ service *Service }

// NewHTTP makes the handlers.
func NewHTTP(s *Service) *HTTP { return &HTTP{s} }

// ListAudit searches the audit trail, the last first.
func (h *HTTP) ListAudit(ctx context.Context, r api.ListAuditRequestObject) (api.ListAuditResponseObject, error) {
	p := r.Params
	f := Filter{
		Actor: api.Given(p.Actor), Action: api.Given(p.Action), Object: api.Given(p.Object), Key: api.Given(p.Key),
		Outcome: Outcome(api.Given(p.Outcome)), RequestID: api.Given(p.RequestId), From: api.Given(p.From), To: api.Given(p.To), Exceptions: api.Given(p.Exceptions),
	}
	found, err := h.service.Search(ctx, access.ActorOf(ctx), f, page.Query{Limit: api.Given(p.Limit), Cursor: api.Given(p.Cursor)})
	if err != nil {
		return nil, err
	}
	answer := api.ListAudit200JSONResponse{Items: make([]api.AuditRecord, len(found.Records)), Next: api.Optional(found.Next)}
	for i := range found.Records {
		answer.Items[i] = found.Records[i].answer()
	}
	return answer, nil
}

func (r *Record) answer() api.AuditRecord {
	answer := api.AuditRecord{
		Id: r.ID, At: r.At, Actor: r.Actor, ActingFor: api.Optional(r.ActingFor), Session: api.Optional(r.Session),
		Address: api.Optional(r.Address), RequestId: api.Optional(r.RequestID), Action: r.Action, Outcome: api.AuditRecordOutcome(r.Outcome),
		Object: api.Optional(r.Object), Key: api.Optional(r.Key), Detail: api.Optional(r.Detail),
	}
	action, object := ActionName(r.Action), ObjectName(r.Object)
	answer.ActionName, answer.ObjectName = api.Optional(api.Text{Zh: action.Zh, En: action.En}), api.Optional(api.Text{Zh: object.Zh, En: object.En})
	if len(r.Before) > 0 {
		answer.Before = r.Before
	}
	if len(r.After) > 0 {
		answer.After = r.After
	}
	return answer
}
